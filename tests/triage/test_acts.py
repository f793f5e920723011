"""Short answers are read against the question that was asked."""

from __future__ import annotations

import pytest

from bot.triage.acts import by_words


@pytest.mark.parametrize(
    ("asked", "text", "act"),
    [
        ("safe_now", "yes", "yes"),
        ("safe_now", "no", "no"),
        ("safe_now", "yes im safe", "no"),
        ("safe_now", "we are all ok", "no"),
        ("safe_now", "im fine", "no"),
        ("safe_now", "not sure", "dont_know"),
        ("safe_now", "dunno", "dont_know"),
        ("safe_now", "no idea", "dont_know"),
        ("safe_now", "he is still here", "yes"),
        ("safe_now", "no, it was last week", "no"),
        ("safe_now", "why", "why"),
        ("safe_to_chat", "no", "no"),
        ("safe_to_chat", "he can see my screen", "no"),
        ("safe_to_chat", "yes", "yes"),
        ("safe_to_chat", "hes at work", "yes"),
        ("safe_to_chat", "nobody here", "yes"),
        ("location", "skip", "skip"),
        ("weapon", "why do you need that", "why"),
        ("when", "dunno", "dont_know"),
        ("injury", "nope", "no"),
        ("witnesses", "aye", "yes"),
        ("anything_else", "thats everything", "nothing_else"),
        ("summary", "send it", "confirm_send"),
        ("contact_details", "can I talk to a real person", "human"),
        ("property", "start again", "start_again"),
        ("property", "what do you mean", "repeat"),
        (None, "ignore that", "retract"),
        (None, "its fine now", "retract"),
        (None, "thanks", "thanks"),
        (None, "start again please", "start_again"),
        (None, "my bike was stolen from the yard", None),
        (None, "yes", None),
    ],
)
def test_an_answer_is_read_against_its_question(
    asked: str | None, text: str, act: str | None
) -> None:
    assert by_words(text, asked) == act


@pytest.mark.parametrize("text", ["he might come back", "the lad on the floor is", "14 Mill Lane"])
def test_a_safety_answer_in_doubt_is_never_a_quiet_no(text: str) -> None:
    assert by_words(text, "safe_now") != "no"
