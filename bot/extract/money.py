"""Sums of money as said: £1.2k, forty quid, a couple of grand, a monkey, 20 or 30 pound."""

# ruff: noqa: E501 - word lists inside patterns read better whole than broken

from __future__ import annotations

import re

from bot.extract.span import Span, lower

_UNITS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
          "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
          "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
          "eighty": 80, "ninety": 90, "a": 1, "couple": 2, "few": 3}  # fmt: skip
_SLANG = {"fiver": 5, "tenner": 10, "score": 20, "pony": 25, "ton": 100, "monkey": 500}
_WORD = "|".join(sorted(_UNITS, key=len, reverse=True))
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d\d?)?|\d+(?:\.\d+)?"
_SUM = re.compile(
    rf"£\s?(?P<n>{_NUMBER})\s?(?P<k>k|grand|m)?\b"
    rf"|\b(?P<low>{_NUMBER})\s?(?:or|to|-)\s?(?P<high>{_NUMBER})\s?(?:quid|pounds?|gbp)\b"
    rf"|\b(?P<n2>{_NUMBER})\s?(?:odd )?(?:(?P<k2>k|grand)\b|(?:quid|pounds?|gbp)\b)"
    rf"|\b(?:a )?(?P<words>(?:(?:{_WORD})(?: and a half)?[ -]?(?:of )?)+(?:hundred|thousand|grand)?(?: and (?:{_WORD}))?)\s?(?:odd )?(?P<unit>quid|pounds?|grand|hundred|thousand)\b"
    r"|\b(?:a |an )(?P<slang>fiver|tenner|score|pony|ton|monkey)\b"
)


def spans(text: str) -> list[Span]:
    """Every sum in `text`; the value is pounds as a number (a range gives its middle)."""
    found: list[Span] = []
    for match in _SUM.finditer(lower(text)):
        amount = _amount(match)
        if amount:
            said = text[match.start() : match.end()].strip()
            found.append(
                Span(
                    match.start(),
                    match.end(),
                    said,
                    int(amount) if amount == int(amount) else amount,
                )
            )
    return found


def _amount(match: re.Match[str]) -> float | None:
    groups = match.groupdict()
    if groups["slang"]:
        return float(_SLANG[groups["slang"]])
    if groups["low"]:
        return (_number(groups["low"]) + _number(groups["high"])) / 2
    figure = groups["n"] or groups["n2"]
    if figure:
        times = {"k": 1e3, "grand": 1e3, "m": 1e6}.get(groups["k"] or groups["k2"] or "", 1)
        return _number(figure) * times
    return _worded(groups["words"] + " " + groups["unit"])


def _number(figure: str) -> float:
    return float(figure.replace(",", ""))


def _worded(words: str) -> float | None:
    total, current = 0.0, 0.0
    for word in re.findall(r"[a-z]+", words):
        if word in _UNITS:
            current += _UNITS[word]
        elif word == "half":
            current += 0.5 - (_UNITS["a"] if "and a half" in words else 0)
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in ("thousand", "grand"):
            total, current = total + (current or 1) * 1000, 0
    return total + current or None
