"""When something happened: what was said, and the interval that it means (Europe/London).

A small grammar: days, parts of days and clock times are found one by one, neighbours are joined
("yesterday" + "about" + "9pm"), joined groups make ranges ("between", "since", "from ... to").
The future is refused: a time ahead is read as the latest past one, or as unknown. `dateparser` is
asked only when nothing here fits and the person was answering "when".
"""

# ruff: noqa: E501 - word lists inside patterns read better whole than broken

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.extract import clock as clocks
from bot.extract import days
from bot.extract.span import Span, lower
from bot.extract.stretch import DAY, Stretch
from bot.extract.when_words import FOUND, LEAD_WORD, LEFT, NARROWED, NO_TIME, PARTS

_HOURS, _NOON = 24, 12
_JUST = 15
"""Minutes that "just before" and "just after" mean."""
LONDON = ZoneInfo("Europe/London")
_Hours = tuple[float, float]


@dataclass(frozen=True)
class When:
    """A time as said and as meant; `start` and `end` are local and naive, `end` exclusive.

    `precision`: minute, about, part_of_day, day, week, range or unknown (then no interval).
    """

    at: int
    to: int
    said: str
    start: datetime | None
    end: datetime | None
    precision: str

    def value(self) -> dict[str, str | None]:
        """The JSON value of the detail: `{said, from, to, precision}`, ISO 8601 with offset."""
        return {
            "said": self.said,
            "from": _iso(self.start),
            "to": _iso(self.end),
            "precision": self.precision,
        }


@dataclass(frozen=True)
class _Group:
    """Neighbouring words of time, joined."""

    at: int
    to: int
    day: Stretch | None = None
    part: _Hours | None = None
    clock: clocks.Clock | None = None


_PART_RULES = tuple((re.compile(rf"\b(?:{p})\b"), (a, b)) for p, a, b in PARTS)
_JOIN = re.compile(
    r"^[\s,./()-]*(?:(?:at|on|in|in the|of|the|from|about|around|approx|roughly|bout|round|by|like|some ?time|"
    r"sometime|probably|prob|maybe|just|early|late|during|during the|whilst|over)[\s,]*){0,3}$"
)


def local(now: datetime) -> datetime:
    """`now` (aware, or naive Europe/London) as naive Europe/London time."""
    return now.astimezone(LONDON).replace(tzinfo=None) if now.tzinfo else now


def find(text: str, now: datetime) -> list[When]:
    """Every time in `text`, left to right; none of them lies after `now`."""
    here = local(now)
    small = NO_TIME.sub(lambda m: " " * len(m.group(0)), lower(text))
    groups = _groups(small, here)
    found: list[When] = []
    used = 0
    while used < len(groups):
        if used + 1 < len(groups) and _day_of_range(small, groups[used], groups[used + 1]):
            # "yesterday between 9 and 5": the day belongs to the range
            day, first = groups[used], groups[used + 1]
            groups[used + 1] = replace(first, day=day.day, part=first.part or day.part)
            whole, count = _range(text, small, groups[used + 1 :], here)
            found.append(replace(whole, at=day.at, said=text[day.at : whole.to]))
            used += count + 1
            continue
        whole, count = _range(text, small, groups[used:], here)
        found.append(whole)
        used += count
    return found


def _day_of_range(small: str, day: _Group, first: _Group) -> bool:
    bare = day.day is not None and day.clock is None and first.day is None
    gap = small[day.to : first.at + 8]
    return bare and bool(re.match(r"[\s,.;:]*(?:[a-z]+ ){0,5}(?:between|from)\b", gap))


def best(text: str, now: datetime, asked: bool = False) -> When | None:
    """The time that a message gives as a whole, or None.

    A range beats a single time, a day beats a bare clock time, the first beats later ones. With
    `asked` (the person answers "when?") the words are kept even where they cannot be resolved.
    """
    found = find(text, now)
    known = [w for w in found if w.precision != "unknown"]
    if stretch := _last_seen(text, known):
        return stretch
    if known:
        return min(known, key=lambda w: (w.precision != "range", w.precision == "about_bare", w.at))
    if asked and text.strip():
        return found[0] if found else _guess(text, now)
    return found[0] if found else None


