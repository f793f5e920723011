"""What people say about the chat itself, and what they are told between two questions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.content import asked
from tests.actions.conftest import Chat

MAKE = Callable[..., Chat]
BURGLED = "my house was burgled last night while we were at my sisters, in by the back door"


def begun(chat: MAKE, **desk: object) -> Chat:
    """A burglary report with its first question open."""
    c = chat(**desk)
    c(BURGLED, type="burglary_dwelling")
    return c


@pytest.mark.parametrize(
    "text",
    [
        "r u a real person or nah",
        "is this a real person im talking to?",
        "will somebody actually read this or am i typing to a computer",
        "am i speaking to a robot here",
        "are you even human?",
        "who am i chatting to",
    ],
)
def test_who_asks_what_answers_here_is_told(chat: MAKE, text: str) -> None:
    """Plainly a machine; the question stays open, and nobody is queued for asking."""
    c = begun(chat)
    asking = c.asking
    c(text, "human", route="human")
    assert "automated" in c.text and c.asking == asking and c.said[-1].endswith("?")
    assert not any("queue" in want for want in c.wants)


@pytest.mark.parametrize(
    "text",
    [
        "are you a real person? id rather talk to one of them",
        "is this a bot, can i speak to a human please",
    ],
)
def test_who_asks_for_a_person_as_well_gets_the_line(chat: MAKE, text: str) -> None:
    """Told that it is a machine, and put before a person."""
    c = begun(chat)
    c(text, "human", route="human")
    assert "automated" in c.text and c.wants[-1]["queue"]["level"] == "person"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("are you a robot", ["utter_automated_on_duty"]),
        ("will somebody actually read this", ["utter_automated_on_duty"]),
        ("will he know its me", ["utter_no_name_in_it", "asked_will_they_know"]),
        ("will my name be on it", ["utter_no_name_in_it", "asked_will_they_know"]),
        ("can he see this chat", ["exit_caveat", "asked_phone_watched"]),
        ("how many more questions", ["utter_how_many"]),
        ("how long is this going to take", ["utter_how_many"]),
    ],
)
@pytest.mark.parametrize("act", ["answer", "question", "human", "frustrated", "why", "dont_know"])
def test_words_about_the_chat_are_answered_once(
    chat: MAKE, text: str, answer: list[str], act: str
) -> None:
    """By one answer, whatever the message is read as; it is no answer to the open question."""
    c = begun(chat)
    asking, held = c.asking, dict(c.draft["details"])
    c(text, act, route="human" if act == "human" else "advice")
    assert c.says == [*answer, f"ask_{asking}"]
    assert c.draft["details"] == held
    assert not any("queue" in want for want in c.wants)


def test_a_report_beside_the_question_is_taken(chat: MAKE) -> None:
    """Who answers is told, and what happened is not lost."""
    c = chat()
    c("is this a real person? my bike was stolen last night from town", type="bike_theft")
    assert c.says[0] == "utter_automated_on_duty" and c.draft["account"] and c.asking


def test_a_bare_question_begins_no_report(chat: MAKE) -> None:
    """Even where it is read as one."""
    c = chat()
    c("are you a real person", "answer", type="other_report")
    assert c.says == ["utter_automated_on_duty"] and c.draft["stage"] == "idle"


def test_two_questions_in_one_message_are_both_answered(chat: MAKE) -> None:
    """The first does not swallow the second, and nobody is queued for asking."""
    c = begun(chat)
    c("are you a bot? and will an officer come out", "human", route="human")
    assert c.says[:2] == ["utter_automated_on_duty", "utter_what_next"]
    assert not any("queue" in want for want in c.wants)


def test_a_wish_for_a_person_is_met_though_it_names_the_bot(chat: MAKE) -> None:
    """One plain word about who answers, then the line."""
    c = begun(chat)
    c("real person please", "human", route="human")
    assert c.says[:2] == ["utter_automated_only", "person_asked"]


def test_with_nobody_here_and_no_report_open_a_report_is_offered(chat: MAKE) -> None:
    """Said once that no one is here; in a report there is nothing to offer."""
    c = chat(on_duty=False)
    c("are you a real copper or a robot", route="social")
    assert c.says == ["utter_automated_only", "asked_who_answers"]
    assert c.text.count("No one is here") == 1 and "leave a report" in c.text
    c = begun(chat, on_duty=False)
    c("are you a real copper or a robot", route="social")
    assert c.says[0] == "utter_automated" and "leave a report" not in c.text


def test_with_nobody_here_a_wish_for_a_person_is_told_so_once(chat: MAKE) -> None:
    """By the words about the line, not by the words about the bot."""
    c = chat(on_duty=False)
    c("can i talk to a real person please", route="human")
    assert c.says[0] == "utter_automated_only" and c.text.count("No one is here") == 1


def test_with_the_gateways_question_open_a_watched_phone_is_answered_at_once(chat: MAKE) -> None:
    """The rest waits, and nothing is said twice."""
    c = chat(protected=True, safety_asked=True, danger="check")
    c("can he see this chat", "question", route="advice", type="domestic_abuse")
    assert c.says == ["exit_caveat", "asked_phone_watched"] and "pending" not in c.draft
    c("can he see this chat? and do i need to make a statement", "question", route="advice")
    assert c.says == ["exit_caveat", "asked_phone_watched"]
    c("yes", "yes", safety_asked=False, check_answer="no", queued=True)
    assert c.says[0] == "asked_court" and "exit_caveat" not in c.says


def test_what_is_asked_is_looked_for_once_in_a_turn(
    chat: MAKE, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many look at it."""
    c, calls, find = begun(chat), [], asked.find
    monkeypatch.setattr(asked, "find", lambda *about: calls.append(about) or find(*about))
    for text, act in (
        ("will an officer come out", "human"),
        ("do penguins have knees", "question"),
    ):
        calls.clear()
        c(text, act, route="human" if act == "human" else "advice")
        assert len(calls) == 1


