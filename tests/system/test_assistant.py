"""Stock Rasa at the root: `rasa shell`, `rasa test` and `rasa train` need no Redis, no gateway."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import yaml

from bot.dialogue.endpoints import actions_argv, env
from bot.settings import ROOT, load
from bot.supervise import free_port
from bot.train.promote import MODEL

HELLO = "This is an automated assistant"
MUSEUM = "The museum is open to visitors on Tuesdays."
ENVIRON = {
    **os.environ,
    **env(),
    "PYTHONPATH": str(ROOT),
    "REDIS_URL": "redis://127.0.0.1:9/0",  # nobody answers there, and nobody may ask
    "COLUMNS": "120",
    "TERM": "dumb",
}


@pytest.fixture(scope="module")
def endpoints(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The root's `endpoints.yml` with a free port, and an action server there."""
    folder, port = tmp_path_factory.mktemp("actions"), free_port()
    root = yaml.safe_load((ROOT / "endpoints.yml").read_text())
    assert set(root) == {"action_endpoint"}
    root["action_endpoint"]["url"] = f"http://127.0.0.1:{port}/webhook"
    file = folder / "endpoints.yml"
    file.write_text(yaml.safe_dump(root))
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            actions_argv(sys.executable, port), cwd=ROOT, env=ENVIRON, stdout=log, stderr=log
        )
    end = time.monotonic() + 60
    while "is up and running" not in (folder / "log").read_text():
        assert server.poll() is None and time.monotonic() < end, (folder / "log").read_text()
        time.sleep(0.1)
    yield file
    server.terminate()
    server.wait(10)


def rasa(
    *words: str, cwd: Path = ROOT, given: str | None = None
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "rasa", *words],
        cwd=cwd, env=ENVIRON, input=given, capture_output=True, text=True, timeout=110, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def shell(model: Path, endpoints: Path, typed: Sequence[str], cwd: Path = ROOT) -> str:
    """What `rasa shell` prints after these lines; colours and redrawn prompts are taken out."""
    done = rasa(
        "shell", "--model", str(model), "--endpoints", str(endpoints),
        "--interface", "127.0.0.1", "--port", str(free_port()),
        cwd=cwd, given="".join(f"{line}\n" for line in (*typed, "/stop")),
    )  # fmt: skip
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", done.stdout)


def test_rasa_shell_answers_with_actions_alone(endpoints: Path) -> None:
    said = shell(load().models / MODEL, endpoints, ["hello"])
    assert HELLO in said
    assert '"says": "utter_greet"' in said


def test_our_test_stories_hold_with_rasa_test(endpoints: Path, tmp_path: Path) -> None:
    """Each goal and each interruption is predicted as `tests/stories` has it."""
    rasa(
        "test", "core", "--stories", "tests/stories", "--model", str(load().models / MODEL),
        "--endpoints", str(endpoints), "--out", str(tmp_path), "--no-plot",
    )  # fmt: skip
    report = json.loads((tmp_path / "story_report.json").read_text())
    told = yaml.safe_load((ROOT / "tests/stories/test_conversations.yml").read_text())
    assert report["conversation_accuracy"]["total"] == len(told["stories"]) > 0
    assert report["conversation_accuracy"]["correct"] == len(told["stories"])


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as a trainer has it, with few examples (speed), a new intent and a story."""
    folder = tmp_path_factory.mktemp("trainer")
    for name in ("config.yml", "data/rules", "data/stories"):
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, place)
    (folder / "data/nlu").mkdir()
    for name in ("first/social.yml", "first/bike_theft.yml"):
        shutil.copy(ROOT / "data/nlu" / name, folder / "data/nlu")
    (folder / "domain").mkdir()
    shutil.copy(ROOT / "domain.yml", folder / "domain")
    (folder / "domain/museum.yml").write_text(
        yaml.safe_dump(
            {
                "version": "3.1",
                "intents": ["ask_museum"],
                "responses": {"utter_museum": [{"text": MUSEUM}]},
            }
        )
    )
    (folder / "data/nlu/museum.yml").write_text(
        "version: '3.1'\nnlu:\n- intent: ask_museum\n  examples: |\n"
        "    - is the police museum open today\n"
        "    - can my class visit the police museum next week\n"
        "    - where is the museum and when can we visit it\n"
    )
    (folder / "data/stories/museum.yml").write_text(
        "version: '3.1'\nstories:\n- story: the museum after hello\n  steps:\n"
        "  - intent: social\n  - action: action_social\n"
        "  - intent: ask_museum\n  - action: utter_museum\n"
    )
    rasa("train", "--domain", "domain", "--fixed-model-name", "trained", cwd=folder)
    return folder


@pytest.mark.timeout(180)
def test_a_story_that_a_trainer_adds_is_followed(trained: Path, endpoints: Path) -> None:
    """With a new intent and a new response, after plain `rasa train`."""
    said = shell(trained / "models/trained.tar.gz", endpoints, ["hello", "/ask_museum"], trained)
    assert HELLO in said
    assert MUSEUM in said


def test_where_no_rule_or_story_fits_the_assistant_says_so_once(
    trained: Path, endpoints: Path
) -> None:
    """The new intent out of its story: one plain sentence, then it listens."""
    said = shell(trained / "models/trained.tar.gz", endpoints, ["/ask_museum"], trained)
    assert MUSEUM not in said
    assert said.count('"says": "utter_not_understood"') == 1
