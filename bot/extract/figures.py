"""Figures as they are said: "oh", "double seven", "nineteen", "seventy seven"."""

from __future__ import annotations

UNITS = {"oh": "0", "o": "0", "zero": "0", "nought": "0", "naught": "0", "nil": "0", "one": "1",
         "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
         "eight": "8", "nine": "9", "niner": "9"}  # fmt: skip
TEENS = {"ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14",
         "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18",
         "nineteen": "19"}  # fmt: skip
TENS = {"twenty": "20", "thirty": "30", "forty": "40", "fourty": "40", "fifty": "50",
        "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90"}  # fmt: skip
SEVERAL = {"zeros": "0", "zeroes": "0", "noughts": "0", "ones": "1", "twos": "2", "threes": "3",
           "fours": "4", "fives": "5", "sixes": "6", "sevens": "7", "eights": "8",
           "nines": "9"}  # fmt: skip
TIMES = {"double": 2, "dubble": 2, "dbl": 2, "triple": 3, "treble": 3, "quadruple": 4}
ROUND = {"hundred": "00", "thousand": "000"}


def word(said: str) -> str:
    """The digits of one word, or nothing."""
    for known in (UNITS, TEENS, TENS, ROUND):
        if said in known:
            return known[said]
    return ""


def pair(one: str, two: str) -> str | None:
    """The digits that two words mean together ("double seven", "two sevens"), or None."""
    second = UNITS.get(two, two if len(two) == 1 and two.isdigit() else "")
    if one in TIMES:
        return second * TIMES[one] or None
    if one in TENS and second and second != "0":
        return TENS[one][0] + second
    count = UNITS.get(one, one)
    if two in SEVERAL and count in ("2", "3", "4"):
        return SEVERAL[two] * int(count)
    return None
