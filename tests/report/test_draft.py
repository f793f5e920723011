"""The draft: its shape, what counts as an account, whose word stands."""

# ruff: noqa: E501 - what people type stands on one line

from __future__ import annotations

import json
from datetime import datetime

import pytest
from extract import gold

from bot.report import draft as drafts
from bot.report import fill
from bot.triage.reading import Reading


def reading(
    act: str | None = None,
    route: str = "crime_report",
    kind: str | None = None,
    danger: str = "none",
) -> Reading:
    """A reading as the gateway would send it."""
    scores = [(kind, 0.9)] if kind else []
    return Reading(act, route, {}, kind, scores, danger, 0.0, (), "en", 0.9, "test")


def filled(text: str, asked: str | None = None, **kwargs: str | None) -> drafts.Draft:
    """A fresh draft filled from one message."""
    made = drafts.new("GM-ACDE-FGHJ")
    made.update(stage="report", route="crime_report")
    return fill.fill(made, reading(**kwargs), text, asked, 1, datetime(2026, 11, 22, 14, 30))


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("I want to report a burglary", False),
        ("bike stolen", False),
        ("they smashed the window and took my laptop", True),
    ],
)
def test_a_label_is_no_account(text: str, account: bool) -> None:
    """Who only names the crime is asked what happened."""
    assert drafts.is_account(text) is account


def test_fill_does_not_change_the_draft_it_was_given() -> None:
    """Doing a turn twice is harmless."""
    made = drafts.new("GM-ACDE-FGHJ")
    fill.fill(
        made, reading(kind="bike_theft"), "my bike was taken in Sale", None, 1, datetime.now()
    )
    assert made == drafts.new("GM-ACDE-FGHJ")


@pytest.mark.parametrize(
    ("asked", "text", "act", "name", "value"),
    [
        ("injury", "no", "no", "injury", "none"),
        ("weapon", "yeah a bat", "yes", "weapon", "a bat"),
        ("when", "dunno", "dont_know", "when", "unknown"),
        ("suspect_description", "didn't see anyone", "answer", "suspect_description", "unknown"),
        ("property", "nothing taken", "answer", "property", "none"),
        (
            "victim_or_witness",
            "It is for someone else",
            "answer",
            "victim_or_witness",
            "third_party",
        ),
        (
            "hate_motivation",
            "Sexual orientation",
            "answer",
            "hate_motivation",
            "sexual_orientation",
        ),
        ("anonymous", "Stay anonymous", "answer", "anonymous", True),
        (
            "contact_details",
            "mohammed iqbal, 0161 496 0187",
            "answer",
            "contact_phone",
            "01614960187",
        ),
        ("location", "somewhere by the old mill", "answer", "location", None),
    ],
)
def test_answers_have_their_values(
    asked: str, text: str, act: str, name: str, value: object
) -> None:
    """none, unknown, choices and numbers are kept as the contract says, beside the words."""
    made = filled(text, asked, act=act)
    held = made["details"][name]
    assert held["source"] == "said"
    if value is not None:
        assert held["value"] == value
    else:
        assert held["said"]


def test_skip_marks_the_question_and_fills_nothing() -> None:
    """A skipped question is neither asked again nor answered."""
    made = filled("skip", "evidence", act="skip")
    assert made["skipped"] == ["evidence"] and "evidence" not in made["details"]


def test_what_was_not_asked_is_understood_too() -> None:
    """An answer to one question fills all that it tells."""
    made = filled("yesterday at 3pm, my neighbour saw it and it's on cctv", "when", act="answer")
    assert {"when", "witnesses", "evidence"} <= set(made["details"])


def test_an_answer_does_not_move_the_place() -> None:
    """ "A lad from Gorton" is no news of where it happened."""
    made = filled("a lad from Gorton in a red coat", "suspect_description", act="answer")
    assert "location" not in made["details"]


def test_a_type_towards_a_person_wins_and_never_goes_back() -> None:
    """A later message may show that a person is needed; a later one does not take that away."""
    made = filled("someone broke my window", kind="criminal_damage")
    later = fill.fill(
        made,
        reading(None, kind="domestic_abuse", danger="check"),
        "it was my husband, he hits me",
        None,
        2,
        datetime.now(),
    )
    assert later["type"] == "domestic_abuse"
    again = fill.fill(
        later, reading(None, kind="criminal_damage"), "about that window", None, 3, datetime.now()
    )
    assert again["type"] == "domestic_abuse"


def test_past_and_over_is_not_asked_about_danger_but_open_danger_is() -> None:
    """ "Last week" answers "is anyone in danger?"; once danger showed only the person answers it."""
    assert (
        filled("my bike was stolen last week", kind="bike_theft")["details"]["safe_now"]["value"]
        == "no"
    )
    made = filled("they were kicking the door last night", kind="burglary_dwelling", danger="check")
    assert "safe_now" not in made["details"]
    later = fill.fill(made, reading("answer"), "it was last week", "when", 2, datetime.now())
    assert "safe_now" not in later["details"]


@pytest.mark.parametrize(
    "asked", [None, "when", "contact_details", "hate_motivation", "summary", "change_what"]
)
def test_nothing_that_people_type_makes_it_fail(asked: str | None) -> None:
    """Every row of the gold tables, and a few hard ones, under many questions: a draft comes back."""
    texts = [
        row["text"]
        for table in ("when", "where", "plates", "phones")
        for row in gold.rows(table, True)[::4][::4]
    ]
    texts += [
        "",
        " ",
        "?",
        "\U0001f697",
        "10yrs ago",
        "999 years ago",
        "99/99/9999",
        "M6 M6 M6",
        "a" * 3000,
        "31/02",
    ]
    for text in texts:
        made = filled(text, asked, act="answer" if asked else None)
        assert json.loads(json.dumps(made)) == made