@pytest.mark.parametrize(
    "text",
    [
        "gimme a sec got a customer",
        "hang on",
        "one min please",
        "brb",
        "hold on, someones at the door",
    ],
)
def test_who_needs_a_moment_gets_it(chat: MAKE, text: str) -> None:
    """Not taken for an answer, and not asked again at once."""
    c = begun(chat)
    asking, held = c.asking, dict(c.draft["details"])
    c(text, "answer")
    assert c.says == ["utter_take_your_time"]
    assert c.asking == asking and c.draft["details"] == held


@pytest.mark.parametrize("text", ["wait it was tuesday not monday", "one sec later he hit me"])
def test_what_tells_something_is_no_pause(chat: MAKE, text: str) -> None:
    """The words go their ordinary way."""
    c = begun(chat)
    c(text, "answer")
    assert "utter_take_your_time" not in c.says


def test_the_first_account_gets_one_plain_word(chat: MAKE) -> None:
    """Once, before the first question; information is thanked for."""
    c = begun(chat)
    assert c.says[0] == "utter_heard"
    c("12 Moss Lane, Timperley", "answer")
    assert "utter_heard" not in c.says
    told = chat()
    told("off road bikes tear up the park behind plank lane all week", type="asb_vehicle_bikes")
    assert told.says[0] == "utter_heard_information"


def test_sad_words_later_get_a_word_too(chat: MAKE) -> None:
    """Never twice running."""
    c = begun(chat)
    c.seq += 10
    c("my late mums ring was in it, im heartbroken", "answer")
    assert c.says[0] == "utter_heard_hard"
    c("i keep thinking about it", "answer")
    assert "utter_heard_hard" not in c.says