def _last_seen(text: str, known: Sequence[When]) -> When | None:
    """ "Woke at 7 and it was gone, was there at 11 last night": the time between the two."""
    if len(known) != 2 or "range" in (known[0].precision, known[1].precision):
        return None
    first, last = sorted(known, key=lambda w: w.start or datetime.min)
    left = LEFT.search(text[: first.at])
    found = FOUND.search(text[: last.at])
    if not (left and found and first.start and last.end and first.start < last.end):
        return None
    said = text[min(first.at, last.at) : max(first.to, last.to)]
    return When(
        min(first.at, last.at), max(first.to, last.to), said, first.start, last.end, "range"
    )


def spans(text: str, now: datetime) -> list[Span]:
    """Every time as a `Span` with the JSON value of the detail `when`."""
    return [Span(w.at, w.to, w.said, w.value()) for w in find(text, now)]


def _groups(small: str, now: datetime) -> list[_Group]:
    parts: list[_Group] = [_Group(s.at, s.to, day=s, part=s.part) for s in days.find(small, now)]
    for clock in clocks.find(small):
        if not _covered(clock.start, clock.end, parts):
            parts.append(_Group(clock.start, clock.end, clock=clock))
    for pattern, hours in _PART_RULES:
        for match in pattern.finditer(small):
            if not _covered(match.start(), match.end(), parts):
                parts.append(_Group(match.start(), match.end(), part=hours))
    parts.sort(key=lambda p: p.at)
    joined: list[_Group] = []
    for part in parts:
        merged = _merge(joined[-1], part, small) if joined else None
        if merged:
            joined[-1] = merged
        else:
            joined.append(part)
    return [_narrowed(part, small) for part in joined]


def _narrowed(group: _Group, small: str) -> _Group:
    """ "Early this morning", "late on Friday night": fewer hours of the part."""
    word = re.search(r"\b(early|late) (?:on )?$", small[max(0, group.at - 10) : group.at])
    hours = NARROWED.get((word.group(1), group.part)) if word and group.part else None
    return replace(group, at=group.at - len(word.group(0)), part=hours) if word and hours else group


def _covered(start: int, end: int, parts: Sequence[_Group]) -> bool:
    return any(start < p.to and end > p.at for p in parts)


def _merge(left: _Group, right: _Group, small: str) -> _Group | None:
    between = small[left.to : right.at]
    if not _JOIN.match(between) or (left.clock and right.clock):
        return None
    if left.day and right.day:
        if left.day.start == right.day.start and left.day.end == right.day.end:
            return replace(left, to=right.to, part=right.part or left.part)
        return None
    if left.day and left.day.precision not in ("day", "range", "unknown"):
        return None
    part = right.part if right.day is None else (left.part or right.part)
    return _Group(
        left.at, right.to, left.day or right.day, part or left.part, left.clock or right.clock
    )


def _range(text: str, small: str, groups: Sequence[_Group], now: datetime) -> tuple[When, int]:
    first = groups[0]
    lead = LEAD_WORD.search(small, max(0, first.at - 26), first.at)
    inside = re.match(r"(since|from|between|before|after|by|all)\b", small[first.at : first.to])
    word = inside.group(1) if inside else (lead.group(1) or lead.group(2)) if lead else ""
    at = first.at if inside or not lead else lead.start()
    if word in ("between", "from") and len(groups) > 1:
        middle = small[first.to : groups[1].at]
        if re.fullmatch(
            r"[^.!?]{0,24}?\b(?:and|to|till|til|until|-|or)\b[^.!?]{0,24}|\s*[-–]\s*", middle
        ):
            return _between(text, at, first, groups[1], now), 2
    if len(groups) > 1 and re.fullmatch(
        r"\s*(?:/|-|–|to|till|til|until|or maybe|or|into|through to|through|thru)\s*",
        small[first.to : groups[1].at],
    ):
        return _between(text, first.at, first, groups[1], now), 2
    one = _resolve(first, now)
    start, end, precision = one
    if word in ("since", "from") and start:
        return When(at, first.to, text[at : first.to], start, now, "range"), 1
    if word == "before" and start and first.clock:
        floor = datetime(start.year, start.month, start.day)
        return When(at, first.to, text[at : first.to], floor, start, "range"), 1
    if word == "after" and start and first.clock:
        last = min(now, _night_end(start, first.part))
        return When(at, first.to, text[at : first.to], start, last, "range"), 1
    said = text[_with_lead(small, first.at) : first.to]
    return When(_with_lead(small, first.at), first.to, said, start, end, precision), 1


