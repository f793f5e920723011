"""The safety sentences: word for word, true in each state, never 55 to the deaf."""

import itertools

import pytest

from bot.content import safety, types
from bot.content.guard import clean
from bot.content.loader import load
from bot.content.wording import problems, title_problems

# The words of call-handling section 20, copied by hand: never shortened, never edited here alone.
FIXED_55 = (
    "If you can't speak: on a mobile, call 999 first. Whisper where you are if you can. "
    "Stay on the line and listen: a recording of about 20 seconds plays. Press 55 when it asks. "
    "If you don't, the call ends. 55 does not tell us where you are. "
    "The call stays in the phone's call list."
)
STATES = [
    dict(zip(("deaf", "protected", "child", "on_duty"), flags, strict=True))
    for flags in itertools.product((False, True), repeat=4)
]
NEEDED = [
    "tell_999_full",
    "tell_999_full_protected",
    "tell_999_short",
    "tell_999_deaf",
    "ask_safe_now",
    "ask_safe_to_chat",
    "ask_where_now",
    "stop_typing",
    "cannot_speak",
    "cannot_phone",
    "says_rang",
    "check_no_ack",
    "retraction_ack",
    "nobody_on_duty",
    "in_queue",
    "self_hurt_now",
    "suspect_line",
    "child_line",
    "sentence_999",
]


def test_the_55_text_is_word_for_word_the_fixed_one():
    assert safety.text("fixed_55") == FIXED_55
    assert safety.text("cannot_speak") == FIXED_55
    assert safety.text("stop_typing").endswith(FIXED_55)
    assert safety.text("stop_typing").startswith("Stop typing. Exit is at the top right.")


def test_55_stands_nowhere_but_in_the_fixed_text():
    for sentence in load().safety.values():
        assert " 55 " not in sentence.text.replace(FIXED_55, "")


@pytest.mark.parametrize("state", STATES, ids=str)
def test_a_deaf_person_never_reads_55_nor_call(state):
    for says in load().safety:
        chosen = safety.variant(says, **{**state, "deaf": True})
        if load().safety[chosen].id.startswith(("handler_changed", "handler_joined")):
            continue
        words = safety.text(chosen).replace("{name}", "Sam")
        assert problems(words, deaf=True, on_duty=state["on_duty"]) == [], chosen


@pytest.mark.parametrize("state", STATES, ids=str)
def test_every_sentence_passes_the_wording_tests_in_every_state_where_it_shows(state):
    for says in load().safety:
        chosen = safety.variant(says, **state)
        on_duty = state["on_duty"] or chosen.startswith("handler_")
        for danger in ("none", "check", "now"):
            found = problems(
                safety.text(chosen),
                deaf=state["deaf"],
                child=state["child"],
                protected=state["protected"],
                danger=danger,
                on_duty=on_duty,
            )
            helpline = chosen == "nobody_on_duty_suicide"
            assert found == [] or (helpline and danger == "now"), (chosen, danger, found)


def test_with_nobody_on_duty_no_sentence_speaks_of_people_on_duty():
    for says, sentence in load().safety.items():
        chosen = load().safety[safety.variant(says, on_duty=False)]
        assert not chosen.duty
        assert not sentence.duty or chosen.id != says


def test_choosing_a_version_twice_changes_nothing():
    for says, state in itertools.product(load().safety, STATES):
        once = safety.variant(says, **state)
        assert safety.variant(once, **state) == once


def test_no_sentence_shows_a_number_nobody_verified():
    for sentence in load().safety.values():
        assert clean(sentence.text)[1] == [], sentence.id


def test_every_sentence_is_owned_and_versioned():
    for sentence in load().safety.values():
        assert sentence.version >= 1 and sentence.owner


@pytest.mark.parametrize("says", NEEDED)
def test_every_sentence_that_the_protocol_needs_is_there(says):
    assert safety.text(says)


def test_a_retraction_is_answered_with_these_words_and_no_more():
    assert safety.text("retraction_ack") == "OK. You can close this page any time."


def test_the_full_999_message_is_two_calm_lines():
    for says in ("tell_999_full", "tell_999_full_protected", "tell_999_full_child"):
        lines = safety.text(says).split("\n")
        assert len(lines) == 2 and "999" in lines[0] and "!" not in safety.text(says)


def test_protected_mode_has_buttons_without_a_subject_word():
    for name in ("cannot_speak", "cannot_phone", "share_location", "yes", "no", "not_sure"):
        assert title_problems(safety.button(name)) == []
    assert safety.button("says_rang") == "I've rung 999"  # the words of call-handling, section 14
    assert safety.button("says_rang", deaf=True) == "I've contacted 999"


def test_the_999_sentence_stands_in_every_language_with_english_beside_it():
    english = safety.text("sentence_999")
    wanted = [
        "ur",
        "ur-Latn",
        "pa",
        "bn",
        "ar",
        "pl",
        "ro",
        "yue",
        "zh",
        "pt",
        "es",
        "fr",
        "fa",
        "ckb",
        "so",
        "gu",
        "hu",
        "lt",
        "uk",
        "cy",
    ]
    assert set(wanted) <= set(safety.languages())
    for language in safety.languages():
        own, beside = safety.text("sentence_999", language).split("\n")
        assert "999" in own and "55" not in own and beside == english
        assert load().sentences_999[language].checked is False
    assert safety.text("sentence_999", "xx") == english


def test_other_sentences_are_never_translated():
    for says in load().safety:
        if says != "sentence_999":
            assert safety.text(says, "pl") == safety.text(says)


def test_a_child_is_offered_a_grown_up_and_no_secrecy():
    for sentence in load().safety.values():
        if "child" in sentence.id:
            assert problems(sentence.text, child=True, on_duty=sentence.duty) == []
    assert "can't promise" in safety.text("child_secrecy")


def test_suicide_words_name_no_method_and_keep_999():
    for says in ("tell_999_suicide", "suicide_check", "nobody_on_duty_suicide"):
        assert "999" in safety.text(says) and problems(safety.text(says)) == []
    assert safety.text("self_hurt_now") == "Have you hurt yourself or taken anything?"


def test_an_own_offence_is_asked_nothing_about():
    assert "?" not in safety.text("suspect_line")
    assert types.asked("own_offence_or_wanted") == ("own_offence_or_wanted__others_safe",)
