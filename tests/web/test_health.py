"""Health, metrics, limits, headers, and a gateway whose store is gone."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.desk import Desk, names
from bot.desk.server import EmbeddedServer
from bot.settings import ROOT
from bot.web import config, health, limits
from bot.web.app import create_app
from bot.web.errors import Problem
from bot.web.limits import Limiter
from tests.web.fakes import API, FakeAssistant, FakeReader, Person, gateway_settings

Http = TestClient[Any, Any]
MARKER = "zebrafish-9137"


async def test_healthy_and_ready(client: Http) -> None:
    """Both are 200 on a desk that works."""
    assert (await client.get("/healthz")).status == 200
    answer = await client.get("/readyz")
    assert (answer.status, (await answer.json())["ready"]) == (200, True)


async def test_not_ready_when_the_assistant_leaves_messages(desk: Desk, person: Person) -> None:
    """A message that nobody takes for over ten seconds makes the desk not ready."""
    await person.say("hello")
    assert (await health.parts(desk))["assistant"]

    later = desk.clock() + names.DIALOGUE_SILENT_MS + 1_000
    desk.clock = lambda: later

    assert not (await health.parts(desk))["assistant"]


async def test_store_gone_is_999_and_101(tmp_path: Path, desk_id: str) -> None:
    """Store down: the page stands with 999 and 101 and 503, the API says so, and it comes back."""
    with EmbeddedServer(tmp_path) as server:
        settings = gateway_settings(tmp_path, server.url, desk_id)
        app = create_app(settings, reader=FakeReader(), ticking=False)
        async with TestClient(TestServer(app)) as client:
            person = await Person(client).start()
            server.stop()

            page = await client.get("/", headers={"Accept": "text/html"})
            sent = await person.post("he has a knife", client_id="only-one")
            ready = await client.get("/readyz")

            assert page.status == sent.status == ready.status == 503
            text = await page.text()
            for way in ("999", "101", "18000", "999 BSL", "Text 999"):
                assert way in text
            problem = await sent.json()
            assert problem["code"] == "desk_unavailable" and "999" in problem["title"]

            await asyncio.to_thread(server.start)
            again = await person.say("he has a knife", client_id="only-one")
            assert again["state"]["danger"] == "now"


async def test_words_of_a_person_are_in_no_log_and_no_metric(
    person: Person,
    assistant: FakeAssistant,
    reader: FakeReader,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A planted word, sent in every way that can go wrong, is found nowhere outside the desk."""
    caplog.set_level(logging.DEBUG)
    await person.say(f"he has a knife {MARKER}")
    await person.post(f"{MARKER}" * 1000)
    await person.post(MARKER, payload=f"/{MARKER}")
    await person.http.post(
        f"{API}/{person.id}/messages", data=f'{{"{MARKER}', headers=person.headers
    )
    reader.throws = RuntimeError(MARKER)
    await person.say(f"again {MARKER}")
    await person.until_idle()

    assert MARKER in str(await person.read())
    metrics = await (await person.http.get("/metrics")).text()
    out, err = capfd.readouterr()
    assert MARKER not in metrics + caplog.text + out + err
    assert "livechat_messages_received_total" in metrics
    assert person.id not in metrics + caplog.text and person.token not in caplog.text


def test_limiter_gives_back_with_time() -> None:
    """A bucket empties, refuses with a time to wait, and fills again."""
    now = [0.0]
    limiter = Limiter(clock=lambda: now[0])
    for _ in range(60):
        limiter.check("send", "192.0.2.1", 60)
    with pytest.raises(Problem) as refused:
        limiter.check("send", "192.0.2.1", 60)
    assert refused.value.headers["Retry-After"] == "1"

    limiter.check("send", "192.0.2.2", 60)
    now[0] = 1.1
    limiter.check("send", "192.0.2.1", 60)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", ""])
def test_this_machine_is_never_limited(address: str) -> None:
    """Loopback may ask as often as it likes."""
    limiter = Limiter(clock=lambda: 0.0)
    for _ in range(1_000):
        limiter.check("send", address, 1)


def test_limiter_memory_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The longest quiet address is forgotten first."""
    monkeypatch.setattr(limits, "MAX_BUCKETS", 3)
    limiter = Limiter(clock=lambda: 0.0)
    for n in range(10):
        limiter.check("send", f"192.0.2.{n}", 5)
    assert len(limiter._buckets) == 3


async def test_sends_are_limited_from_outside(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From another machine too many sends are 429, and reading still works."""
    monkeypatch.setattr("bot.web.public.client_address", lambda *_: "192.0.2.9")
    monkeypatch.setattr(config, "RATE_SEND_PER_MINUTE", 2)
    answers = [await person.post("hello") for _ in range(3)]

    assert [a.status for a in answers] == [202, 202, 429]
    assert answers[2].headers["Retry-After"]
    assert len((await person.read())["events"]) == 2


async def test_metrics_are_not_for_the_internet(
    client: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address of the internet finds nothing there."""
    monkeypatch.setattr(health, "client_address", lambda *_: "8.8.8.8")

    assert (await client.get("/metrics")).status == 404


async def test_headers_of_the_page(client: Http) -> None:
    """A strict policy: nothing inline, nobody else, never framed, never stored."""
    answer = await client.get("/")
    policy = answer.headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy and "unsafe" not in policy and "*" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in answer.headers


async def test_page_has_its_notice_and_no_subject_word(client: Http, app: web.Application) -> None:
    """Four points before the first word; title, addresses and file names say nothing."""
    text = await (await client.get("/")).text()

    assert text.count("<li>") == 4 and "<title>Chat</title>" in text
    names_of = [str(path) for path in (ROOT / "bot/web/static").rglob("*")]
    for word in ("police", "crime", "abuse", "report"):
        assert not any(word in name.lower() for name in names_of)
        assert f"/{word}" not in text.lower()


def test_gateway_starts_without_rasa_and_tensorflow(
    tmp_path: Path, desk_url: str, desk_id: str
) -> None:
    """With both blocked from import the application starts and answers."""
    program = """
import asyncio, sys
class Block:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("rasa", "tensorflow", "rasa_sdk", "sklearn", "keras"):
            raise ImportError("blocked: " + name)
sys.meta_path.insert(0, Block())
from pathlib import Path
from aiohttp.test_utils import TestClient, TestServer
from bot.web.app import create_app
from tests.web.fakes import FakeReader, gateway_settings
async def main():
    settings = gateway_settings(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
    async with TestClient(TestServer(create_app(settings, reader=FakeReader()))) as client:
        assert (await client.get("/")).status == 200
        assert (await client.post("/api/v1/conversations", json={})).status == 201
asyncio.run(main())
print("started")
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path), desk_url, desk_id],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "started", done.stderr
