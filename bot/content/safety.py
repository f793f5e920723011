"""The safety sentences: one wording each, never picked at random.

`text` gives the words, `variant` the id of the version for a person's state, `button` a title.
"""

from __future__ import annotations

from bot.content.loader import load


def text(says: str, lang: str = "en", **values: object) -> str:
    """The words of sentence `says`. Any other language than English has the one 999 sentence and no
    other (source: call-handling, wording test 15): it stands first, the English words below it.
    `KeyError` names an id that does not exist."""
    english = load().safety[says].text
    if values:
        english = english.format(**values)
    if says != "sentence_999" or lang == "en":
        return english
    translated = load().sentences_999.get(lang)
    return f"{translated.text}\n{english}" if translated else english


def again(says: str) -> str:
    """The second wording of a safety question (the first when it has none)."""
    found = load().safety[says]
    return found.again or found.text


def version(says: str) -> int:
    """The version of the wording, kept with what was said."""
    return load().safety[says].version


def variant(
    says: str,
    *,
    deaf: bool = False,
    protected: bool = False,
    child: bool = False,
    on_duty: bool = True,
) -> str:
    """The id of the version of `says` for this state.

    Nobody on duty comes first (it decides what is true), then deaf (what a person can use), then
    protected, then child. Following it twice changes nothing."""
    found = load().safety[says]
    for needed, other in (
        (not on_duty, found.nobody),
        (deaf, found.deaf),
        (protected, found.protected),
        (child, found.child),
    ):
        if needed and other:
            return variant(other, deaf=deaf, protected=protected, child=child, on_duty=on_duty)
    return says


def button(name: str, *, deaf: bool = False) -> str:
    """The title of a safety button: cannot_speak, cannot_phone, says_rang, share_location ..."""
    titles = load().buttons[name]
    return titles.get("deaf", titles["title"]) if deaf else titles["title"]


def languages() -> tuple[str, ...]:
    """The languages that the 999 sentence is written in, without English."""
    return tuple(load().sentences_999)
