"""What a person reads of their own report: never the desk's name for somebody in trouble."""

from __future__ import annotations

import pytest

from bot.report import draft as drafts
from bot.report import summary


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("burglary_dwelling", True),
        ("mental_health_crisis", False),
        ("unclear_or_abusive", False),
        ("own_offence_or_wanted", False),
        ("domestic_abuse", False),
    ],
)
def test_only_plain_reports_are_named(kind: str, shown: bool) -> None:
    draft = drafts.new("GM-ACDE-FGHJ") | {"type": kind, "route": "crime_report", "stage": "report"}
    drafts.put(draft, "incident_type", "", "other", "inferred", 1)
    drafts.put(draft, "location", "Gorton", "Gorton", "said", 1)
    lines = summary.lines(draft)
    assert any(line.startswith("Where") for line in lines)
    assert any(line.startswith("Kind of report") for line in lines) is shown
