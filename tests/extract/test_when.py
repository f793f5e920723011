"""Times: what was said is kept, the meaning is British, the future is refused."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from bot.extract import when

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
