"""Fitting is repeatable, and a broken or missing file is one plain sentence."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from bot.triage import encoder
from bot.triage.encoder import BrokenModel, Encoder
from bot.triage.example import Example
from bot.triage.features import Ngrams
from bot.triage.fit import fit
from bot.triage.heads import Heads, NoHeads
from bot.triage.text import windows


def _examples() -> list[Example]:
    rows = [("my bike was stolen", "crime_report"), ("he has a knife", "emergency")]
    return [
        Example(f"x{n}", f"{text} {n}", route, None, None, None)
        for n in range(6)
        for text, route in rows
    ]


def test_the_same_examples_give_the_same_heads(tmp_path: Path) -> None:
    said: list[str] = []
    one = fit(_examples(), tmp_path / "a", said.append)
    other = fit(list(reversed(_examples())), tmp_path / "b", said.append)
    assert one == other
    assert any("route" in line for line in said)


def test_a_new_example_changes_the_fingerprint(tmp_path: Path) -> None:
    more = [*_examples(), Example("y", "my shed was burgled", "crime_report", None, None, None)]
    ways = (fit(_examples(), tmp_path / "a", str), fit(more, tmp_path / "b", str))
    assert ways[0] != ways[1]


def test_no_examples_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="fewer than two routes"):
        fit([], tmp_path, str)


def test_missing_heads_say_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(NoHeads, match="make train"):
        Heads.load(tmp_path)


def test_a_changed_encoder_file_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    for name in json.loads((encoder.HOME / "sums.json").read_text()):
        shutil.copy(encoder.HOME / name, folder / name)
    shutil.copy(encoder.HOME / "sums.json", folder)
    (folder / "tokenizer.json").write_text("{}")
    with pytest.raises(BrokenModel, match=r"tokenizer\.json"):
        Encoder(folder)


def test_an_embedding_does_not_hang_on_its_neighbours() -> None:
    made = Encoder()
    alone = made.embed(["help"])[0]
    among = made.embed(["help", "a much longer message about a bike that was stolen"])[0]
    # int8 activations are scaled by batch: near, not equal.
    near = float(alone @ among / np.linalg.norm(alone) / np.linalg.norm(among))
    assert near > 0.98


def test_ngram_rows_have_length_one_in_words_and_letters() -> None:
    counted = Ngrams.learn(["stolen bike", "stolen bike", "stolen bike", "other"])
    at, value = counted.row("my stolen bike")
    words = np.array([counted.names[place][0] == "w" for place in at])
    assert np.linalg.norm(value[words]) == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(value[~words]) == pytest.approx(1, abs=1e-5)


def test_windows_of_a_long_text_leave_no_word_out() -> None:
    text = " ".join(f"w{n}" for n in range(501))
    seen = {word for window in windows(text) for word in window.split()}
    assert seen == set(text.split())
    assert windows("short") == ["short"]
