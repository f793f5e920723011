"""Phone numbers as people in Britain give them: +44, brackets, in words, "double seven", broken up.

A message is cut into digits once ("9OO", "oh", "double seven", "nine hundred"); digits that stand
next to each other are joined until they make a British number of 11 digits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.extract import figures
from bot.extract.span import Span, lower

_WORDS = [
    *figures.UNITS,
    *figures.TEENS,
    *figures.TENS,
    *figures.SEVERAL,
    *figures.TIMES,
    *figures.ROUND,
]
#: Digits, with letters that look like them, or a word for digits; "tel07700..." may be glued.
_TOKEN = re.compile(
    r"(?<![a-z0-9])[oil]*\d[0-9oil]*|(?<=[a-z])0[1-35789]\d{9}(?!\d)"
    rf"|(?<![a-z0-9])(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))}|oo|ooo)(?![a-z])"
)
#: What may stand inside one number: signs, and words that people say between its parts.
_GAP = re.compile(
    r"[\s.,/()\[\]_*|\u2013\u2014\u00b7-]{0,6}"
    r"(?:(?:and then|then|followed by|space|dash|dot|slash|um+|er+m?|uh)[\s.,-]{1,3})?"
)
_NO_START = re.compile(r"[£$@#]$|\d\.$")
_DECIMAL = re.compile(r"\d{1,2}\.\d{5}")
_CLOSE = re.compile(r"[ .-]{0,3}")
_NOT_PHONE = re.compile(
    r"\b(?:imei|serial|s/n|account|acc(?:ount)? no|sort code|vat(?: no)?|card|ref(?:erence)?|"
    r"crime number|log|(?<!area )(?<!dialling )code|frame(?: no)?|order|tracking|nhs|policy|"
    r"isbn|barcode|passport|booking|customer|invoice|urn|crn|id)"
    r"\W*(?:is |no\.? |number |num )*$"
)
_BRITISH = re.compile(r"0(?:7[1-9]|1[1-9]|2[0-9]|3[03457]|8[0-9]|9[0-9])\d{8}")
_LONGEST = 15
_GLUED = 3


@dataclass(frozen=True)
class _Digits:
    """Words or figures that stand for `digits`."""

    start: int
    end: int
    digits: str


def spans(text: str) -> list[Span]:
    """Every phone number in `text`; the value has 11 digits from 0."""
    small = lower(text)
    items = _joined(small, [_Digits(*m.span(), m.group(0)) for m in _TOKEN.finditer(small)])
    found: list[Span] = []
    index = 0
    while index < len(items):
        fresh = bool(found) and found[-1].end == items[index - 1].end
        read = _number(small, items, index) if fresh or _may_begin(small, items, index) else None
        if read is None:
            index += 1
            continue
        value, following = read
        start, end = _start(small, items[index].start), items[following - 1].end
        if not _NOT_PHONE.search(small[max(0, start - 40) : start]):
            found.append(Span(start, end, text[start:end], value))
        index = following
    return found


def _start(small: str, at: int) -> int:
    """The start of a number with its "(" or "+"."""
    while at and small[at - 1] in "(+":
        at -= 1
    return at


def _joined(small: str, tokens: Sequence[_Digits]) -> list[_Digits]:
    """Tokens as digits: "double seven", "two sevens" and "seventy seven" become one each."""
    found: list[_Digits] = []
    index = 0
    while index < len(tokens):
        one = tokens[index]
        two = tokens[index + 1] if index + 1 < len(tokens) else None
        near = two and re.fullmatch(r"[\s-]{0,2}", small[one.end : two.start])
        pair = figures.pair(one.digits, two.digits) if two and near else None
        if pair and two:
            found.append(_Digits(one.start, two.end, pair))
            index += 2
            continue
        digits = _figures(one.digits)
        if digits:
            found.append(_Digits(one.start, one.end, digits))
        index += 1
    return found


def _figures(word: str) -> str:
    if word in figures.TIMES or word in figures.SEVERAL:
        return ""
    return figures.word(word) or word.replace("o", "0").replace("l", "1").replace("i", "1")


def _number(small: str, items: Sequence[_Digits], first: int) -> tuple[str, int] | None:
    """The number that begins with `items[first]`, and the item after it."""
    digits = ""
    plus = small[_start(small, items[first].start) : items[first].start].count("+") > 0
    plus = plus or bool(re.search(r"\bplus $", small[: items[first].start][-6:]))
    for index in range(first, len(items)):
        gap = small[items[index - 1].end : items[index].start]
        if len(digits) > _LONGEST or (index > first and not _GAP.fullmatch(gap)):
            return None
        digits += items[index].digits
        value = _eleven(digits, plus)
        if value and _may_end(small, items, index):
            return value, index + 1
    return None


def _may_begin(small: str, items: Sequence[_Digits], first: int) -> bool:
    """Whether a number may begin here: at 0, 7 or 44, and not in the middle of another one."""
    one = items[first]
    at = _start(small, one.start)
    if not one.digits.startswith(("0", "7", "4")) or _NO_START.search(small[:at][-2:]):
        return False
    if _DECIMAL.match(small, at):
        return False
    if not first:
        return True
    close = _CLOSE.fullmatch(small[items[first - 1].end : at])
    long = len(items[first - 1].digits) > _GLUED
    return not (close and (long or one.digits[0] != "0") and items[first - 1].digits.isdigit())


def _may_end(small: str, items: Sequence[_Digits], last: int) -> bool:
    """Whether a number may end here: no more digits follow that belong to it."""
    end = items[last].end
    if re.match(r"@|[a-z0-9._%+-]{1,20}@", small[end : end + 22]):
        return False
    if last + 1 == len(items):
        return True
    after = items[last + 1]
    if not _CLOSE.fullmatch(small[end : after.start]) or after.digits.startswith("0"):
        return True
    return len(after.digits) <= _GLUED and bool(re.match(r" ?[a-z]", small[after.end :][:2]))


def _eleven(digits: str, plus: bool) -> str | None:
    """`digits` as 11 digits from 0 where they are a British number."""
    country = re.match(r"0{0,2}44" if plus or len(digits) > 11 else r"0044", digits)
    if country and len(digits) - country.end() >= 10:
        digits = "0" + digits[country.end() :].removeprefix("0")
    elif digits.startswith("7") and len(digits) == 10:
        digits = "0" + digits
    return digits if _BRITISH.fullmatch(digits) else None
