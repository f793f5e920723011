"""Questions of the public find their topic, and every topic is said in words that are checked."""

import itertools

import pytest

from bot.content.answers import answer, find_topic, no_answer, rendered
from bot.content.guard import clean
from bot.content.loader import load
from bot.content.wording import problems

ASKED = [
    ("i want to complain about an officer who was rude", "adv_complaints"),
    ("how do i find out if my new boyfriend has a history of violence", "adv_clares_law"),
    ("whats clares law", "adv_clares_law"),
    ("is there a neighborhood watch round here", "adv_neighbourhood_watch"),
    ("home watch scheme in Urmston?", "adv_neighbourhood_watch"),
    ("any update on my burglary its been 3 weeks", "adv_updates_on_case"),
    ("why has nobody come out to me yet i rang tuesday", "adv_nobody_came"),
    ("still waiting for someone to come", "adv_nobody_came"),
    ("shud i ring 999 or 101 for this", "adv_999_when"),
    ("ive lost my purse in the arndale", "adv_lost_found"),
    ("what are my rights as a victim", "adv_victim_rights"),
    ("someone rang saying hes a detective and wants my bank card", "adv_is_caller_genuine"),
    ("where do i report a scam", "adv_fraud_report_fraud"),
    ("got burgled yesterday can i tidy up", "adv_burglary_after"),
    ("best way to lock my bike up in town", "adv_bike_security"),
    ("what is the community trigger", "adv_asb_case_review"),
    ("can i meet the lad who robbed me, restorative justice", "adv_restorative_justice"),
    ("how do i become a special constable", "adv_volunteering"),
    ("what time do fireworks have to stop", "adv_fireworks"),
    ("are e-scooters legal on the pavement", "adv_escooters"),
    ("can the police just stop and search me", "adv_stop_search"),
    ("am i talking to a robot", "adv_live_chat_how"),
    ("how can i make my house harder to burgle when im on holiday", "adv_home_security"),
    ("who is my local pcso", "adv_neighbourhood_team"),
    ("i need a crime number for my insurance", "adv_insurance_ref"),
]


@pytest.mark.parametrize(("text", "topic"), ASKED)
def test_a_question_in_the_publics_words_finds_its_topic(text, topic):
    found = find_topic(text, None)
    assert found is not None and found.id == topic


@pytest.mark.parametrize(
    "text", ["tell me a joke", "write me a poem about cats", "hello", "", "??", "can u help me"]
)
def test_small_talk_finds_no_topic(text):
    assert find_topic(text, None) is None


def test_the_type_leads_to_its_topic_when_the_words_do_not():
    found = find_topic("its about the thing from before", "case_update")
    assert found is not None and found.id == "adv_updates_on_case"


def test_a_child_gets_the_version_for_young_people():
    text = "they threaten to send my nudes"
    assert find_topic(text, None).id == "adv_sextortion"
    assert find_topic(text, None, child=True).id == "adv_sextortion_under18"
    assert find_topic(text + " and i'm 15", None).id == "adv_sextortion_under18"


def test_topics_that_are_answered_when_asked_are_never_led_to_by_a_type():
    for made in load().types.values():
        found = find_topic("xyzzy", made.id)
        assert found is None or not found.asked_only


@pytest.mark.parametrize("topic", list(load().topics.values()), ids=lambda t: t.id)
def test_every_topic_by_borough_and_state_passes_the_guard_and_the_wording_tests(topic):
    boroughs = (None, *load().force.boroughs)
    states = itertools.product((False, True), ("none", "check", "now"), (False, True))
    seen = set()
    for (deaf, danger, on_duty), borough in itertools.product(states, boroughs):
        lines = answer(topic, on_duty=on_duty, borough=borough, deaf=deaf, danger=danger)
        text = "\n".join(lines)
        if (text, deaf, danger) in seen:  # most topics read the same in every borough
            continue
        seen.add((text, deaf, danger))
        child = topic.audience == "under_18"
        assert clean(text) == (text, [])
        wrong = problems(text, deaf=deaf, danger=danger, on_duty=on_duty, child=child)
        assert wrong == [], (borough, deaf, danger)
        assert "{" not in text and "@" not in lines[0][:1]


@pytest.mark.parametrize("topic", list(load().topics.values()), ids=lambda t: t.id)
def test_an_answer_is_short_and_asks_nothing(topic):
    lines = rendered(topic)
    assert len(lines) <= 3
    for line in lines:
        assert "?" not in line
        assert len(line.split()) <= 75


def test_a_held_topic_says_so_names_who_has_and_offers_a_person():
    lines = answer(load().topics["adv_escooters"], on_duty=True)
    assert lines[0] == "I don't have a checked answer to that."
    assert any("101" in line for line in lines)
    assert "person" in lines[-1]
    held = [t for t in load().topics.values() if t.held]
    assert len(held) == 10 and not any(t.answer for t in held)


def test_the_offer_is_true_of_who_is_on_duty():
    topic = load().topics["adv_bike_security"]
    assert "ask for a person" in answer(topic, on_duty=True)[-1]
    assert "No one is here" in answer(topic, on_duty=False)[-1]
    assert "No one is here" in no_answer(on_duty=False)[-1]


def test_figures_are_said_with_their_date():
    for topic in load().topics.values():
        if topic.figures_date:
            assert topic.asked_only and topic.figures_date in " ".join(topic.answer)


def test_nobody_came_never_says_whether_or_when_an_officer_comes():
    text = " ".join(rendered(load().topics["adv_nobody_came"]))
    assert "999" in text and "complain" in text and problems(text) == []


def test_a_deaf_person_who_asks_about_silent_calls_never_reads_55():
    topic = load().topics["adv_silent_solution"]
    assert "55" in " ".join(rendered(topic))
    assert "55" not in " ".join(rendered(topic, deaf=True)).replace("55, ", "")
