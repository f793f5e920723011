"""Times: what was said is kept, the meaning is British, the future is refused."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extract import feasts, when

NOW = datetime(2026, 11, 22, 14, 30)  # a Sunday


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("last night", "2026-11-21T20:00", "2026-11-22T06:00", "part_of_day"),
        ("it was yesterday about 9pm", "2026-11-21T20:30", "2026-11-21T21:30", "about"),
        ("friday gone", "2026-11-20T00:00", "2026-11-21T00:00", "day"),
        ("this morning", "2026-11-22T06:00", "2026-11-22T12:00", "part_of_day"),
        ("half seven this morning", "2026-11-22T07:30", "2026-11-22T07:30", "minute"),
        ("between 8 and 10 this morning", "2026-11-22T08:00", "2026-11-22T10:00", "range"),
        ("Yesterday it was from 2 till half 4", "2026-11-21T14:00", "2026-11-21T16:30", "range"),
        ("sat night, between 1 and 2", "2026-11-22T01:00", "2026-11-22T02:00", "range"),
        ("on 12/11", "2026-11-12T00:00", "2026-11-13T00:00", "day"),
        ("20 mins ago", "2026-11-22T14:05", "2026-11-22T14:15", "about"),
        ("since Tuesday", "2026-11-17T00:00", "2026-11-22T14:30", "range"),
        ("on 5th December", "2025-12-05T00:00", "2025-12-06T00:00", "day"),
        ("today", "2026-11-22T00:00", "2026-11-22T14:30", "day"),
    ],
)
def test_meaning(text: str, start: str, end: str, precision: str) -> None:
    """Each expression means its interval; one that holds now is cut at now."""
    found = when.best(text, NOW)
    assert found is not None and found.precision == precision
    assert found.start == datetime.fromisoformat(start)
    assert found.end == datetime.fromisoformat(end)


@pytest.mark.parametrize("text", ["next Friday", "a week on Sunday", "while we were away"])
def test_no_time_is_made_up(text: str) -> None:
    """The future and what has no date give no interval."""
    found = when.best(text, NOW)
    assert found is None or found.start is None


def test_said_stands_beside_the_value_with_the_offset_of_london() -> None:
    """The value keeps the words; times carry the offset of their own date."""
    found = when.best("it went missing on 3rd of July at 11am mate", datetime(2026, 7, 5, 9, 0))
    assert found is not None
    assert found.value() == {
        "said": "on 3rd of July at 11am",
        "from": "2026-07-03T11:00:00+01:00",
        "to": "2026-07-03T11:00:00+01:00",
        "precision": "minute",
    }


def test_now_may_be_utc() -> None:
    """An aware `now` is turned into London time: late on a summer night it is tomorrow."""
    late = datetime(2026, 7, 5, 23, 30, tzinfo=timezone.utc)
    found = when.best("yesterday", late)
    assert found is not None and found.start == datetime(2026, 7, 5)


def test_words_are_kept_when_the_question_was_when() -> None:
    """An answer that cannot be resolved is an answer all the same."""
    found = when.best("while we were on our hols", NOW, asked=True)
    assert found is not None and found.said == "while we were on our hols"
    assert found.precision == "unknown"


@pytest.mark.parametrize("text", ["I sat on the bus", "they may come", "15 lads", "from Sale"])
def test_ordinary_words_are_no_times(text: str) -> None:
    """sat, may and bare numbers are not days, months or hours."""
    assert when.find(text, NOW) == []


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("ten thirty last night", "2026-11-21T22:30", "2026-11-21T22:30"),
        ("1645 on the 20th", "2026-11-20T16:45", "2026-11-20T16:45"),
        ("16.45hrs 20/11", "2026-11-20T16:45", "2026-11-20T16:45"),
        ("9 - 10 last night", "2026-11-21T21:00", "2026-11-21T22:00"),
        ("6 or 7 this morning", "2026-11-22T06:00", "2026-11-22T07:00"),
        ("just after midnight", "2026-11-22T00:00", "2026-11-22T00:15"),
        ("just before 9", "2026-11-22T08:45", "2026-11-22T09:00"),
        ("on the 20th just before midnight", "2026-11-20T23:45", "2026-11-21T00:00"),
        ("after 11 last night", "2026-11-21T23:00", "2026-11-22T06:00"),
        ("late last night", "2026-11-21T22:00", "2026-11-22T02:00"),
        ("early this morning", "2026-11-22T05:00", "2026-11-22T08:00"),
    ],
)
def test_clock_times(text: str, start: str, end: str) -> None:
    """Words for minutes, the 24-hour clock, two hours together, just before and just after."""
    found = when.best(text, NOW)
    assert found is not None
    assert (found.start, found.end) == (datetime.fromisoformat(start), datetime.fromisoformat(end))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("the twelfth of june", "2026-06-12T00:00", "2026-06-13T00:00"),
        ("june the twenty first", "2026-06-21T00:00", "2026-06-22T00:00"),
        ("a fortnight last saturday", "2026-11-07T00:00", "2026-11-08T00:00"),
        ("thursday week ago", "2026-11-12T00:00", "2026-11-13T00:00"),
        ("august bank holiday", "2026-08-31T00:00", "2026-09-01T00:00"),
        ("may day bank holiday last year", "2025-05-05T00:00", "2025-05-06T00:00"),
        ("mothers day", "2026-03-15T00:00", "2026-03-16T00:00"),
        ("week before last", "2026-11-02T00:00", "2026-11-09T00:00"),
        ("july", "2026-07-01T00:00", "2026-08-01T00:00"),
        ("it was last december", "2025-12-01T00:00", "2026-01-01T00:00"),
        ("between 4 and 6", "2026-11-22T04:00", "2026-11-22T06:00"),
        ("mid june", "2026-06-11T00:00", "2026-06-21T00:00"),
        ("back in 2019", "2019-01-01T00:00", "2020-01-01T00:00"),
        ("in the last 20 mins", "2026-11-22T14:10", "2026-11-22T14:30"),
        ("over the past two days", "2026-11-20T00:00", "2026-11-22T14:30"),
        ("forty five minutes ago", "2026-11-22T13:40", "2026-11-22T13:50"),
        ("10 to 15 mins ago", "2026-11-22T14:15", "2026-11-22T14:20"),
        ("friday 5pm to sunday 8am", "2026-11-20T17:00", "2026-11-22T08:00"),
        ("between monday and wednesday last week", "2026-11-09T00:00", "2026-11-12T00:00"),
    ],
)
def test_days_and_stretches(text: str, start: str, end: str) -> None:
    """Dates in words, weeks ago, bank holidays, parts of months, stretches up to now."""
    found = when.best(text, NOW)
    assert found is not None
    assert (found.start, found.end) == (datetime.fromisoformat(start), datetime.fromisoformat(end))


@pytest.mark.parametrize(
    "text", ["tomorrow at 9", "the other night", "half term", "three nights running", "every night"]
)
def test_what_names_no_one_time_is_left_open(text: str) -> None:
    """What comes, what comes often and what nobody can date has no interval."""
    found = when.best(text, NOW)
    assert found is None or found.start is None


@given(st.integers(1, 12), st.sampled_from(("am", "pm")), st.integers(1, 60))
def test_a_time_on_a_day_is_that_time(hour: int, half: str, back: int) -> None:
    """Any hour on any past day comes back as it was said."""
    day = NOW.date() - timedelta(days=back)
    want = datetime(day.year, day.month, day.day, hour % 12 + 12 * (half == "pm"))
    found = when.best(f"{day:%d/%m/%Y} at {hour}{half}", NOW)
    assert found is not None and found.start == found.end == want


@given(st.integers(2020, 2040))
def test_bank_holidays_are_working_days_apart(year: int) -> None:
    """Eight different days of that year, none on a weekend."""
    days = feasts.holidays(year)
    assert len(set(days)) == 8 and all(d.weekday() < 5 and d.year == year for d in days)
    assert date(year, 12, 25) <= max(days)


@pytest.mark.parametrize("piece", ["between ", "late ", "1645 ", "twenty ", "last 3 ", "9 - ", "a"])
def test_a_wall_of_text_holds_nothing_up(piece: str) -> None:
    """Four thousand characters take no time to speak of."""
    text = (piece * 4000)[:4000]
    begun = time.process_time()
    when.find(text, NOW)
    assert time.process_time() - begun < 1
