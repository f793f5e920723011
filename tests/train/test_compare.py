"""Two models side by side: rates, exact p, and every message that flips, the gravest first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.train.compare import compare, heads_folder, mcnemar, report
from bot.train.corpus import EVAL, BadData
from bot.train.figures import Seen, text_sum
from bot.triage.example import Example


@pytest.fixture
def test_file(tmp_path: Path) -> Path:
    """Every fifth message of the test set."""
    path = tmp_path / "test.jsonl"
    lines = (EVAL / "test.jsonl").read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(lines[::5]), encoding="utf-8")
    return path


def test_mcnemar_is_exact_and_two_sided() -> None:
    assert mcnemar(0, 0) == 1.0
    assert mcnemar(5, 5) == 1.0
    assert mcnemar(0, 5) == pytest.approx(2 / 32)
    assert mcnemar(1, 9) == mcnemar(9, 1) == pytest.approx(22 / 1024)


def rows() -> tuple[list[Example], dict[str, Seen], dict[str, Seen]]:
    flips = [
        ("e-lost", "emergency", "now", "none"), ("e-asked", "emergency", "now", "check"),
        ("e-won", "emergency", "none", "now"), ("q-alarm", "advice", "none", "now"),
        ("q-calm", "advice", "check", "none"), ("q-same", "advice", "none", "none"),
    ]  # fmt: skip
    examples = [Example(i, f"words of {i}", route, None, None, None) for i, route, _, _ in flips]

    def seen(label: str, danger: str) -> Seen:
        return Seen("emergency" if danger == "now" else "advice", danger)

    old = {i: seen(label, was) for i, label, was, _ in flips}
    new = {i: seen(label, now) for i, label, _, now in flips}
    return examples, old, new


def test_the_gravest_flip_comes_first_with_label_and_both_readings() -> None:
    lines = list(report(*rows()))
    worse = lines.index("\nworse: 3")
    assert lines[worse + 1].startswith(
        "  emergency, not flagged any more: e-lost (label emergency)"
    )
    assert "danger now -> advice, danger none" in lines[worse + 1]
    assert "words of e-lost" in lines[worse + 2]
    assert "e-asked" in lines[worse + 3] and "q-alarm" in lines[worse + 5]
    better = lines[lines.index("\nbetter: 2") :]
    assert "e-won" in better[1] and "q-calm" in better[3]
    assert not any("q-same" in line for line in lines)


def test_fewer_alarms_count_as_better_and_fewer_finds_as_worse() -> None:
    lines = {line[:34].strip(): line.split()[-3:] for line in report(*rows()) if " %" in line}
    assert lines["emergencies flagged"] == ["1", "1", "1.000"]
    assert lines["others flagged now"] == ["0", "1", "1.000"]
    assert lines["others flagged check"] == ["1", "0", "1.000"]


def test_a_model_against_itself_flips_nothing_and_a_deaf_one_loses(
    heads: Path, deaf_heads: Path, test_file: Path
) -> None:
    said: list[str] = []
    compare(heads, heads, test_file, said.append)
    assert said[-2:] == ["\nworse: none", "\nbetter: none"]
    said.clear()
    compare(heads, deaf_heads, test_file, said.append)
    assert sum("emergency, not flagged any more" in line for line in said) > 2
    assert not any("emergency, flagged now" in line for line in said)


def test_a_release_of_another_encoder_is_taken_at_its_word(
    heads: Path, tmp_path: Path, test_file: Path
) -> None:
    old = tmp_path / "released"
    (old / "triage").mkdir(parents=True)
    about = json.loads((heads / "heads.json").read_text())
    (old / "triage" / "heads.json").write_text(json.dumps({**about, "encoder": "another"}))
    (old / "triage" / "heads.npz").write_bytes((heads / "heads.npz").read_bytes())
    with pytest.raises(BadData, match="fitted on another encoder"):
        compare(old, heads, test_file, lambda line: None)
    first = json.loads(test_file.read_text().splitlines()[0])
    kept = {
        "sum": text_sum(first["text"]),
        "route": "emergency", "danger": "now",
    }  # fmt: skip
    figures = {"model": "old-one", "files": {"test.jsonl": {first["id"]: kept}}}
    (old / "figures.json").write_text(json.dumps(figures))
    said: list[str] = []
    compare(old, heads, test_file, said.append)
    assert said[0] == "old: old-one" and said[2] == "test.jsonl: 1 messages"


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadData, match="No model in"):
        heads_folder(tmp_path)
