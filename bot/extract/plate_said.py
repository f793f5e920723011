"""Number plates spelt aloud: "mike foxtrot one nine ...", "M for mother F for Freddie 19"."""

# ruff: noqa: E501 - word lists read better whole than broken

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.extract import figures
from bot.extract.span import Span, lower

_NATO = {"alpha": "A", "alfa": "A", "bravo": "B", "charlie": "C", "delta": "D", "echo": "E", "foxtrot": "F",
         "golf": "G", "hotel": "H", "india": "I", "juliet": "J", "juliett": "J", "kilo": "K", "lima": "L",
         "mike": "M", "november": "N", "oscar": "O", "papa": "P", "quebec": "Q", "romeo": "R", "sierra": "S",
         "tango": "T", "uniform": "U", "victor": "V", "whiskey": "W", "whisky": "W", "x-ray": "X", "xray": "X",
         "yankee": "Y", "zulu": "Z"}  # fmt: skip
#: Names of letters; some are words too, so that they count only where a plate is spoken of.
_LETTERS = {"ay": "A", "bee": "B", "cee": "C", "dee": "D", "eff": "F", "gee": "G", "aitch": "H", "haitch": "H",
            "jay": "J", "kay": "K", "el": "L", "em": "M", "en": "N", "pee": "P", "queue": "Q", "ar": "R",
            "ess": "S", "tee": "T", "vee": "V", "double u": "W", "double-u": "W", "ex": "X", "wye": "Y",
            "zed": "Z"}  # fmt: skip
_NUMBERS = [*figures.UNITS, *figures.TEENS, *figures.TENS, "double", "triple"]
_ANY = "|".join(sorted([*_NATO, *_LETTERS, *_NUMBERS], key=len, reverse=True))
_TOKEN = re.compile(
    rf"(?<![\w'])(?:(?P<as>[a-z]) (?:for|as in) [a-z]{{2,12}}|(?P<word>{_ANY})|(?P<typed>[a-z]|\d{{1,4}}))(?![\w'])"
)
_GAP = re.compile(r"[\s,.\-/]{1,3}")
_CUE = re.compile(r"\b(?:reg(?:istration)?|plates?|vrm|index|number)\b", re.IGNORECASE)
_CURRENT = re.compile(r"[A-Z]{2}\d\d[A-Z]{3}")
_SHORTEST = 4
_LONGEST = 7
_SURE = 3
"""Words of the alphabet that make a run a plate where no plate is spoken of."""


def spans(text: str) -> list[Span]:
    """Plates, whole or in part, that `text` spells; the value is in capitals without spaces."""
    small = lower(text)
    found: list[Span] = []
    for run in _runs(small):
        value = _value(run)
        words = sum(bool(m.group("as") or m.group("word") in _NATO) for m in run)
        named = words + sum(m.group("word") in _LETTERS for m in run)
        start, end = run[0].start(), run[-1].end()
        cue = bool(_CUE.search(small[max(0, start - 40) : start]))
        enough = (words > 1 and _CURRENT.fullmatch(value)) or words >= _SURE or (cue and named > 1)
        whole = _SHORTEST <= len(value) <= _LONGEST and re.search(r"\d", value)
        if enough and whole and re.search(r"[A-Z]", value):
            found.append(Span(start, end, text[start:end], value))
    return found


def _runs(small: str) -> Iterator[list[re.Match[str]]]:
    run: list[re.Match[str]] = []
    for match in _TOKEN.finditer(small):
        if run and not _GAP.fullmatch(small[run[-1].end() : match.start()]):
            yield run
            run = []
        if run or match.group("typed") != "a":
            run.append(match)
    if run:
        yield run


def _value(run: list[re.Match[str]]) -> str:
    value, index = "", 0
    words = [m.group("as") or m.group("word") or m.group("typed") or "" for m in run]
    while index < len(words):
        two = words[index + 1] if index + 1 < len(words) else ""
        if both := figures.pair(words[index], two):
            value, index = value + both, index + 2
            continue
        word = words[index]
        value += _NATO.get(word) or _LETTERS.get(word) or figures.word(word) or word.upper()
        index += 1
    return value
