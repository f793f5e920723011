"""What people ask back is known by its words, and each answer keeps the wording rules."""

import itertools

import pytest

from bot.content import asked
from bot.content.guard import clean
from bot.content.loader import load
from bot.content.wording import problems

EVERY = [*load().asked.values(), *load().follow_ups.values()]


def facts(
    *kinds: str,
    protected: bool = False,
    danger: str = "none",
    suspect: bool = False,
    left: int = 0,
):
    return asked.Facts(asked.kinds(*kinds), protected, danger, True, suspect, left)


ASKED = [
    # this chat
    ("are you a real person", "theft_general", "asked_who_answers"),
    ("is this a real person im talking to?", "theft_general", "asked_who_answers"),
    ("r u a bot or wot", "assault", "asked_who_answers"),
    (
        "will somebody actually read this or am i typing to a computer",
        "assault",
        "asked_who_answers",
    ),
    ("who gets to see all this", "burglary_dwelling", "asked_who_sees"),
    ("is this confidential", "assault", "asked_who_sees"),
    ("what if he finds this on my phone", "domestic_abuse", "asked_phone_watched"),
    ("will it show up in my history", "coercive_control", "asked_phone_watched"),
    ("can you see where i am", "assault", "asked_where_am_i"),
    ("how many more questions are there", "assault", "asked_how_many_questions"),
    ("theres a smell of gas in our hallway is that you", "arson", "asked_gas"),
    ("think its leaking gas by the meter", None, "asked_gas"),
    ("what about my driving licence", "lost_property", "asked_licence"),
    ("do them signal pouches do owt", None, "asked_keyless"),
    ("i used the same phone to ring them back, does that matter", "fraud", "asked_same_phone"),
    ("can you look it up for me", "case_update", "asked_look_up"),
    ("did you get that?", "assault", "asked_received"),
    # name, and who finds out
    ("do I have to give my name", "drug_dealing", "asked_give_name"),
    ("can i do this anonymously?", "drug_dealing", "asked_give_name"),
    ("what u need my number for", "vehicle_theft_from", "asked_why_contact"),
    ("why d'you need MY name its the shops stuff", "shoplifting", "asked_why_contact"),
    ("will he know it was me", "drug_dealing", "asked_will_they_know"),
    ("can they find out it was me? i live dead near", "drug_dealing", "asked_will_they_know"),
    ("could this get traced back to me", "drug_dealing", "asked_will_they_know"),
    ("will you tell my school", "intimate_images", "asked_tell_others"),
    ("will my mum find out", "blackmail", "asked_tell_others"),
    # the report
    ("does this even count?", "hate_crime", "asked_right_to_tell"),
    ("am i making a fuss about nothing", "asb_nuisance", "asked_right_to_tell"),
    ("Will an officer come round?", "assault", "asked_what_next"),
    ("what happens next", "criminal_damage", "asked_what_next"),
    ("how long will it take", "criminal_damage", "asked_what_next"),
    ("is someone gona turn up at my door?", "drug_dealing", "asked_what_next"),
    ("is he gona get nicked for it tho?", "assault", "asked_outcome_for_them"),
    ("will they put the dog down?", "dangerous_dog", "asked_outcome_for_them"),
    ("Will Ben have to go to court?", "hate_crime", "asked_court"),
    ("do i need to make a statement", "assault", "asked_court"),
    ("Has anyone else reported him?", "stalking", "asked_other_reports"),
    ("is he known to you", "assault", "asked_other_reports"),
    ("will i get my bike back", "bike_theft", "asked_property_back"),
    ("will i get my money back", "fraud", "asked_money_back"),
    ("do i get a reference for the insurance", "vehicle_theft", "asked_number"),
    (
        "Do I need to do two of these or does this one cover both?",
        "shoplifting",
        "asked_two_reports",
    ),
    ("is that one reference or two", "vehicle_theft", "asked_two_reports"),
    ("can i add more later", "assault", "asked_add_later"),
    ("what if i remember something else tomorrow", "assault", "asked_add_later"),
    ("is it too late to report it", "assault", "asked_too_late"),
    ("how long have i got to report something", "criminal_damage", "asked_too_late"),
    ("is it too late to test for it?", "spiking", "asked_test_for_spiking"),
    ("is it my fault", "sexual_offence_recent", "asked_fault"),
    # what to do now
    ("shud i go look", "burglary_dwelling", "asked_go_and_look"),
    ("shall i go and get it?", "phone_theft", "asked_go_and_look"),
    ("can i follow him", "shoplifting", "asked_go_and_look"),
    ("should i go out and look for her", "missing_person", "asked_look_for_missing"),
    ("should i buy it back", "bike_theft", "asked_buy_back"),
    ("shud i just pay him", "blackmail", "asked_pay_blackmail"),
    ("should i have a shower", "sexual_offence_recent", "asked_wash"),
    ("do i have to be examined", "sexual_offence_recent", "asked_own_choice"),
    ("do i delete his texts", "harassment", "asked_delete"),
    ("Can we tidy up yet?", "burglary_dwelling", "asked_touch_burglary"),
    ("can i clean the paint off", "criminal_damage", "asked_touch"),
    ("is it ok to sweep up the glass", "vehicle_damage", "asked_touch"),
    ("is that enough evidence?", "harassment", "asked_evidence"),
    ("i've got no proof", "hate_crime", "asked_evidence"),
    ("Should I ring the bank or do you do that?", "fraud", "asked_bank"),
    ("is it you or action fraud", "fraud", "asked_report_fraud"),
    ("do i forward the text somewhere", "fraud", "asked_scam_text"),
    ("who even pays for the board up btw", "criminal_damage", "asked_who_pays"),
    ("do i need to tell someone shes back", "missing_person", "asked_come_back"),
    ("do i need to go hospital", "assault", "asked_doctor"),
    ("is it safe to go back in the house", "burglary_dwelling", "asked_safe_to_go_back"),
    ("how do i block it", "phone_theft", "asked_block_phone"),
]