def _night_end(start: datetime, part: _Hours | None) -> datetime:
    over = part[1] - _HOURS if part and part[1] > _HOURS and start.hour > _NOON else 0
    return datetime(start.year, start.month, start.day) + DAY + timedelta(hours=over)


def _with_lead(small: str, at: int) -> int:
    lead = re.search(
        r"(?:\b(?:on|at|about|around|over|in the|the|just|some time)\s+){1,3}$", small[:at]
    )
    return lead.start() if lead else at


def _between(text: str, at: int, first: _Group, last: _Group, now: datetime) -> When:
    if first.day is None and last.day is not None:
        # "between 1 and 3 this morning": the day belongs to both
        first = replace(first, day=last.day, part=first.part or last.part)
    later = last
    if last.day is None and first.day is not None:
        night = first.part if first.part and first.part[1] > _HOURS else None
        later = replace(last, day=first.day, part=last.part or night)
    end_from, end_to, _ = _resolve(later, now)
    end = end_from if later.clock else end_to
    start, _, _ = _resolve(first, now, before=end)
    if start and end and end <= start:
        ago = "last" in text[last.at : last.to].lower()
        start, end = _in_order(start, end, (first, last), now if not ago else end)
    if start and end and end - start > 366 * DAY:
        start = end = None
    said = text[at : last.to]
    return When(at, last.to, said, start, end, "range" if start and end else "unknown")


def _in_order(
    start: datetime, end: datetime, ends: tuple[_Group, _Group], now: datetime
) -> tuple[datetime, datetime]:
    """Two ends that came out the wrong way round: of two weekdays one is a week off."""
    first, last = ends
    if first.day and last.day and first.day.start != last.day.start:
        late = end + 7 * DAY
        if late - DAY < now:
            return start, min(late, now)
        return start - 7 * DAY, end
    return start, min(end + DAY, now) if last.clock else end


def _resolve(
    group: _Group, now: datetime, before: datetime | None = None
) -> tuple[datetime | None, datetime | None, str]:
    if group.day and group.day.start is None:
        return None, None, "unknown"
    if group.clock:
        return _at_clock(group, now, before)
    if group.part:
        return _at_part(group, now)
    assert group.day and group.day.start and group.day.end
    if group.day.start > now:
        return None, None, "unknown"
    return group.day.start, _cut(group.day.start, group.day.end, now), group.day.precision


def _cut(start: datetime, end: datetime, now: datetime) -> datetime:
    # A day that holds now ends at now; a bare day is left whole only when it is over.
    return min(end, now) if start <= now else end


def _at_part(group: _Group, now: datetime) -> tuple[datetime | None, datetime | None, str]:
    first, last = group.part or (0.0, 24.0)
    if group.day and group.day.start and group.day.precision == "day":
        base = group.day.start
    elif group.day and group.day.start:
        return (
            group.day.start,
            _cut(group.day.start, group.day.end or now, now),
            group.day.precision,
        )
    else:
        base = datetime(now.year, now.month, now.day)
        if base + timedelta(hours=first) > now or (last > 24 and now.hour < 18):
            base -= DAY
    start, end = base + timedelta(hours=first), base + timedelta(hours=last)
    if start > now:
        return None, None, "unknown"
    return start, min(end, now), "part_of_day"


