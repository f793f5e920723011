"""Parts of number plates: "begins MF19", "ends in KZN", "GK?7 EUB", "a 73 plate", "an X and a 7 in it"."""

# ruff: noqa: E501 - word lists inside patterns read better whole than broken

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.extract.plate_words import CUE, NO_PLATE, NOT_BEFORE, OPEN_END, POSTAL, VEHICLE, is_word

Where = tuple[int, int]

_BIT = r"(?:[A-Z]{2} ?\d{1,2}|[A-Z]\d{1,3}|\d{1,3} ?[A-Z]{1,3}|[A-Z]{1,3}|\d{1,3})(?![A-Z0-9:%£])"
_PART = re.compile(
    r"\b(?:(?:beg[iau]n(?:s|ning)?|start(?:s|ing|ed)?|end(?:s|ed|ing)?|finish(?:es|ed|ing)?)(?: (?:in|with|on|it))?|"
    r"(?:first|last|middle|front|back) (?:two |three |four |2 |3 |4 )?(?:bit|part|half|letters?|digits?|numbers?|characters?|ones?|two|three|four|2|3|4)(?: (?:is|was|were|are|as))?|"
    r"half of it\.*|half (?:a |the )?(?:reg|plate)|(?:the )?(?:letters|numbers|digits) (?:on it )?(?:was|were|are)|part(?:ial)?(?: plate| reg)?(?: (?:is|was))?|all i (?:got|saw|caught) (?:was|is)|(?:only )?caught(?: the)?|reg(?:istration)?|plates?)"
    rf"[\s:,'\"\u2018\u2019\u201c.=-]{{0,4}}(?:is |was |were |like |the letters? |letters? |an? |the numbers? )?(?P<part>{_BIT})",
    re.I,
)
_AND_ENDS = re.compile(
    rf"(?<=[A-Z0-9])[\s,]+(?:and|then|&) (?:it )?(?:end(?:s|ed|ing)?|finish(?:es|ed|ing)?)(?: (?:in|with|on))? (?:an? |the letters? )?(?P<part>{_BIT})",
    re.I,
)
_IN_IT = re.compile(
    r"\b(?:had|has|have|with|got|was|were|there'?s|containing|contains|contained)\b (?:both )?(?:an? |the letters? )?(?P<part>[A-Z]{1,3}|\d{1,2})(?![A-Z0-9])"
    r"(?:,? (?:and|or|n|&|plus) (?:maybe )?(?:an? )?(?P<other>[A-Z]{1,3}|\d{1,2})(?![A-Z0-9]))? (?:in (?:it|the (?:reg|plate))|somewhere in)\b"
)
_AT_END = re.compile(
    rf"(?<![A-Za-z0-9])(?P<part>{_BIT}) (?:(?:at|in|on|near) the (?:end|start|beginning|front|middle)\b(?! of the (?:road|street|month|week|day|year))|at the (?:end|start) of (?:it|the (?:reg|plate)))"
)
_YEAR = re.compile(
    r"\b(?P<part>0[1-9]|[1-2]\d|5[1-9]|[67]\d)[ -]?(?:plate|reg)(?:d|ed)?\b(?! ?\d)", re.I
)
#: "A P reg fiesta": where nothing else of the plate is told.
_LETTER = re.compile(r"\b(?:an?|old) (?P<part>[A-HJ-NP-TV-Y])[ -]reg\b")
_MIDDLE = (
    r"(?:[ -]+(?:something|summat|smth|summet|blank|question mark|dunno|whatever|space)){1,4}[ -]+"
)
_BETWEEN = re.compile(
    rf"(?<![A-Za-z0-9])(?P<part>[A-Z]{{1,2}}\d{{0,2}}|[A-Z]\d{{1,3}}){_MIDDLE}(?P<other>[A-Z]{{1,3}}|\d{{1,3}}|\d{{1,2}} ?[A-Z]{{1,3}})"
    rf"(?:{_MIDDLE}(?P<third>[A-Z]{{1,3}}|\d{{1,3}}))?(?![A-Za-z0-9])"
)
_AFTER = re.compile(
    r"(?<![A-Za-z0-9])(?:something|summat|smth|blank)(?:[ -]+(?:something|summat|smth|blank)){0,3}[ -]+(?P<part>\d{1,2} ?[A-Z]{2,3}|[A-Z]{3})(?![A-Za-z0-9])"
)
#: The first half alone: "silver audi, PJ18 something".
_STUB = re.compile(
    r"(?<![A-Za-z0-9])(?P<part>[A-Z]{2}[ -]?\d{2}|[A-Z]{2}\d|[C-HJ-NP-TV-Y]\d{2,3})(?![A-Za-z0-9]| ?\d[A-Za-z]{2}\b| ?[A-Z]{3}\b)"
)
_SMALL_STUB = re.compile(r"(?<![a-z0-9])(?P<part>[a-z]{2} ?\d{2})(?![a-z0-9:£]| ?\d[a-z]{2}\b)")
#: One or two letters short of a plate: "MF19 KZ".
_SHORT_OF = re.compile(
    r"(?<![A-Za-z0-9])(?P<part>[A-Z]{2} ?\d{2} ?[A-Z]{1,2}|[A-Z]\d{2,3} ?[A-Z]{1,2})(?![A-Za-z0-9'?*])"
)
#: The end alone after dots for the rest: "...KZN".
_DOTS = re.compile(r"(?:\.{2,4}|-{2,4}|\u2026) ?(?P<part>\d{0,2} ?[A-Z]{3})(?![A-Za-z0-9])")
_HALF = re.compile(r"[A-Z]{2}[ -]?\d\d")
#: Signs for what was not seen; one at the end is a question mark.
_HOLES = re.compile(
    r"(?<![\w?*])(?=[\w?*]{0,6}[?*_])[A-Z0-9?*_]{1,7}(?:[ -][A-Z0-9?*_]{1,4})?(?![\w*])"
)
_HALF_HOLES = re.compile(
    r"(?<![\w?*])[A-Z]{2}\d{2}[ -](?=[A-Z?*_]{0,3}[?*_])[A-Z?*_]{2,3}(?![\w*?])"
)
_MOST, _FEW = 7, 3
_NO_FIGURES = re.compile(r"(?:st|nd|rd|th|am|pm| ?[a-z]m\b|[./]\d|,\d)")


