"""Figures are counted right and carry Wilson's interval."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.train.corpus import BadData, load_nlu, load_rows
from bot.train.evaluate import confusion, unseen
from bot.train.rate import Rate, rates
from bot.triage.example import Example
from bot.triage.reading import Reading


def _pair(label: str, read: str, danger: str) -> tuple[Example, Reading]:
    one = Example("x", "text", label, None, "now" if label == "emergency" else "none", ())
    return one, replace(Reading.failure("m"), route=read, danger=danger)


def test_wilson_interval_of_95_in_100() -> None:
    low, high = Rate("x", 95, 100).interval
    assert (round(low, 3), round(high, 3)) == (0.888, 0.978)
    assert Rate("x", 0, 0).interval == (0.0, 1.0)


def test_flags_are_counted_by_label() -> None:
    pairs = [
        _pair("emergency", "emergency", "now"),
        _pair("emergency", "advice", "check"),
        _pair("emergency", "advice", "none"),
        _pair("advice", "emergency", "now"),
        _pair("advice", "advice", "check"),
        _pair("advice", "advice", "none"),
    ]
    found = {rate.name: (rate.hits, rate.of) for rate in rates(pairs)}
    assert found["emergencies flagged"] == (2, 3)
    assert found["emergencies flagged now"] == (1, 3)
    assert found["others flagged now"] == (1, 3)
    assert found["others flagged check"] == (1, 3)
    assert found["route right"] == (3, 6)
    assert confusion(pairs).splitlines()[1].split()[:4] == ["emergency", "1", "0", "2"]


def test_a_test_message_that_stands_in_the_training_data_is_left_out() -> None:
    known = [Example("a", "hiya", "social", None, "none", ())]
    rows = [replace(known[0], id="t"), replace(known[0], id="u", text="where do i park")]
    assert [one.id for one in unseen(rows, known)] == ["u"]


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "dev.jsonl"
    path.write_text('{"id": "a", "text": "x", "route": "advice"}\n{broken\n')
    with pytest.raises(BadData, match="line 2"):
        load_rows(path)


def test_every_line_of_a_must_catch_list_is_danger(tmp_path: Path) -> None:
    path = tmp_path / "mustcatch.jsonl"
    path.write_text(json.dumps({"id": "a", "text": "help"}) + "\n")
    assert load_rows(path)[0].route == "emergency"


def test_the_training_data_loads_with_its_ids_kept() -> None:
    examples = load_nlu()
    assert len({one.id for one in examples}) == len(examples) > 5000
    assert sum(not one.first for one in examples) > 600


def test_the_plain_way_of_rasa_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text("nlu:\n- intent: advice\n  examples: |\n    - how do i\n")
    assert [one.text for one in load_nlu(tmp_path)] == ["how do i"]
