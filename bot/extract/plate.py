"""Number plates as typed: current, prefix, suffix, dateless, Northern Irish, trade, and partial ones.

A plate is upper case without spaces; 0 and O, 1 and I stay as typed. What could be something
else (a road, a postcode, a phone model) counts only where a word such as "reg" or a vehicle stands near.
"""

# ruff: noqa: E501 - word lists inside patterns read better whole than broken

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.extract import plate_part, plate_said
from bot.extract.plate_words import (
    ABROAD,
    CLOSE,
    CUE,
    MODEL,
    NO_PLATE,
    NOT_BEFORE,
    VEHICLE,
    is_word,
)
from bot.extract.span import Span

_SEP = r"[\s\-/.,:_\u2013]{0,3}"
_A, _Z = r"(?<![A-Z0-9])", r"(?![A-Z0-9])"
# Area letters, two figures of age (also typed as O, I), three letters (also typed with 0, 1).
_CURRENT = re.compile(
    rf"{_A}(?!\d\d)[A-Z0]{_SEP}[A-Z0]{_SEP}[0-9OIL]{_SEP}[0-9OIL]{_SEP}[A-Z]{_SEP}[A-Z01]{_SEP}[A-Z01]{_Z}"
)
_GLUED = re.compile(
    r"(?<=[a-z])[A-Z]{2}\d{2} ?[A-Z]{3}(?![A-Za-z0-9])|(?<![A-Za-z0-9])[A-Z]{2}\d{2}[A-Z]{3}(?=[a-z]{2})|(?<=\breg)[a-z]{2}\d{2} ?[a-z]{3}\b"
)
_PREFIX = re.compile(rf"{_A}[A-HJ-NP-TV-Y]{_SEP}(?=[OI]?\d)[0-9OI]{{1,3}}{_SEP}[A-Z]{{3}}{_Z}")
_Q = re.compile(rf"{_A}Q{_SEP}\d{{1,3}}{_SEP}[A-Z]{{3}}{_Z}")
_SUFFIX = re.compile(rf"{_A}[A-Z]{{3}}{_SEP}(?=[OI]?\d)[0-9OI]{{1,3}}{_SEP}[A-HJ-NPR-TV-Y]{_Z}")
_NI = re.compile(rf"{_A}[A-Z]{{0,2}}(?:[IZ][A-Z]|[A-Z][IZ]){_SEP}\d{{1,4}}{_Z}")
_DATELESS = re.compile(
    rf"(?<![A-Z0-9£/-])(?:\d{{1,4}}{_SEP}[A-Z]{{1,3}}|[A-Z]{{1,3}}{_SEP}\d{{1,4}}[A-Z]?)(?![A-Z0-9/-])"
)
_FOREIGN = re.compile(
    rf"{_A}(?:[A-Z]{{1,3}}-[A-Z]{{1,2}} ?\d{{1,4}}|\d{{2,3}}-[A-Z]{{1,2}}-\d{{1,6}}|[A-Z]{{1,2}} \d{{4}} ?[A-Z]{{1,2}}|\d{{4}} [A-Z]{{3}}|"
    rf"[A-Z]{{2}}-\d{{3}}-[A-Z]{{2}}|\d{{2,3}}[ -]?[CDGKLMORSTUWX][A-Z]?[ -]?\d{{2,6}}|\d{{1,2}}-[A-Z]{{2,3}}-\d{{1,2}}|[A-Z]{{1,2}}-\d{{2,3}}-[A-Z]{{2,3}}){_Z}"
)
#: Shapes that count only where a vehicle from elsewhere is spoken of.
_ABROAD = re.compile(
    rf"{_A}(?:[A-Z]{{1,3}}[ -]?\d{{2,5}}[ -]?[A-Z]{{1,3}}|[A-Z]{{2,3}}[ -]?\d{{2,3}}[ -]?\d{{1,3}}|\d{{1,4}}[ -]?[A-Z]{{1,3}}[ -]?\d{{1,6}}|\d[A-Z]\d ?\d{{4}}|[A-Z0-9]{{2}}-[A-Z0-9]{{2}}-[A-Z0-9]{{2}}|[A-Z]{{1,2}}[ -][A-Z]{{1,2}}[ -]?\d{{1,4}}|J ?\d{{3,6}}){_Z}"
)
_TRADE = re.compile(
    r"\btrade(?: |-)?plates?\W+(?:(?:number|no|was|is|were|on|reading|saying|said|it|says)\W+){0,3}(?P<plate>\d{3,5}(?: ?[A-Z]{1,3}\b)?|\d{2,3} ?[A-Z]{1,2}\b)",
    re.I,
)
_TWO, _SHORT = 2, 4


@dataclass(frozen=True)
class _About:
    """What stands around: words of a plate near or just before, a vehicle anywhere."""

    near: bool
    vehicle: bool
    close: bool


def spans(text: str) -> list[Span]:
    """Every number plate in `text`; the value is the plate without spaces, partial ones as given."""
    found = [_span(text, *m.span("plate")) for m in _TRADE.finditer(text)]
    found += _whole(text, found)
    found += [_span(text, *m.span()) for m in _GLUED.finditer(text) if _free(m.span(), found)]
    holes = plate_part.holes(text)
    found = [s for s in found if all(s.end <= a or s.start >= b for a, b in holes)]
    found += [_span(text, *where) for where in holes]
    known = {s.value for s in found}
    found += [
        s for s in plate_said.spans(text) if s.value not in known and _free((s.start, s.end), found)
    ]
    taken = [(s.start, s.end) for s in found]
    found += [_span(text, *where) for where in plate_part.parts(text, taken)]
    return sorted(found, key=lambda s: s.start)


