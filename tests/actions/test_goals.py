"""Everything beside the report itself: people, danger, protection, answers, signposts, repairs."""

# ruff: noqa: E501 - what people type stands on one line

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.content.wording import problems
from bot.report import outcome

MAKE = Callable[..., Any]
BURGLED = "Our house in Gorton was broken into last night, they took my laptop"


@pytest.mark.parametrize("on_duty", [True, False])
def test_a_person_can_be_asked_for_at_every_point(chat: MAKE, on_duty: bool) -> None:
    """ "I want a person" asks for the queue at each stage; the report goes on; the words are true."""
    for before in ([], [BURGLED], [BURGLED, "skip"]):
        c = chat(on_duty=on_duty)
        for i, text in enumerate(before):
            c(text, None if i == 0 else "skip", type="burglary_dwelling")
        asking = c.asking
        c("can i talk to a person", "human", route="human")
        assert c.wants[-1]["queue"]["level"] == "person"
        assert c.asking == asking
        assert not any(problems(line, on_duty=on_duty) for line in c.said)
        assert ("No one is here to read this now." in c.text) is (not on_duty)


@pytest.mark.parametrize(
    "kind",
    ["domestic_abuse", "sexual_offence_recent", "stalking", "online_grooming_cse", "child_neglect"],
)
def test_protected_types_get_at_most_three_safe_questions(chat: MAKE, kind: str) -> None:
    """The first three safe questions, a place in the line from the first word, nothing more."""
    c = chat(protected=True, danger="check", safety_asked=True)
    c("he keeps hurting me and i dont know what to do", type=kind, danger="check")
    assert c.silent and not c.said, "the gateway's question is the open one"
    assert c.wants[0]["queue"]["level"] == "protected"
    c("yes", "yes", safety_asked=False, queued=True, check_answer="no")
    for _ in range(8):
        c("i am not sure what to say", "answer")
    assert len(c.put) <= 3
    assert not {"contact_details", "what_happened", "suspect_description"} & set(c.put)
    assert "utter_enough_to_send" not in c.says and c.draft["reference"] is None


def test_a_suspect_is_asked_nothing_about_the_offence(chat: MAKE) -> None:
    """Who may write about their own offence goes to a person; one safety question at most."""
    c = chat(suspect=True, danger="check", safety_asked=True)
    c(
        "i hit her last night and i want to hand myself in",
        route="human",
        type="own_offence_or_wanted",
        danger="check",
    )
    assert c.wants[0]["queue"]["level"] == "type"
    c("no", "no", safety_asked=False, check_answer="no", queued=True)
    for text in ("she was screaming at me", "it was with a bat"):
        c(text, "answer")
        assert "?" not in c.text
    assert c.put == []
    assert c.draft["account"][0]["text"].startswith("i hit her")


def test_danger_now_leaves_only_safety_questions(chat: MAKE) -> None:
    """With danger `now` the bot asks where, once, and is otherwise silent; 999 is not said again."""
    c = chat(danger="now", peak="now", told_999="told")
    c(
        "theres a man with a knife outside",
        route="emergency",
        type="emg_firearm_knife",
        danger="now",
    )
    assert c.wants[0]["queue"]["level"] == "danger"
    assert c.put == ["where_now"] and "999" not in c.text
    c("tesco in hyde", "answer", queued=True)
    assert c.silent and not c.said
    assert c.value("location")["area"] == "Hyde"


def test_while_the_gateway_asks_the_bot_asks_nothing(chat: MAKE) -> None:
    """The gateway's own question is the only one; the report goes on after its answer."""
    c = chat(safety_asked=True, danger="check")
    c("just come home and the door is kicked in", type="burglary_dwelling", danger="check")
    assert c.silent and not c.said
    c("no", "no", safety_asked=False, check_answer="no")
    assert c.value("safe_now") == "no"
    assert c.asking and c.asking != "safe_now" and c.text.endswith("?")


