"""Rules are written for folded text, and meet what people type however they type it."""

import re

import pytest

from bot.triage import acts, safety_words
from bot.triage.text import says


@pytest.mark.parametrize(
    "text", ["I can't  TALK", "i cant talk", "i can\u2019t talk", "I can\u200b't talk"]
)
def test_a_rule_meets_the_words_however_they_are_typed(text):
    assert says(re.compile(r"\bcant talk\b"), text)
    assert safety_words.cannot_speak(text)


@pytest.mark.parametrize(
    ("reads", "text", "expected"),
    [
        (safety_words.safe_to_type, "Yes, I\u2019m safe to talk", True),
        (safety_words.safe_to_type, "it's safe to talk for now, not for long", False),
        (safety_words.own_offence, "I've hit my wife", True),
        (safety_words.own_offence, "I hit him, it was self-defence", False),
        (safety_words.strangled, "he had his hands round my neck", True),
        (safety_words.strangled, "he had his hands round my neck years ago", False),
        (safety_words.wants_secrecy, "please DON'T tell my mum", True),
        (safety_words.not_sure, "Dunno", True),
        (acts.is_place, "Outside my house", True),
    ],
)
def test_words_for_a_thing_count_and_words_against_it_rule_it_out(reads, text, expected):
    assert reads(text) is expected
