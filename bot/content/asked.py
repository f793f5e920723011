"""Which question of `asked.yml` a message asks back, whatever else it says.

The patterns are narrow on purpose: an answer may stand beside what the message is taken for, so it
is said when the words ask for it and at no other time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.content import answers, types
from bot.content.loader import load
from bot.content.model import Asked, Topic

MOST = 2
"""Answers in one reply: two questions in one message are met, and no lecture is held."""
LONGEST = 900
"""Characters that are looked at."""
OF_TYPE = "@type"

_SHORT = {
    "u": "you",
    "ur": "your",
    "r": "are",
    "shud": "should",
    "shld": "should",
    "shoud": "should",
    "cud": "could",
    "wud": "would",
    "gona": "going to",
    "gonna": "going to",
    "gunna": "going to",
    "wanna": "want to",
    "gotta": "got to",
    "wot": "what",
    "wat": "what",
    "wots": "what is",
    "whats": "what is",
    "whos": "who is",
    "wheres": "where is",
    "hows": "how is",
    "dya": "do you",
    "dyou": "do you",
    "d": "do",
    "y": "why",
    "ppl": "people",
    "sumone": "someone",
    "sum1": "someone",
    "any1": "anyone",
    "some1": "someone",
    "b": "be",
    "wil": "will",
    "shal": "shall",
    "plz": "please",
    "pls": "please",
    "fone": "phone",
    "no1": "nobody",
    "wen": "when",
    "hav": "have",
    "nd": "and",
    "aint": "is not",
    "happend": "happened",
    "feds": "police",
    "bizzies": "police",
    "coppers": "police",
    "isit": "is it",
    "polis": "police",
    "theyre": "they are",
    "youre": "you are",
}


@dataclass(frozen=True)
class Facts:
    """What decides whether an answer fits: the type ids and families in view, and the state."""

    kinds: frozenset[str]
    protected: bool
    danger: str
    open: bool
    suspect: bool
    left: int = 0


def plain(text: str) -> str:
    """The text as the patterns meet it: small letters, no apostrophes, short spellings in full."""
    low = re.sub(r"['’`]", "", text[:LONGEST].lower())
    words = re.sub(r"[^a-z0-9&£?.!\s]", " ", low)
    return " ".join(re.sub(r"[a-z0-9]+", lambda m: _SHORT.get(m.group(), m.group()), words).split())


def kinds(*ids: str | None) -> frozenset[str]:
    """The types given, with their families."""
    known = [str(name) for name in ids if name and types.exists(str(name))]
    return frozenset([*known, *(types.get(name).family for name in known)])


def find(text: str, facts: Facts) -> list[Asked]:
    """The questions that the text asks, in the order of the file; one of each group."""
    said, groups = plain(text), set[str]()
    found: list[Asked] = []
    for back in load().asked.values():
        if groups & {*back.groups} or not _fits(back, facts) or not _asks(back, said):
            continue
        found.append(back)
        groups.update(back.groups)
        if len(found) == MOST:
            break
    return found


def alone(back: Asked, text: str) -> bool:
    """Whether the words ask it so plainly that a short message holds nothing else."""
    said = plain(text)
    return any(pattern.search(said) for pattern in back.alone)


def rest(found: Iterable[Asked], text: str) -> str:
    """What a message says beside the questions that it asks so plainly, as plain text."""
    said = plain(text)
    for pattern in (p for back in found for p in back.alone):
        said = pattern.sub(" ", said)
    return said


def follow_up(said: str) -> Asked | None:
    """The question that goes on with who was named; `said` is plain text."""
    return next((f for f in load().follow_ups.values() if _asks(f, said)), None)


def topic_of(back: Asked, type_id: str) -> Topic | None:
    """The topic that the answer stands in: its own, or the first of the type that is not held."""
    if not back.topic:
        return None
    names = types.get(type_id).advice if back.topic == OF_TYPE else (back.topic,)
    topics = [t for name in names if not (t := load().topics[name]).held and not t.asked_only]
    now = [t for t in topics if t.id not in load().prevention or t.id == back.topic]
    return next(iter(now or topics), None)


def lines(back: Asked, *, deaf: bool = False, topic: Topic | None = None) -> list[str]:
    """The words of the answer."""
    said = [answers.in_words(line, back.id, deaf=deaf) for line in back.says]
    return said + (answers.rendered(topic, deaf=deaf) if topic else [])


def _fits(back: Asked, facts: Facts) -> bool:
    return (
        (not back.types or bool(facts.kinds & set(back.types)))
        and (back.protected is None or back.protected == facts.protected)
        and (back.in_danger or facts.danger != "now")
        and (not back.calm or facts.danger == "none")
        and (back.stage != "open" or facts.open)
        and (back.stage != "left" or facts.left > 0)
        and (back.suspect or not facts.suspect)
    )


def _asks(back: Asked, said: str) -> bool:
    asks = any(p.search(said) for p in (*back.alone, *back.asks))
    return asks and not any(p.search(said) for p in back.unless)
