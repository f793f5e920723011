"""Each type of report to its reference: told at once, one word at a time, with a correction."""

# ruff: noqa: E501 - what people type stands on one line

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.content import types
from bot.report import questions, schema

ROOT = Path(__file__).resolve().parents[2]
SOME = "Our house at 12 Hyde Road, Gorton was broken into last night. They took my laptop. I'm Sam Patel 07700 900123"
MAKE = Callable[..., Any]

# type: (all in one message, answers one word at a time, the wrong detail with its correction)
AT_ONCE = {
    "burglary_dwelling": "Our house at 12 Hyde Road, Gorton was broken into last night. They took my laptop and a PS5. "
    "Nobody saw who did it and it has never happened before. I'm Sam Patel 07700 900123",
    "bike_theft": "My red Boardman bike was stolen from outside the Tesco in Levenshulme yesterday about 3pm. I didn't see anyone. "
    "My name is Jo Smith, jo@example.com",
    "phone_theft": "My iphone 13 was snatched on Market Street, Bolton this morning by two lads on a moped. Nobody was hurt. "
    "It was locked. I'm Dev Shah, 07700 900456",
    "shoplifting": "I work at the Co-op in Hulme. A woman in a red coat walked out with steaks and wine yesterday at 4pm. No staff hurt.",
    "criminal_damage": "Someone smashed my front window at 8 Elm Street, Leigh on Friday night. We have it on CCTV, never happened before. "
    "I didn't see who did it. This is Ann Cole 07700 900789",
    "asb_nuisance": "Lads on mopeds were racing round Platt Fields on Saturday, it stopped about 10pm. It has happened before, every weekend.",
    "hate_crime": "A man called me a paki and told me to go back to my country outside the mosque on Cheetham Hill Road yesterday. "
    "First time this happened. I'm Imran Khan 07700 900222",
    "drug_dealing": "I want to stay anonymous. They are dealing drugs from a flat on Ash Lane in Hyde every night, there are kids there.",
    "vehicle_theft": "My car was stolen from our drive at 3 Oak Avenue, Sale overnight. I didn't see anyone. It's a blue Golf MF19 KZN. "
    "My name is Pat Lee 07700 900333",
}  # fmt: skip
ANSWERS = {
    "safe_now": ("no", "no"),
    "what_happened": ("someone did it", "answer"),
    "location": ("leigh", "answer"),
    "when": ("yesterday", "answer"),
    "property": ("telly", "answer"),
    "suspect_description": ("dunno", "dont_know"),
    "repeat_or_worry": ("no", "no"),
    "contact_details": ("Sam Jones 07700900123", "answer"),
    "contact_phone": ("07700900123", "answer"),
    "evidence": ("nah", "no"),
    "hurt_or_weapon": ("no", "no"),
    "happening_now": ("Earlier today", "answer"),
    "hate_motivation": ("race", "answer"),
    "anonymous": ("Give my name", "answer"),
    "phone_theft__locked": ("yes", "yes"),
    "shoplifting__store": ("Aldi Hulme", "answer"),
    "shoplifting__worker_hurt": ("no", "no"),
    "hate_crime__repeat_hate": ("no", "no"),
    "summary": ("yes", "yes"),
}
LABEL = {
    "burglary_dwelling": "burglary", "bike_theft": "bike nicked", "phone_theft": "phone nicked", "shoplifting": "shoplifter",
    "criminal_damage": "vandals", "asb_nuisance": "noisy kids", "hate_crime": "hate crime", "drug_dealing": "drugs",
    "vehicle_theft": "car stolen",
}  # fmt: skip


def finish(c: Any, most: int = 20) -> None:
    """Answer what is asked, one word at a time, until the report is sent."""
    for _ in range(most):
        if c.draft["reference"]:
            return
        text, act = ANSWERS.get(c.asking or "", ("no", "no"))
        c(text, act)
    raise AssertionError(f"not sent; still asking {c.asking}")


def check_report(c: Any) -> None:
    """Every mandatory field is in the report, the reference came once, the report fits its schema."""
    kind = c.draft["type"]
    assert not questions.missing(c.draft)
    assert c.draft["reference"] == "GM-ACDE-FGHJ"
    assert c.draft["stage"] == "sent"
    report = schema.incident_report(c.desk, c.draft, [])
    jsonschema.validate(report, json.loads((ROOT / "docs/incident-report.schema.json").read_text()))
    assert report["incident_type"] == types.get(kind).incident_type
    assert report["disposition"] == "reported"
    for name in types.mandatory(kind):
        assert questions.known(c.draft, name), name


@pytest.mark.parametrize("kind", AT_ONCE)
def test_all_told_at_once_needs_at_most_three_questions(chat: MAKE, kind: str) -> None:
    """Who says everything in one message answers at most three more questions."""
    c = chat()
    c(AT_ONCE[kind], type=kind)
    finish(c)
    assert len(c.put) <= 3, c.put
    check_report(c)


