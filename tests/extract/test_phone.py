"""Phone numbers and e-mail addresses, however they are given."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extract import mail, phone

ASIDE = ("", " ", "-", ".", " / ", ", ", "\u2013")
WORDS = ("oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("ring us on (0161) 496-0123", ["01614960123"]),
        ("mob +44-7700-900123", ["07700900123"]),
        ("447700900456 is mine", ["07700900456"]),
        ("+44 (0) 161 496 0123", ["01614960123"]),
        ("(+44) 7700 900123", ["07700900123"]),
        ("plus four four seven seven double oh nine double oh one two three", ["07700900123"]),
        ("O7700 9OO 456", ["07700900456"]),
        ("tel07700900456ta", ["07700900456"]),
        ("07700 900456 8am til 5", ["07700900456"]),
        ("flat 4 07700 900456", ["07700900456"]),
        ("oh 07700 900456 is me", ["07700900456"]),
        ("zero seventy seven hundred nine hundred four five six", ["07700900456"]),
        ("oh double seven double oh, nine double oh, then four five six", ["07700900456"]),
        ("oh seven seven zero zero... nine zero zero... four five six", ["07700900456"]),
        ("oh seven seven two zeros nine two zeros four five six", ["07700900456"]),
        ("oh one six one. four nine six. oh one twenty three", ["01614960123"]),
        ("0161 496 0123/4", ["01614960123"]),
        ("07700 900456 07700 900457", ["07700900456", "07700900457"]),
        ("my area code 0161 then 496 0123", ["01614960123"]),
        ("09098790123 charged me", ["09098790123"]),
    ],
)
def test_a_number_is_read_however_it_is_said(text: str, values: list[str]) -> None:
    """Words, country codes, signs, look-alike letters and pauses change nothing."""
    assert [s.value for s in phone.spans(text)] == values


@pytest.mark.parametrize(
    "text",
    ["her nhs number is 700 555 1234", "balance 0.7700900456", "01/02/2024 and 03/04/2024",
     "07700 900 45", "07700900456@example.com", "booking number 07700900456"],
)  # fmt: skip
def test_what_only_looks_like_a_number_is_left(text: str) -> None:
    """Other registers' numbers, decimals, dates and halves of numbers are no phones."""
    assert phone.spans(text) == []


@given(st.text("0123456789", min_size=6, max_size=6), st.sampled_from(ASIDE), st.booleans())
def test_any_grouping_gives_the_same_number(end: str, between: str, spoken: bool) -> None:
    """A number is the same in figures in any grouping and in words; `said` is as written."""
    digits = f"07700{end}"
    parts = [WORDS[int(d)] for d in digits] if spoken else [digits[:5], digits[5:8], digits[8:]]
    said = (between or " ").join(parts) if spoken else between.join(parts)
    found = phone.spans(f"ring {said} please")
    assert [(s.said, s.value) for s in found] == [(said, digits)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sam@example.com.Ring me", "sam@example.com"),
        ("my email is sam dot bell at example dot com", "sam.bell@example.com"),
        ("sam_bell @ example.co.uk", "sam_bell@example.co.uk"),
        ("he is at shop dot com", None),
        ("meet me @ 9.pm", None),
    ],
)
def test_addresses(text: str, value: str | None) -> None:
    """An address is found with spaces or spelt out; a place on the web is none."""
    found = mail.spans(text)
    assert (found[0].value if found else None) == value


@pytest.mark.parametrize("piece", ["0 ", "07700 ", "double ", "+44(", "a dot ", "a@b.", "o"])
def test_a_wall_of_text_holds_nothing_up(piece: str) -> None:
    """Four thousand characters take no time to speak of."""
    text = (piece * 4000)[:4000]
    begun = time.process_time()
    phone.spans(text), mail.spans(text)
    assert time.process_time() - begun < 1
