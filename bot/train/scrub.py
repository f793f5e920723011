"""Scrubs a text: what tells who somebody is gives way to invented values of the same shape.

Two passes that know nothing of each other: `Scrubber.scrub` replaces what its finders find;
`left_over` then names anything that still looks personal, and the caller refuses it.
"""

# ruff: noqa: E501 - patterns read better whole than broken

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.extract import contact, plate
from bot.train.invented import FORENAMES, STREETS, SURNAMES, Inventor
from bot.train.names import names, people
from bot.triage.language_words import ENGLISH
from bot.triage.text import fold

_LABELLED: Final = (
    r"(?:account|acc(?:ount)? n\w+|acct|a/c|sort code|imei|serial|passport|policy|"
    r"frame|vin|licence|license|hospital n\w+|customer n\w+|order|badge|collar)"
)
#: Kind of value -> what it looks like; the group `v` is what goes, else all of it.
_SHAPES: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("link", re.compile(r"(?i)\b(?:https?://|www\.)\S+|\b(?:facebook|instagram|tiktok)\.com/\S+")),
    ("handle", re.compile(r"(?<![\w@.])@[A-Za-z]\w[\w.]{1,30}")),
    ("reference", re.compile(
        r"(?i)\b(?:CRI/\S*\d|GM-[0-9A-Z]{4}-[0-9A-Z]{4}|\d{2}[A-Z]{1,2}/\d{4,}(?:/\d+)?|NFRC\w*\d+|"
        r"(?:crime|ref(?:erence)?|log|incident|case|report)(?: ref(?:erence)?)?(?: n(?:o|um|umber)\.?)?"
        r"(?: is| was)?[ :#]+(?P<v>(?=\S*\d)[\w/-]*\d{3}[\w/-]*(?: of \d{1,2}/\d{1,2}/\d{2,4})?))")),
    ("birth", re.compile(
        r"(?i)\b(?:d\.?o\.?b\.?|date of birth|born(?: on)?)\W{0,3}(?:is |was )?"
        r"(?P<v>\d{1,2}(?:st|nd|rd|th)?[ ./-](?:\d{1,2}|[a-z]{3,9})[ ./-]\d{2,4})")),
    ("birth", re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-](?:19[2-9]\d|200\d|201[0-6])\b")),
    ("ni", re.compile(r"(?i)\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")),
    ("card", re.compile(r"(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d.])")),
    ("number", re.compile(r"(?i)\bnhs\W{0,3}(?:n\w+ )?(?:is )?(?P<v>\d{3}[ -]?\d{3}[ -]?\d{4})\b")),
    ("number", re.compile(
        rf"(?i)\b{_LABELLED}\W{{0,3}}(?:n(?:o|um|umber)\.? )?(?:is )?(?P<v>(?=\S*\d)[\w/-]*\d[\w/-]{{3,}}"
        r"(?: \d{2,})*)")),
    ("place", re.compile(r"///[a-z]+\.[a-z]+\.[a-z]+\b|\b5\d\.\d{3,}, *-?\d\.\d{3,}\b")),
    ("postcode", re.compile(r"\b[A-Za-z]{1,2}\d{1,2}[A-Za-z]?[ -]?\d[A-Za-z]{2}\b")),
    ("address", re.compile(
        r"(?i)\b(?:flat \d+[a-z]?,? )?(?:n(?:o|umber)\.? )?\d{1,4}[a-z]?,? [a-z][a-z'’-]+(?: [a-z][a-z'’-]+){0,2}? "
        r"(?:road|rd|street|st|lane|ln|avenue|ave|drive|dr|close|crescent|cres|grove|gardens|gdns|"
        r"way|terrace|place|court|square|brow|row|mews|rise|view|walk|bank|parade|green)\b")),
)  # fmt: skip
#: "2 lads down our street", "4 times on the road": a number of something, and no address.
_NO_ADDRESS: Final = re.compile(
    r"(?i)\b(?:on|in|at|the|our|my|down|up|of|from|to|this|a|an|and|were|was|i|is|are|by|off|pm|am"
    r"|lads?|men|cars?|kids|people|minutes?|mins?|hours?|weeks?|days?|times|doors?|houses)\b"
)
_DIGITS: Final = re.compile(r"\d(?:[ .-]?\d){5,}")
_MAIL: Final = re.compile(
    r"(?i)\S*@\S+|\b\w+ ?(?:\(at\)|\[at\]| at ) ?\w+ ?(?:\.| dot ) ?(?:co|com|net|org|uk)\b"
)
_TITLE: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z]\w+")


