"""People tell things out of order: what is told goes where it belongs, what was asked stays open."""

# ruff: noqa: E501 - what people type stands on one line

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.report import draft as drafts

MAKE = Callable[..., Any]


def test_a_time_told_to_where_is_no_place(chat: MAKE) -> None:
    """The time is kept, and the place is asked for again, once."""
    c = chat()
    c("someones had my phone out my locker at the gym", type="phone_theft")
    assert c.asking == "location"
    c("last tues about 3ish", "answer")
    assert drafts.value(c.draft, "location") != "last tues about 3ish"
    assert "when" in c.draft["details"]


@pytest.mark.parametrize("text", ["no danger", "nobody's hurt, he's gone", "not in danger no"])
def test_words_of_no_danger_answer_safe_now_and_nothing_else(chat: MAKE, text: str) -> None:
    c = chat()
    c("my shed was broken into", type="burglary_nondwelling")
    asked = c.asking
    c(text, "no")
    assert asked not in c.draft["details"] or c.draft["details"][asked]["said"] != text
    assert drafts.value(c.draft, "safe_now") == "no"


def test_later_words_put_right_the_earlier_ones(chat: MAKE) -> None:
    c = chat()
    c("kids on scramblers in the park on Elder Road, Failsworth", type="asb_nuisance")
    c("it was Sunday evening. No I tell a lie it was Saturday evening", "answer")
    assert "saturday" in c.draft["details"]["when"]["said"].lower()


def test_a_new_number_at_the_summary_replaces_the_old_one(chat: MAKE) -> None:
    c = chat()
    c(
        "bike nicked from outside Bury library yesterday, blue Carrera, saw nobody. Jo Hall 0161 496 0245",
        type="bike_theft",
    )
    for _ in range(4):
        if c.asking == "summary":
            break
        c("nothing else", "nothing_else")
    assert c.asking == "summary"
    c("oh hang on thats my old one, its 0161 496 0254", "correct")
    assert drafts.value(c.draft, "contact_phone") == "01614960254"


def test_a_number_without_a_name_is_not_anonymous(chat: MAKE) -> None:
    c = chat()
    c("car keyed on Calder Avenue, Rochdale on Monday night", type="vehicle_damage")
    c("07700 900653 is my mobile, id rather not give my name", "answer")
    assert drafts.value(c.draft, "contact_phone") == "07700900653"
    assert drafts.value(c.draft, "anonymous") is not True


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("is it even a crime or am I wasting your time", "utter_right_to_tell"),
        ("will someone come out to do fingerprints?", "utter_what_next"),
        ("what happens next", "utter_what_next"),
    ],
)
def test_questions_about_the_report_have_one_plain_answer(chat: MAKE, text: str, says: str) -> None:
    """No promise of who comes or when, no doubt about telling; then the open question again."""
    c = chat()
    c("someone smashed my fence last night", type="criminal_damage")
    asked = c.asking
    c(text, "question", route="advice")
    assert c.says[0] == says
    assert c.says[-1] == f"ask_{asked}"


def test_a_borough_told_after_the_signpost_names_its_council(chat: MAKE) -> None:
    c = chat()
    c("next door's music every night", route="other_agency", type="noise")
    c("dunno", "dont_know")
    c("so its not a police thing then? im in Salford", "question", route="advice")
    assert "Salford" in c.text


def test_a_short_question_goes_on_with_the_last_answer(chat: MAKE) -> None:
    c = chat()
    c("I got a text about a parcel with a link, is this a scam?", route="advice", type="fraud")
    first = c.draft["answered"][-1]
    c("where do I send the text to then", route="advice", type="is_caller_genuine")
    assert c.draft["answered"][-1] == first
    assert "7726" in c.text


def test_goodbye_among_other_words_is_no_new_greeting(chat: MAKE) -> None:
    c = chat()
    c("Thank you very much, that is all I needed. Goodbye", route="social")
    assert c.says == ["utter_thanks"]
