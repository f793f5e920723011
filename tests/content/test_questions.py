"""Every question can be read by anyone, asked twice in different words, and explained."""

import itertools

import pytest

from bot.content import questions
from bot.content.guard import clean
from bot.content.loader import load
from bot.content.wording import problems

DETAILS = [
    "location",
    "when",
    "suspect_description",
    "injury",
    "weapon",
    "vehicle_reg",
    "property",
    "witnesses",
    "evidence",
    "victim_or_witness",
    "contact_name",
    "contact_phone",
    "contact_email",
    "anonymous",
    "safe_contact",
    "hate_motivation",
]
ALL = list(load().questions.values())


@pytest.mark.parametrize("question", ALL, ids=lambda q: q.id)
def test_a_question_asks_has_a_second_wording_and_a_reason(question):
    assert question.text.endswith("?") and question.again.endswith("?")
    assert question.text != question.again
    assert question.why.endswith(".") and "?" not in question.why


@pytest.mark.parametrize("question", ALL, ids=lambda q: q.id)
def test_the_words_pass_the_wording_tests_in_every_state(question):
    flags = itertools.product((False, True), (False, True), ("none", "check", "now"))
    for line in (question.text, question.again, question.why, *(c.title for c in question.choices)):
        assert clean(line)[1] == []
        for deaf, child, danger in flags:
            assert problems(line, deaf=deaf, child=child, protected=True, danger=danger) == []


def test_a_question_is_short_enough_for_a_phone():
    for question in ALL:
        assert len(question.text.split()) <= 30, question.id


def test_every_detail_of_the_contract_can_be_filled_by_a_question_that_is_put():
    put = {q for t in load().types.values() for q in (*t.asked, *t.may_ask)}
    for detail in DETAILS:
        assert set(questions.filling(detail)) & put, detail


def test_the_values_of_the_contract_are_the_values_of_the_choices():
    values = lambda q: {c.value for c in questions.get(q).choices}  # noqa: E731
    assert values("hate_motivation") == {
        "race", "religion", "disability", "sexual_orientation", "transgender", "other", "unknown"
    }  # fmt: skip
    assert values("victim_or_witness") == {"victim", "witness", "third_party"}
    assert {True, False} <= values("anonymous")


def test_old_names_of_details_are_gone():
    old = "where items vrm suspect_desc who_did_it role name phone email hate_strand cctv photos"
    assert not set(old.split()) & set(load().questions)


def test_a_title_is_given_for_a_value():
    assert questions.title("injury", "minor") == "Hurt, no treatment needed"
    assert questions.title("location", "Bury") == "Bury"


def test_the_safety_questions_have_the_words_of_the_safety_file():
    for question, says in (("safe_now", "ask_safe_now"), ("safe_to_chat", "ask_safe_to_chat")):
        assert questions.get(question).text == load().safety[says].text
        assert not questions.get(question).skippable
