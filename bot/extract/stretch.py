"""A day or a stretch of days that words name, and how one is made."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """Words that give days or a finished interval; `start` and `end` are local, `end` exclusive.

    `precision` is "day", "week", "range", "about" or "part_of_day"; "unknown" has no interval.
    `part` names hours within the day that the same words give ("last night", "tonight").
    """

    at: int
    to: int
    start: datetime | None
    end: datetime | None
    precision: str
    part: tuple[float, float] | None = None


Maker = Callable[[re.Match[str], datetime], Stretch | None]


def midnight(day: date) -> datetime:
    """The first moment of `day`."""
    return datetime(day.year, day.month, day.day)


def days(match: re.Match[str], first: date, count: int = 1, precision: str = "day",
         part: tuple[float, float] | None = None) -> Stretch:  # fmt: skip
    """`count` whole days from `first`."""
    start = midnight(first)
    return Stretch(match.start(), match.end(), start, start + count * DAY, precision, part)


def unknown(match: re.Match[str], now: datetime | None = None) -> Stretch:
    """Words of time without an interval."""
    return Stretch(match.start(), match.end(), None, None, "unknown")


def months_back(day: date, count: int) -> date:
    """The same day `count` months before, at most the 28th."""
    index = day.year * 12 + day.month - 1 - count
    year, number_of_month = divmod(index, 12)
    return date(year, number_of_month + 1, min(day.day, 28))
