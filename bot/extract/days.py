"""Days and stretches of days in British English: Friday gone, a week last Monday, 12/11, yday."""

# ruff: noqa: E501 - word lists inside patterns read better whole than broken

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.extract import feasts
from bot.extract.stretch import DAY, Maker, Stretch, days, midnight, months_back, unknown
from bot.extract.when_words import (
    AMBIGUOUS_DAYS,
    COUNT,
    MONTH,
    ORDINAL,
    WEEKDAY,
    WEEKDAYS,
    month,
    number,
    ordinal,
    weekday,
)


def _night_of(now: datetime) -> date:
    """The day that people still call today: until three in the morning the day before."""
    return now.date() - DAY if now.hour < 3 else now.date()


def _today(match: re.Match[str], now: datetime) -> Stretch:
    first = _night_of(now) if "earlier" in match.group(0) else now.date()
    span = 2 if first != now.date() else 1
    return days(match, first, span)


def _tonight(match: re.Match[str], now: datetime) -> Stretch:
    return days(match, _night_of(now), part=(18, 30))


def _last_night(match: re.Match[str], now: datetime) -> Stretch:
    part = (18.0, 23.0) if "ev" in match.group(0) else (20.0, 30.0)
    return days(match, now.date() - DAY, part=part)


def _this_part(match: re.Match[str], now: datetime) -> Stretch:
    hours = {"m": (6.0, 12.0), "a": (12.0, 18.0), "e": (18.0, 23.0)}[match.group("part")[0]]
    return days(match, now.date(), part=hours)


def _yesterday(match: re.Match[str], now: datetime) -> Stretch:
    return days(match, now.date() - DAY)


def _before_yesterday(match: re.Match[str], now: datetime) -> Stretch:
    part = (20.0, 30.0) if "night" in match.group(0) else None
    return days(match, now.date() - 2 * DAY, part=part)


def _just_now(match: re.Match[str], now: datetime) -> Stretch:
    minutes = 10 if "now" in match.group(0) or "sec" in match.group(0) else 15
    return Stretch(match.start(), match.end(), now - timedelta(minutes=minutes), now, "about")


def _ago(match: re.Match[str], now: datetime) -> Stretch:
    unit, words = match.group("unit"), match.group("count") or "a"
    count = number(words)
    half = bool(match.group("half") or match.group("half1"))
    if unit.startswith(("min", "sec")):
        minutes = count if unit.startswith("min") else 0
        return _near(match, now, timedelta(minutes=minutes), 5 if minutes > 4 else 2)
    if unit.startswith(("h", "hr")):
        gap = timedelta(minutes=60 * count + (30 if half else 0))
        return _near(match, now, gap, 15 if gap < timedelta(hours=2) else 30)
    if unit.startswith("night"):
        return days(match, now.date() - count * DAY, part=(20.0, 30.0))
    if unit.startswith("month"):
        first = months_back(now.date(), count)
        return days(match, first, 1)
    if unit.startswith(("year", "yr")):
        return _whole_year(match, now.year - count)
    size = {"d": 1, "w": 7, "f": 14}[unit[0]]
    return days(match, now.date() - count * size * DAY)


def _half_hour_ago(match: re.Match[str], now: datetime) -> Stretch:
    minutes = 30 if "half" in match.group(0) else 15 if "quarter" in match.group(0) else 45
    return _near(match, now, timedelta(minutes=minutes), 5)


def _near(match: re.Match[str], now: datetime, gap: timedelta, slack: int) -> Stretch:
    around = timedelta(minutes=slack)
    at = now - gap
    return Stretch(match.start(), match.end(), at - around, min(at + around, now), "about")


