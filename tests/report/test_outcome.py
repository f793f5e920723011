"""Disposition, reference, THRIVE card and schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.content import types
from bot.report import draft as drafts
from bot.report import outcome, reference, schema, summary, thrive

ROOT = Path(__file__).resolve().parents[2]
SENT = {"reference": "GM-ACDE-FGHJ", "stage": "sent"}
OPEN = {"stage": "report"}


@pytest.mark.parametrize(
    ("state", "draft", "disposition"),
    [
        ({"peak": "now", "queued": True}, OPEN, "emergency_handed_off"),
        ({"peak": "now", "queued": True}, SENT, "emergency_handed_off"),
        ({"peak": "now", "queued": False}, SENT, "reported"),
        ({"peak": "check", "queued": True}, SENT, "reported"),
        ({"peak": "check", "queued": True}, OPEN, "handed_off"),
        ({"queued": True}, {}, "handed_off"),
        ({}, OPEN, None),
        ({}, {"stage": "summary"}, None),
        ({}, {"answered": ["adv_complaints", "council_bolton"]}, "signposted"),
        ({}, {"answered": ["adv_complaints"]}, "advised"),
        ({}, {}, "abandoned"),
        ({"peak": "check"}, {}, "abandoned"),
    ],
)
def test_disposition(state: dict[str, Any], draft: dict[str, Any], disposition: str | None) -> None:
    """The table of design decision 8: the first that holds, in its order."""
    assert outcome.disposition(state, {**drafts.new("GM-ACDE-FGHJ"), **draft}) == disposition


def test_disposition_reads_an_object_as_well_as_a_mapping() -> None:
    """The desk's state is a dataclass."""

    class State:
        peak, queued, reference = "now", 1, None

    assert outcome.disposition(State(), drafts.new("x")) == "emergency_handed_off"


def test_reference_is_made_from_the_seed_alone() -> None:
    """Same seed, same reference; other seeds, others; nothing that can be misread."""
    made = {reference.candidate(seed) for seed in range(2000)}
    assert len(made) == 2000 and all(map(reference.is_reference, made))
    assert reference.candidate(7) == reference.candidate(7)
    assert not set("0O1IL2Z5S8BUV") & set(reference.ALPHABET)


def test_thrive_gives_facts_with_words() -> None:
    """Each fact stands with the words that support it; "none" is no fact."""
    draft = drafts.new("x")
    drafts.put(draft, "weapon", "a bat", "a bat", "said", 3)
    drafts.put(draft, "injury", "no", "none", "said", 3)
    state = {
        "cues": [{"name": "in_progress", "words": "", "seq": 3, "meaning": ""}],
        "told_999": "told",
        "check_answer": "yes",
    }
    card = thrive.card(state, draft, [{"seq": 3, "sender": "person", "text": "he has a bat"}])
    assert card["risk"][0]["words"] == "he has a bat"
    assert {"fact": "Weapon", "words": "a bat", "seq": 3, "source": "said"} in card["threat"]
    assert card["harm"] == [] and set(card) == set(thrive.LETTERS)


def test_the_schema_on_disk_is_the_schema_in_code() -> None:
    """docs/incident-report.schema.json says what the code makes."""
    on_disk = json.loads((ROOT / "docs/incident-report.schema.json").read_text(encoding="utf-8"))
    assert on_disk == schema.json_schema()
    jsonschema.Draft7Validator.check_schema(on_disk)


@pytest.mark.parametrize("kind", [t.id for t in types.all_types()])
def test_every_type_makes_a_valid_report(kind: str) -> None:
    """All 110 types and their incident types fit the schema, empty or not."""
    draft = drafts.new("x")
    draft.update(type=kind, route="crime_report")
    drafts.put(draft, "location", "Hyde", {"said": "Hyde"}, "said", 1)
    jsonschema.validate(schema.incident_report({}, draft, []), schema.json_schema())


def test_summary_reads_times_in_words() -> None:
    """A resolved time is read back beside what was said."""
    value = {"from": "2026-11-21T20:00:00+00:00", "to": "2026-11-22T06:00:00+00:00"}
    assert summary.when_words(value) == "Saturday 21 November, 8pm to Sunday 22 November, 6am"
    assert summary.when_words({"from": None, "to": None}) == ""


def test_the_persons_own_numbers_pass_the_guard() -> None:
    """Their phone, their reference number in the account: theirs, so exempt."""
    draft = drafts.new("x")
    drafts.put(draft, "contact_phone", "07700 900123", "07700900123", "said", 1)
    assert {"07700 900123", "07700900123"} <= set(summary.exempt(draft))
