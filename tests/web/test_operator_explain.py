"""Why a message was read so: the kept reading, the explanation, and plain words without one."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.desk import Desk
from bot.records import audit
from bot.records.archive import Archiver
from bot.records.follow import archive_conversation
from bot.records.tables import make_tables, open_database
from bot.settings import Settings
from bot.web.app import create_app
from bot.web.operator_explain import asked_before
from tests.web.fakes import FakeAssistant, FakeReader, Person
from tests.web.operators import Operator, account
from tests.web.test_openapi import check

Http = TestClient[Any, Any]


class FakeTools:
    """Trainers' tools that a test can watch."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str | None]] = []
        self.threads: set[str] = set()
        self.throws: Exception | None = None
        self.danger = "now"

    def reads_with(self, reader: object) -> None:
        self.reader = reader

    def explain(self, text: str, asked: str | None = None) -> dict[str, Any]:
        self.asked.append((text, asked))
        self.threads.add(threading.current_thread().name)
        if self.throws:
            raise self.throws
        reading = FakeReader().read(text, asked).to_json() | {"danger": self.danger}
        return {
            "reading": reading,
            "place": "first message",
            "decided": "It is now because of the rule knife_held.",
            "opinions": [{"opinion": "one", "score": 0.5}],
            "bars": [{"name": "now", "bar": 0.5, "score": 0.9, "reached": True}],
            "fired": [{"cue": "weapon", "rule": "knife_held", "words": "knife", "danger": "now",
                       "meaning": ""}],
            "nearest": [{"id": "A-1", "text": "knife!", "intent": "emergency",
                         "type": "burglary_dwelling", "danger": "now", "asked": None,
                         "file": "data/nlu/first/x.yml", "line": 7, "likeness": 0.9}],
            "left_out": 0,
        }  # fmt: skip

    def scrub(self, seed: str, text: str, asked: str | None = None) -> dict[str, Any]:
        return {"text": text.upper(), "changes": [], "left": []}

    def propose(self, seed: str, original: str, given: Mapping[str, Any]) -> dict[str, Any]:
        left = ["a name: Darren"] if "Darren" in given["text"] else []
        patch = "" if left else f"+{given['text']}"
        return {"id": "P-1", "file": "f.yml", "patch": patch, "problems": [], "left": left}


@pytest.fixture
def tools() -> FakeTools:
    return FakeTools()


@pytest.fixture
def app(settings: Settings, reader: FakeReader, tools: FakeTools) -> web.Application:
    """The application with trainers' tools."""
    return create_app(settings, reader=reader, ticking=False, tools=tools)


@pytest_asyncio.fixture
async def plain(settings: Settings, reader: FakeReader) -> AsyncIterator[Http]:
    """A gateway that was started without them."""
    made = create_app(settings, reader=reader, ticking=False)
    async with TestClient(TestServer(made)) as opened:
        yield opened


@pytest.fixture
def sam(client: Http, settings: Settings) -> Operator:
    return Operator(client, account(settings, "sam"))


@pytest.fixture
def tess(client: Http, settings: Settings) -> Operator:
    return Operator(client, account(settings, "tess", "trainer"))


async def knife(client: Http) -> Person:
    made = await Person(client).start()
    await made.say("he has a knife")
    return made


async def test_a_message_is_explained_with_its_reading_rules_and_neighbours(
    client: Http, sam: Operator, tools: FakeTools, desk: Desk
) -> None:
    """All of it, as docs/openapi.yml says; worked out in a thread; audited as a read is."""
    person = await knife(client)
    found = await sam.ok("GET", f"conversations/{person.id}/messages/1/reading")
    check(found, "MessageReading")
    assert found["read"]["danger"] == "now" and found["read"]["cues"][0]["words"] == "knife"
    assert found["explanation"]["fired"][0]["rule"] == "knife_held"
    assert found["explanation"]["nearest"][0]["line"] == 7
    assert (found["same"], found["why_not"]) == (True, None)
    assert tools.asked == [("he has a knife", None)]
    assert all(name.startswith("tools") for name in tools.threads)
    notes = [e for e in await desk.events(person.id, 0) if e.get("says") == "note.read"]
    assert [note["by"] for note in notes] == ["sam"]


async def test_a_reading_that_differs_now_is_said_to(
    client: Http, sam: Operator, tools: FakeTools
) -> None:
    tools.danger = "none"
    person = await knife(client)
    found = await sam.ok("GET", f"conversations/{person.id}/messages/1/reading")
    assert found["same"] is False


@pytest.mark.parametrize(
    ("thrown", "said"),
    [
        (RuntimeError("No trained model. Run: make train"), "No trained model"),
        (KeyError("he has a knife"), "could not be worked out"),
    ],
)
async def test_a_tool_that_fails_is_a_plain_sentence_without_their_words(
    client: Http, sam: Operator, tools: FakeTools, thrown: Exception, said: str
) -> None:
    tools.throws = thrown
    person = await knife(client)
    found = await sam.ok("GET", f"conversations/{person.id}/messages/1/reading")
    check(found, "MessageReading")
    assert said in found["why_not"] and "knife" not in found["why_not"]
    assert found["read"]["danger"] == "now" and found["explanation"] is None