def _weekday(match: re.Match[str], now: datetime) -> Stretch | None:
    word, said = match.group("weekday"), match.group(0)
    if match.group("ahead"):
        return unknown(match)
    lead = match.group("lead")
    if word in AMBIGUOUS_DAYS and said.strip() == word and not _beside_time(match):
        return None
    back = (now.weekday() - weekday(word)) % 7
    if back == 0 and not (lead and lead.startswith("this")):
        back = 7
    if match.group("weeks"):
        # "a week last Monday" and "Monday last week": one week more than the latest
        back += 7 if "week" in match.group("weeks").replace("two weeks", "") else 14
    if match.group("twice") or match.string.startswith(" week ago", match.end()):
        back += 7
    if match.group("lastweek") and back <= now.weekday():
        back += 7
    return days(match, now.date() - back * DAY)


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
    day = ordinal(groups.get("d") or groups["d2"])
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
            return days(match, first)
    return unknown(match)


def _ordinal(match: re.Match[str], now: datetime) -> Stretch | None:
    day = ordinal(match.group("d"))
    for back in range(3):
        first = months_back(now.date().replace(day=1), back)
        try:
            candidate = first.replace(day=day)
        except ValueError:
            continue
        if candidate <= now.date():
            return days(match, candidate)
    return None


def _week(match: re.Match[str], now: datetime) -> Stretch:
    monday = now.date() - now.weekday() * DAY
    said = match.group(0)
    if "last" in said:
        monday -= 7 * DAY
    if "before last" in said:
        monday -= 7 * DAY
    if said.startswith("middle of"):
        return days(match, monday + 2 * DAY, 1, "day")
    if said.startswith("end of"):
        return days(match, monday + 3 * DAY, 2, "range")
    if re.match(r"(?:start|beginning) of", said):
        return days(match, monday, 2, "range")
    return days(match, monday, 7, "week")


def _month(match: re.Match[str], now: datetime) -> Stretch:
    first = now.date().replace(day=1)
    if match.group("mon"):
        mon = month(match.group("mon"))
        year = now.year if mon <= now.month else now.year - 1
        ago = match.groupdict().get("ago")
        if ago:
            year = int(ago) if ago.isdigit() else now.year - 1
        first = date(year, mon, 1)
    elif "last" in match.group(0):
        first = months_back(first, 1)
    following = (first.replace(day=28) + 4 * DAY).replace(day=1)
    return days(match, first, (following - first).days, "range")


def _year(match: re.Match[str], now: datetime) -> Stretch:
    return _whole_year(match, now.year - 1 if "last" in match.group(0) else now.year)


def _named_year(match: re.Match[str], now: datetime) -> Stretch | None:
    year = int(match.group("y"))
    return _whole_year(match, year) if year <= now.year else None


def _whole_year(match: re.Match[str], year: int) -> Stretch:
    first = date(year, 1, 1)
    return days(match, first, (date(year + 1, 1, 1) - first).days, "range")


def _lasting(match: re.Match[str], now: datetime) -> Stretch:
    """ "For the last 3 weeks", "in the last 20 mins": up to now."""
    unit, count = match.group("unit"), number(match.group("count") or "a")
    if "half" in (match.group("count") or "") or match.group("half"):
        start = now - timedelta(minutes=30)
    elif unit.startswith(("min", "hour", "hr")):
        start = now - timedelta(minutes=count * (1 if unit.startswith("min") else 60))
    elif unit.startswith("month"):
        start = midnight(months_back(now.date(), count))
    elif unit.startswith(("year", "yr")):
        start = midnight(months_back(now.date(), 12 * count))
    else:
        size = {"d": 1, "n": 1, "w": 7, "f": 14}[unit[0]]
        start = midnight(now.date() - count * size * DAY)
    return Stretch(match.start(), match.end(), start, now, "range")


def _either_ago(match: re.Match[str], now: datetime) -> Stretch:
    """ "10 to 15 mins ago", "two or three days ago": between the two."""
    low, high = number(match.group("low")), number(match.group("count"))
    unit = match.group("unit")
    if unit.startswith(("min", "hour", "hr")):
        one = timedelta(minutes=1 if unit.startswith("min") else 60)
        return Stretch(match.start(), match.end(), now - high * one, now - low * one, "about")
    size = {"d": 1, "n": 1, "w": 7}[unit[0]]
    return days(match, now.date() - high * size * DAY, (high - low) * size + 1, "range")


