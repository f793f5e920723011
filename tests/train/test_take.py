"""A batch is taken whole, or it is refused with names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.train.corpus import BadData, load_nlu
from bot.train.take import take

OLD = {
    "text": "came home and the telly had gone, back window was in bits all over the sink",
    "route": "crime_report", "type": "burglary_dwelling", "danger": "none", "cues": [],
}  # fmt: skip


def batch(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "batch.jsonl"
    path.write_text("\n".join(json.dumps({**OLD, **row}, ensure_ascii=False) for row in rows))
    return path


@pytest.fixture
def nlu(tmp_path: Path) -> Path:
    (tmp_path / "nlu" / "first").mkdir(parents=True)
    assert take(batch(tmp_path, {}), "A", False, tmp_path / "nlu", tmp_path) == (1, [])
    return tmp_path / "nlu"


def test_messages_keep_their_words_and_labels_and_get_ids(nlu: Path, tmp_path: Path) -> None:
    text = "two lines\n  the second: 'quoted', “odd” — 🙂"
    rows = batch(tmp_path, {"text": text, "pair": 3, "cues": ["child"]}, {"text": "ta love"} | {
        "route": "social", "type": None})  # fmt: skip
    assert take(rows, "B", False, nlu, tmp_path) == (2, [])
    found = {one.id: one for one in load_nlu(nlu)}
    assert set(found) == {"A-0001", "B-0001", "B-0002"}
    assert found["B-0001"].text == text and found["B-0001"].pair == "B-p3"
    assert found["B-0001"].cues == ("child",) and found["B-0002"].route == "social"
    assert (nlu / "first" / "social.yml").exists()


def test_a_wrong_label_refuses_the_whole_batch(nlu: Path, tmp_path: Path) -> None:
    count, told = take(
        batch(tmp_path, {"text": "good one here"}, {"text": "bad one", "danger": "now"}),
        "B", False, nlu, tmp_path,
    )  # fmt: skip
    assert count == 0 and "B-0002" in told[0]
    assert len(load_nlu(nlu)) == 1


def test_twins_are_refused_or_left_out_by_name(nlu: Path, tmp_path: Path) -> None:
    rows = batch(tmp_path, {}, {"text": "the lock on the shed was cut in the night"})
    assert take(rows, "B", False, nlu, tmp_path) == (0, ["B-0001 is too like A-0001"])
    assert take(rows, "B", True, nlu, tmp_path) == (1, ["B-0001 is too like A-0001"])


def test_what_is_kept_apart_for_tests_is_never_taken(nlu: Path, tmp_path: Path) -> None:
    (tmp_path / "test.jsonl").write_text(json.dumps({**OLD, "id": "t", "text": "x y z stolen"}))
    rows = batch(tmp_path, {"text": "x y z stolen"})
    assert take(rows, "B", True, nlu, tmp_path) == (0, ["B-0001 is too like t"])


def test_a_name_is_given_once_and_a_broken_line_is_named(nlu: Path, tmp_path: Path) -> None:
    assert take(batch(tmp_path, {}), "A", True, nlu, tmp_path)[0] == 0
    (tmp_path / "broken.jsonl").write_text("{}\n")
    with pytest.raises(BadData, match="line 1"):
        take(tmp_path / "broken.jsonl", "C", True, nlu, tmp_path)