def test_yes_to_the_bots_own_safety_question_tells_999(chat: MAKE) -> None:
    """Should the bot have asked, a yes is never left without 999 and a place in the line."""
    c = chat()
    c("burglary", type="burglary_dwelling")
    assert c.asking == "safe_now"
    c("Yes", "yes")
    assert "999" in c.text and c.wants[-1]["queue"]["level"] == "danger"


def test_a_withdrawn_report_is_not_called_cancelled(chat: MAKE) -> None:
    """After it was sent only a person can deal with a withdrawal."""
    c = chat()
    c.draft.update(reference="GM-ACDE-FGHJ", stage="sent")
    c("cancel it please", "cancel")
    assert c.wants[-1]["queue"]["why"] == "wants to withdraw a report"
    assert "cancel" not in c.text.lower()


def test_cancel_before_sending_sends_nothing(chat: MAKE) -> None:
    """Stopping ends the report; nothing has been sent and that is said."""
    c = chat()
    c(BURGLED, type="burglary_dwelling")
    c("forget it", "cancel")
    assert c.draft["stage"] == "idle" and c.asking is None and "Nothing has been sent" in c.text


def test_a_retraction_with_danger_is_answered_by_the_gateway_alone(chat: MAKE) -> None:
    """ "Ignore that" lowers nothing and deletes nothing; the bot is silent."""
    c = chat(danger="now", peak="now")
    c(BURGLED, route="emergency", type="burglary_dwelling", danger="now")
    held = dict(c.draft["details"])
    c("ignore that my friend typed it", "retract")
    assert c.silent and not c.said and c.draft["details"] == held


def test_a_question_in_between_comes_back_to_the_open_one(chat: MAKE) -> None:
    """An answer from the content, then the open question again; the topic is remembered."""
    c = chat()
    c(BURGLED, type="burglary_dwelling")
    asking = c.asking
    c("can i clean up before you look", "question", route="advice")
    assert "adv_burglary_after" in c.draft["answered"]
    assert c.says[-1] == f"ask_{asking}" and c.said[-1].endswith("?")


def test_the_borough_is_asked_before_a_council_is_named(chat: MAKE) -> None:
    """One council, not ten: the borough first, then the signpost, and no question after it."""
    c = chat()
    c("my bins have not been collected for weeks", route="other_agency", type="council_environment")
    assert c.asking == "borough"
    c("Bolton", "answer")
    assert "Bolton Council" in c.text and c.asking is None
    assert c.draft["answered"][0] == "council_bolton"
    assert outcome.disposition(c.desk, c.draft) == "signposted"


def test_not_understood_twice_asks_for_a_person(chat: MAKE) -> None:
    """The second time is worded otherwise and asks for the queue; an understood turn resets it."""
    c = chat()
    first = c("asdf", route="out_of_scope")
    second = c("qwer", route="out_of_scope")
    assert first != second and c.wants[-1]["queue"]["level"] == "cannot_handle"
    c = chat()
    c("asdf", route="out_of_scope")
    c("hello", route="social")
    c("qwer", route="out_of_scope")
    assert not c.wants


def test_repeat_uses_a_second_wording(chat: MAKE) -> None:
    """ "Say again" asks the same question in other words."""
    c = chat()
    first = c(BURGLED, type="burglary_dwelling")[-1]
    again = c("what do you mean", "repeat")[-1]
    assert first != again and again.endswith("?")


def test_start_again_keeps_the_account_and_nothing_else(chat: MAKE) -> None:
    """The details go, what was written stays."""
    c = chat()
    c(BURGLED, type="burglary_dwelling")
    c("start again", "start_again")
    assert c.draft["details"] == {} and c.draft["account"][0]["text"] == BURGLED


def test_no_goodbye_while_something_is_open(chat: MAKE) -> None:
    """Thanks in a report goes back to its question; with a cue open there is no goodbye."""
    c = chat()
    c(BURGLED, type="burglary_dwelling")
    c("thanks", "thanks")
    assert c.text.endswith("?")
    c = chat(danger="check")
    c("thanks", "thanks", danger="check")
    assert not any(problems(line, danger="check") for line in c.said)


