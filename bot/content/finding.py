"""Which topic of advice a person asks about: shared words, weighed by how rare they are.

A slip of typing is forgiven in long words. Trainers improve it by adding to `people_ask`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from bot.content.loader import load

_STOP = frozenset(
    re.findall(
        r"\w+",
        """
        a an and are as at be been by help police u ur can could do does for from get got had
        has have how
        i
        if in is it its me my no not of on or our out please so some that the their them
        there they this to up us was we were what when where who why will with would you your
        about any im ive need want know tell someone something
        """,
    )
)
LONGEST = 600
"""Characters of a message that are looked at: a question comes early, and time is bounded."""
_KEEP = frozenset({"999", "101", "55", "111"})


@dataclass(frozen=True)
class Phrase:
    """One way of asking: its topic, its words for fuzzy comparison, and its tokens."""

    topic: str
    text: str
    tokens: frozenset[str]


def scores(text: str, young: bool) -> dict[str, float]:
    """The best score of each topic, 0 to 1: shared words by rarity, and likeness of letters.

    `young`: topics written for under-18s count too, and a little more."""
    text = text[:LONGEST]
    tokens = _tokens(text)
    if not tokens:
        return {}
    plain, rarity = _plain(text), _rarity()
    found: dict[str, float] = {}
    for phrase in _phrases():
        topic = load().topics[phrase.topic]
        if (topic.audience == "under_18") != young and topic.audience:
            continue
        score = _likeness(tokens, plain, phrase, rarity)
        if topic.audience and young:
            score += 0.05
        found[phrase.topic] = max(found.get(phrase.topic, 0.0), score)
    return found


def _likeness(
    tokens: frozenset[str], plain: str, phrase: Phrase, rarity: dict[str, float]
) -> float:
    shared = _shared(tokens, phrase.tokens)
    if not shared:
        return 0.0
    weight = sum(rarity.get(t, 4.0) for t in shared)
    of_phrase = weight / sum(rarity.get(t, 4.0) for t in phrase.tokens)
    of_text = weight / (weight + sum(rarity.get(t, 2.0) for t in tokens - _near(tokens, shared)))
    letters = fuzz.token_set_ratio(plain, phrase.text) / 100
    alone = 0.85 if len(phrase.tokens) == 1 and len(tokens) > 4 else 1.0
    return (0.6 * of_phrase + 0.2 * of_text + 0.2 * letters) * alone


def _shared(tokens: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """The tokens of `other` that the text has, a slip of typing allowed in long ones."""
    return frozenset(
        t
        for t in other
        if t in tokens or (len(t) > 4 and any(fuzz.ratio(t, u) >= 86 for u in tokens))
    )


def _near(tokens: frozenset[str], shared: frozenset[str]) -> frozenset[str]:
    return frozenset(
        u
        for u in tokens
        if u in shared or any(len(t) > 4 and fuzz.ratio(t, u) >= 86 for t in shared)
    )


@lru_cache(maxsize=1)
def _phrases() -> tuple[Phrase, ...]:
    return tuple(
        Phrase(topic.id, _plain(said), _tokens(said))
        for topic in load().topics.values()
        for said in (topic.title, *topic.people_ask)
        if _tokens(said)
    )


@lru_cache(maxsize=1)
def _rarity() -> dict[str, float]:
    topics: dict[str, set[str]] = {}
    for phrase in _phrases():
        topics.setdefault(phrase.topic, set()).update(phrase.tokens)
    seen = Counter(token for tokens in topics.values() for token in tokens)
    return {token: 1.0 + math.log(len(topics) / count) for token, count in seen.items()}


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", text.lower())))


def _tokens(text: str) -> frozenset[str]:
    words = _plain(text).split()
    found = {_stem(w) for w in words if w in _KEEP or (w not in _STOP and len(w) > 1)}
    return frozenset(found or {_stem(w) for w in words if len(w) > 2})


def _stem(word: str) -> str:
    """A light stem: enough that complaint, complaints, complain and reported, report meet."""
    for end in ("ations", "ation", "ings", "ing", "ies", "ers", "er", "ed", "es", "s", "t"):
        if word.endswith(end) and len(word) - len(end) >= 4:
            return word[: -len(end)]
    return word
