"""Days and stretches of days in British English: Friday gone, a week last Monday, 12/11, yday."""

# ruff: noqa: E501 - word lists inside patterns read better whole than broken

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.easter import easter  # type: ignore[import-untyped]  # carries no types

from bot.extract.when_words import (
    AMBIGUOUS_DAYS,
    COUNT,
    FIXED_DAYS,
    MONTH,
    WEEKDAY,
    month,
    number,
    weekday,
)

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


_Maker = Callable[[re.Match[str], datetime], Stretch | None]


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _days(match: re.Match[str], first: date, count: int = 1, precision: str = "day",
          part: tuple[float, float] | None = None) -> Stretch:  # fmt: skip
    start = _midnight(first)
    return Stretch(match.start(), match.end(), start, start + count * DAY, precision, part)


def _unknown(match: re.Match[str]) -> Stretch:
    return Stretch(match.start(), match.end(), None, None, "unknown")


def _night_of(now: datetime) -> date:
    """The day that people still call today: until three in the morning the day before."""
    return now.date() - DAY if now.hour < 3 else now.date()


def _today(match: re.Match[str], now: datetime) -> Stretch:
    first = _night_of(now) if "earlier" in match.group(0) else now.date()
    span = 2 if first != now.date() else 1
    return _days(match, first, span)


def _tonight(match: re.Match[str], now: datetime) -> Stretch:
    return _days(match, _night_of(now), part=(18, 30))


def _last_night(match: re.Match[str], now: datetime) -> Stretch:
    part = (18.0, 23.0) if "ev" in match.group(0) else (20.0, 30.0)
    return _days(match, now.date() - DAY, part=part)


def _this_part(match: re.Match[str], now: datetime) -> Stretch:
    hours = {"m": (6.0, 12.0), "a": (12.0, 18.0), "e": (18.0, 23.0)}[match.group("part")[0]]
    return _days(match, now.date(), part=hours)


def _yesterday(match: re.Match[str], now: datetime) -> Stretch:
    return _days(match, now.date() - DAY)


def _before_yesterday(match: re.Match[str], now: datetime) -> Stretch:
    part = (20.0, 30.0) if "night" in match.group(0) else None
    return _days(match, now.date() - 2 * DAY, part=part)


def _just_now(match: re.Match[str], now: datetime) -> Stretch:
    minutes = 10 if "now" in match.group(0) or "sec" in match.group(0) else 15
    return Stretch(match.start(), match.end(), now - timedelta(minutes=minutes), now, "about")


def _ago(match: re.Match[str], now: datetime) -> Stretch:
    unit, words = match.group("unit"), match.group("count") or "a"
    count = number(words)
    half = bool(match.group("half"))
    if unit.startswith(("min", "sec")):
        minutes = count if unit.startswith("min") else 0
        return _near(match, now, timedelta(minutes=minutes), 5 if minutes > 4 else 2)
    if unit.startswith(("h", "hr")):
        gap = timedelta(minutes=60 * count + (30 if half else 0))
        return _near(match, now, gap, 15 if gap < timedelta(hours=2) else 30)
    if unit.startswith("night"):
        return _days(match, now.date() - count * DAY, part=(20.0, 30.0))
    if unit.startswith("month"):
        first = _months_back(now.date(), count)
        return _days(match, first, 1)
    if unit.startswith(("year", "yr")):
        return _days(match, date(now.year - count, 1, 1), 365, "range")
    size = {"d": 1, "w": 7, "f": 14}[unit[0]]
    return _days(match, now.date() - count * size * DAY)


def _half_hour_ago(match: re.Match[str], now: datetime) -> Stretch:
    minutes = 30 if "half" in match.group(0) else 15 if "quarter" in match.group(0) else 45
    return _near(match, now, timedelta(minutes=minutes), 5)


