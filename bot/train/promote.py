"""Train the assistant when its data changed, and know whether a model is stale.

A model is one Rasa archive (`desk.tar.gz`) beside `stamp.json`, which holds the hash of
everything that training reads. `livechat up` refuses a model whose stamp does not match. A
released model (`bot/train/release.py`) says so in its stamp: it may be older than the data here,
but it must be whole and fit the encoder of this version.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

#: What `rasa train` reads, and the code that decides what it makes of it.
INPUTS = (
    "domain.yml",
    "config.yml",
    "data/nlu",
    "data/rules",
    "data/stories",
    "bot/triage/model/sums.json",
    "bot/triage/features.py",
    "bot/triage/fit.py",
    "bot/triage/heads.py",
    "bot/triage/encoder.py",
    "bot/dialogue/components.py",
)
#: Lines of Rasa's log that are shown as progress.
STEP = re.compile(
    r"(?:hooks|components|fit)\s+- (.*(?:train|fit|embed|head|message).*)", re.IGNORECASE
)
MODEL = "desk.tar.gz"
STAMP = "stamp.json"


class TrainingFailed(RuntimeError):
    """Rasa refused the data; the text is its last lines."""


def _files(root: Path) -> Iterator[Path]:
    for name in INPUTS:
        path = root / name
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*.yml") if p.is_file())
        elif path.is_file():
            yield path


def data_hash(root: Path) -> str:
    """SHA-256 over names and contents of everything that training reads."""
    digest = hashlib.sha256()
    for path in _files(root):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def model_problem(root: Path, models: Path) -> str | None:
    """None when the model in `models` fits the data in `root`, else one plain line."""
    archive, stamp = models / MODEL, models / STAMP
    if not archive.is_file() or not stamp.is_file():
        return f"No trained model in {models}. Run: make train"
    try:
        held = json.loads(stamp.read_text())
        trained = held["data"]
    except (ValueError, KeyError, TypeError):
        return f"{stamp} cannot be read. Run: make train"
    if held.get("released"):
        return released_problem(models, held)
    if trained != data_hash(root):
        return f"The model in {models} is older than the training data. Run: make train"
    return None


def released_problem(models: Path, stamp: dict[str, Any]) -> str | None:
    """None when the released model is whole and fits this version's encoder, else one line."""
    if not stamp.get("released") or not (models / MODEL).is_file():
        return f"The released model in {models} is not whole. Run: livechat rollback"
    if hashlib.sha256((models / MODEL).read_bytes()).hexdigest() != stamp.get("archive"):
        return f"{models / MODEL} is not the one that was released. Run: livechat rollback"
    # The gateway's own check of the encoder; imported here, as most commands need no encoder.
    from bot.triage.encoder import HOME, BrokenModel, check_sums

    heads = models / "triage" / "heads.json"
    try:
        fitted = json.loads(heads.read_text(encoding="utf-8"))["encoder"]
    except (OSError, ValueError, KeyError, TypeError):
        return f"{heads} cannot be read. Run: livechat rollback"
    try:
        fits = fitted == check_sums(HOME)
    except BrokenModel as error:
        return str(error)
    if not fits:
        return (
            f"The released model in {models} was fitted on another encoder than that of this "
            "version. Run: make train, then livechat promote"
        )
    return None


def train(
    root: Path, models: Path, *, force: bool = False, say: Callable[[str], None] = print
) -> bool:
    """Train with stock `rasa train` when the data changed. True when it trained."""
    if force and _is_released(models):
        raise TrainingFailed(
            f"{models} holds a released model, which is never trained over. Unset LIVECHAT_MODELS."
        )
    problem = model_problem(root, models)
    if problem and _is_released(models):
        raise TrainingFailed(problem)
    if not force and problem is None:
        say("Model is up to date.")
        return False
    wanted = data_hash(root)
    models.mkdir(parents=True, exist_ok=True)
    (models / STAMP).unlink(missing_ok=True)
    started = time.monotonic()
    say("Training the assistant (a few minutes the first time)...")
    _run_rasa_train(root, models, say)
    stamp = {"data": wanted, "seconds": round(time.monotonic() - started, 1)}
    (models / STAMP).write_text(json.dumps(stamp) + "\n")
    say(f"Trained in {stamp['seconds']} s: {models / MODEL}")
    return True


def _is_released(models: Path) -> bool:
    try:
        return bool(json.loads((models / STAMP).read_text()).get("released"))
    except (OSError, ValueError, AttributeError):
        return False


def _run_rasa_train(root: Path, models: Path, say: Callable[[str], None]) -> None:
    argv = [
        sys.executable, "-m", "rasa", "train", "-v",
        "--out", str(models), "--fixed-model-name", "desk",
    ]  # fmt: skip
    env = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore"}
    tail: list[str] = []
    with subprocess.Popen(
        argv, cwd=root, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            tail = [*tail[-25:], line.rstrip()]
            if step := STEP.search(line):
                say(f"  {step.group(1).strip()}")
    if process.returncode or not (models / MODEL).is_file():
        raise TrainingFailed("Training failed:\n" + "\n".join(tail))
