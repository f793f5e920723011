"""`livechat data check` names file and line, and a trainer never sees a traceback."""

from __future__ import annotations

from pathlib import Path

from small_project import livechat

from bot.content.types import all_types
from bot.train.corpus import load_rows
from bot.train.datacheck import THIN, data_check, thin
from bot.train.located import load_located
from bot.train.take import write

EXAMPLE = {
    "id": "X-1", "route": "crime_report", "type": "bike_theft", "danger": "none", "cues": [],
    "entities": {}, "pair": None,
}  # fmt: skip


def test_a_small_clean_project_passes_and_its_problems_are_placed(project: Path) -> None:
    said: list[str] = []
    assert data_check(project, said.append) == 0, said
    assert said[-1] == "data: fit to learn from"
    test = load_rows(project / "data" / "eval" / "test.jsonl")[2]
    row = {**EXAMPLE, "text": f"{test.text} and then came home again on the tram"}
    write([row], project / "data" / "nlu" / "first")
    said.clear()
    assert data_check(project, said.append) == 1
    problems = [line for line in said if line.startswith("PROBLEM: test.jsonl")]
    assert problems and "X-1 is too like" in problems[0].replace(f"{test.id} is too like X-1",
                                                                 "X-1 is too like")  # fmt: skip
    at = next(one for one in load_located(project / "data" / "nlu") if one.example.id == "X-1")
    assert f"bike_theft.yml:{at.line}" in problems[0]


def test_a_file_that_cannot_be_read_is_told_of_and_exits_1(project: Path) -> None:
    path = project / "data" / "nlu" / "first" / "bike_theft.yml"
    path.write_text(path.read_text() + "  - text: he said: give it\n")
    last = len(path.read_text().splitlines())
    done = livechat(project, "data", "check")
    assert done.returncode == 1
    told = f"data/nlu/first/bike_theft.yml, line {last}: a colon stands in words without quotes"
    assert told in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_trap_that_can_still_be_read_is_a_problem_too(project: Path) -> None:
    path = project / "data" / "nlu" / "first" / "bike_theft.yml"
    path.write_text(path.read_text() + "  - text: 0161\n    metadata: {id: X, danger: none}\n")
    said: list[str] = []
    assert data_check(project, said.append) == 1
    assert any("0161 without quotes is read as a number" in line for line in said)


def test_thin_types_are_named_the_thinnest_first_and_are_no_problem(project: Path) -> None:
    examples = [one.example for one in load_located(project / "data" / "nlu")]
    told = list(thin(examples))
    counts = [int(line.split(" has ")[1].split()[0]) for line in told]
    assert counts == sorted(counts) and max(counts) < THIN
    none = [one for one in examples if one.type != "stalking"]
    assert any(line.startswith("stalking has 0 first") for line in thin(none))
    assert len(list(thin([]))) == len(all_types())


def test_doubtful_labels_are_shown_with_their_place(project: Path) -> None:
    said: list[str] = []
    assert data_check(project, said.append, doubtful=3) == 0
    shown = [line for line in said if "labelled" in line]
    assert 3 <= len(shown) <= 6
    assert all(".yml:" in line and "the model says" in line for line in shown)