def _near(match: re.Match[str], now: datetime, gap: timedelta, slack: int) -> Stretch:
    around = timedelta(minutes=slack)
    at = now - gap
    return Stretch(match.start(), match.end(), at - around, min(at + around, now), "about")


def _months_back(day: date, count: int) -> date:
    index = day.year * 12 + day.month - 1 - count
    year, number_of_month = divmod(index, 12)
    return date(year, number_of_month + 1, min(day.day, 28))


def _weekday(match: re.Match[str], now: datetime) -> Stretch | None:
    word, said = match.group("weekday"), match.group(0)
    if match.group("ahead"):
        return _unknown(match)
    lead = match.group("lead")
    if word in AMBIGUOUS_DAYS and said.strip() == word and not _beside_time(match):
        return None
    back = (now.weekday() - weekday(word)) % 7
    if back == 0 and not (lead and lead.startswith("this")):
        back = 7
    if match.group("weeks"):
        # "a week last Monday" and "Monday last week": one week more than the latest
        back += 7
    if match.group("lastweek") and back <= now.weekday():
        back += 7
    return _days(match, now.date() - back * DAY)


def _beside_time(match: re.Match[str]) -> bool:
    after = match.string[match.end() : match.end() + 12]
    before = match.string[max(0, match.start() - 8) : match.start()]
    near = r"\s*(?:morn|aft|eve|nigh|nite|tea|about|at \d|\d|lunch|dinner|just|gone|last|$)"
    return bool(re.match(near, after) or re.search(r"(?:^|since|from|and|-|/|last) ?$", before))


def _numeric(match: re.Match[str], now: datetime) -> Stretch | None:
    day, number_of_month = int(match.group("d")), int(match.group("m"))
    return _date(match, now, day, number_of_month, match.group("y"))


def _spelt(match: re.Match[str], now: datetime) -> Stretch | None:
    groups = match.groupdict()
    day = int(groups.get("d") or groups["d2"])
    return _date(match, now, day, month(groups.get("mon") or groups["mon2"]), groups.get("y"))


def _iso(match: re.Match[str], now: datetime) -> Stretch | None:
    return _date(match, now, int(match.group("d")), int(match.group("m")), match.group("y"))


def _date(
    match: re.Match[str], now: datetime, day: int, mon: int, year: str | None
) -> Stretch | None:
    if not (1 <= mon <= 12 and 1 <= day <= 31):
        return None
    years = [int(year) + (2000 if len(year) == 2 else 0)] if year else [now.year, now.year - 1]
    for candidate in years:
        try:
            first = date(candidate, mon, day)
        except ValueError:
            continue
        if first <= now.date():
            return _days(match, first)
    return _unknown(match)


def _ordinal(match: re.Match[str], now: datetime) -> Stretch | None:
    day = int(match.group("d"))
    for back in range(3):
        first = _months_back(now.date().replace(day=1), back)
        try:
            candidate = first.replace(day=day)
        except ValueError:
            continue
        if candidate <= now.date():
            return _days(match, candidate)
    return None


def _weekend(match: re.Match[str], now: datetime) -> Stretch:
    said = match.group(0)
    back = (now.weekday() - 5) % 7
    saturday = now.date() - back * DAY
    if re.search(r"last weekend|weekend (?:before|just gone)", said) and now.weekday() >= 5:
        saturday -= 7 * DAY
    if "before last" in said:
        saturday -= 7 * DAY
    long = bool(re.search(r"bank|long", said))
    return _days(match, saturday, 3 if long else 2, "range")


def _week(match: re.Match[str], now: datetime) -> Stretch:
    monday = now.date() - now.weekday() * DAY
    said = match.group(0)
    if "last" in said:
        monday -= 7 * DAY
    if said.startswith("end of"):
        return _days(match, monday + 3 * DAY, 2, "range")
    if re.match(r"(?:start|beginning) of", said):
        return _days(match, monday, 2, "range")
    return _days(match, monday, 7, "week")