def _whole(text: str, taken: list[Span]) -> list[Span]:
    upper = text.upper()
    if len(upper) != len(text):  # a sign with a longer capital: positions would not fit
        upper = "".join(c.upper() if len(c.upper()) == 1 else c for c in text)
    found: list[Span] = []
    cue, vehicle = bool(CUE.search(text)), bool(VEHICLE.search(text))
    abroad = [_ABROAD] if ABROAD.search(text) else []
    for pattern in (_CURRENT, _PREFIX, _Q, _SUFFIX, _FOREIGN, *abroad, _NI, _DATELESS):
        for match in pattern.finditer(upper):
            if _free(match.span(), [*taken, *found]) and _fits(
                text, match, pattern, (cue, vehicle)
            ):
                found.append(_span(text, *match.span()))
    return found


def _span(text: str, start: int, end: int) -> Span:
    said = text[start:end]
    return Span(start, end, said, re.sub(r"[\s\-/.,:_\u2013]", "", said.upper()))


def _free(where: tuple[int, int], found: list[Span]) -> bool:
    return all(where[1] <= s.start or where[0] >= s.end for s in found)


def _fits(
    text: str, match: re.Match[str], pattern: re.Pattern[str], told: tuple[bool, bool]
) -> bool:
    """Whether the letters and figures are meant as a plate where they stand."""
    said, before = text[slice(*match.span())], text[max(0, match.start() - 60) : match.start()]
    letters = re.findall(r"[A-Za-z]+", said)
    if NOT_BEFORE.search(before) or (said != said.upper() and re.search(r"[.,:\n\u2013]", said)):
        return False
    close = told[0] and bool(CLOSE.search(before[-45:]))
    if pattern is _CURRENT:
        return _is_current(said, letters, close)
    shouted = text.isupper()
    words = (p for p in letters if is_word(p) and (shouted or not p.isupper()))
    if any(words) or any(VEHICLE.fullmatch(part) for part in letters):
        return False
    alone = len(said) > len(text) - 4 and text.strip(" .!?") == said
    window = text[max(0, match.start() - 60) : match.end() + 40]
    near = alone or (told[0] and bool(CUE.search(window)))
    about = _About(near, told[1], close)
    if pattern in (_PREFIX, _Q, _SUFFIX):
        return _is_dated(said, about)
    if pattern is _NI:
        return _is_northern(said, about)
    return _is_loose(said, pattern, about)


def _is_current(said: str, letters: list[str], close: bool) -> bool:
    """Seven parted signs are a plate; words like "is 20 the" and "im 26 hes" are not."""
    if re.search(r"[.,:\n]", said) and (is_word(letters[-1]) or VEHICLE.fullmatch(letters[-1])):
        return False
    if said != said.upper() and any(is_word(part) for part in letters):
        if not re.fullmatch(r"\w{7}|\w{4} \w{3}", said) or letters[-1].upper() in ("THE", "AND"):
            return False
        return close or (not is_word(letters[-1]) and " " not in said)
    shouted = len(letters) == _TWO and all(map(is_word, letters)) and " " in said
    real = sum(len(part) for part in letters) > _TWO and bool(re.search(r"\d", said))
    return real and (close or not shouted)


def _is_dated(said: str, about: _About) -> bool:
    """A letter, figures, three letters, or the other way round: roads and words are not meant."""
    if MODEL.search(said.upper()) and not about.close:
        return False
    if said.isupper():
        return True
    if re.search(r"0s$", said) or not re.fullmatch(r"[a-z\d \-/]+", said):
        return about.close  # "A6 bus": a road and a word
    road = re.match(r"[abm][ -]?\d", said)
    if " " not in said and len(re.findall(r"\d", said)) > (_TWO if road else 1):
        return True
    glued = " " not in said or len(re.findall(r"\d", said)) > 1
    return about.close or ((about.near or about.vehicle) and glued and not road)


def _is_northern(said: str, about: _About) -> bool:
    """Two or three letters with I or Z, and figures."""
    upper, figures = said.isupper(), len(re.findall(r"\d", said))
    if not re.fullmatch(r"[A-Za-z]{3}[ -]?\d{1,4}", said):
        return about.near and upper and not NO_PLATE.fullmatch(said)
    if upper:
        return figures > _TWO or about.near or about.vehicle
    return about.close or ((about.near or about.vehicle) and figures > _TWO)


def _is_loose(said: str, pattern: re.Pattern[str], about: _About) -> bool:
    """Shapes that many other things have."""
    shape, size = said.upper(), len(re.sub(r"\W", "", said))
    upper = said == shape
    if pattern is _ABROAD:
        return (upper or about.close) and (about.near or about.vehicle) and size > _SHORT
    if NO_PLATE.fullmatch(shape) or re.search(r"\b(?:a|an|am|pm|st|nd|rd|th)$", said):
        return False
    if pattern is _FOREIGN:
        return (upper or about.close) and (about.near or about.vehicle)
    if not about.close and (
        MODEL.search(shape) or re.fullmatch(r"[A-Z] ?\d+|[A-Z]{2}\d{1,3}", shape)
    ):
        return False
    exact = re.fullmatch(r"\d{2,4} [A-Z]{2,3}|[A-Z]{2} \d{4}|[A-Z]{3} ?\d{2,4}", shape)
    sure = about.near or (about.vehicle and bool(exact))
    return (upper and sure) or (about.close and size >= _SHORT)
