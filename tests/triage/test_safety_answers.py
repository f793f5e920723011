"""Answers that are danger by their question stand in the content as they stand here."""

from __future__ import annotations

import pytest

from bot.content.loader import load
from bot.triage.reading import DANGERS, CueHit
from bot.triage.safety_answers import DANGEROUS, danger_of, pressed, value
from tests.triage.test_safety import reading


@pytest.mark.parametrize("question", sorted(DANGEROUS))
def test_every_question_and_answer_exists_in_the_content(question: str) -> None:
    held = load().questions[question]
    values = {str(choice.value) for choice in held.choices}
    assert set(DANGEROUS[question]) <= values | {"yes", "no", "not_sure"}
    assert set(DANGEROUS[question].values()) <= set(DANGERS)


def test_typed_and_pressed_answers_mean_the_same() -> None:
    assert value("yes", None) == value(None, "/yes") == "yes"
    assert value("dont_know", None) == "not_sure"
    assert value(None, '/answer{"value": "nearby"}') == "nearby"
    assert value(None, "/answer{broken") is None
    assert danger_of("arson__alight_now", "yes", None) == "now"
    assert danger_of(None, "yes", None) == "none"


def test_a_press_is_read_without_what_its_title_sounds_like() -> None:
    found = pressed(reading("now", "weapon observed", kind="domestic_abuse"))
    assert (found.danger, found.cues, found.type, found.route) == ("none", (), None, "crime_report")
    assert CueHit("weapon", "weapon", "rule") not in found.cues