def _at_clock(
    group: _Group, now: datetime, before: datetime | None
) -> tuple[datetime | None, datetime | None, str]:
    clock = group.clock
    assert clock
    limit = min(now, before) if before else now
    readings = _readings(clock)
    if group.day and group.day.start and group.day.precision == "day":
        moment = _on_day(group.day.start, readings, group.part, clock, now)
    else:
        today = datetime(now.year, now.month, now.day)
        options = [
            today + back * DAY + timedelta(hours=h, minutes=clock.minute)
            for back in (0, -1)
            for h in readings
        ]
        if group.part:
            first, last = group.part
            options = [o for o in options if _inside(o, first, last)] or options
        past = [o for o in options if o <= limit and o <= now]
        moment = max(past) if past else None
    if moment is None or moment > now:
        return None, None, "unknown"
    if clock.side:
        return _beside(moment, clock, group, now)
    if not clock.about:
        return moment, moment, "minute"
    slack = timedelta(minutes=30 if clock.bare else 15)
    return moment - slack, min(moment + slack, now), "about"


def _beside(
    moment: datetime, clock: clocks.Clock, group: _Group, now: datetime
) -> tuple[datetime, datetime, str]:
    """The quarter of an hour before or after: "just before midnight on the 31st" ends that day."""
    if clock.side == "before" and group.day and clock.hour == 0 and clock.half == "24":
        moment = min(moment + DAY, now) if not group.part else moment
    gap = timedelta(minutes=_JUST)
    if clock.side == "before":
        return moment - gap, moment, "about"
    return moment, min(moment + gap, now), "about"


def _readings(clock: clocks.Clock) -> list[int]:
    if clock.half == "24":
        return [clock.hour]
    base = clock.hour % 12
    return {"am": [base], "pm": [base + 12]}.get(clock.half or "", [base, base + 12])


def _inside(moment: datetime, first: float, last: float) -> bool:
    hour = moment.hour + moment.minute / 60
    return first <= hour < last or first <= hour + 24 < last or (first == 6 and hour < 12)


def _on_day(
    day: datetime, readings: list[int], part: _Hours | None, clock: clocks.Clock, now: datetime
) -> datetime | None:
    options = [day + timedelta(hours=h, minutes=clock.minute) for h in readings]
    if part:
        first, last = part
        if last > 24:  # a night runs into the next day: 1 last night is the small hours
            late = [o + DAY if o.hour < 6 else o for o in options]
            return next((o for o in late if _inside(o, first - 2, last) and o <= now), None)
        fitting = [o for o in options if _inside(o, first, last)]
        return (fitting or options)[0]
    past = [o for o in options if o <= now]
    if len(past) < 2:
        return past[0] if past else None
    # yesterday at 3: the waking half of the day
    hour = clock.hour % 12
    return (
        past[1] if hour < 8 else past[0] if hour >= 8 and hour < 12 and not clock.about else past[1]
    )


def _guess(text: str, now: datetime) -> When:
    """Last resort for an answer to "when?": dateparser, else the words alone."""
    start = None
    if re.search(r"\d|[a-z]{3}day", text, re.IGNORECASE) and len(text) < 60:
        import dateparser  # costs 0.3 s: only here, where nothing else fitted

        settings = {"RELATIVE_BASE": local(now), "DATE_ORDER": "DMY", "PREFER_DATES_FROM": "past"}
        start = dateparser.parse(text, languages=["en"], settings=settings)
    said = text.strip()
    if start is None or start > local(now):
        return When(0, len(text), said, None, None, "unknown")
    first = datetime(start.year, start.month, start.day)
    return When(0, len(text), said, first, min(first + DAY, local(now)), "day")


def _iso(moment: datetime | None) -> str | None:
    return moment.replace(tzinfo=LONDON).isoformat() if moment else None
