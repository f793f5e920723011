"""No machine line shows a number that nobody has verified, however it is spelt."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.guard import REMOVED, clean, digits, is_shown
from bot.content.loader import load

HIDDEN = [
    "0161 872 5050",
    "(0161) 872 5050",
    "0161-872-5050",
    "0161.872.5050",
    "01618725050",
    "+44 161 872 5050",
    "+44 (0)161 872 5050",
    "0044 161 872 5050",
    "0 1 6 1 8 7 2 5 0 5 0",
    "0161\u00a0872\u00a05050",
    "0161\u2011872\u20115050",
    "0161\u200b872\u200b5050",
    "٠١٦١ ٨٧٢ ٥٠٥٠",
    "zero one six one eight seven two five zero five zero",
    "18001 0161 872 5050",
    "872 5050",
]


@pytest.mark.parametrize("number", HIDDEN)
def test_a_hidden_number_is_taken_out_in_every_spelling(number):
    text, bad = clean(f"You can reach us on {number}, or 0800 555 111.")
    assert len(bad) == 1 and REMOVED in text and "0800 555 111" in text


@pytest.mark.parametrize(
    "line", ["text HELP to 88222", "call 4455", "ring us on 234567", "dial 119"]
)
def test_a_short_code_after_call_or_text_is_taken_out(line):
    assert clean(line)[1]


@pytest.mark.parametrize(
    "line",
    [
        "Call 999 now.",
        "call Samaritans free on 116 123",
        "Relay UK: 18001 0300 123 2040",
        "1. 0800 555 111",
        "0800 40 50 40",
        "ring 0800 555 111 or 0300 123 2040",
        "text British Transport Police on 61016",
        "Your reference is GM-1234-5678.",
        "It was on 2026-11-22 at 10:15.",
        "It was on 22/11/2026 18:30.",
        "2026-11-22T10:15:00.123Z",
        "between 2018-2024 for £1,250,000",
        "53.4808, -2.2426",
        "Aged 34, about 10 000 words",
        "Between 18:30 and 19:45 on 3 May 2026",
    ],
)
def test_times_dates_money_references_and_shown_numbers_are_left_alone(line):
    assert clean(line) == (line, [])


def test_the_persons_own_number_is_left_alone_in_any_spelling():
    line = "Phone: 07700 900123"
    assert clean(line)[1] == ["07700 900123"]
    assert clean(line, exempt=["+447700900123"]) == (line, [])
    assert clean("IMEI 356938035643809", exempt=["356938035643809"])[1] == []


def test_a_channel_that_is_hidden_is_not_known_to_the_guard():
    shown = {digits(c.value) for a in load().agencies.values() for c in a.channels if c.show}
    hidden = [
        c.value
        for a in load().agencies.values()
        for c in a.channels
        if not c.show and c.type == "phone" and len(digits(c.value)) >= 7
    ]
    assert len(hidden) > 20
    for value in hidden:
        assert is_shown(value) == (digits(value) in shown)


@pytest.mark.parametrize("line", ["1 " * 5000, "999 101 " * 1200, "0" * 10000, "call a b " * 1200])
def test_ten_thousand_characters_are_read_in_no_time(line):
    began = time.perf_counter()
    clean(line)
    assert time.perf_counter() - began < 3.0


@given(st.text(max_size=60))
def test_the_guard_never_fails_and_a_second_pass_finds_nothing(text):
    once, _ = clean(text)
    assert clean(once)[1] == []


@given(st.from_regex(r"07\d{3} ?\d{6}", fullmatch=True))
def test_no_mobile_number_of_our_own_passes(number):
    assert clean(f"Ring {number} now")[1] == [number]
