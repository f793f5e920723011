"""An answer is read with its question, at training as in the desk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.content.loader import load
from bot.train.corpus import load_nlu
from bot.triage.heard_as import KNOWN, NEUTRAL, heard_as
from bot.triage.read import Reader
from bot.triage.text import windows
from training import corpus


def test_every_question_of_the_desk_is_heard_as_one_that_was_learnt() -> None:
    """The words of a question that nobody taught would be read as the person's own."""
    learnt = {one.asked for one in load_nlu() if one.asked}
    assert learnt <= KNOWN
    for asked in load().questions:
        assert heard_as(asked) in learnt
    assert heard_as("suspect_name") == "suspect_description"
    assert heard_as("shop_of_a_trainer") == NEUTRAL


@pytest.mark.parametrize("asked", ["happening_now", "arson__alight_now", "suspect_present"])
def test_the_words_of_a_question_are_not_taken_for_danger(reader: Reader, asked: str) -> None:
    for text in ("why do you need that?", "back of Cleggs Lane, Little Hulton", "dunno"):
        assert reader.read(text, asked).danger == "none", text


def test_training_puts_the_question_before_an_answer_only(tmp_path: Path) -> None:
    rows = [
        {"id": "a-1", "text": "in my garden", "act": "answer", "asked": "when", "danger": "none"},
        {"id": "a-2", "text": "my bike was nicked", "route": "crime_report", "danger": "none"},
    ]
    path = tmp_path / "batch-a.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows))
    answer, first = corpus.from_jsonl(path)
    assert (answer.text, answer.act, answer.danger) == ("when: in my garden", "answer", "none")
    assert (first.text, first.act, first.route) == ("my bike was nicked", None, "crime_report")


def test_the_same_words_are_danger_after_one_question_and_none_after_another(
    reader: Reader,
) -> None:
    """ "Yes" is danger to "Is anyone in danger right now?" and none to "Was there CCTV?"."""
    assert reader.read("yes", "safe_now").danger == "now"
    assert reader.read("yes", "evidence").danger == "none"
    for asked in ("location", "when"):
        assert reader.read("in my garden", asked).danger == "none"


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("my feet are killing me", "my feet are boring"),
        ("This parking fine is killing me lol", "This parking fine is boring lol"),
        ("my brother is killing me", "my brother is killing me"),
        ("hes killing me", "hes killing me"),
    ],
)
def test_only_a_thing_that_kills_is_an_idiom(text: str, read_as: str) -> None:
    assert windows(text) == [read_as]