def _month(match: re.Match[str], now: datetime) -> Stretch:
    first = now.date().replace(day=1)
    if match.group("mon"):
        mon = month(match.group("mon"))
        first = date(now.year if mon <= now.month else now.year - 1, mon, 1)
    elif "last" in match.group(0):
        first = _months_back(first, 1)
    following = (first.replace(day=28) + 4 * DAY).replace(day=1)
    return _days(match, first, (following - first).days, "range")


def _year(match: re.Match[str], now: datetime) -> Stretch:
    year = now.year - 1 if "last" in match.group(0) else now.year
    return _days(match, date(year, 1, 1), (date(year + 1, 1, 1) - date(year, 1, 1)).days, "range")


def _feast(start: tuple[int, int], count: int) -> _Maker:
    def make(match: re.Match[str], now: datetime) -> Stretch:
        first = date(now.year, *start)
        if first > now.date() or (first == now.date() and "last" in match.group(0)):
            first = date(now.year - 1, *start)
        said = match.group(0)
        if "last year" in said:
            first = date(now.year - 1, *start)
        return _days(match, first, count, "day" if count == 1 else "range")

    return make


def _easter(match: re.Match[str], now: datetime) -> Stretch:
    """Good Friday to Easter Monday, or the one day that is named; this year's, else last year's."""
    sunday = easter(now.year)
    if sunday - 2 * DAY > now.date():
        sunday = easter(now.year - 1)
    one = "good" if match.group("good") else match.group("one")
    if one:
        offset = {"good": -2, "saturday": -1, "sunday": 0, "monday": 1}[one]
        return _days(match, sunday + offset * DAY)
    return _days(match, sunday - 2 * DAY, 4, "range")


def _clocks(match: re.Match[str], now: datetime) -> Stretch:
    """The last Sunday of March (forward) or of October (back), whichever was latest if not said."""
    year = now.year - 1 if match.group("year") else now.year
    wanted = {"forward": (3,), "back": (10,)}.get(match.group("way") or "", (3, 10))
    sundays = [_last_sunday(y, month) for y in (year, year - 1) for month in wanted]
    sunday = max(day for day in sundays if day <= now.date())
    if "night" in match.group(0):
        return _days(match, sunday - DAY, part=(20, 30))
    return _days(match, sunday)


def _last_sunday(year: int, number_of_month: int) -> date:
    last = date(year, number_of_month, 31)
    return last - ((last.weekday() + 1) % 7) * DAY