@pytest.mark.parametrize("kind", AT_ONCE)
def test_one_word_at_a_time_reaches_the_reference(chat: MAKE, kind: str) -> None:
    """Who answers with one word each time gets there, within the budget and never asked twice."""
    c = chat()
    c(LABEL[kind], type=kind)
    finish(c)
    assert len(c.put) == len(set(c.put)) <= 8
    assert c.put.count("location") <= 1
    check_report(c)


@pytest.mark.parametrize("kind", AT_ONCE)
def test_a_correction_replaces_and_is_not_asked_again(chat: MAKE, kind: str) -> None:
    """ "No, it was Tuesday in Bury" replaces when and where; neither is asked again."""
    c = chat()
    c(AT_ONCE[kind], type=kind)
    if c.asking == "summary":
        c("no it was Tuesday, in Bury", "correct")
    else:
        c("sorry, not there, it was on Tuesday in Bury", "correct")
    assert c.value("when")["from"].startswith("2026-11-17")
    assert c.value("location")["area"] == "Bury"
    finish(c)
    check_report(c)


def test_an_anonymous_report_holds_no_name(chat: MAKE) -> None:
    """Anonymity is honoured: not asked for contact, nothing of it in the report, even if typed."""
    c = chat()
    c(AT_ONCE["drug_dealing"], type="drug_dealing")
    c("my name is Sam Patel but keep me anonymous, 07700 900123", "answer")
    finish(c)
    report = schema.incident_report(c.desk, c.draft, [])
    assert report["anonymous"] is True
    assert not {"contact_name", "contact_phone", "contact_email"} & set(report["details"])
    assert "contact_details" not in c.draft["asked"]


def test_the_first_account_is_kept_word_for_word(chat: MAKE) -> None:
    """What was typed first stands in the report unchanged, spelling and all."""
    words = "sum1 robed me shed last nite in Leigh, tuk the mower  n that"
    c = chat()
    c(words, type="burglary_nondwelling")
    finish(c)
    assert c.draft["account"][0]["text"] == words


def test_summary_comes_before_sending_and_the_reference_once(chat: MAKE) -> None:
    """ "Send it" before the summary shows the summary; sending twice gives the same reference."""
    c = chat()
    c(SOME, type="burglary_dwelling")
    c("just send it", "confirm_send")
    assert c.asking == "summary" and c.draft["reference"] is None
    assert c.said[-1].endswith("?")
    c("Yes, send it", "confirm_send", payload={"name": "confirm_send", "values": {}})
    assert c.draft["reference"] == "GM-ACDE-FGHJ"
    filed = c.draft["filed_at"]
    assert "A person reads your report and decides how it is recorded" in c.text
    c("did it send? send it", "confirm_send")
    assert "GM-ACDE-FGHJ" in c.text and c.draft["filed_at"] == filed
    assert "GM-ACDE-FGHJ" in c.exempt


def test_send_now_is_offered_once_after_the_mandatory_questions(chat: MAKE) -> None:
    """The offer comes as soon as nothing mandatory is open, as a button, and once."""
    c = chat()
    c("My bike was taken from Sale yesterday. I'm Jo Smith 07700900456", type="bike_theft")
    assert questions.ready(c.draft) and "utter_enough_to_send" in c.says
    assert {"title": "Send it now", "payload": "/confirm_send"} in c.buttons
    c("why do you ask", "why")
    assert c.asking == "suspect_description" and "utter_enough_to_send" not in c.says


def test_what_we_concluded_is_shown_as_such(chat: MAKE) -> None:
    """The summary marks what nobody said."""
    c = chat()
    c(AT_ONCE["hate_crime"].replace("First time this happened. ", ""), type="hate_crime")
    c("just send it", "confirm_send")
    assert (
        "What it was about: race or ethnicity (we worked this out, tell us if it is wrong)"
        in c.text
    )


def test_changing_something_at_the_summary(chat: MAKE) -> None:
    """No to the summary asks what should be different; the answer is taken and read back."""
    c = chat()
    c(SOME, type="burglary_dwelling")
    c("send it", "confirm_send")
    c("Change something", "correct", payload={"name": "correct", "values": {}})
    assert c.asking == "change_what" and c.text.endswith("?")
    c("it was in Bolton", "answer")
    assert c.asking == "summary" and c.value("location")["area"] == "Bolton"


def test_skipped_and_unknown_answers_are_not_asked_again(chat: MAKE) -> None:
    """Every question can be skipped or not known; the report goes in all the same."""
    c = chat()
    c("been burgled", type="burglary_dwelling")
    for _ in range(14):
        if c.asking == "summary":
            break
        c("skip", "skip") if len(c.put) % 2 else c("dunno", "dont_know")
    assert c.asking == "summary" and len(c.put) == len(set(c.put))
    c("yes", "yes")
    assert c.draft["reference"]


def test_a_handler_s_detail_is_never_overwritten(chat: MAKE) -> None:
    """What a handler put right stays."""
    c = chat()
    c(AT_ONCE["burglary_dwelling"], type="burglary_dwelling")
    c.draft["details"]["location"].update(value="14 Hyde Road", source="operator")
    c("no it was 99 Ash Lane", "correct")
    assert c.value("location") == "14 Hyde Road"
