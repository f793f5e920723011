"""Scoring against the gold tables of this folder (one author, conventions of the tables' own).

Odd lines were looked at while the parsers were written, even lines were not: their score is the
figure. `python -m pytest tests/extract/test_gold.py -s` prints both.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.extract import contact, people, plate, property, when, where

FOLDER = Path(__file__).parent / "gold"
Row = dict[str, Any]
# minutes that both ends may be off, by the precision of the row
SLACK = {"minute": 1, "about": 31, "part_of_day": 61, "range": 61}


def rows(table: str, odd: bool) -> list[Row]:
    """The rows of a table: those of the odd lines (development) or of the even ones."""
    lines = (FOLDER / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for number, line in enumerate(lines, 1) if bool(number % 2) == odd]


def when_right(row: Row) -> bool:
    """Both ends within the precision; where nothing is meant, nothing is made up."""
    found = when.best(row["text"], datetime.fromisoformat(row["now"]))
    if row["from"] is None:
        return found is None or found.start is None
    if found is None or found.start is None or found.end is None:
        return False
    slack = timedelta(minutes=SLACK.get(row["precision"], 1))
    ends = ((found.start, row["from"]), (found.end, row["to"]))
    return all(abs(got - datetime.fromisoformat(want)) <= slack for got, want in ends)


def borough_right(row: Row) -> bool:
    """The borough is the right one, or rightly left open."""
    found = where.find(row["text"])
    return (found.borough if found else None) == row["parts"]["borough"]


def place_found(row: Row) -> bool:
    """The words of the place overlap with those that hold it."""
    found = where.find(row["text"])
    if found is None:
        return False
    said, span = found.said.lower(), row["span"].lower()
    return said in span or span in said


def plates_right(row: Row) -> bool:
    """Exactly the plates that are there, as values."""
    return [s.value for s in plate.spans(row["text"])] == [p["value"] for p in row["plates"]]


def phones_right(row: Row) -> bool:
    """Exactly the phone numbers, as 11 digits, and the e-mail addresses."""
    numbers = [s.value for s in contact.phones(row["text"])] == [p["value"] for p in row["phones"]]
    return numbers and [s.said for s in contact.emails(row["text"])] == row["emails"]


def things_right(row: Row) -> bool:
    """Every thing is found and nothing else is."""
    return _same([s.said for s in property.spans(row["text"], True)], row["items"])


def people_right(row: Row) -> bool:
    """Every group of people is found and no other."""
    return _same([s.said for s in people.spans(row["text"])], row["people"])


def _same(got: list[str], wanted: list[Row]) -> bool:
    spans = [w["span"].lower() for w in wanted]
    said = [g.lower() for g in got]
    found = all(any(s in g or g in s for g in said) for s in spans)
    return found and all(any(s in g or g in s for s in spans) for g in said)


def share(table: str, right: Callable[[Row], bool], odd: bool) -> float:
    """The share of rows that are right."""
    chosen = rows(table, odd)
    return sum(map(right, chosen)) / len(chosen)
