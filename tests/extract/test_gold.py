"""The parsers do not get worse: floors on the gold tables, looked-at lines and unseen ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract import gold

# table, what is scored, floor on odd lines (looked at), floor on even lines (not looked at)
FLOORS = [
    ("when", gold.when_right, 0.97, 0.75),
    ("where", gold.place_found, 0.90, 0.80),
    ("where", gold.borough_right, 0.80, 0.70),
    ("plates", gold.plates_right, 0.97, 0.85),
    ("phones", gold.phones_right, 0.98, 0.98),
    ("property", gold.things_right, 0.94, 0.67),
    ("people", gold.people_right, 0.95, 0.65),
]


@pytest.mark.parametrize(("table", "right", "odd", "even"), FLOORS)
def test_floor(table: str, right: Callable[[gold.Row], bool], odd: float, even: float) -> None:
    """A change that loses more than it wins is seen here."""
    seen, unseen = gold.share(table, right, True), gold.share(table, right, False)
    print(f"{table} {right.__name__}: odd {seen:.2f}, even {unseen:.2f}")
    assert seen >= odd and unseen >= even
