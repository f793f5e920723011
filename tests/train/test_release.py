"""The gate refuses a model that lost an emergency; a release is whole or not there; back works."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from small_project import CAUGHT, first_model, livechat

from bot.dialogue.model import unpack
from bot.train import release
from bot.train.promote import MODEL, STAMP, TrainingFailed, data_hash, model_problem, train
from bot.train.release import Refused, current, history, promote, rollback
from bot.train.take import write
from bot.triage.read import Reader

BAR = {"now": 2.0, "check": 2.0, "unsure": 2.0}
#: An emergency that no rule knows and that sounds like one to the heads.
SUBTLE = "we are upstairs with the kids and someone is moving about in our kitchen"


def fitted(project: Path, *, deaf: bool = False, more: str = "") -> Path:
    """The working model of the copy, fitted anew: deaf to all but rules, or with one more."""
    decisions = project / "data" / "triage" / "decisions.json"
    if more:
        row = {"id": f"Z-{more}", "text": f"my {more} was stolen in the night", "cues": [],
               "route": "crime_report", "type": "theft_general", "danger": "none"}  # fmt: skip
        write([row], project / "data" / "nlu" / "first")
    first_model(project, {**json.loads(decisions.read_text()), **(BAR if deaf else {})})
    models = project / "models"
    unpack(models / MODEL, models / "triage")
    return models


@pytest.fixture
def models(project: Path) -> Path:
    return fitted(project)


def add_test(project: Path, text: str, name: str, file: str = "test.jsonl") -> None:
    row = {"id": name, "text": text, "route": "emergency", "danger": "now", "cues": []}
    with (project / "data" / "eval" / file).open("a") as out:
        out.write(json.dumps(row) + "\n")


def quiet(line: str) -> None:
    """Says nothing."""


def test_a_first_release_is_whole_and_a_desk_can_run_it(project: Path, models: Path) -> None:
    to = models / "released"
    name = promote(project, models, to, quiet)
    assert current(to) == name and (to / "current").readlink() == Path(name)
    assert {one.name for one in (to / name).iterdir()} == {
        MODEL, STAMP, "triage", "figures.json",
    }  # fmt: skip
    assert not list(to.glob(".release-*"))
    kept = json.loads((to / name / "figures.json").read_text())
    assert kept["model"] == name == Reader.load(to / "current" / "triage").fingerprint
    assert kept["files"]["mustcatch.jsonl"]["E-0"]["flagged"] is True
    # The gateway unpacks nothing anew from it, and it is not stale when the data move on.
    folder = to / "current" / "triage"
    assert unpack(to / "current" / MODEL, folder) == folder and not folder.is_symlink()
    (project / "domain.yml").write_text((project / "domain.yml").read_text() + "\n# changed\n")
    assert model_problem(project, models) is not None
    assert model_problem(project, to / "current") is None
    done = livechat(project, "triage", given='{"id": 1, "text": "hello"}\n',
                    LIVECHAT_MODELS="models/released/current")  # fmt: skip
    assert json.loads(done.stdout)["id"] == 1


def test_a_first_release_must_catch_every_must_catch_message(project: Path, models: Path) -> None:
    add_test(project, "hello there how are you", "M-9", "mustcatch.jsonl")
    with pytest.raises(Refused, match=r"mustcatch\.jsonl: M-9 \(label emergency\) is not flagged"):
        promote(project, models, models / "released", quiet)
    assert not (models / "released").exists()


def test_recall_that_fell_is_refused_with_each_message_by_name(project: Path, models: Path) -> None:
    add_test(project, SUBTLE, "E-lost")
    to = models / "released"
    name = promote(project, models, to, quiet)
    fitted(project, deaf=True)
    with pytest.raises(Refused) as refused:
        promote(project, models, to, quiet)
    assert "test.jsonl: emergency recall fell by 1" in str(refused.value)
    assert "E-lost (label emergency) was flagged and is not now" in str(refused.value)
    assert current(to) == name and [p.name for p in to.iterdir() if p.is_dir()].count(name) == 1
    assert livechat(project, "promote").returncode == 1


def test_a_must_catch_message_that_was_caught_and_is_missed_is_refused(
    project: Path, models: Path
) -> None:
    add_test(project, SUBTLE, "M-lost", "mustcatch_late.jsonl")
    to = models / "released"
    promote(project, models, to, quiet)
    fitted(project, deaf=True)
    with pytest.raises(Refused, match=r"mustcatch_late\.jsonl: M-lost \(label emergency\)"):
        promote(project, models, to, quiet)


def test_a_new_must_catch_message_that_is_missed_is_told_of_and_does_not_stop(
    project: Path, models: Path
) -> None:
    to = models / "released"
    promote(project, models, to, quiet)
    add_test(project, "hello there how are you", "M-new", "mustcatch.jsonl")
    fitted(project, more="kettle")
    said: list[str] = []
    promote(project, models, to, said.append)
    assert any("M-new (label emergency) is not flagged" in line for line in said)


def test_rollback_goes_back_one_release_at_a_time_and_then_says_so(
    project: Path, models: Path
) -> None:
    to = models / "released"
    with pytest.raises(Refused, match="Nothing was released"):
        rollback(to, quiet)
    names = [promote(project, models, to, quiet)]
    for more in ("kettle", "toaster"):
        names.append(promote(project, fitted(project, more=more), to, quiet))
    assert len(set(names)) == 3 and history(to) == names
    said: list[str] = []
    assert rollback(to, said.append) == names[1] == current(to)
    assert names[1] in said[0] and names[2] in said[0]
    # What is released next comes after the one gone back to.
    assert promote(project, models, to, quiet) == names[2]
    assert history(to) == names
    assert [rollback(to, quiet), rollback(to, quiet)] == [names[1], names[0]]
    with pytest.raises(Refused, match="no release before"):
        rollback(to, quiet)
    assert current(to) == names[0]


def test_a_release_that_broke_off_leaves_the_one_in_use(project: Path, models: Path) -> None:
    """Noted in the history, pointer not switched: the pointer is the truth."""
    to = models / "released"
    name = promote(project, models, to, quiet)
    (to / "history.json").write_text(json.dumps([name, "half-made"]))
    assert history(to) == [name]
    (to / "history.json").write_text("{broken")
    assert history(to) == [name]


def test_a_changed_release_is_refused_and_never_trained_over(project: Path, models: Path) -> None:
    to = models / "released"
    name = promote(project, models, to, quiet)
    assert train(project, to / "current", say=quiet) is False
    with pytest.raises(TrainingFailed, match="never trained over"):
        train(project, to / "current", force=True, say=quiet)
    with pytest.raises(Refused, match="released model already"):
        promote(project, to / "current", to, quiet)
    about = to / name / "triage" / "heads.json"
    heads = json.loads(about.read_text())
    about.write_text(json.dumps({**heads, "encoder": "another"}))
    assert "another encoder" in str(model_problem(project, to / "current"))
    (to / name / MODEL).write_bytes(b"other")
    assert "is not the one that was released" in str(model_problem(project, to / "current"))
    shutil.rmtree(to / name / "triage")
    (to / name / MODEL).unlink()
    assert model_problem(project, to / "current") is not None


def test_a_stale_model_is_not_released(project: Path, models: Path) -> None:
    (models / STAMP).write_text(json.dumps({"data": "another"}))
    with pytest.raises(Refused, match="older than the training data"):
        promote(project, models, models / "released", quiet)
    (models / STAMP).write_text(json.dumps({"data": data_hash(project)}))
    for file in (project / "data" / "eval").glob("mustcatch*"):
        file.unlink()
    with pytest.raises(Refused, match="must-catch list"):
        promote(project, models, models / "released", quiet)
    assert CAUGHT and not (models / "released").exists()


def test_the_same_model_released_again_keeps_its_place(project: Path, models: Path) -> None:
    to = models / "released"
    assert promote(project, models, to, quiet) == promote(project, models, to, quiet)
    assert len(history(to)) == 1
    assert release.CURRENT == "current"
