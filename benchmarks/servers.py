"""Starts what is measured: the desk by `livechat up`, and Rasa's default pipeline beside it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.settings import ROOT
from bot.supervise import free_port
from bot.train.rivals import stock_pipeline

READY_S = 240
Say = Callable[[str], None]


@dataclass(frozen=True)
class Server:
    """A running system: its address and the process at its top."""

    url: str
    pid: int


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + READY_S
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    process.kill()
    raise RuntimeError(f"not ready: {url}\n{log.read_text()[-2000:]}")


@contextmanager
def _running(
    argv: list[str], env: dict[str, str], cwd: Path, ready: str, log: Path
) -> Iterator[int]:
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as out:
        process = subprocess.Popen(argv, cwd=cwd, env={**os.environ, **env}, stdout=out, stderr=out)
        try:
            _wait(ready, process, log)
            yield process.pid
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


@contextmanager
def desk(folder: Path) -> Iterator[Server]:
    """The whole desk on embedded defaults with a data folder of its own."""
    port = free_port()
    env = {
        "LIVECHAT_PORT": str(port),
        "LIVECHAT_DATA": str(folder / "desk"),
        "REDIS_URL": "",
        "DATABASE_URL": "",
    }
    url = f"http://127.0.0.1:{port}"
    argv = [sys.executable, "-m", "bot.cli", "up"]
    with _running(argv, env, ROOT, f"{url}/readyz", folder / "desk.log") as pid:
        yield Server(url, pid)


#: The baseline: Rasa's own default pipeline and policies. One epoch, because the cost of a
#: message does not depend on how long the weights were trained, and training does.
CONFIG = {
    "recipe": "default.v1",
    "assistant_id": "baseline",
    "language": "en",
    "pipeline": [
        *stock_pipeline(epochs=1),
        {"name": "EntitySynonymMapper"},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ],
    "policies": [
        {"name": "MemoizationPolicy"},
        {"name": "RulePolicy"},
        {"name": "UnexpecTEDIntentPolicy", "max_history": 5, "epochs": 1},
        {"name": "TEDPolicy", "max_history": 5, "epochs": 1, "constrain_similarities": True},
    ],
}
FORM_SLOTS = ("safe_now", "what_happened", "location", "when", "property", "suspect", "contact")


def _domain(intents: list[str]) -> dict[str, object]:
    slots = {
        name: {
            "type": "text",
            "influence_conversation": False,
            "mappings": [
                {"type": "from_text", "conditions": [
                    {"active_loop": "report_form", "requested_slot": name}]}
            ],
        }
        for name in FORM_SLOTS
    }  # fmt: skip
    asks = {f"utter_ask_{name}": [{"text": f"Please tell us: {name}?"}] for name in FORM_SLOTS}
    return {
        "version": "3.1",
        "intents": intents,
        "slots": slots,
        "forms": {"report_form": {"required_slots": list(FORM_SLOTS)}},
        "responses": {"utter_ok": [{"text": "Thank you."}], **asks},
        "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": True},
    }


def _rules(intents: list[str]) -> dict[str, object]:
    start = {
        "rule": "start the form",
        "steps": [{"intent": "crime_report"}, {"action": "report_form"},
                  {"active_loop": "report_form"}],
    }  # fmt: skip
    end = {
        "rule": "end the form",
        "condition": [{"active_loop": "report_form"}],
        "steps": [{"action": "report_form"}, {"active_loop": None},
                  {"slot_was_set": [{"requested_slot": None}]}, {"action": "utter_ok"}],
    }  # fmt: skip
    others = [
        {"rule": name, "steps": [{"intent": name}, {"action": "utter_ok"}]}
        for name in intents
        if name != "crime_report"
    ]
    return {"version": "3.1", "rules": [start, end, *others]}


def train_baseline(folder: Path, say: Say) -> Path:
    """Train the baseline on the desk's own examples. Gives the project folder."""
    project = folder / "baseline"
    if (project / "models" / "baseline.tar.gz").is_file():
        return project
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(ROOT / "data" / "nlu", project / "data" / "nlu")
    intents = sorted(
        {
            block["intent"]
            for file in (project / "data" / "nlu").rglob("*.yml")
            for block in yaml.load(file.read_text(), yaml.CSafeLoader).get("nlu", [])
        }
    )
    (project / "config.yml").write_text(yaml.safe_dump(CONFIG, sort_keys=False))
    (project / "domain.yml").write_text(yaml.safe_dump(_domain(intents), sort_keys=False))
    (project / "data" / "rules.yml").write_text(yaml.safe_dump(_rules(intents), sort_keys=False))
    story = {"version": "3.1", "stories": [{"story": "hello", "steps": [
        {"intent": "social"}, {"action": "utter_ok"}]}]}  # fmt: skip
    (project / "data" / "stories.yml").write_text(yaml.safe_dump(story, sort_keys=False))
    say("training Rasa's default pipeline on the same examples (one epoch)...")
    subprocess.run(
        [sys.executable, "-m", "rasa", "train", "--fixed-model-name", "baseline"],
        cwd=project, env={**os.environ, "RASA_TELEMETRY_ENABLED": "false"},
        check=True, capture_output=True,
    )  # fmt: skip
    return project


@contextmanager
def baseline(project: Path) -> Iterator[Server]:
    """Stock `rasa run` with the REST channel and the in-memory tracker store."""
    port = free_port()
    (project / "credentials.yml").write_text("rest:\n")
    argv = [
        sys.executable, "-m", "rasa", "run", "-i", "127.0.0.1", "-p", str(port),
        "--model", "models/baseline.tar.gz", "--credentials", "credentials.yml",
    ]  # fmt: skip
    env = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
    url = f"http://127.0.0.1:{port}"
    with _running(argv, env, project, f"{url}/webhooks/rest/", project / "run.log") as pid:
        yield Server(url, pid)
