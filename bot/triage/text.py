"""Plain shapes of what people type: folded text, words, windows of long text."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from bot.triage.heard_as import heard_as

WINDOW_WORDS: Final = 60  # the encoder was trained on messages up to about this long
STEP_WORDS: Final = 40  # a sentence on a border stands whole in one of two windows
MAX_WINDOWS: Final = 60  # 10,000 characters are about 45 windows: a bound, not a cut

_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def fold(text: str) -> str:
    """Lower case, no apostrophes, no invisible signs, single spaces: what rules match.

    Invisible signs are taken out because a word may be broken up with them.
    """
    text = unicodedata.normalize("NFKC", text)
    text = _APOSTROPHES.sub("", _INVISIBLE.sub("", text))
    return _SPACE.sub(" ", text).strip().casefold()


def says(rule: re.Pattern[str], text: str) -> bool:
    """Whether the rule stands in the text as it was typed; rules are written for folded text."""
    return bool(rule.search(fold(text)))


def words(text: str) -> list[str]:
    """Words and numbers of folded text, in order."""
    return _WORD.findall(fold(text))


def with_question(text: str, asked: str | None) -> str:
    """An answer with what it answers before it, as the encoder learnt answers: "when: tuesday".

    `asked` is the id of the open question; None leaves the text as it is.
    """
    return f"{heard_as(asked).replace('_', ' ')}: {text}" if asked else text


# A thing that "is killing me" hurts nobody, and the encoder learnt few of them. Only things: of
# "my brother is killing me" nothing is changed.
_THINGS: Final = (
    r"feet|foot|knees?|shoes|heels|traffic|fines?|fares?|heat|queues?|prices?|rent|bills?|exams?|"
    r"essay|homework|coursework|deadlines?|shifts?|hangover|suspense|wait(?:ing)?|paperwork|fees"
)
_BORING: Final = re.compile(
    rf"(?P<thing>\b(?:{_THINGS})(?: ?(?:is|are|'?s|'?re))?(?: \w+ly| really| proper)? )"
    r"killing (?:me|us)\b",
    re.IGNORECASE,
)


def plainly(text: str) -> str:
    """The text with an idiom that sounds like danger said plainly, for the encoder only."""
    return _BORING.sub(r"\g<thing>boring", text)


def windows(text: str) -> list[str]:
    """The text in windows of 60 words that overlap by 20; itself when it is short.

    Scripts without spaces are cut by character instead. Danger in one sentence of a
    long letter would be lost in one reading of the whole.
    """
    text = plainly(text)
    parts = text.split()
    if len(parts) <= WINDOW_WORDS:
        if len(text) <= WINDOW_WORDS * 8 and not (len(text) > 120 and _CJK.search(text)):
            return [text]
        size, step = (120, 90) if _CJK.search(text) else (WINDOW_WORDS * 6, WINDOW_WORDS * 4)
        cuts = [text[at : at + size] for at in range(0, max(1, len(text) - size + step), step)]
        return cuts[: MAX_WINDOWS * 2]
    last = max(1, len(parts) - WINDOW_WORDS + STEP_WORDS)
    return [" ".join(parts[at : at + WINDOW_WORDS]) for at in range(0, last, STEP_WORDS)]