@pytest.mark.parametrize(("text", "kind", "expected"), ASKED)
def test_a_question_back_is_known(text, kind, expected):
    assert expected in [back.id for back in asked.find(text, facts(kind))]


@pytest.mark.parametrize(
    "text",
    [
        "he said he will find me and he knows where i live",
        "it was about 6 in the evening outside the chippy in bolton",
        "they came back again and smashed the window, they were real quick",
        "i rang the bank and they blocked my card",
        "my name is Dawn Kerr, 07700 900123",
        "a white van, two men, one in a hi vis",
        "no nobody was hurt and nobody saw it",
        "i washed the car on sunday and noticed the scratch",
        "the police came out last week about the same lads",
        "got a text off evri saying pay 1.45 for redelivery, is it real",
        "he keeps turning up at my work and waiting outside",
        "yes i can give a description, tall with a beard",
    ],
)
def test_what_is_told_is_not_taken_for_a_question(text):
    assert asked.find(text, facts("theft_general")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("are you a real person or a bot", ["asked_who_answers"]),
        ("does a human read this", ["asked_who_answers"]),
        ("is anybody reading this", ["asked_who_answers"]),
        ("who am i typing to", ["asked_who_answers"]),
        ("will anyone see this", ["asked_who_sees"]),
        ("can they see this", ["asked_who_sees"]),
        ("who will see this", ["asked_who_sees"]),
        ("what if he finds this on my phone", ["asked_phone_watched"]),
        ("he might check my history", ["asked_phone_watched"]),
        ("will this show up on my phone", ["asked_phone_watched"]),
        ("can they find out it was me?", ["asked_will_they_know"]),
        ("if my name ends up on this im done for", ["asked_will_they_know"]),
        ("do i have to give my name? will he know it was me", ["asked_will_they_know"]),
        ("is my name needed", ["asked_give_name"]),
        ("how many more questions are there", ["asked_how_many_left"]),
        ("how much longer", ["asked_how_many_left"]),
        ("any more questions or is that it", ["asked_how_many_left"]),
        ("how long is this going to take", ["asked_how_long_left"]),
        ("how long will it take", ["asked_what_next"]),
        ("why so many questions", ["asked_how_many_questions"]),
        ("who am i talking to and who will see this", ["asked_who_answers", "asked_who_sees"]),
        ("can you look at the cctv on this", ["asked_ask_for_cctv"]),
    ],
)
def test_one_question_gets_one_answer(text, expected):
    assert [back.id for back in asked.find(text, facts("drug_dealing", left=3))] == expected


@pytest.mark.parametrize(
    "text",
    [
        "he was talking to a person outside the shop",
        "he was speaking to an officer yesterday",
        "all thats missing is my computer",
        "is it the same person who came last time",
        "if someone finds my phone can you let me know",
        "can you check this phone number",
        "ive got more questions",
        "how many more times do i have to tell you",
        "he reads my messages and checks my phone",
    ],
)
def test_what_tells_something_is_not_taken_for_words_about_the_chat(text):
    found = asked.find(text, facts("assault", left=3))
    assert not any(asked.alone(back, text) for back in found)


def test_with_no_question_left_none_is_counted():
    assert [b.id for b in asked.find("how long is this going to take", facts("assault"))] == [
        "asked_what_next"
    ]


def test_in_any_danger_nobody_is_told_to_leave_out_who_they_are():
    check = asked.find("will he know its me", facts("assault", danger="check"))
    assert [b.id for b in check] == ["asked_will_they_know_danger"]
    assert not check[0].response


def test_a_victim_at_home_who_asks_whether_they_see_it_hears_of_the_device():
    found = asked.find("can they see this", facts("domestic_abuse", protected=True))
    assert [b.safety for b in found] == ["exit_caveat"]


def test_two_questions_are_both_met_and_never_more():
    found = asked.find(
        "will an officer come out? and can i tidy up? and are you a robot",
        facts("burglary_dwelling"),
    )
    assert len(found) == asked.MOST


def test_who_may_be_a_suspect_is_told_nothing_but_what_this_chat_is():
    about = facts("own_offence_or_wanted", suspect=True)
    assert [b.id for b in asked.find("are you a robot", about)] == ["asked_who_answers"]
    assert asked.find("what will happen to me, will i go to court", about) == []


def test_a_victim_at_home_is_not_told_to_leave_out_her_name():
    found = asked.find("will he know its me", facts("domestic_abuse", protected=True))
    assert [b.id for b in found] == ["asked_will_they_know_safe"]


def test_in_danger_only_what_helps_in_danger_is_said():
    now = facts("burglary_dwelling", danger="now")
    assert [b.id for b in asked.find("shud i go look", now)] == ["asked_go_and_look"]
    assert asked.find("do i get a crime number for my insurance", now) == []


@pytest.mark.parametrize("back", EVERY, ids=lambda b: b.id)
def test_every_answer_is_short_asks_nothing_and_passes_the_wording_tests(back):
    for deaf, danger in itertools.product((False, True), ("none", "check", "now")):
        if danger == "now" and not back.in_danger:
            continue
        lines = asked.lines(back, deaf=deaf)
        text = "\n".join(lines)
        assert clean(text) == (text, [])
        assert problems(text, deaf=deaf, danger=danger, child=True, protected=True) == []
        assert len(lines) <= 3 and "?" not in text and "{" not in text
