"""The wording tests catch what they are for, and let plain words through."""

import pytest

from bot.content.wording import asks, problems, title_problems

ALWAYS = [
    "A person will call you back.",
    "An officer will attend today.",
    "Someone from our team will be in touch.",
    "Police are on their way.",
    "We will ring you soon.",
    "Someone is on the way to you now.",
    "That is usually civil.",
    "It is just a form.",
    "That is not a crime.",
    "Did you lock the door?",
    "Why did you go back?",
    "You should have told us.",
    "Here is your crime number.",
    "They will not come.",
    "It has to be worth more than £200.",
    "What is your immigration status?",
    "He may commit suicide.",
    "Press 55.",
    "Call 999 then press 55.",
    "People on duty here have been asked to take this chat.",
    "Use our online form.",
]


@pytest.mark.parametrize("line", ALWAYS)
def test_a_forbidden_line_is_caught(line):
    assert problems(line)


@pytest.mark.parametrize(
    "line", ["You are number 4 in the queue.", "Goodbye.", "We are in high demand."]
)
def test_no_queue_number_or_goodbye_while_danger_is_open(line):
    assert problems(line, danger="check") and problems(line, danger="now")
    assert problems(line) == []


@pytest.mark.parametrize(
    "line", ["Call 101.", "Ring the bank.", "Victim Support: 0808 16 89 111", "101"]
)
def test_a_deaf_person_gets_no_call_and_no_bare_number(line):
    assert problems(line, deaf=True)


@pytest.mark.parametrize(
    "line",
    [
        "Use 999 BSL or 18000.",
        "Relay UK: 18001 0808 16 89 111",
        "text 61016",
        "If registered, text 999.",
    ],
)
def test_a_deaf_person_gets_relay_text_and_bsl(line):
    assert problems(line, deaf=True) == []


@pytest.mark.parametrize(
    "line",
    [
        "Tell your mum or dad.",
        "We can keep it a secret.",
        "You broke the law.",
        "You won't be in trouble.",
        "Please keep the picture.",
    ],
)
def test_a_child_is_never_told_these(line):
    assert problems(line, child=True)


def test_with_danger_now_there_is_one_helpline_and_999_before_it():
    assert problems("Samaritans: phone 116 123", danger="now")
    assert problems("999. Samaritans 116 123, Victim Support 0808 16 89 111", danger="now")
    assert problems("Call 999. Samaritans listen on 116 123.", danger="now") == []


def test_people_on_duty_may_be_named_while_they_are():
    line = "People on duty here have been asked to take this chat."
    assert problems(line, on_duty=True) == [] and problems(line)


def test_the_one_sentence_about_crime_numbers_is_allowed():
    assert problems("A person reads it. If it is a crime, you get a crime number then.") == []


def test_titles_carry_no_subject_in_protected_mode():
    assert title_problems("Report domestic abuse") and title_problems("Chat") == []


def test_a_line_that_asks_ends_in_a_question_mark():
    assert asks("Where was it? ") and not asks("Tell us where it was.")