async def test_without_tools_the_kept_reading_is_still_shown(
    plain: Http, settings: Settings
) -> None:
    sue = Operator(plain, account(settings, "sue", "supervisor"))
    person = await knife(plain)
    found = await sue.ok("GET", f"conversations/{person.id}/messages/1/reading")
    assert found["read"]["danger"] == "now"
    assert "without the trainers' tools" in found["why_not"]


async def test_only_a_persons_message_has_a_reading(client: Http, sam: Operator) -> None:
    """Not the desk's own line, not a message that was taken out, not one that is not there."""
    person = await knife(client)
    for seq in (2, 99):
        answer = await sam.call("GET", f"conversations/{person.id}/messages/{seq}/reading")
        assert (answer.status, (await answer.json())["code"]) == (404, "not_found")


async def test_a_trainer_asks_of_closed_chats_only_and_never_of_an_anonymous_one(
    client: Http, desk: Desk, sam: Operator, tess: Operator
) -> None:
    person = await knife(client)
    path = f"conversations/{person.id}/messages/1/reading"
    await sam.do(person.id, "claim")
    assert (await tess.call("GET", path)).status == 403
    await sam.ok("PATCH", f"conversations/{person.id}/details", {"location": "Bury"})
    await sam.do(person.id, "close", code="advice_given")
    assert (await tess.ok("GET", path))["text"] == "he has a knife"

    other = await knife(client)
    await sam.do(other.id, "claim")
    await sam.ok("PATCH", f"conversations/{other.id}/details", {"anonymous": True})
    await sam.do(other.id, "close", code="advice_given")
    answer = await tess.call("GET", f"conversations/{other.id}/messages/1/reading")
    assert answer.status == 403 and "anonymous" in (await answer.json())["detail"]


async def test_a_chat_that_has_left_the_live_desk_is_explained_from_the_records(
    client: Http, desk: Desk, sam: Operator, tess: Operator, settings: Settings
) -> None:
    person = await knife(client)
    await sam.do(person.id, "claim")
    await sam.do(person.id, "close", code="advice_given")
    engine = open_database(settings.sqlite_url)
    make_tables(engine)
    await archive_conversation(desk, Archiver(engine, desk.desk_id), person.id)
    await desk.forget(person.id)
    found = await tess.ok("GET", f"conversations/{person.id}/messages/1/reading")
    assert found["read"]["danger"] == "now" and found["text"] == "he has a knife"
    rows = await asyncio.to_thread(audit.history, engine, desk.desk_id, person.id)
    assert ("tess", "read.conversation") in [(row["who"], row["what"]) for row in rows]
    engine.dispose()


async def test_what_was_asked_is_told_by_the_log(
    client: Http, assistant: FakeAssistant, sam: Operator, tools: FakeTools
) -> None:
    """The question that was open goes into the explanation: other thresholds count for answers."""
    lines = [
        {"seq": 1, "sender": "person", "reading": {"act": None}},
        {"seq": 2, "sender": "bot", "says": "ask_location"},
        {"seq": 3, "sender": "person", "reading": {"act": "answer"}},
        {"seq": 4, "sender": "person", "reading": {"act": "answer"}},
        {"seq": 5, "sender": "bot", "says": "utter_thanks"},
        {"seq": 6, "sender": "person", "reading": {"act": "thanks"}},
        {"seq": 7, "sender": "bot", "says": "ask_when"},
        {"seq": 8, "sender": "person", "reading": {"act": None}},
    ]
    asked = {seq: asked_before(lines, seq) for seq in (1, 3, 4, 6, 8)}
    assert asked == {1: None, 3: "location", 4: "location", 6: None, 8: None}


async def test_a_chat_over_the_api_has_no_page_that_could_be_open(
    client: Http, sam: Operator
) -> None:
    person = await knife(client)
    assert (await sam.sees(person.id))["state"]["via"] == "api"
    headers = {"Origin": str(client.make_url("/").origin())}
    answer = await client.post("/api/v1/conversations", json={}, headers=headers)
    paged = (await answer.json())["conversation"]
    assert (await sam.sees(paged))["state"]["via"] == "page"


def test_nothing_is_loaded_at_start(settings: Settings, tmp_path: Path) -> None:
    """The gateway is made with the real tools and none of their parts is imported."""
    import subprocess
    import sys

    code = (
        "import sys; from pathlib import Path; from bot.train.workbench import Workbench; "
        "import bot.web.app; Workbench(Path('.'), Path('.')); "
        "bad = {'bot.train.explain', 'bot.train.scrub', 'spacy', 'sklearn'} & set(sys.modules); "
        "sys.exit(str(bad) if bad else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
