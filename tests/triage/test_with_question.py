"""An answer is read with its question, at training as in the desk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.triage.read import Reader
from bot.triage.text import with_question
from training import corpus


@pytest.mark.parametrize("asked", [None, "safe_now", "suspect_description", "shop_name"])
def test_the_encoder_learns_answers_as_the_desk_reads_them(asked: str | None) -> None:
    text = "no, he's gone"
    assert corpus.with_question(text, asked) == with_question(text, asked)


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