def test_nobody_in_danger_is_left_without_a_word(chat: MAKE) -> None:
    """Where the gateway said nothing the bot says that it is kept; 999 once."""
    desk = {"danger": "now", "peak": "now", "told_999": "told", "queued": True}
    c = chat(**desk, safety_said=False)
    c.draft["details"]["where_now"] = {"said": "", "value": "x", "source": "said", "seq": 1}
    c("theyve got the telly", "answer")
    first = list(c.says)
    c("and the car keys", "answer")
    assert first == ["utter_in_chat", "line_999"]
    assert c.says == ["utter_in_chat"]
    spoken = chat(**desk, safety_said=True)
    spoken.draft["details"]["where_now"] = {"said": "", "value": "x", "source": "said", "seq": 1}
    spoken("theyve got the telly", "answer")
    assert spoken.silent


@pytest.mark.parametrize(
    "text",
    [
        "ive told you this twice",
        "i already said that",
        "read what i wrote",
        "you keep asking me the same thing",
        "told u already ffs",
    ],
)
def test_what_was_told_is_not_asked_again(chat: MAKE, text: str) -> None:
    """The question is left, the next one comes."""
    c = begun(chat)
    asking = c.asking
    c(text, "frustrated", route="social")
    assert c.says[0] == "utter_sorry_told" and c.asking != asking
    assert asking in c.draft["skipped"]


def test_how_many_more_is_answered(chat: MAKE) -> None:
    """With a number that is true."""
    c = begun(chat)
    c("how many more questions jesus", "frustrated", route="social")
    assert c.says[0] == "utter_how_many"


@pytest.mark.parametrize(
    "text",
    ["Will someone come out to look?", "are the police going to come round", "is somebody coming"],
)
def test_who_asks_whether_someone_comes_asks_for_no_person(chat: MAKE, text: str) -> None:
    """One plain answer without a promise, and the open question again."""
    c = begun(chat)
    c(text, "human", route="human")
    assert c.says[0] == "utter_what_next" and c.said[-1].endswith("?")


@pytest.mark.parametrize(
    "text",
    [
        "can they find out it was me?",
        "if my name ends up on this im done for",
        "will he know its me",
        "could they work out who reported it",
    ],
)
def test_who_fears_to_be_known_is_told_of_anonymity(chat: MAKE, text: str) -> None:
    """What it means here; the question stays open."""
    c = chat()
    c("theres dealing in our stairwell every night", type="drug_dealing")
    c(text, "question", route="advice")
    assert c.says[0] == "utter_no_name_in_it" and c.said[-1].endswith("?")


@pytest.mark.parametrize(
    "text",
    ["what if he finds this on my phone", "can he see the chat after", "he might check my history"],
)
def test_who_fears_a_watched_phone_is_told_what_exit_does(chat: MAKE, text: str) -> None:
    """The fixed sentence, and no promise."""
    c = chat(protected=True, check_answer="no")
    c("my husband keeps my bank card and reads my phone", type="coercive_control")
    c(text, "frustrated", route="human")
    assert c.says[0] == "exit_caveat"


def test_a_correction_shows_what_it_changed_and_not_the_rest(chat: MAKE) -> None:
    """At the summary; the whole was read already."""
    c = begun(chat)
    c("12 Moss Lane, Timperley", "answer")
    c.draft["skipped"] += ["property", "contact_details"]
    c("send it", "confirm_send")
    assert c.asking == "summary"
    c("it was 14 Moss Lane, Timperley", "correct")
    assert c.says[0] == "utter_summary_changed" and "14 Moss Lane" in c.said[1]
    assert "What happened" not in c.text and c.asking == "summary"


def test_that_is_changed_is_said_only_when_it_is(chat: MAKE) -> None:
    """A correction that no detail holds stands in the account, and that is said."""
    c = begun(chat)
    c("12 Moss Lane, Timperley", "answer")
    c("oh wait its not the hp its the old one", "correct")
    assert c.says[0] == "utter_noted"
    assert any("old one" in entry["text"] for entry in c.draft["account"])
