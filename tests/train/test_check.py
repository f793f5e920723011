"""The data check refuses what it promises to refuse, and passes the data we have."""

from __future__ import annotations

import pytest

from bot.train.check import check
from bot.train.check import main as check_main
from bot.triage.example import Example

TEXT = "my bike was stolen from outside the gym in eccles last night"


def example(number: str, text: str, **labels: object) -> Example:
    return Example.of(
        text,
        str(labels.pop("route", "crime_report")),
        {"id": number, "type": "bike_theft", "danger": "none", "cues": [], **labels},
    )


def test_our_own_data_is_fit_to_learn_from(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_main([]) == 0, capsys.readouterr().out


def test_two_alike_are_refused_unless_of_one_pair() -> None:
    other = f"{TEXT} by two lads"
    problems = check([example("a", TEXT), example("b", other)], {}).problems
    assert problems == ["too alike (100%): a and b"]
    paired = [example("a", TEXT, pair="p"), example("b", other, pair="p")]
    assert check(paired, {}).problems == []


def test_the_same_few_words_are_refused() -> None:
    assert check([example("a", "stolen bike"), example("b", "Stolen bike!")], {}).problems


def test_one_text_under_two_intents_is_refused_in_one_place_only() -> None:
    first = example("a", "yes please", route="social", type=None)
    answer = Example.of("yes please", "yes", {"id": "b", "asked": "injury", "danger": "none"})
    assert check([first, answer], {}).problems == []
    other = Example.of("yes please", "no", {"id": "c", "asked": "injury", "danger": "none"})
    assert any("stands under" in line for line in check([first, answer, other], {}).problems)


def test_a_common_opening_is_refused() -> None:
    rows = [example(f"x{n}", f"i want to report number{n} thing{n} here{n}") for n in range(5)]
    assert any("begin with 'i want to report'" in line for line in check(rows, {}).problems)


@pytest.mark.parametrize(
    ("labels", "word"),
    [
        ({"danger": "maybe"}, "danger"),
        ({"cues": ["gremlins"]}, "cues"),
        ({"route": "emergency"}, "emergency"),
        ({"danger": "now"}, "route"),
        ({"type": None}, "type"),
    ],
)
def test_a_label_that_is_not_ours_is_named(labels: dict[str, object], word: str) -> None:
    problems = check([example("a", TEXT, **labels)], {}).problems
    assert len(problems) == 1
    assert word in problems[0]


def test_a_test_message_in_the_training_data_is_a_leak() -> None:
    problems = check([example("a", TEXT)], {"test.jsonl": [example("t", TEXT)]}).problems
    assert problems == ["test.jsonl: t is too like a"]
