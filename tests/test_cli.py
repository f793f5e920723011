"""The command line: what cannot start says so in a line; accounts, readings, gateway alone."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.records.operators import Operators
from bot.records.tables import open_database
from bot.settings import ROOT
from bot.supervise import free_port
from bot.train.promote import MODEL, STAMP, data_hash

#: Where no server ever listens: the discard port of this machine.
NOBODY = "127.0.0.1:9"
BLOCKED = ("rasa", "rasa_sdk", "tensorflow", "keras", "sklearn", "spacy")


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """A desk of this test's own: a free port, a data folder, nothing else set."""
    return {
        **os.environ,
        "LIVECHAT_PORT": str(free_port()),
        "LIVECHAT_DATA": str(tmp_path / "data"),
        "REDIS_URL": "",
        "DATABASE_URL": "",
    }


def livechat(
    environ: dict[str, str], *words: str, given: str = ""
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *words],
        cwd=ROOT, env=environ, input=given, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def refused(environ: dict[str, str], *words: str) -> str:
    """Run what must not start; gives the one line that it said."""
    done = livechat(environ, *words)
    lines = done.stderr.strip().splitlines()
    assert done.returncode != 0
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return lines[0]


@pytest.mark.parametrize("words", [("up",), ("gateway",), ("operator", "list"), ("triage",)])
def test_a_wrong_setting_is_named_in_one_line(environ: dict[str, str], words: list[str]) -> None:
    line = refused({**environ, "LIVECHAT_PORT": "eighty"}, *words)
    assert "LIVECHAT_PORT is 'eighty'; expected a port" in line


