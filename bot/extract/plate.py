"""Number plates as typed: current, prefix, suffix, dateless, Northern Irish, trade, and partial ones.

A plate is upper case without spaces; 0 and O, 1 and I stay as typed. What could be something
else (a road, a postcode, a phone model) counts only where a word such as "reg" or a vehicle stands near.
"""

# ruff: noqa: E501 - word lists inside patterns read better whole than broken

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.extract.span import Span, meets

_SEP = r"[ \-/]{0,2}"
# Area letters, two figures of age (also typed as O, I), three letters.
_CURRENT = re.compile(
    rf"(?<![A-Z0-9])[A-Z]{_SEP}[A-Z0]{_SEP}[0-9OI]{_SEP}[0-9OI]{_SEP}[A-Z]{_SEP}[A-Z]{_SEP}[A-Z](?![A-Z0-9])"
)
_GLUED = re.compile(r"(?<=[a-z])[A-Z]{2}\d{2}[A-Z]{3}(?![A-Za-z0-9])")
_PREFIX = re.compile(rf"(?<![A-Z0-9])[A-HJ-NP-TV-Y]{_SEP}\d{{1,3}}{_SEP}[A-Z]{{3}}(?![A-Z0-9])")
_Q = re.compile(rf"(?<![A-Z0-9])Q{_SEP}\d{{1,3}}{_SEP}[A-Z]{{3}}(?![A-Z0-9])")
_SUFFIX = re.compile(rf"(?<![A-Z0-9])[A-Z]{{3}}{_SEP}\d{{1,3}}{_SEP}[A-HJ-NPR-TV-Y](?![A-Z0-9])")
_NI = re.compile(
    rf"(?<![A-Z0-9])[A-Z]?[A-Z]?[IZ][A-Z]{_SEP}\d{{1,4}}(?![A-Z0-9])|(?<![A-Z0-9])[A-Z][A-Z]Z{_SEP}\d{{1,4}}(?![A-Z0-9])"
)
_DATELESS = re.compile(
    rf"(?<![A-Z0-9£/-])(?:\d{{1,4}}{_SEP}[A-Z]{{1,3}}|[A-Z]{{1,3}} \d{{2,4}}[A-Z]?)(?![A-Z0-9/-])"
)
_FOREIGN = re.compile(
    r"(?<![A-Z0-9])(?:[A-Z]{1,3}-[A-Z]{1,2} \d{1,4}|\d{2,3}-[A-Z]{1,2}-\d{1,6}|[A-Z]{1,2} \d{4} ?[A-Z]{1,2}|\d{2}-[A-Z]{1,2}-\d{1,6}|\d{4} [A-Z]{3})(?![A-Z0-9])"
)
#: In capitals, with signs for what was not seen: "GK?7 EUB", "EJ20 *KT".
_HOLES = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Z0-9]{1,4}[?*]{1,3}[A-Z0-9]{0,3}(?: ?[A-Z0-9*?]{1,3})?|[A-Z]{1,2}\d{2} ?[*?][A-Z*?]{1,2}|[?*]{1,2}\d{2} ?[A-Z]{3})(?![A-Za-z0-9])"
)
_CUE = re.compile(
    r"\b(?:reg(?:istration)?(?: (?:number|no|plate|is|was))?|number plate|plates?|vrm|private plate|car number)\b",
    re.I,
)
_VEHICLE = re.compile(
    r"\b(?:car|van|bmw|audi|ford|vauxhall|golf|corsa|astra|fiesta|focus|transit|merc\w*|rover|truck|lorry|motor|"
    r"moped|motorbike|beetle|mini|morris|anglia|caravan|stolen|driv\w+|parked|polo|nissan|toyota|kia|tesla|plated?)\b",
    re.I,
)
_PART = re.compile(
    r"\b(?:beg[ia]n(?:s|ning)?(?: with)?|start(?:s|ing|ed)?(?: with)?|end(?:s|ed|ing)?(?: in| with)?|first (?:bit|part|half|letters?)(?: (?:is|was|were))?|"
    r"last (?:bit|part|three|3|letters?|\d letters?|three letters?)(?: (?:is|was|were))?|half of it\.*|part(?:ial)?(?: plate| reg)?(?: (?:is|was))?|"
    r"reg|registration|plate)[\s:,]*(?:is |was |were )?(?P<part>[A-Z]{2}\d{1,2}|[A-Z]{3}|[A-Z]\d{1,3}|[A-Z]{2})(?![A-Z0-9])",
    re.IGNORECASE,
)
_WORDS_NOT_PLATE = re.compile(
    r"(?:am|an|as|at|be|by|do|go|he|hi|if|im|in|is|it|me|my|no|of|ok|on|or|so|to|up|us|we|ye|id|ur) ?\d\d [a-z]{3}"
    r"|[a-z]{2} ?\d\d (?:the|and|was|his|her|hes|she|for|but|you|its|not|out|all|one|has|had|him|who|are|got|or|min|ish|ppl|lad|man|men|yrs|day|now|yes|mum|dad)"
)
#: The first half alone, in capitals: "silver audi, PJ18 something".
_STUB = re.compile(
    r"(?<![A-Za-z0-9])(?P<part>[A-Z]{2}[ -]?\d{2})(?![A-Za-z0-9]| ?\d[A-Za-z]{2}\b| ?[A-Z]{3}\b)"
)
_POSTAL = re.compile(r"(?:BL|OL|SK|WN|WA|FY|PR|BB|HD|HX|CH|CW)\d", re.IGNORECASE)
_OPEN_END = re.compile(
    r"\W{0,4}(?:something|summat|smth|summet|then|and (?:then|the rest|i|a)|blank|dunno|can'?t|cant|did ?n'?t|rest|was the (?:start|first)|[?*.]{2})",
    re.IGNORECASE,
)
_YEAR_PLATE = re.compile(r"\ba (?P<part>\d\d) (?:plate|reg)\b", re.IGNORECASE)
_NOT_WORDS = frozenset(
    [
        "THE",
        "AND",
        "WAS",
        "HIS",
        "HER",
        "FOR",
        "BUT",
        "YOU",
        "ITS",
        "NOT",
        "OUT",
        "ALL",
        "ONE",
        "HAS",
        "HAD",
        "SHE",
        "HIM",
        "WHO",
        "ARE",
        "MAY",
        "GOT",
        "BMW",
        "REG",
        "TOO",
        "LIKE",
        "AGO",
        "NOW",
        "MIN",
        "WAY",
        "VAN",
        "CAR",
        "NO",
        "IS",
        "IT",
        "OF",
        "ON",
        "IN",
    ]
)
_NOT_BEFORE = re.compile(
    r"(?:postcode|frame(?: no\.?| number)?|serial|imei|ref(?: no)?|log|order|invoice|form|platform|gate|room|flat|ni number has been used,|year)\W*(?:is |no |number )?$",
    re.I,
)
_UNITS = re.compile(
    r"\d{1,4} ?(?:AM|PM|ML|CM|KG|MPH|HRS?|MIN|MINS|ST|ND|RD|TH|K|M|P|KM|FT|IN|OF|LB|OZ|MM|GB|TB|G|L|MAN|MEN|LAD|DAY|YRS?|X|A|AND|OR|TO|AT|ON)$"
)