@dataclass(frozen=True)
class Change:
    """One value that was replaced: its kind, what it was, what stands there now."""

    kind: str
    before: str
    after: str


class Scrubber:
    """Scrubs the texts of one chat: the same person has the same invented name in all of it."""

    def __init__(self, seed: str) -> None:
        self._inventor = Inventor(seed)

    def scrub(self, text: str, asked: str | None = None) -> tuple[str, list[Change]]:
        """The text with invented values, and what was changed. `asked`: the open question."""
        made = text
        changes: list[Change] = []
        for start, end, kind in reversed(_chosen(text, asked)):
            new = self._inventor.make(kind, text[start:end])
            changes.insert(0, Change(kind, text[start:end], new))
            made = made[:start] + new + made[end:]
        return made, changes

    def left_over(self, text: str) -> list[str]:
        """What in a scrubbed text still looks personal, each in plain words."""
        return left_over(text, self._inventor.made)


def left_over(text: str, invented: list[str]) -> list[str]:
    """What still looks personal: runs of six digits, anything like an e-mail, names."""
    bare = text
    for value in sorted(set(invented), key=len, reverse=True):
        bare = bare.replace(value, " " * len(value))
    found = [f"a number of six digits or more: {m.group()}" for m in _DIGITS.finditer(bare)]
    found += [f"something like an e-mail address: {m.group()}" for m in _MAIL.finditer(bare)]
    found += [f"a name: {m.group()}" for m in _TITLE.finditer(bare)]
    known = {fold(name) for name in (*FORENAMES, *SURNAMES, *STREETS)}
    named = [one.said for one in people(text) if not set(fold(one.said).split()) <= known]
    found += [f"perhaps a name: {said}" for said in named if said in bare]
    return list(dict.fromkeys(found))


def _is_plate(said: str) -> bool:
    """Not "im 14 hes" nor a motorway: at least five signs, letters and digits, no word in it."""
    letters = re.findall(r"[A-Za-z]+", said)
    if not re.search(r"\d", said) or len(re.sub(r"\W", "", said)) < 5:
        return False
    return said.isupper() or not any(one.casefold() in ENGLISH for one in letters)


def _chosen(text: str, asked: str | None) -> list[tuple[int, int, str]]:
    """What is replaced, in order and without overlap: the earlier finder wins."""
    kept: list[tuple[int, int, str]] = []
    for start, end, kind in _found(text, asked):
        if all(end <= other or start >= to for other, to, _ in kept):
            kept.append((start, end, kind))
    return sorted(kept)


def _found(text: str, asked: str | None) -> Iterator[tuple[int, int, str]]:
    for one in contact.emails(text):
        yield one.start, one.end, "email"
    phones = contact.phones(text)
    for kind, pattern in _SHAPES:
        if kind == "card":  # a phone number is no card, whatever its blanks
            yield from ((one.start, one.end, "phone") for one in phones)
        for match in pattern.finditer(text):
            start, end = (
                match.span("v") if "v" in pattern.groupindex and match["v"] else match.span()
            )
            said = text[start:end]
            if kind == "address" and _NO_ADDRESS.search(said):
                continue
            yield start, end, kind
    for one in plate.spans(text):
        if _is_plate(one.said):
            yield one.start, one.end, "plate"
    for one in names(text, (asked or "").startswith("contact")):
        yield one.start, one.end, "name"
