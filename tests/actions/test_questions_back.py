"""What a person asks back is answered, whatever act the message was read as."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

MAKE = Callable[..., Any]
STOLEN = "someone nicked my bag on the train to Leeds yesterday"


@pytest.mark.parametrize("act", ["answer", "question", "human", "frustrated", "why", "dont_know"])
def test_a_question_back_is_answered_whatever_the_act(chat: MAKE, act: str) -> None:
    c = chat()
    c("someone smashed my fence last night", type="criminal_damage")
    c("are you a real person?", act, route="human" if act == "human" else "advice")
    assert "automated" in c.text


def test_both_are_met_when_a_message_tells_and_asks(chat: MAKE) -> None:
    c = chat()
    c("someone smashed my fence last night", type="criminal_damage")
    c("it was on Calder Avenue in Rochdale. will an officer come out?", "answer")
    assert "can't say what the police do" in c.text
    assert c.value("location") and c.said[-1].endswith("?")


def test_a_question_nobody_understood_is_still_answered(chat: MAKE) -> None:
    c = chat()
    c("someone smashed my fence last night", type="criminal_damage")
    c("can i clean the paint off", route="out_of_scope")
    assert "utter_not_understood" not in c.says and "Take photos" in c.text


@pytest.mark.parametrize(
    "text",
    [
        "so who do i ring about it",
        "cant you just take it down and pass it on?",
        "do you take it or do they",
        "what do I say when I ring",
        "whats the text number again",
        "what was their number",
    ],
)
def test_a_question_that_goes_on_with_the_signpost_says_it_again(chat: MAKE, text: str) -> None:
    c = chat()
    c(STOLEN, route="other_agency", type="public_transport_crime")
    for act, route in (("question", "advice"), (None, "other_agency"), ("dont_know", "advice")):
        c(text, act, route=route, type="victims" if act else None)
        assert "British Transport Police" in c.said[0] and "61016" in c.said[0]


def test_another_matter_gets_its_own_signpost(chat: MAKE) -> None:
    c = chat()
    c(STOLEN, route="other_agency", type="public_transport_crime")
    c(
        "and theres a massive pothole on our road in Stockport, who do i tell about that",
        route="other_agency",
        type="council_environment",
    )
    assert "Stockport Council" in c.text and "Transport" not in c.text


def test_a_helpline_that_is_named_is_said_again_with_999_above_it_in_danger(chat: MAKE) -> None:
    c = chat(danger="check")
    c("what number was it for the samaritans", "question", route="advice")
    lines = c.said[0].splitlines()
    assert "999" in lines[0] and "116 123" in lines[1]


def test_with_nothing_to_go_on_it_says_so_and_names_a_way(chat: MAKE) -> None:
    c = chat()
    c("someone smashed my fence last night", type="criminal_damage")
    asked = c.asking
    c("do penguins have knees", "question", route="advice", type="general_advice")
    assert "I don't have a checked answer" in c.said[0] and "101" in c.said[0]
    assert c.says[-1] == f"ask_{asked}"


def test_a_retraction_hears_only_the_fixed_words(chat: MAKE) -> None:
    c = chat(danger="now", retraction=True)
    c("forget it. are you even a real person?", "retract")
    assert "automated" not in c.text


def test_a_question_in_a_protected_chat_waits_for_the_gateways(chat: MAKE) -> None:
    c = chat(protected=True, danger="check", safety_asked=True)
    c("he hit me. will he know i told you", type="domestic_abuse", danger="check")
    assert not c.said
    c("yes", "yes", safety_asked=False, check_answer="no", queued=True)
    assert "does not tell the other person" in c.text