def spans(text: str) -> list[Span]:
    """Every number plate in `text`; the value is the plate without spaces, partial ones as given."""
    upper = text.upper()
    found: list[Span] = []
    for pattern in (_CURRENT, _PREFIX, _Q, _SUFFIX, _FOREIGN, _NI, _DATELESS):
        loose = pattern in (_DATELESS, _FOREIGN, _NI)
        for match in pattern.finditer(upper):
            if _fits(text, match, loose, pattern is _CURRENT) and not meets(*match.span(), found):
                found.append(_span(text, *match.span()))
    found += [_span(text, *m.span()) for m in _GLUED.finditer(text)]
    holes = [m.span() for m in _HOLES.finditer(text) if re.search(r"\d", m.group(0))]
    found = [s for s in found if all(s.end <= a or s.start >= b for a, b in holes)]
    found += [_span(text, *where) for where in holes]
    found += _parts(text, found)
    found += [
        _span(text, *m.span("part")) for m in _stubs(text) if not meets(*m.span("part"), found)
    ]
    return sorted(found, key=lambda s: s.start)


def _parts(text: str, taken: list[Span]) -> list[Span]:
    """Partial plates: "begins MF19", "ends in KZN", "a 73 plate"."""
    found: list[Span] = []
    for pattern in (_PART, _YEAR_PLATE):
        for match in pattern.finditer(text):
            part = match.group("part")
            if part.upper() in _NOT_WORDS or meets(*match.span("part"), [*taken, *found]):
                continue
            if part.isalpha() and not part.isupper() and "letter" not in match.group(0):
                continue
            found.append(_span(text, *match.span("part")))
    return found


def _stubs(text: str) -> Iterator[re.Match[str]]:
    """First halves of plates where a vehicle or a plate is spoken of, and no postcode is meant."""
    for match in _STUB.finditer(text):
        cue, vehicle = bool(_CUE.search(text)), bool(_VEHICLE.search(text))
        open_end = bool(_OPEN_END.match(text, match.end()))
        postal = bool(_POSTAL.match(match.group("part")))
        if _NOT_BEFORE.search(text[: match.start()]) or re.search(r"postcode", text, re.IGNORECASE):
            continue
        if cue or open_end or (vehicle and not postal):
            yield match


def _span(text: str, start: int, end: int) -> Span:
    said = text[start:end]
    return Span(start, end, said, re.sub(r"[\s\-/]", "", said.upper()))


def _is_current(said: str, before: str) -> bool:
    """Seven parted signs are a plate; words like "is 20 the" and "im 26 hes" are not."""
    if _WORDS_NOT_PLATE.fullmatch(said):
        return bool(_CUE.search(before[-16:]))
    plain = said.isupper() or not re.search(r"[a-z]", said)
    return plain or (bool(re.search(r"\d", said)) and len(re.sub(r"\W", "", said)) == 7)


def _fits(text: str, match: re.Match[str], loose: bool, current: bool) -> bool:
    said, before = text[match.start() : match.end()], text[: match.start()]
    if _NOT_BEFORE.search(before):
        return False
    letters = re.findall(r"[A-Za-z]+", said)
    if any(part.upper() in _NOT_WORDS and not part.isupper() for part in letters):
        return False
    if current:
        return _is_current(said, before)
    near = bool(_CUE.search(text[max(0, match.start() - 60) : match.end() + 40])) or bool(
        _VEHICLE.search(text)
    )
    if not loose:
        return near or (text.strip(" .!") == said) or said.isupper()
    if _UNITS.fullmatch(said.upper()) or re.search(r"\b(?:a|an|am|pm|st|nd|rd|th)$", said):
        return False
    strong = bool(_CUE.search(text[max(0, match.start() - 60) : match.end() + 40])) or said.upper()[
        :3
    ].endswith("Z")
    upper = said == said.upper()
    return (
        (strong and upper)
        or (
            near
            and upper
            and bool(re.fullmatch(r"\d{2,4} [A-Z]{3}|[A-Z]{2} \d{4}|[A-Z]{3} ?\d{4}", said))
        )
        or (bool(re.fullmatch(r"[a-z]{2}z\d{4}", said.strip())) and text.strip() == said)
    )
