"""What a message rules out: "it was Thursday not Friday", "not the Tag".

The words that are ruled out are blanked before the details are read: what holds is left.
"""

# ruff: noqa: E501 - word lists inside patterns read better whole than broken

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from bot.extract import plate, property, span, when, where

_FILLER = (
    r"(?:(?:it was|it is|it's|its|that it was|just|actually|even|on|at|the|in|a|an|my|our|his|her|"
    r"from|by|near|about|around|like|outside|one|called)\s+){0,4}"
)
_NOT = re.compile(
    rf"(?:\b(?:not|isn'?t|isnt|wasn'?t|wasnt|weren'?t|werent|never|instead of|rather than)\s+{_FILLER}|"
    rf"\b(?:more like|more|nearer|rather)\b[^,.;!?]{{1,40}}(?P<than>\bthan)\s+{_FILLER})",
    re.IGNORECASE,
)
#: "Sorry I said March, it was February": ruled out only when another one follows.
_SAID = re.compile(
    rf"(?<!like )(?<!as )\b(?:i (?:said|put|wrote|typed)|(?:did i|i'?ve) (?:say|said|put))\s+{_FILLER}",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"[,.;!?()]|\b(?:it was|it is|it's|its|it were|but|we|i|that'?s|he|she|they|more)\b",
    re.IGNORECASE,
)


#: Words of denial looked at in one message, and letters looked at after each.
MOST = 12
NEAR = 120


@dataclass(frozen=True)
class Denial:
    """Words `text[start:end]` that rule out `said`, a value of the detail `name`."""

    start: int
    end: int
    name: str
    said: str


def find(text: str, now: datetime) -> list[Denial]:
    """Every value that `text` rules out, left to right."""
    # bounded: a text of nothing but "not" must not hold a turn up
    sure = [hit for match in islice(_NOT.finditer(text), MOST) for hit in _after(text, match, now)]
    for match in islice(_SAID.finditer(text), MOST):
        for hit in _after(text, match, now):
            rest = text[hit.end : hit.end + NEAR]
            if hit.name in ("when", "vehicle_reg", "location") and _one(rest, hit.name, now):
                sure.append(hit)
    return sorted(sure, key=lambda d: d.start)


def blanked(text: str, denials: list[Denial]) -> str:
    """`text` with what is ruled out as spaces: positions still fit."""
    return span.blanked(text, [(denial.start, denial.end) for denial in denials])


def _after(text: str, match: re.Match[str], now: datetime) -> Iterator[Denial]:
    """The detail that stands right after the word of denial, if one does."""
    start = match.start("than") if match.groupdict().get("than") else match.start()
    rest = text[match.end() : match.end() + NEAR]
    for name in ("when", "vehicle_reg", "location", "property"):
        end = _one(rest, name, now, first=True)
        if end:
            said = rest[:end].strip(" ,.")
            yield Denial(start, match.end() + end, name, said)
            return
    if make := property.make(rest):
        yield Denial(start, match.end() + len(make), "property", make)
        return
    stop = _UNTIL.search(rest)
    words = rest[: stop.start() if stop else len(rest)].strip()
    if re.search(r"\b(?:at|in|on|near|by|outside)\s", match.group(0), re.IGNORECASE) and words:
        # "it wasn't outside the Bluebell": a place that no list knows
        yield Denial(start, match.end() + len(words), "location", words)
        return
    named = re.match(r"(?:[A-Z][\w'-]+|\w+)(?: \w+)?", words)
    # "not the Tag": a thing of a make that no list knows
    if named and re.search(r"\b(?:the|my|a|an|our)\s+$", match.group(0), re.IGNORECASE):
        end = match.end() + named.end()
        yield Denial(start, end, "property", named.group(0))


def _one(text: str, name: str, now: datetime, first: bool = False) -> int:
    """The end of the first such detail in `text` (with `first`: at its very start), or 0."""
    stop = _UNTIL.search(text)
    near = text[: stop.start() if stop else len(text)] if first else text
    # words that make a bare month, half a plate or a name be read as what they are here
    lead = {"when": "it was ", "vehicle_reg": "plate ", "location": "in ", "property": ""}[name]
    spans = {
        "when": lambda: when.spans(lead + near, now),
        "vehicle_reg": lambda: plate.spans(lead + near),
        "location": lambda: where.spans(lead + near),
        "property": lambda: property.spans(near, True),
    }[name]()
    if not spans:
        return 0
    hit = min(spans, key=lambda s: s.start)
    start, end = max(0, hit.start - len(lead)), hit.end - len(lead)
    return end if end > 0 and (not first or start <= 1) else 0