_W = WEEKDAY
_YEAR = r"(?:\s+(?P<y>(?:20)?\d{2})(?![\d:.]))?"
_RULES: tuple[tuple[re.Pattern[str], _Maker], ...] = tuple(
    (re.compile(pattern), maker)
    for pattern, maker in (
        (r"\b(?:the )?(?:day|night) before (?:yesterday|yday|last)\b", _before_yesterday),
        (r"\b(?:last|yesterday|yday) (?:night|nite|nght|evening|eve)\b", _last_night),
        (r"\b(?:this|yesterday|dis) ?(?P<part>morning|mornin|morn|afternoon|aft|arvo|evening|eve)\b"
         r"(?<!yesterday morning)(?<!yesterday afternoon)(?<!yesterday evening)(?<!yesterday aft)",
         _this_part),
        (r"\b(?:tonight|tonite|2nite|2night|this evenin)\b", _tonight),
        (r"\b(?:just now|right now|only just|literally just|(?:just )?(?:a )?(?:few )?(?:mins?|secs?|"
         r"seconds?) ago now|a (?:sec|second|moment) ago)\b", _just_now),
        (r"\b(?:half an hour|half hour|(?:a )?quarter of an hour|three quarters of an hour)"
         r"(?: or so)? (?:ago|back)\b", _half_hour_ago),
        (rf"\b(?:about |bout |around |roughly |approx )?(?P<count>{COUNT})(?: or so| odd)? "
         r"?(?P<unit>secs?|seconds?|mins?|minutes?|hours?|hrs?|days?|nights?|weeks?|wks?|fortnights?|"
         r"months?|years?|yrs?)(?P<half> and a half)?(?: or so)? (?:ago|back|since)(?: today)?\b", _ago),
        (r"\ba week (?P<count>yesterday)\b", lambda m, n: _days(m, n.date() - 8 * DAY)),
        (r"\b(?:yesterday|yday|yesterdy|yest|yesterdays|ystrday)\b", _yesterday),
        (r"\b(?:earlier (?:on )?today|today|2day|earlier on)\b", _today),
        (r"\b(?:over |at |during |since )?(?:the )?easter(?: weekend| (?P<one>sunday|monday|saturday))?\b|\b(?P<good>good friday)\b", _easter),
        (r"\b(?:on sunday |the night )?(?:when |that )?the clocks (?:went|changed|go)(?: (?P<way>forward|back))?(?P<year> last year)?\b", _clocks),
        (r"\b(?:a )?(?P<d>[0-3]?\d)[/.\-](?P<m>[01]?\d)[/.\-](?P<y>(?:20)?\d\d)\b", _numeric),
        (r"\b(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b", _iso),
        (r"(?<![\d/£.])(?P<d>[0-3]?\d)/(?P<m>[01]?\d)(?P<y>)(?![\d/])", _numeric),
        (rf"\b(?:{_W}(?:day)?,? )?(?:the )?(?:(?P<d>[0-3]?\d)(?:st|nd|rd|th)?(?: of)?[ -]?(?P<mon>{MONTH})|"
         rf"(?P<mon2>{MONTH}) (?:the )?(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?(?![\d:]))\b(?: this year)?{_YEAR}", _spelt),
        (rf"\b(?P<lead>(?:this|last|on|for|past) )?(?P<weeks>a week (?:last |on (?=0))?|week last )?(?P<ahead>next |a week on )?"
         rf"(?:last )?{_W}(?P<lastweek> (?:of )?last week)?(?: just gone| just past| gone| past| last)?\b", _weekday),
        (r"\b(?:over |all |at |during |this |last |some ?time over )*(?:the )?(?:bank hol(?:iday)?s? |long |whole |last )*"
         r"(?:weekend|wkend|w/e)(?: before last| just gone| gone)?\b", _weekend),
        (r"\b(?:(?:end|start|beginning) of )?(?:last|this) (?:week|wk)\b", _week),
        (rf"\b(?:(?:this|last) month|(?:since |in |back in |all |during |it was |was |i said |i put |not )(?P<mon>{MONTH}))\b", _month),
        (r"\b(?:last|this) year\b", _year),
        *((rf"\b(?:last |over |on |at )*(?:{p})(?: (?:this|last) year)?(?![a-z])", _feast(start, count))
          for p, start, count in FIXED_DAYS),
        (r"\b(?:on )?the (?P<d>[0-3]?\d)(?:st|nd|rd|th)\b(?! (?:floor|time|one|house|person|day))", _ordinal),
    )
)  # fmt: skip
_MONTH_START = re.compile(r"\bthe start of (?:the|this) month\b")


def find(text: str, now: datetime) -> Iterator[Stretch]:
    """Yield each day or stretch of lower-cased `text`; `now` is local and naive."""
    found: list[Stretch] = []
    for match in _MONTH_START.finditer(text):
        found.append(_days(match, now.date().replace(day=1)))
    for pattern, maker in _RULES:
        for match in pattern.finditer(text):
            if any(match.start() < s.to and match.end() > s.at for s in found):
                continue
            if stretch := _tried(maker, match, now):
                found.append(stretch)
    yield from sorted(found, key=lambda s: s.at)


def _tried(maker: _Maker, match: re.Match[str], now: datetime) -> Stretch | None:
    try:
        return maker(match, now)
    except (ValueError, OverflowError):  # a date that no calendar has
        return None
