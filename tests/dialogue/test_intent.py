"""Promises of the intent: acts over routes, an emergency over answers, offered buttons over all."""

from __future__ import annotations

from typing import Any

import pytest

from bot.dialogue.intent import intent_name, parse_data, payload_parts


@pytest.mark.parametrize(
    ("act", "route", "wanted"),
    [
        (None, "crime_report", "crime_report"),
        ("yes", "social", "yes"),
        ("answer", "crime_report", "answer"),
        ("answer", "emergency", "emergency"),
        ("danger", "emergency", "emergency"),
        ("question", "advice", "advice"),
        ("human", "social", "human"),
        ("human", "emergency", "emergency"),
        (None, None, "out_of_scope"),
    ],
)
def test_the_intent_of_a_reading(act: str | None, route: str | None, wanted: str) -> None:
    """docs/seams.md section 1."""
    assert intent_name({"act": act, "route": route}) == wanted


def test_a_payload_counts_only_if_the_domain_has_its_intent() -> None:
    """An unknown name in a payload never reaches Rasa as an intent."""
    read = {"act": None, "route": "advice"}
    assert intent_name(read, "/confirm_send", {"confirm_send"}) == "confirm_send"
    assert intent_name(read, "/no_such_intent", {"confirm_send"}) == "advice"


@pytest.mark.parametrize(
    ("payload", "wanted"),
    [
        ("/yes", ("yes", {})),
        ('/location{"lat": 53.4}', ("location", {"lat": 53.4})),
        ("/location{broken", ("location", {})),
        ("/list[1]", ("list[1]", {})),
        ("yes", None),
        ("/", None),
        (None, None),
    ],
)
def test_payloads(payload: str | None, wanted: tuple[str, dict[str, Any]] | None) -> None:
    """A name and values; broken values are none."""
    assert payload_parts(payload) == wanted


def test_a_missing_reading_is_still_a_message() -> None:
    """Rasa needs an intent whatever happened before."""
    data = parse_data("hello", None, None, set())
    assert data["intent"] == {"name": "out_of_scope", "confidence": 0.0}
    assert data["entities"] == [] and data["payload"] is None
