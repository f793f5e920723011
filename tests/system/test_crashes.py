"""Pull the plug on each process: danger is still answered, nothing is lost or said twice."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import psutil
import pytest

from bot.settings import ROOT
from bot.supervise import free_port
from tests.system.conftest import Person, Running, start_desk, stop_desk


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A desk of this module's own: others must not see it crash."""
    running = start_desk(tmp_path_factory.mktemp("crash"))
    running.token = running.operator("tester")
    yield running
    stop_desk(running)


def ready_again(desk: Running, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if desk.call("GET", "/readyz")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.3)
    raise AssertionError("not ready again")


def test_with_the_assistant_dead_danger_is_answered_and_the_person_is_told(own: Running) -> None:
    own.child("rasa", "run", "--credentials").send_signal(signal.SIGSTOP)
    try:
        person = Person(own).start()
        status, body = person.post("there's a man in my house with a knife")
        assert status == 202
        assert any(e["type"] == "safety" and "999" in e["text"] for e in body["events"])
        other = Person(own).start()
        assert other.post("someone keyed my car last week")[0] == 202
        end = time.monotonic() + 30
        while other.state["owner"] == "bot" and time.monotonic() < end:
            other.poll()
        assert other.state["owner"] == "queue"
    finally:
        own.child("rasa", "run", "--credentials").send_signal(signal.SIGKILL)
    ready_again(own)


def test_a_killed_assistant_answers_once_when_it_is_back(own: Running) -> None:
    person = Person(own).start()
    own.child("rasa", "run", "--credentials").kill()
    assert person.post("hello")[0] == 202
    end = time.monotonic() + 60
    replies: list[dict[str, object]] = []
    while time.monotonic() < end:
        replies += [e for e in person.poll() if e["sender"] == "bot"]
        if person.state["bot_idle"]:
            break
    ready_again(own)
    assert person.state["bot_idle"]
    time.sleep(1)
    replies += [e for e in person.poll(0) if e["sender"] == "bot"]
    said = [e["says"] for e in replies]
    assert len(said) == len(set(said)) and said


def test_a_killed_store_loses_nothing_that_was_acknowledged(own: Running) -> None:
    person = Person(own).start()
    person.say("my bike was nicked from the tram stop in Sale yesterday")
    own.child("valkey-server").kill()
    ready_again(own)
    status, body = own.call(
        "GET", f"/api/v1/conversations/{person.id}/events?after=0", token=person.token
    )
    assert status == 200
    assert any("tram stop in Sale" in e["text"] for e in body["events"])
    assert person.say("it's a blue Carrera mountain bike")


def test_a_second_desk_on_the_same_port_says_so_in_one_line(own: Running) -> None:
    environ = {**own.environ, "LIVECHAT_DATA": str(own.data / "second")}
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "up"],
        cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert "LIVECHAT_PORT" in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def test_a_second_desk_on_the_same_data_folder_says_so_in_one_line(own: Running) -> None:
    environ = {**own.environ, "LIVECHAT_PORT": str(free_port())}
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "up"],
        cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert "LIVECHAT_DATA" in done.stderr and len(done.stderr.splitlines()) == 1
    assert own.call("GET", "/readyz")[0] == 200


def test_ctrl_c_ends_everything_within_ten_seconds(own: Running) -> None:
    family = psutil.Process(own.process.pid).children(True)
    assert stop_desk(own) < 10
    _, alive = psutil.wait_procs(family, timeout=1)
    assert not alive
    assert own.process.returncode == 0