@dataclass(frozen=True)
class _Told:
    """Whether a plate, or a vehicle, is spoken of."""

    cue: bool
    vehicle: bool


def holes(text: str) -> list[Where]:
    """Plates with signs for what was not seen: "GK?7 EUB", "EJ20 *KT", "MF19 ???"."""
    found: list[Where] = []
    for pattern in (_HALF_HOLES, _HOLES):
        for match in pattern.finditer(text):
            said = _asked(match.group(0))
            known = re.sub(r"[^A-Z0-9]", "", said)
            whole = len(re.sub(r"[ -]", "", said)) == _MOST and len(known) > _FEW
            figures = len(known) > 1 and re.search(r"\d", known) and not is_word(known)
            if re.search(r"[?*_]", said) and (whole or figures):
                _add(found, (match.start(), match.start() + len(said)))
    return found


def _asked(said: str) -> str:
    """`said` without a question mark that only asks: "was it MF19?"."""
    size = len(re.sub(r"[ -]", "", said))
    asks = said.endswith("?") and size < _MOST and not said.endswith("??")
    return said[:-1] if asks or size > _MOST else said


def parts(text: str, taken: list[Where]) -> list[Where]:
    """Every other part of a plate that `text` gives."""
    found: list[Where] = []
    told = _Told(bool(CUE.search(text)), bool(VEHICLE.search(text)))
    for pattern in (_BETWEEN, _AFTER, _SHORT_OF, _PART, _AND_ENDS, _AT_END, _IN_IT, _DOTS, _YEAR):
        for match in pattern.finditer(text):
            for name in [n for n in ("part", "other", "third") if match.groupdict().get(n)]:
                where = _without_word(text, match.span(name))
                part, lead = text[slice(*where)], match.group(0)[: where[0] - match.start()]
                sure = pattern in (_BETWEEN, _AFTER, _YEAR)
                if pattern in (_AT_END, _SHORT_OF, _DOTS):
                    sure = told.cue and not is_word(part)
                if pattern is _IN_IT:
                    sure = told.cue or not match.group("part").isdigit()
                if sure or _may_be(part, lead.lower(), text[where[1] : where[1] + 4], told):
                    _add(found, where, taken)
    for match in _stubs(text, told):
        _add(found, match.span("part"), taken)
    if not found and not taken:
        found = [m.span("part") for m in _LETTER.finditer(text)]
    return found


def _without_word(text: str, where: Where) -> Where:
    """Figures without the everyday word after them: "ends in 47 the reg"."""
    word = re.fullmatch(r"(\d+) ([a-z]+)", text[slice(*where)])
    return (where[0], where[0] + len(word.group(1))) if word and is_word(word.group(2)) else where


def _add(found: list[Where], where: Where, taken: list[Where] | None = None) -> None:
    if all(where[1] <= a or where[0] >= b for a, b in [*found, *(taken or [])]):
        found.append(where)


def _may_be(part: str, lead: str, after: str, told: _Told) -> bool:
    """Whether the words after "begins", "reg" and so on are part of a plate."""
    letters = re.sub(r"[^A-Za-z]", "", part)
    if letters and is_word(letters):
        return False
    plain = bool(re.match(r"reg|plate|caught|half|part(?!ial)", lead))
    if part.isdigit():
        return told.cue and not plain and not _NO_FIGURES.match(after)
    if not part.isalpha():
        return part.upper() == part or told.cue or (told.vehicle and not plain)
    if part.isupper():
        return len(part) > 1 or (not plain and (told.cue or told.vehicle))
    spelt = "letter" in lead or (
        told.cue and len(part) > 1 and re.search(r" (?:in|with) |start|beg", lead)
    )
    return bool(not plain and spelt and part.islower())


def _stubs(text: str, told: _Told) -> Iterator[re.Match[str]]:
    """First halves of plates where a vehicle or a plate is spoken of, and no postcode is meant."""
    if re.search(r"postcode", text, re.IGNORECASE):
        return
    for pattern in (_STUB, _SMALL_STUB):
        for match in pattern.finditer(text):
            part, before = match.group("part"), text[max(0, match.start() - 40) : match.start()]
            close = bool(CUE.search(before[-12:]))
            open_end = bool(OPEN_END.match(text, match.end()))
            model = NO_PLATE.fullmatch(part.upper()) and not (close or (told.cue and open_end))
            if model or NOT_BEFORE.search(before) or is_word(part[:2]):
                continue
            about = told.cue or told.vehicle
            if pattern is _SMALL_STUB:
                if close or (open_end and about and " " not in part):
                    yield match
            elif not _HALF.fullmatch(part):  # as short as a postcode or a road
                if close or (open_end and about and not POSTAL.match(part)):
                    yield match
            elif told.cue or open_end or (told.vehicle and not POSTAL.match(part)):
                yield match