def test_a_taken_port_is_named_with_the_setting_that_changes_it(environ: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", int(environ["LIVECHAT_PORT"]))):
        line = refused(environ, "up")
    assert environ["LIVECHAT_PORT"] in line
    assert "LIVECHAT_PORT" in line


@pytest.mark.parametrize("command", ["up", "gateway"])
def test_a_store_that_does_not_answer_is_named(environ: dict[str, str], command: str) -> None:
    line = refused({**environ, "REDIS_URL": f"redis://:hushhush@{NOBODY}/0"}, command)
    assert NOBODY in line
    assert "hushhush" not in line


@pytest.mark.parametrize(
    "words",
    [
        ("up",),
        ("operator", "list"),
        ("operator", "add", "sam", "--role", "handler"),
        ("operator", "disable", "sam"),
    ],
)
def test_a_database_that_does_not_answer_is_named(
    environ: dict[str, str], words: list[str]
) -> None:
    line = refused({**environ, "DATABASE_URL": f"postgresql://u:hushhush@{NOBODY}/x"}, *words)
    assert "DATABASE_URL cannot be opened" in line
    assert "hushhush" not in line


@pytest.mark.parametrize("words", [("up",), ("gateway",), ("dialogue",), ("triage",)])
def test_a_missing_model_says_how_to_train_one(
    environ: dict[str, str], tmp_path: Path, words: list[str]
) -> None:
    line = refused({**environ, "LIVECHAT_MODELS": str(tmp_path / "none")}, *words)
    assert "No trained model" in line
    assert "make train" in line


def test_a_model_older_than_its_data_says_how_to_train_again(
    environ: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / MODEL).write_bytes(b"older")
    (tmp_path / STAMP).write_text(json.dumps({"data": "another"}))
    line = refused({**environ, "LIVECHAT_MODELS": str(tmp_path)}, "up")
    assert "older than the training data" in line
    assert "make train" in line


def test_half_a_model_says_so(environ: dict[str, str], tmp_path: Path) -> None:
    """A copy that broke off: the stamp fits, the archive does not open."""
    (tmp_path / MODEL).write_bytes((ROOT / "models" / MODEL).read_bytes()[:200_000])
    (tmp_path / STAMP).write_text(json.dumps({"data": data_hash(ROOT)}))
    assert "not a whole archive" in refused({**environ, "LIVECHAT_MODELS": str(tmp_path)}, "up")


def test_accounts_are_made_listed_and_disabled(environ: dict[str, str], tmp_path: Path) -> None:
    """The password goes to standard error, the token alone to the end of standard output."""
    assert livechat(environ, "operator", "list").stdout == ""
    made = livechat(environ, "operator", "add", "sam", "--role", "handler")
    token = made.stdout.strip().splitlines()[-1]
    password = re.search(r"password (\S+)", made.stderr)
    assert made.returncode == 0 and password
    known = Operators(open_database(f"sqlite:///{tmp_path / 'data' / 'records.sqlite'}"))
    account = known.by_token(token)
    assert account and (account.name, account.role) == ("sam", "handler")
    assert known.log_in("sam", password[1])
    assert livechat(environ, "operator", "list").stdout == "sam\thandler\tactive\n"

    assert "already an account 'sam'" in refused(
        environ, "operator", "add", "sam", "--role", "trainer"
    )
    assert livechat(environ, "operator", "disable", "sam").returncode == 0
    assert livechat(environ, "operator", "list").stdout == "sam\thandler\tdisabled\n"
    assert known.log_in("sam", password[1]) is None
    assert known.by_token(token) is None
    assert "no account 'nobody'" in refused(environ, "operator", "disable", "nobody")


def test_triage_gives_the_documented_fields_in_the_order_of_the_lines(
    environ: dict[str, str],
) -> None:
    texts = [
        "there's a man in my house with a knife",
        "my bike was stolen from outside the library in Bury yesterday",
        "hello",
    ]
    given = "".join(json.dumps({"id": n, "text": t}) + "\n" for n, t in enumerate(texts))
    done = livechat(environ, "triage", given=given)
    read = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0 and done.stderr == ""
    assert [line["id"] for line in read] == [0, 1, 2]
    for line in read:
        assert set(line) == {"id", "route", "subtype", "danger", "cues", "confidence", "language"}
    assert (read[0]["route"], read[0]["danger"]) == ("emergency", "now")
    assert "weapon" in read[0]["cues"]
    assert (read[1]["route"], read[1]["subtype"]) == ("crime_report", "bike_theft")
    assert read[1]["danger"] == "none"
    assert read[2]["language"] == "en" and 0 <= read[2]["confidence"] <= 1


def test_triage_names_the_line_that_it_cannot_read(environ: dict[str, str]) -> None:
    done = livechat(environ, "triage", given='{"id": 1, "text": "hello"}\n{"id": 2}\n')
    assert done.returncode != 0
    assert "Line 2" in done.stderr and "Traceback" not in done.stderr


@pytest.fixture
def alone(environ: dict[str, str], desk_url: str, desk_id: str, tmp_path: Path) -> Iterator[str]:
    """`livechat gateway` with Rasa and all that it brings blocked from import; gives its URL."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "class Block:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name.split('.')[0] in {BLOCKED!r}:\n"
        "            raise ImportError('blocked: ' + name)\n"
        "sys.meta_path.insert(0, Block())\n"
    )
    shutil.rmtree(tmp_path / "data", ignore_errors=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "gateway"],
        cwd=ROOT,
        env={
            **environ,
            "PYTHONPATH": str(tmp_path),
            "REDIS_URL": desk_url,
            "LIVECHAT_DESK": desk_id,
        },
        stdout=(tmp_path / "out").open("w"), stderr=subprocess.STDOUT,
    )  # fmt: skip
    url = f"http://127.0.0.1:{environ['LIVECHAT_PORT']}"
    end = time.monotonic() + 30
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(url + "/healthz", timeout=5).close()
            break
        except OSError:
            time.sleep(0.1)
    else:
        process.kill()
        pytest.fail((tmp_path / "out").read_text())
    maps = Path(f"/proc/{process.pid}/maps").read_text()
    yield url
    process.send_signal(signal.SIGINT)
    assert process.wait(15) == 0
    for name in BLOCKED:
        assert f"/{name}/" not in maps


def test_the_gateway_alone_needs_no_rasa_and_still_answers_danger(alone: str) -> None:
    """Real reader, real store, nothing of Rasa: the 999 line is in the answer to the message."""

    def post(path: str, body: dict[str, str], token: str = "") -> dict[str, object]:
        request = urllib.request.Request(alone + path, json.dumps(body).encode(), method="POST")
        request.add_header("Content-Type", "application/json")
        request.add_header("Authorization", f"Bearer {token}")
        with urllib.request.urlopen(request, timeout=30) as answer:
            return dict(json.load(answer))

    made = post("/api/v1/conversations", {})
    sent = post(
        f"/api/v1/conversations/{made['conversation']}/messages",
        {"client_id": "1", "text": "there's a man in my house with a knife"},
        str(made["token"]),
    )
    assert "999" in json.dumps(sent["events"])
