"""Holidays and feasts of Britain: bank holidays, weekends with one, Easter, Mother's Day, the clocks.

A feast is the latest one that has begun; "last year" in its words takes the one before.
"""

# ruff: noqa: E501 - word lists inside patterns read better whole than broken

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from dateutil.easter import easter  # type: ignore[import-untyped]  # carries no types

from bot.extract.stretch import DAY, Maker, Stretch, days, unknown
from bot.extract.when_words import FIXED_DAYS

#: First days of feasts that follow the moon, as calendars print them; the sighting may move them by one.
_DIWALI = (date(2023, 11, 12), date(2024, 10, 31), date(2025, 10, 20), date(2026, 11, 8), date(2027, 10, 29), date(2028, 10, 17))  # fmt: skip
_RAMADAN = (date(2023, 3, 23), date(2024, 3, 11), date(2025, 3, 1), date(2026, 2, 18), date(2027, 2, 8), date(2028, 1, 28))  # fmt: skip
_RAMADAN_DAYS = 30
_SATURDAY = 5
_MONTHS = {"may": 5, "spring": 5, "whit": 5, "august": 8, "aug": 8, "summer": 8}


def _last_weekday(year: int, month: int, weekday: int) -> date:
    last = date(year, month, 31)
    return last - ((last.weekday() - weekday) % 7) * DAY


def _first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + (-first.weekday() % 7) * DAY


def holidays(year: int) -> list[date]:
    """The bank holidays of England in `year`; one on a weekend is on the next working day."""
    sunday: date = easter(year)
    new_year = date(year, 1, 1)
    new_year += {5: 2, 6: 1}.get(new_year.weekday(), 0) * DAY
    christmas = date(year, 12, 25)
    both = {4: (0, 3), 5: (2, 3), 6: (1, 2)}.get(christmas.weekday(), (0, 1))
    return [new_year, sunday - 2 * DAY, sunday + DAY, _first_monday(year, 5), _last_weekday(year, 5, 0),
            _last_weekday(year, 8, 0), *(christmas + n * DAY for n in both)]  # fmt: skip


def _is_holiday(day: date) -> bool:
    return day in holidays(day.year)


def _latest(find: Callable[[int], date], match: re.Match[str], now: datetime) -> date:
    """The latest such day that has begun, or that of last year where the words say so."""
    if "last year" in match.group(0):
        return find(now.year - 1)
    day = find(now.year)
    return day if day <= now.date() else find(now.year - 1)


def _bank_holiday(match: re.Match[str], now: datetime) -> Stretch:
    lead, monday = (match.group("lead") or "").strip(), match.group("monday")
    if "early" in lead or lead == "may day":
        return days(match, _latest(lambda y: _first_monday(y, 5), match, now))
    if month := next((m for word, m in _MONTHS.items() if word in lead), None):
        return days(match, _latest(lambda y: _last_weekday(y, month, 0), match, now))
    year = now.year - 1 if "last year" in match.group(0) else now.year
    past = [
        d
        for y in (year - 1, year)
        for d in holidays(y)
        if d <= now.date() and (not monday or d.weekday() == 0)
    ]
    return days(match, max(past))


def _mothers(match: re.Match[str], now: datetime) -> Stretch:
    return days(match, _latest(lambda y: easter(y) - 21 * DAY, match, now))


def _fathers(match: re.Match[str], now: datetime) -> Stretch:
    def third_sunday(year: int) -> date:
        first = date(year, 6, 1)
        return first + (6 - first.weekday()) * DAY + 14 * DAY

    return days(match, _latest(third_sunday, match, now))


def _pancakes(match: re.Match[str], now: datetime) -> Stretch:
    return days(match, _latest(lambda y: easter(y) - 47 * DAY, match, now))


def _diwali(match: re.Match[str], now: datetime) -> Stretch:
    past = [d for d in _DIWALI if d <= now.date()]
    back = 2 if "last year" in match.group(0) and past[-1].year == now.year else 1
    return days(match, past[-back])


def _ramadan(match: re.Match[str], now: datetime) -> Stretch:
    first = [d for d in _RAMADAN if d <= now.date()][-1]
    return days(match, first, _RAMADAN_DAYS, "range")


