"""Short answers are read against the question that was asked."""

from __future__ import annotations

import pytest

from bot.triage import acts, bars
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


@pytest.mark.parametrize("text", ["just me", "me", "cctv yes", "dont send it yet"])
def test_the_report_is_sent_only_on_words_that_say_so(text: str) -> None:
    guess = {"yes": 0.6, "confirm_send": 0.3}
    found = acts.by_words(text, "summary") or acts.by_head(guess, "summary")
    assert found not in ("yes", "confirm_send", "nothing_else")


@pytest.mark.parametrize("text", ["its fine", "sounds right", "yh post it x", "looks good to me"])
def test_plain_words_of_consent_at_the_summary_send(text: str) -> None:
    assert acts.by_words(text, "summary") in ("yes", "confirm_send")


@pytest.mark.parametrize("text", ["no danger", "nobody's hurt", "not in danger no", "all safe"])
def test_nobody_in_danger_is_a_no_to_any_question(text: str) -> None:
    assert acts.says_no_danger(text)
    assert acts.by_words(text, "location") == "no"
    assert acts.by_words(text, "safe_now") == "no"


def test_no_danger_with_danger_behind_it_is_no_such_thing() -> None:
    assert not acts.says_no_danger("no one is hurt, hes still here")
    assert not acts.says_no_danger("no danger but hes outside")


@pytest.mark.parametrize(("text", "act"), [("لا", "no"), ("nie wiem", "dont_know"), ("👎", "no")])
def test_safety_questions_are_answered_in_other_languages(text: str, act: str) -> None:
    assert acts.by_words(text, "safe_to_chat") == act
    assert acts.by_words("maya", "contact_name") is None


@pytest.mark.parametrize("asked", ["safe_now"])
def test_an_opener_before_something_else_is_no_yes(asked: str) -> None:
    """ "Right ok" begins a new thought; it is not "yes, somebody is in danger"."""
    text = "right ok ill tell them. while im on somebody keyed my car on Monday night"
    assert by_words(text, asked) != "yes"
    assert by_words("ok yes", asked) == "yes"


@pytest.mark.parametrize(
    ("asked", "text", "act"),
    [
        ("safe_to_chat", "no shes upstairs sulking, shes safe. what do i do", "answer"),
        ("safe_to_chat", "no its not safe", "no"),
        ("safe_to_chat", "no im not ok here", "no"),
        ("safe_to_chat", "no", "no"),
        ("safe_to_chat", "no he can see my phone", "no"),
        ("safe_now", "she's at mine so she's safe", "no"),
        ("safe_now", "he is at the door", "yes"),
    ],
)
def test_whose_safety_a_no_speaks_of(asked: str, text: str, act: str) -> None:
    """A "no" that goes on to say who is safe silences nobody."""
    assert acts.by_words(text, asked) == act


def test_no_report_is_thrown_away_on_a_guess() -> None:
    assert acts.by_head({"start_again": 0.99, "answer": 0.01}, "summary") == "answer"


@pytest.mark.parametrize(("now", "level"), [(0.95, "now"), (0.7, "check"), (0.3, "none")])
def test_danger_beside_a_no_is_never_passed_over(now: float, level: str) -> None:
    """ "No, but I think he is coming back" is asked about again."""
    place = bars.where("no but i think he is coming back", "safe_now", False, "no")
    assert bars.bars_of(place, {}).level(now, now) == level
