"""A message of a chat becomes a patch: the person's own values stay out, the file stays whole."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from bot.train import neighbours
from bot.train.add import Given
from bot.train.located import load_located
from bot.train.patch import added, diff
from bot.train.proposal import personal, proposed, scrubbed
from bot.train.take import KEPT
from bot.train.workbench import NotThere, Workbench

SAID = "my ex Darren Holt keeps driving past 14 Beech Road, ring 07911 123456"
LABELS = {"route": "crime_report", "type": "stalking", "danger": "check", "cues": ["stalking"]}


def test_what_the_scrubber_took_out_must_not_come_back() -> None:
    made = scrubbed("c:1", SAID, None)
    assert made["left"] == [] and "Darren" not in made["text"]
    assert personal("c:1", SAID, Given(made["text"])) == []
    for own in ("Darren Holt", "14 Beech Road", "07911 123456"):
        found = personal("c:1", SAID, Given(f"{made['text']} {own}"))
        assert any(own in line for line in found), own
    assert personal("c:1", SAID, Given(f"{made['text']} or ring 07922 654321"))


def test_a_proposal_is_a_patch_that_applies_and_adds_three_lines(project: Path) -> None:
    """Nothing is written by proposing; applied, the example is there with its labels."""
    before = {p: p.read_text() for p in (project / "data/nlu").rglob("*.yml")}
    given = {"text": scrubbed("c:1", SAID, None)["text"], **LABELS}
    made = proposed(project, "c:1", SAID, given)
    assert (made["problems"], made["left"]) == ([], [])
    assert made["file"] == "data/nlu/first/stalking.yml"
    assert {p: p.read_text() for p in (project / "data/nlu").rglob("*.yml")} == before
    lines = made["patch"].splitlines()[2:]
    assert sum(line.startswith("+") for line in lines) == 3
    assert not any(line.startswith("-") for line in lines)
    subprocess.run(["patch", "-p1"], cwd=project, input=made["patch"], text=True, check=True)
    rows = [one.example for one in load_located(project / "data/nlu")]
    (example,) = [one for one in rows if one.id == made["id"]]
    assert (example.text, example.danger, example.cues) == (given["text"], "check", ("stalking",))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"danger": "now"}, "danger now, but the route is crime_report"),
        ({"route": "nonsense"}, "is none of"),
        ({"cues": ["zebra"]}, "unknown cues"),
        ({"text": "   "}, "no words"),
    ],
)
def test_labels_that_do_not_agree_are_refused(
    project: Path, change: dict[str, Any], said: str
) -> None:
    given = {"text": "he keeps driving past my house every single night", **LABELS, **change}
    made = proposed(project, "c:2", "x", given)
    assert made["patch"] == "" and said in " ".join(made["problems"])


def test_an_example_like_one_that_is_there_is_refused(project: Path) -> None:
    rows = [one.example for one in load_located(project / "data/nlu/first")]
    twin = next(one for one in rows if one.type == "stalking" and len(one.text.split()) > 12)
    made = proposed(project, "c:3", twin.text, {"text": twin.text, **LABELS})
    assert made["patch"] == "" and twin.id in " ".join(made["problems"])


ROW = {"id": "P-1", "text": "a: b\n'c' # d", "route": "no", "type": None, "danger": "none"}


@pytest.mark.parametrize(
    "text",
    [
        None,
        'nlu:\n- intent: yes\n  examples:\n  - text: x\n\n\n- intent: "no"\n  examples:\n'
        "    - text: |-\n        y\n      metadata: {id: a}\n\n# the end\n",
        "nlu:\n- intent: social\n  examples: |\n    - hiya\n",
    ],
    ids=["no file", "deeper dashes", "no such intent"],
)
def test_any_file_takes_an_example_and_keeps_every_line(tmp_path: Path, text: str | None) -> None:
    """A new file, other indents, another way of writing: no line goes, the words come back."""
    new = added(text, ROW, KEPT)
    file = tmp_path / "first.yml"
    file.write_text(new)
    assert ROW["text"] in [one.example.text for one in load_located(tmp_path)]
    gone = [line for line in diff("f.yml", text, new).splitlines()[2:] if line.startswith("-")]
    assert gone == []


def test_the_gateway_is_given_examples_numbers_and_lines(
    project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What is written for the gateway is what it reads; without a cache the many are left out."""
    out = BytesIO()
    neighbours.write(project, out)
    out.seek(0)
    rows, numbers, left_out = neighbours.read(out)
    known = {(one.example.id, one.file, one.line) for one in load_located(project / "data/nlu")}
    assert {(one.example.id, one.file, one.line) for one in rows} <= known
    assert numbers.shape == (len(rows), 384) and len(rows) + left_out == len(known)
    monkeypatch.setattr(neighbours, "CACHE", tmp_path / "none")
    assert neighbours.comparable(rows) == ([] if len(rows) > neighbours.FRESH else rows)


def test_the_workbench_asks_its_processes(project: Path, heads: Path) -> None:
    """Explain, scrub, propose as the gateway calls them."""
    bench = Workbench(project, heads)
    found = bench.explain("there is a man in my house with a knife")
    assert found["reading"]["danger"] == "now" and found["decided"]
    made = bench.scrub("c:1", SAID)
    assert made == scrubbed("c:1", SAID, None)
    assert bench.propose("c:1", SAID, {"text": made["text"], **LABELS})["patch"]


def test_a_desk_without_examples_or_model_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotThere):
        Workbench(tmp_path, tmp_path).explain("hello")
    with pytest.raises(NotThere, match="nothing can be proposed"):
        Workbench(tmp_path / "gone", tmp_path).scrub("c:1", "hello")