def _easter(match: re.Match[str], now: datetime) -> Stretch:
    """Good Friday to Easter Monday, or the one day that is named; this year's, else last year's."""
    sunday = _latest(lambda y: easter(y) - 2 * DAY, match, now) + 2 * DAY
    one = "good" if match.group("good") else match.group("one")
    if one:
        offset = {"good": -2, "saturday": -1, "sunday": 0, "monday": 1}[one]
        return days(match, sunday + offset * DAY)
    return days(match, sunday - 2 * DAY, 4, "range")


def _clocks(match: re.Match[str], now: datetime) -> Stretch:
    """The last Sunday of March (forward) or of October (back), whichever was latest if not said."""
    year = now.year - 1 if match.group("year") else now.year
    wanted = {"forward": (3,), "back": (10,)}.get(match.group("way") or "", (3, 10))
    sundays = [_last_weekday(y, month, 6) for y in (year, year - 1) for month in wanted]
    sunday = max(day for day in sundays if day <= now.date())
    if "night" in match.group(0):
        return days(match, sunday - DAY, part=(20, 30))
    return days(match, sunday)


def _weekend(match: re.Match[str], now: datetime) -> Stretch:
    """Saturday and Sunday, with the bank holidays beside them."""
    said = match.group(0)
    saturday = now.date() - (now.weekday() - _SATURDAY) % 7 * DAY
    if re.search(r"last weekend|weekend (?:before|just gone)", said) and now.weekday() >= _SATURDAY:
        saturday -= 7 * DAY
    if "before last" in said:
        saturday -= 7 * DAY
    long = bool(re.search(r"bank|long", said))
    monday = long or _is_holiday(saturday + 2 * DAY)
    friday = long and _is_holiday(saturday - DAY)
    return days(match, saturday - friday * DAY, 2 + monday + friday, "range")


def _feast(start: tuple[int, int], count: int) -> Maker:
    def make(match: re.Match[str], now: datetime) -> Stretch:
        first = date(now.year, *start)
        if first > now.date() or (first == now.date() and "last" in match.group(0)):
            first = date(now.year - 1, *start)
        if "last year" in match.group(0):
            first = date(now.year - 1, *start)
        return days(match, first, count, "day" if count == 1 else "range")

    return make


_YEAR = r"(?: (?:this|last) year)?"
#: Patterns over lower-cased text, the surest first.
RULES: tuple[tuple[str, Maker], ...] = (
    (r"\b(?:whit(?:sun)? week|half[ -]?term|(?:the )?(?:summer|school|six weeks?|6 weeks?) (?:holidays?|hols)|eid(?: (?:night|day|al[- ]\w+))?|freshers(?: week)?)"
     rf"{_YEAR}(?! bank)\b", unknown),
    (rf"\b(?:over |at |during |since |on )?(?:the )?easter(?: weekend| bank holiday(?! monday)| (?:bank holiday )?(?P<one>sunday|monday|saturday))?{_YEAR}\b|\b(?P<good>good friday){_YEAR}\b", _easter),
    (rf"\b(?:on )?(?:the )?(?P<lead>early may |late may |may day |may |spring |whit |august |aug |summer |last )?bank hol(?:iday)?s?(?P<monday> mon(?:day)?)?{_YEAR}\b(?! weekend| wkend)", _bank_holiday),
    (rf"\bmay day\b{_YEAR}", lambda m, n: days(m, _latest(lambda y: _first_monday(y, 5), m, n))),
    (rf"\b(?:on )?(?:mother'?s'? day|mothering sunday){_YEAR}\b", _mothers),
    (rf"\b(?:on )?father'?s'? day{_YEAR}\b", _fathers),
    (rf"\b(?:on )?(?:pancake day|shrove tuesday){_YEAR}\b", _pancakes),
    (rf"\b(?:on |at |over |during )?(?:diwali|divali|deepavali)(?: night)?{_YEAR}\b", _diwali),
    (r"\b(?:during |in |over )?ramadh?an(?: started| began)?\b", _ramadan),
    (r"\b(?:on sunday |the night )?(?:when |that )?the clocks (?:went|changed|go)(?: (?P<way>forward|back))?(?P<year> last year)?\b", _clocks),
    (r"\b(?:over |all |at |during |this |last |some ?time over )*(?:the )?(?:bank hol(?:iday)?s? |long |whole |last )*"
     r"(?:weekend|week end|wkend|w/e)(?: before last| just gone| gone)?\b", _weekend),
    *((rf"\b(?:last |over |on |at )*(?:{p}){_YEAR}(?![a-z])", _feast(start, count))
      for p, start, count in FIXED_DAYS),
)  # fmt: skip