def _bare_month(match: re.Match[str], now: datetime) -> Stretch:
    """ "July" alone, "last December": the latest that has begun; "last" is never this month."""
    mon = month(match.group("mon") or match.group("mon2"))
    ended = mon < now.month or (mon == now.month and "last" not in match.group(0))
    first = date(now.year if ended else now.year - 1, mon, 1)
    following = (first.replace(day=28) + 4 * DAY).replace(day=1)
    return days(match, first, (following - first).days, "range")


def _part_of_month(match: re.Match[str], now: datetime) -> Stretch:
    """The first ten days, the next ten, or what is left."""
    whole = _month(match, now)
    assert whole.start and whole.end
    tenth, twentieth = whole.start + 10 * DAY, whole.start + 20 * DAY
    word = match.group("third")
    if word.startswith(("early", "start", "beginning")):
        return replace(whole, end=tenth)
    return (
        replace(whole, start=tenth, end=twentieth)
        if word.startswith("mid")
        else replace(whole, start=twentieth)
    )


_W = WEEKDAY
_YEAR = r"(?:\s+(?P<y>(?:20)?\d{2})(?![\d:.]))?"
_RULES: tuple[tuple[re.Pattern[str], Maker], ...] = tuple(
    (re.compile(pattern), maker)
    for pattern, maker in (
        *feasts.RULES,
        (r"\b(?:the )?(?:day|night) before (?:yesterday|yday|last)\b", _before_yesterday),
        (r"\b(?:last|yesterday|yday) (?:night|nite|nght|evening|eve)\b", _last_night),
        (r"\b(?:this|yesterday|dis) ?(?P<part>morning|mornin|morn|afternoon|aft|arvo|evening|eve)\b"
         r"(?<!yesterday morning)(?<!yesterday afternoon)(?<!yesterday evening)(?<!yesterday aft)",
         _this_part),
        (r"\b(?:tonight|tonite|2nite|2night|this evenin)\b", _tonight),
        (r"\b(?:tomorrow|tomoz|tmrw|2moro|2morrow|next (?:week|month|year|weekend)|later today)\b(?: (?:morning|afternoon|evening|night))?|"
         r"\bthe other (?:day|night|nite|morning|afternoon|evening|week|weekend)\b", unknown),
        (rf"\b(?:for |over |in |within |during |these |all )?(?:the )?(?:last|past) (?:(?P<half>half an |half )|(?:about )?(?P<count>{COUNT}) ?)?(?P<unit>mins?|minutes?|hours?|hrs?|days?|nights?|weeks?|wks?|fortnight|months?|years?|yrs?)\b"
         r"(?<!last night)(?<!last week)(?<!last wk)(?<!last month)(?<!last year)", _lasting),
        (rf"\b(?:about |around |roughly )?(?P<low>{COUNT}) ?(?:-|to|or|/) ?(?P<count>{COUNT}) ?(?P<unit>mins?|minutes?|hours?|hrs?|days?|nights?|weeks?|wks?) (?:ago|back)\b", _either_ago),
        (r"^\W*(?:right )?now\W*$|\b(?:happening|going on|kicking off) (?:right )?now\b|\bas we speak\b|\bmoments? ago\b|\bthis (?:very )?(?:minute|second)\b", _just_now),
        (r"\b(?:just now|right now|only just|literally just|(?:just )?(?:a )?(?:few )?(?:mins?|secs?|"
         r"seconds?) ago now|a (?:sec|second|moment) ago)\b", _just_now),
        (r"\b(?:half an hour|half hour|(?:a )?quarter of an hour|three quarters of an hour)"
         r"(?: or so)? (?:ago|back)\b", _half_hour_ago),
        (rf"\b(?:about |bout |around |roughly |approx )?(?P<count>{COUNT})(?: or so| odd)?(?P<half1> and a half)? ?"
         r"?(?P<unit>secs?|seconds?|mins?|minutes?|hours?|hrs?|days?|nights?|weeks?|wks?|fortnights?|"
         r"months?|years?|yrs?)(?P<half> and a half)?(?: or so)? (?:ago|back|since)(?: today)?\b", _ago),
        (r"\ba week (?P<count>yesterday)\b", lambda m, n: days(m, n.date() - 8 * DAY)),
        (r"\b(?:yesterday|yday|yesterdy|yest|yesterdays|ystrday|ystday|ysterday|yesturday|yesteday|yestarday|yestday|yestrday|yetserday|yesderday)\b", _yesterday),
        (r"\b(?:earlier (?:on )?today|today|2day|earlier on)\b", _today),
        (r"\b(?:a )?(?P<d>[0-3]?\d)[/.\-](?P<m>[01]?\d)[/.\-](?P<y>(?:20)?\d\d)\b", _numeric),
        (r"\b(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b", _iso),
        (r"(?<![\d/£.])(?P<d>[0-3]?\d)/(?P<m>[01]?\d)(?P<y>)(?![\d/])", _numeric),
        (rf"\b(?:{_W}(?:day)?,? )?(?:the )?(?:(?P<d>[0-3]?\d(?:st|nd|rd|th)?|{ORDINAL})(?: of)?[ -]?(?P<mon>{MONTH})|"
         rf"(?P<mon2>{MONTH}) (?:the )?(?P<d2>[0-3]?\d(?:st|nd|rd|th)?(?![\d:])|{ORDINAL}))\b(?: this year)?{_YEAR}", _spelt),
        (rf"\b(?P<lead>(?:this|last|on|for|past) )?(?P<weeks>(?:a )?(?:week|wk|fortnight|two weeks) (?:ago )?(?:last |past |on (?=0))|a week )?(?P<ahead>next |a week on )?"
         rf"(?:last )?{_W}(?P<lastweek> (?:of )?last week)?(?P<twice> before last)?(?: just gone| just past| gone| past| last)?\b", _weekday),
        (r"\b(?:(?:end|start|beginning|middle) of )?(?:last|this) (?:week|wk)\b|\b(?:the )?(?:week|wk) before last\b", _week),
        (rf"\b(?P<third>early|mid|late|the end of|end of|the start of|start of|beginning of)[ -](?:in )?(?P<mon>{MONTH})\b", _part_of_month),
        (rf"\b(?:in )?(?P<mon>{MONTH}) (?P<ago>last year|20[0-3]\d)\b", _month),
        (rf"^\W*(?:last )?(?P<mon>{MONTH})\W*$|\blast (?P<mon2>{MONTH})\b(?! \d)", _bare_month),
        (rf"\b(?:(?:this|last) month|(?:since |in |back in |all |during |it was |was |i said |i put |not )(?P<mon>{MONTH}))\b", _month),
        (r"\b(?:last|this) year\b", _year),
        (r"\b(?:in|during|since|from|back in) (?P<y>(?:19[5-9]|20[0-3])\d)\b(?! ?(?:hrs|hours|pounds|quid))", _named_year),
        (rf"\b(?:on |since |from )?(?:the |(?:{'|'.join(WEEKDAYS.values())}),? (?:the )?)(?P<d>[0-3]?\d(?:st|nd|rd|th)|{ORDINAL})\b(?! (?:floor|time|one|house|person|day|week|hand|half|door|lad|man|car|year|thing|aid|name|bit|part|letter|night|to))", _ordinal),
    )
)  # fmt: skip
_MONTH_START = re.compile(r"\bthe start of (?:the|this) month\b")


def find(text: str, now: datetime) -> Iterator[Stretch]:
    """Yield each day or stretch of lower-cased `text`; `now` is local and naive."""
    found: list[Stretch] = []
    for match in _MONTH_START.finditer(text):
        found.append(days(match, now.date().replace(day=1)))
    for pattern, maker in _RULES:
        for match in pattern.finditer(text):
            if any(match.start() < s.to and match.end() > s.at for s in found):
                continue
            if stretch := _tried(maker, match, now):
                found.append(stretch)
    yield from sorted(found, key=lambda s: s.at)


def _tried(maker: Maker, match: re.Match[str], now: datetime) -> Stretch | None:
    try:
        return maker(match, now)
    except (ValueError, OverflowError):  # a date that no calendar has
        return None
