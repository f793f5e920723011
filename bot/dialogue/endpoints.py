"""The two files that `rasa run` of a desk starts with. Does not import Rasa.

`livechat up` writes them into the data folder at every start, because ports are picked
freely; the `endpoints.yml` at the root stays for `rasa shell` and `rasa test`, which need
neither Redis nor our tracker store.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import yaml

CHANNEL = "bot.dialogue.channel.DeskChannel"
TRACKER_STORE = "bot.dialogue.tracker.StagingTrackerStore"


def write(folder: Path, redis_url: str, desk_id: str, actions_port: int) -> tuple[Path, Path]:
    """Write `endpoints.yml` and `credentials.yml` into `folder`; return their paths.

    Both are readable by this user only, as `redis_url` may hold a password.
    """
    endpoints = {
        "action_endpoint": {
            "url": f"http://127.0.0.1:{actions_port}/webhook",
            # Else every call carries the whole domain beside the tracker.
            "enable_selective_domain": True,
        },
        "tracker_store": {"type": TRACKER_STORE},
    }
    credentials = {CHANNEL: {"redis_url": redis_url, "desk_id": desk_id}}
    folder.mkdir(parents=True, exist_ok=True)
    return (
        _write(folder / "endpoints.yml", endpoints),
        _write(folder / "credentials.yml", credentials),
    )


def _write(path: Path, content: Mapping[str, object]) -> Path:
    # Written beside and renamed: a second start never reads half a file.
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        yaml.safe_dump(dict(content), handle, sort_keys=False)
    return fresh.replace(path)


def argv(python: str, port: int, endpoints: Path, credentials: Path, model: Path) -> list[str]:
    """The command line of the dialogue process; `python` is the interpreter to run it with."""
    return [
        *(python, "-m", "rasa", "run"),
        *("--interface", "127.0.0.1", "--port", str(port)),
        *("--endpoints", str(endpoints), "--credentials", str(credentials)),
        *("--model", str(model)),
    ]


def actions_argv(python: str, port: int) -> list[str]:
    """The command line of the actions process (package `actions` in the working directory)."""
    return [python, "-m", "rasa", "run", "actions", "--actions", "actions", "--port", str(port)]


def env() -> dict[str, str]:
    """What both Rasa processes need in their environment, beside what they inherit.

    `SANIC_HOST` is the only way to tell `rasa run actions` not to listen on every interface.
    The tensorflow settings only quieten it and keep it off any accelerator.
    """
    return {
        "SANIC_HOST": "127.0.0.1",
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore::DeprecationWarning",
    }
