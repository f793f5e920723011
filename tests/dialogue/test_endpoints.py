"""Promises of the start files: private, loopback only, written without Rasa."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import yaml

from bot.dialogue import endpoints


def test_the_files_hold_what_the_dialogue_needs(tmp_path: Path) -> None:
    """Action server on loopback with the selective domain, our store, our channel."""
    ends, creds = endpoints.write(tmp_path / "data", "redis://:secret@h/0", "gmp", 5055)
    written = yaml.safe_load(ends.read_text())
    assert written["action_endpoint"]["url"] == "http://127.0.0.1:5055/webhook"
    assert written["action_endpoint"]["enable_selective_domain"] is True
    assert written["tracker_store"]["type"] == "bot.dialogue.tracker.StagingTrackerStore"
    assert yaml.safe_load(creds.read_text()) == {
        "bot.dialogue.channel.DeskChannel": {"redis_url": "redis://:secret@h/0", "desk_id": "gmp"}
    }
    for path in (ends, creds):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_listens_on_every_interface(tmp_path: Path) -> None:
    """Both command lines and the environment say loopback."""
    argv = endpoints.argv("py", 1, tmp_path / "e", tmp_path / "c", tmp_path / "m")
    assert argv[argv.index("--interface") + 1] == "127.0.0.1"
    assert endpoints.env()["SANIC_HOST"] == "127.0.0.1"
    assert "--enable-api" not in argv


def test_the_gateway_can_use_these_modules_without_rasa() -> None:
    """`livechat up` and the gateway import them; neither may pull Rasa or tensorflow in."""
    code = (
        "import sys, bot.dialogue.endpoints, bot.dialogue.model, bot.dialogue.intent;"
        "print([m for m in ('rasa', 'tensorflow', 'sanic') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
