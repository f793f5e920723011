"""Likeness by meaning, on the stock encoder."""

from __future__ import annotations

from bot.train.check import coinciding, lengths
from bot.train.near import latin, near
from bot.triage.example import Example

ONE = "my bike was stolen from outside the gym last night"


def example(number: str, text: str, pair: str | None = None) -> Example:
    return Example(number, text, "crime_report", "bike_theft", "none", (), pair=pair)


def test_the_same_said_with_two_typos_is_found_and_another_theft_is_not() -> None:
    rows = [
        example("a", ONE),
        example("b", "my bike was stolen from outside the gym last nite"),
        example("c", "somebody had the catalytic converter off my van at the tip"),
    ]
    assert [(a.id, b.id) for a, b, _ in near(rows, lambda _: None)] == [("a", "b")]


def test_a_pair_may_be_alike_but_stays_in_one_split() -> None:
    rows = [example("a", ONE, "p"), example("b", ONE + " i think", "p")]
    assert coinciding(rows, {}, lambda _: None) == []
    told = coinciding(rows[:1], {"dev": rows[1:]}, lambda _: None)
    assert told == ["the pair p stands in ['dev', 'training']"]


def test_scripts_that_the_encoder_has_no_letters_for_are_not_compared() -> None:
    assert latin("Ktoś włamuje się teraz") and not latin("ਮੇਰੀ ਦੁਕਾਨ ਵਿੱਚ") and not latin("?!")


def test_a_corpus_without_short_and_long_messages_is_refused() -> None:
    problems = lengths([example(str(n), ONE) for n in range(10)])
    assert len(problems) == 2