def test_a_handler_in_the_chat_silences_the_bot(chat: MAKE) -> None:
    """Details are filled in, nothing is said."""
    c = chat(owner="operator:7")
    c(BURGLED, type="burglary_dwelling")
    assert c.silent and not c.said and c.value("property") == "laptop"


def test_a_deaf_person_reads_no_word_of_calling(chat: MAKE) -> None:
    """Handoff and danger words have their deaf version."""
    c = chat(deaf=True, on_duty=False)
    c("i need a person", "human", route="human")
    assert not any(problems(line, deaf=True) for line in c.said)


def test_without_a_desk_the_dialogue_still_works(chat: MAKE) -> None:
    """In `rasa shell` there is no draft, no desk and no reading: a draft is made, 999 is said."""
    c = chat()
    c.draft, c.desk = None, {}
    c("he has a knife", route="emergency", danger="now")
    assert "999" in c.text and c.draft["reference_next"].startswith("GM-")


def test_every_line_has_its_says(chat: MAKE) -> None:
    """Design decision 11: each machine line carries its response name."""
    c = chat()
    c(BURGLED, type="burglary_dwelling")
    c("send it", "confirm_send")
    c("yes", "yes")
    assert c.says and all(c.says) and len(c.says) == len(c.said)


def test_who_waits_for_a_person_stands_in_the_line(chat: MAKE) -> None:
    """A chat made protected by a cue: people are asked before it is said that they were."""
    c = chat(protected=True)
    c("someone smashed my window, hes watching me type", type="criminal_damage")
    for _ in range(4):
        c("skip", "skip")
    assert c.wants and c.wants[-1]["queue"]["level"] == "protected"
    assert "People on duty here have been asked" in c.text or c.says == ["utter_kept"]


def test_a_question_that_met_the_gateways_is_answered_after_it(chat: MAKE) -> None:
    """Clare's law asked in a chat that turns protected: first the safe question, then the answer."""
    c = chat(protected=True, safety_asked=True)
    c("how do i ask about my new boyfriend under clares law", route="advice", type="domestic_abuse")
    assert c.silent and not c.said
    c("yes", "yes", safety_asked=False)
    assert "adv_clares_law" in c.says


def test_at_the_summary_dont_know_and_send_it_come_to_an_end(chat: MAKE) -> None:
    """Neither answer goes round in circles: asked again in other words, then sent."""
    c = chat()
    c(BURGLED, type="burglary_dwelling")
    c("send it", "confirm_send")
    first = c.said[-1]
    c("don't know, nothing else to add", "dont_know")
    assert c.asking == "summary" and c.said[-1] != first
    c("no", "no")
    assert c.asking == "change_what"
    c("oh just send it", "confirm_send")
    assert c.draft["reference"]


def test_who_asked_for_a_person_on_duty_is_not_pressed(chat: MAKE) -> None:
    """The question stays open and is not put again; with nobody here the report goes on."""
    c = chat(on_duty=True)
    c(BURGLED, type="burglary_dwelling")
    c("i want a person", "human", route="human")
    assert c.asking and "?" not in c.text
    c = chat(on_duty=False)
    c(BURGLED, type="burglary_dwelling")
    c("i want a person", "human", route="human")
    assert c.text.endswith("?")


def test_staying_anonymous_is_explained_once(chat: MAKE) -> None:
    """What to leave out and the surer way (Crimestoppers), said one time."""
    c = chat()
    c("dealing on our road, I don't want to give my name", type="drug_dealing")
    assert "Crimestoppers" in c.text
    c("Ash Lane in Hyde", "answer")
    assert "Crimestoppers" not in c.text


def test_a_loose_place_is_asked_for(chat: MAKE) -> None:
    """ "My shed" says what sort of place; the street is asked for, and asked once."""
    c = chat()
    c("someone smashed up my garden last night", type="criminal_damage")
    assert c.asking == "location"
    c("8 Lime Grove, Denton", "answer")
    assert c.value("location")["road"] == "8 Lime Grove" and c.put.count("location") == 1
