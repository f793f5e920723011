"""Which question comes next, for every type: limits, order, and nothing that is known."""

from __future__ import annotations

from typing import Any

import pytest

from bot.content import questions as content
from bot.content import types
from bot.report import draft as drafts
from bot.report import questions as plan

DESK: dict[str, Any] = {"owner": "bot", "danger": "none", "protected": False, "suspect": False}
ALL = [t.id for t in types.all_types()]


def walk(kind: str, desk: dict[str, Any]) -> list[str]:
    """The questions that a person who skips everything is asked."""
    draft = drafts.new("x")
    draft.update(type=kind, stage="report", route="crime_report")
    for _ in range(30):
        question = plan.next_question(draft, desk)
        if question is None:
            return draft["asked"]
        assert question.id not in draft["asked"], "asked twice"
        draft["asked"].append(question.id)
        draft["skipped"].append(question.id)
    raise AssertionError("never ends")


@pytest.mark.parametrize("kind", ALL)
def test_every_type_keeps_its_limit(kind: str) -> None:
    """3, 5, 1 or 14 questions at most, never one that the type never asks, each one exists."""
    asked = walk(kind, DESK)
    assert len(asked) <= types.limit(kind)
    assert not set(asked) & set(types.get(kind).never_ask)
    assert all(content.exists(q) for q in asked)


@pytest.mark.parametrize("kind", ALL)
def test_mandatory_questions_come_first(kind: str) -> None:
    """Where the bot takes the report, "send it now" can be offered as early as it may be."""
    if types.goes_to_person(kind):
        return
    asked, mandatory = walk(kind, DESK), types.mandatory(kind)
    assert asked[: len(mandatory)] == list(mandatory)


@pytest.mark.parametrize("kind", ALL)
def test_with_danger_now_only_safety_questions(kind: str) -> None:
    """Where, whether it is safe to type, and what an emergency or a missing person needs."""
    asked = walk(kind, {**DESK, "danger": "now"})
    allowed = {"safe_to_chat", "where_now"}
    made = types.get(kind)
    if made.family == "emergency" or made.incident_type == "missing_person":
        allowed |= set(types.mandatory(kind))
    if kind == plan.OWN_OFFENCE:
        allowed = set(types.asked(kind))
    assert set(asked) <= allowed


@pytest.mark.parametrize("kind", ALL)
def test_in_protected_mode_three_safe_questions(kind: str) -> None:
    """Never more than three, never contact details before safe contact."""
    asked = walk(kind, {**DESK, "protected": True})
    assert len(asked) <= 3 and "contact_details" not in asked


def test_a_suspect_is_asked_one_safety_question_at_most() -> None:
    """Whatever the type: danger to others, nothing about the offence."""
    assert walk("assault", {**DESK, "suspect": True}) == list(types.asked(plan.OWN_OFFENCE))
    assert walk("assault", {**DESK, "suspect": True, "check_answer": "no"}) == []


def test_nothing_is_asked_while_a_handler_has_the_chat() -> None:
    """The bot is silent under `operator:*` and `closed`."""
    assert walk("bike_theft", {**DESK, "owner": "operator:3"}) == []
    assert walk("bike_theft", {**DESK, "owner": "closed"}) == []


def test_a_name_alone_leads_to_the_number_and_no_further() -> None:
    """Told a name, the phone is asked for once; anonymous, nothing is."""
    draft = drafts.new("x")
    draft.update(type="bike_theft", stage="report")
    drafts.put(draft, "contact_name", "Sam", "Sam", "said", 1)
    for name in types.asked("bike_theft"):
        if name != "contact_details":
            draft["skipped"].append(name)
    question = plan.next_question(draft, DESK)
    assert question is not None and question.id == "contact_phone"
    draft["skipped"].append("contact_phone")
    assert plan.next_question(draft, DESK) is None
