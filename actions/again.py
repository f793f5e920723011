"""A question that goes on with who was named: the same ways again, or the part asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from actions import elsewhere
from bot.content import answers, asked, channels, signpost, types
from bot.content.loader import load
from bot.report import draft as drafts
from bot.report.outcome import is_topic

if TYPE_CHECKING:
    from actions.base import Turn
    from bot.content.model import Asked

#: More words than this tell of something new.
MOST_WORDS = 24
#: Families in which somebody else acts too.
_OTHERS_ACT = ("asb", "fraud_cyber", "animals", "consumer", "property", "transport")
_VICTIMS = ("gm_victims", "victim_support")

_MINE = re.compile(
    r"\b(?:my|your|crime|reference|reg\w*|plate|serial|his|her|frame) (?:\w+ )?number\b"
)
#: Words of a question that can't name a matter of its own.
SAYS_LITTLE = 10
_WAYS = (
    ("sms", r"\btext\b"),
    ("web", r"\b(?:website|link|online|site)\b"),
    ("email", r"\bemail\b"),
)


def said_again(turn: Turn, text: str, kind: str | None) -> bool:
    """Say who was named again, if `text` goes on with it; True when said."""
    said = asked.plain(text)
    if len(said.split()) > MOST_WORDS or turn.desk.get("suspect") or _MINE.search(said):
        return False
    before = asked.follow_up(said)
    if before is None or _names_new(turn, said, kind):
        return False
    found = _named_in(said) or _by_way(turn, said)
    if found:
        return _say(turn, before, _ways(turn, found, text))
    if turn.danger == "now":
        return False
    return _last_again(turn, before, text) or _of_the_report(turn, before, text, kind)


def _names_new(turn: Turn, said: str, kind: str | None) -> bool:
    """Whether the message tells of another matter for somebody else, and not of the last one."""
    held = turn.draft.get("signposting") or turn.draft.get("signposted") or {}
    return (
        turn.reading.route == "other_agency"
        and kind not in (None, "general_advice", held.get("type"))
        and len(said.split()) > SAYS_LITTLE
    )


def _last_again(turn: Turn, before: Asked, text: str) -> bool:
    """The last signpost, or the agencies of the last topic."""
    answered = turn.draft["answered"]
    held = turn.draft.get("signposting") or turn.draft.get("signposted")
    if held and not (answered and is_topic(answered[-1])):
        return _say(turn, before, _signpost(turn, held["type"], f"{held['text']} {text}"))
    last = next((name for name in reversed(answered) if is_topic(name)), None)
    topic = load().topics.get(last) if last else None
    if topic is None:
        return False
    names = [n for n in topic.who_else_helps if n not in signpost.ACCESS]
    return _say(turn, before, _ways(turn, names, text))


def _of_the_report(turn: Turn, before: Asked, text: str, kind: str | None) -> bool:
    """With a report open and nobody named yet: here, and who else acts for this kind."""
    own = drafts.kind(turn.draft) if turn.draft["type"] else str(kind or "")
    if not types.exists(own) or turn.desk.get("protected"):
        return False
    if types.get(own).route != "crime_report" or before.id not in ("they_deal", "ways_again"):
        return False
    here = answers.in_words(load().tell_us, "asked.yml", deaf=turn.deaf)
    others = types.get(own).family in _OTHERS_ACT
    names = [n for n in types.get(own).signpost if others and n not in _VICTIMS]
    turn.line("tell_us_here", "\n".join([here, *_ways(turn, names[:2], text)]))
    return True


def _signpost(turn: Turn, kind: str, text: str) -> tuple[str, ...]:
    found = signpost.signposts(
        kind,
        borough=turn.draft["borough"] or "not_sure",
        landlord=signpost.landlord_named(text),
        deaf=turn.deaf,
        danger=turn.danger,
        text=text,
        safe=not turn.desk.get("protected"),
    )
    return (*elsewhere.added(turn, found.agencies, text), *found.lines)


def _ways(turn: Turn, names: list[str], text: str) -> tuple[str, ...]:
    return signpost.named(
        names,
        borough=turn.draft["borough"] or "not_sure",
        deaf=turn.deaf,
        danger=turn.danger,
        text=text,
    ).lines


def _named_in(said: str) -> list[str]:
    """The agencies that the text names, by their own name or another that people use."""
    names = {**{asked.plain(channels.public_name(a)).removeprefix("the "): a.id
                for a in load().agencies.values() if not a.landlord}, **load().called}  # fmt: skip
    return [
        agency
        for name, agency in names.items()
        if len(name) > 3
        and agency not in signpost.ACCESS
        and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said)
    ][:2]


def _by_way(turn: Turn, said: str) -> list[str]:
    """The last agency shown that has the way asked for ("what's the text number again")."""
    for way, asks in _WAYS:
        if not re.search(asks, said):
            continue
        shown = [n for n in reversed(turn.draft["answered"]) if n not in _VICTIMS]
        for name in [*shown, *_VICTIMS]:
            agency = load().agencies.get(name)
            if not agency or name not in turn.draft["answered"]:
                continue
            if any(c.type == way for c in channels.fitting(agency, deaf=turn.deaf)):
                return [agency.id]
    return []


def _say(turn: Turn, before: Asked, ways: tuple[str, ...]) -> bool:
    if not ways:
        return False
    turn.line("signpost_again", "\n".join([*before.says, *ways]))
    return True
