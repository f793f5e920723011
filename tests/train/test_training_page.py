"""The page for trainers holds: its own commands, in order, on a copy of the project."""

from __future__ import annotations

import re
import shlex
import time
from pathlib import Path

import pytest
from small_project import first_model, livechat
from test_story import SAID

from bot.desk import Desk
from bot.dialogue.model import unpack
from bot.records.archive import Archiver
from bot.records.follow import archive_conversation
from bot.records.tables import make_tables, open_database
from bot.report import draft as drafts
from bot.settings import ROOT
from bot.train.corpus import load_nlu
from bot.train.promote import MODEL
from bot.train.release import current
from bot.triage.read import Reader

PAGE = (ROOT / "docs" / "training.md").read_text("utf-8")
WALK = PAGE.split("## From a bad chat to a released model", 1)[1].split("\n## ", 1)[0]
COMMANDS = [
    line for body in re.findall(r"```\n(.*?)```", WALK, re.DOTALL) for line in body.splitlines()
]


def run(project: Path, command: str, desk: Desk) -> str:
    """Run a line of the page in the copy; gives what it printed. `make train` is livechat's."""
    words = shlex.split(command.replace("make train", "livechat train"))
    assert words[0] == "livechat", command
    done = livechat(project, *words[1:], LIVECHAT_DESK=desk.desk_id)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


async def chat(desk: Desk, project: Path, name: str) -> None:
    """The chat of which the page speaks, in the records of the copy's desk."""
    (project / "desk").mkdir(exist_ok=True)
    engine = open_database(f"sqlite:///{project / 'desk' / 'records.sqlite'}")
    make_tables(engine)
    reader = Reader.load(project / "models" / "triage")
    await desk.create(name, {}, drafts.new(""), [])
    for number, (text, _, _) in enumerate(SAID):
        await desk.receive(
            name, client_id=str(number), text=text, danger="none",
            reading=reader.read(text).to_json(),
        )  # fmt: skip
    await archive_conversation(desk, Archiver(engine, desk.desk_id), name)
    engine.dispose()


def test_the_page_goes_from_a_chat_to_a_release_and_back() -> None:
    """Every step of the loop is on the page, in this order."""
    steps = ["story", "explain", "data add", "data check", "make train", "compare", "promote",
             "rollback"]  # fmt: skip
    typed = [line.removeprefix("livechat ") for line in COMMANDS]
    assert [step for step, line in zip(steps, typed, strict=True) if line.startswith(step)] == steps


@pytest.mark.timeout(400)
async def test_each_command_of_the_page_does_what_the_page_says(project: Path, desk: Desk) -> None:
    """With real training by Rasa on a few hundred messages: half a minute of this test."""
    first_model(project)
    models = project / "models"
    unpack(models / MODEL, models / "triage")
    run(project, "livechat promote", desk)
    before = current(models / "released")
    story, explain, add, check, train, compare, promote, rollback = COMMANDS

    await chat(desk, project, shlex.split(story)[2])
    told = run(project, story, desk)
    assert "stories:" in told and "Imran" not in told

    why = run(project, explain, desk)
    assert re.search(r"(?m)^nearest$", why) and why.count("data/nlu/") == 5
    assert "threshold now" in why

    added = run(project, add, desk)
    kept = re.search(r"what is kept: `([^`]+)`", WALK)
    assert kept and f"after:   {kept[1]}" in added
    name = f"T-{time.gmtime().tm_year}-001"
    assert f"{name} written into data/nlu/first/stalking.yml" in added
    assert name in {one.id for one in load_nlu(project / "data" / "nlu")}

    assert run(project, check, desk).endswith("data: fit to learn from\n")
    assert "Trained in" in run(project, train, desk)
    sides = run(project, compare, desk)
    assert "emergencies flagged now" in sides and "worse" in sides and "better" in sides

    assert f"before it {before}" in run(project, promote, desk)
    after = current(models / "released")
    assert after != before and f"new: {after}" in sides
    release = livechat(
        project, "triage", given='{"id": 1, "text": "hello"}\n',
        LIVECHAT_MODELS="models/released/current",
    )  # fmt: skip
    assert release.returncode == 0, release.stderr

    assert f"back to {before}" in run(project, rollback, desk)
    assert current(models / "released") == before


def test_a_release_is_run_by_the_setting_that_the_page_names() -> None:
    assert "LIVECHAT_MODELS=models/released/current" in WALK
