"""What of the things named was taken: sums are, where a thing lay and what somebody wore is not."""

# ruff: noqa: E501 - word lists inside patterns read better whole than broken

from __future__ import annotations

import re
from dataclasses import replace

from bot.extract import money
from bot.extract.span import Span

_MY = r"(?:(?:the|my|me|mi|our|us|a|an|his|her|their|its|mums?|nans?|dads?|mum's|nan's|dad's|t)\s)?"
#: Before the place of a thing: "off the wall", "from glove box", "on hook by door".
_PLACE = re.compile(
    rf"\b(?:out(?: of)?|off(?: of)?|from|through|thru|by|near|against|outside|inside|behind|under|beside|into|on|onto|in|at|over|round|next to|between)\s{_MY}(?:\w+\s)?$",
    re.I,
)
_MINE = re.compile(r"\b(?:my|me|our|mi)\s(?:\w+\s)?$", re.I)
_WORN = re.compile(
    r"\b(?:in|wearing|wore|with|had|has|got)(?: on)?(?: an?| the| his| her| their| some)?(?: \w+){0,2} $",
    re.I,
)
_SUM_AFTER = re.compile(
    r" ?(?:in (?:it|there|cash|notes|coins|twent|ten|fiv|fift|the|my|me|mi|an?)|out(?: of)?|cash|from|gone|taken|nicked|stolen|robbed|to (?:him|her|them|a|the|an|this|some)|off (?:me|my|of)|of (?:my|our) (?:money|savings)|went|missing|inside)\b",
    re.I,
)
_SUM_BEFORE = re.compile(
    r"\b(?:scammed|conned|robbed|done|fiddled|tricked|defrauded|swindled|cheated|out of|transferr?ed|sent|paid|lost|lent|withdr[ae]wn?|took|taken|stole|stolen|nicked|gave|handed over|sending|paying|duped|fleeced|with|plus|and)\W+(?:(?:me|him|her|them|us|of|for|about|around|over|nearly|almost|roughly|just|my|mum|dad|nan|approx|a|out|another|the|by|via)\W+){0,4}$",
    re.I,
)
_WORTH = re.compile(
    r"(?:\b(?:worth|valued?|cost\w*|price[ds]?|bought|paid (?:about |over )?|retails?|at|is|was|were|says|said|quoted|repair|replace\w*|for the|each)\W+(?:it |me |about |over |around |for |at |is |only )*)$",
    re.I,
)
_OF_THINGS = re.compile(
    r" ?(?:worth )?of (?!my|our)|(?: ?(?:worth|each|new|second ?hand|for the lot|all in|odd worth))\b",
    re.I,
)
_LYING = frozenset(
    (
        "building",
        "vehicle",
        "bag",
        "wallet",
        "safe",
        "garden",
        "vehicle part",
        "stock",
        "appliance",
        "clothing",
        "pram",
    )
)


def settled(text: str, found: list[Span], asked: bool) -> list[Span]:
    """`found` without places and clothes that were worn, like with like, and with the sums taken."""
    worn = [s for s in found if not (s.value["kind"] == "clothing" and _is_worn(text, s, asked))]
    joined = _joined(text, sorted(worn, key=lambda s: s.start))
    cash = _sums(text, joined) if asked else []
    several = len(joined) + len(cash) > 1
    kept = [s for s in joined if not (several and asked and _lay(text, s))]
    return sorted([*(kept if kept or cash else joined), *cash], key=lambda s: s.start)


def _is_worn(text: str, span: Span, asked: bool) -> bool:
    before = text[max(0, span.start - 40) : span.start]
    return not asked and bool(_WORN.search(before)) and not _MINE.search(before)


def _lay(text: str, span: Span) -> bool:
    """Whether the thing is where another one was."""
    before = text[max(0, span.start - 30) : span.start]
    return span.value["kind"] in _LYING and bool(_PLACE.search(before))


def _joined(text: str, found: list[Span]) -> list[Span]:
    """Neighbours of one kind are one thing: "sat nav tomtom"."""
    joined: list[Span] = []
    for span in found:
        last = joined[-1] if joined else None
        gap = text[last.end : span.start] if last else ""
        if last and last.value["kind"] == span.value["kind"] and re.fullmatch(r" ?|[,/] ?", gap):
            said = text[last.start : span.end]
            joined[-1] = replace(last, end=span.end, said=said, value={**last.value, "item": said})
        else:
            joined.append(span)
    return joined


def _sums(text: str, found: list[Span]) -> list[Span]:
    """Sums of money that were taken themselves, and are no price of a thing."""
    cash: list[Span] = []
    for one in money.spans(text):
        before, after = text[max(0, one.start - 50) : one.start], text[one.end : one.end + 30]
        free = all(one.end <= s.start or one.start >= s.end for s in found)
        if not free or _OF_THINGS.match(after) or _WORTH.search(before):
            continue
        if not found or _SUM_AFTER.match(after) or _SUM_BEFORE.search(before):
            value = {"item": one.said, "kind": "cash", "value_gbp": one.value}
            cash.append(Span(one.start, one.end, one.said, value))
    return cash
