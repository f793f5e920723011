"""Places that no list knows, by how they are said: "outside the Rope", "on Bradshawgate"."""

from __future__ import annotations

import re

_WORD = r"[A-Z][a-z'\u2019]+"
#: A name of its own in capitals after "outside the": a pub, a club, a shop.
_VENUE = re.compile(
    r"\b(?:[Oo]utside|[Bb]ehind|[Oo]pposite|[Ii]nside|[Nn]ear|[Nn]ext to|[Aa]t|[Ii]n) the "
    rf"(?P<name>(?!(?:UK|Police)\b){_WORD}(?: (?:and|&|of|the|o'|in) {_WORD}| {_WORD}){{0,3}})"
)
#: A stretch between two stops or places: "between Cornbrook and Deansgate".
_BETWEEN = re.compile(
    r"\b[Bb]etween (?P<name>(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|I\b|My\b|Xmas|Christmas)"
    rf"{_WORD}(?: {_WORD})? and {_WORD}(?: {_WORD})?)"
)
#: "On bradshawgate", "down Market Gate": streets that end in gate and need no other word.
_GATE = re.compile(
    r"\b(?:on|down|along|off|up) (?P<name>(?!flood|tail|inves|navi|toll|star)[a-z]{4,}gate)\b",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*",
)


def find(text: str) -> tuple[int, int] | None:
    """Start and end of such a place in `text`; a venue and its street stand together."""
    hits = [m for p in (_BETWEEN, _VENUE, _GATE) if (m := p.search(text))]
    hits = [m for m in hits if not _MONTH.search(m.group("name"))]
    if not hits:
        return None
    start, end = hits[0].span("name")
    for other in hits[1:]:
        at, to = other.span("name")
        if 0 <= at - end <= 12:
            end = to
    return start, end


def sure(text: str) -> bool:
    """Whether the words can hardly mean anything else, even beside a town."""
    return find(text) is not None
