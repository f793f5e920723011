"""A story and a script of a real chat hold nobody's name; what is gone or sealed gives none."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml
from small_project import livechat
from sqlalchemy import update
from sqlalchemy.engine import Engine

from bot.desk import Desk
from bot.records import retention
from bot.records.archive import Archiver
from bot.records.archive import Reader as Records
from bot.records.follow import archive_conversation
from bot.records.tables import make_tables, open_database
from bot.records.tables import reports as stored_reports
from bot.report import draft as drafts
from bot.settings import ROOT
from bot.train.story import NoStory, actions_of, from_records, rasa_story, replay_script
from bot.triage.read import Reader

DOMAIN = ROOT / "domain.yml"
SAID = (
    ("my ex Darren Holt took my bike from 14 Beech Road", "ask_contact_details", "message"),
    ("Imran Shah 07812 345678", "ask_send_now", "message"),
    ("yes", "utter_reference", "message"),
    ("Darren Holt is outside with a knife", "told_999", "safety"),
)


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A records database of the test's own."""
    (tmp_path / "desk").mkdir()
    return f"sqlite:///{tmp_path / 'desk' / 'records.sqlite'}"


@pytest.fixture
def database(url: str) -> Engine:
    engine = open_database(url)
    make_tables(engine)
    return engine


async def talk(desk: Desk, database: Engine, reader: Reader, name: str = "c1") -> None:
    """A chat as the gateway and the worker write it, archived."""
    await desk.create(name, {}, drafts.new(""), [])
    asked: str | None = None
    for number, (text, says, kind) in enumerate(SAID):
        reading = reader.read(text, asked)
        lines = [{"text": "999", "says": says, "type": kind}] if kind == "safety" else []
        await desk.receive(
            name, client_id=str(number), text=text, danger=reading.danger,
            reading=reading.to_json(), lines=lines,
        )  # fmt: skip
        if kind == "message":
            taken = await desk.take(["turn"], 5000, "test")
            assert taken is not None
            reply: list[dict[str, Any]] = [{"text": "?", "says": says, "type": "message"}]
            await desk.commit(
                taken, lines=reply, draft=drafts.copied(taken.draft), tracker="{}",
                cursor=taken.pending[-1]["seq"],
            )  # fmt: skip
        asked = says.removeprefix("ask_")
    await archive_conversation(desk, Archiver(database, desk.desk_id), name)


@pytest.fixture
def reader(heads: Path) -> Reader:
    return Reader.load(heads)


async def test_the_words_are_scrubbed_and_one_person_keeps_one_name(
    desk: Desk, database: Engine, url: str, reader: Reader
) -> None:
    await talk(desk, database, reader)
    made = from_records(url, desk.desk_id, "c1", DOMAIN)
    script = json.loads(replay_script(made))
    words = [turn["user"] for turn in script["turns"]]
    told = json.dumps(script) + rasa_story(made, actions_of(ROOT))
    for gone in ("Darren", "Holt", "Imran", "Shah", "07812", "Beech", "c1"):
        assert gone not in told
    name = words[0].removeprefix("my ex ").split(" took")[0]
    assert words[3] == f"{name} is outside with a knife"
    assert words[1].split()[-2] == "07700" and words[2] == "yes"
    assert made.left == ()


async def test_every_stored_message_says_which_model_read_it(
    desk: Desk, database: Engine, url: str, reader: Reader
) -> None:
    """`data.reading.model` of each entry of the person, in the records and in the live log."""
    await talk(desk, database, reader)
    stored = Records(database, desk.desk_id).transcript("c1")
    person = [one["data"]["reading"]["model"] for one in stored if one["sender"] == "person"]
    live = [e["reading"]["model"] for e in await desk.events("c1") if e["sender"] == "person"]
    assert person == live == [reader.fingerprint] * len(SAID)
    assert from_records(url, desk.desk_id, "c1", DOMAIN).model == (reader.fingerprint,)


async def test_the_story_has_the_shape_of_rasa_and_steps_that_exist(
    desk: Desk, database: Engine, url: str, reader: Reader
) -> None:
    await talk(desk, database, reader)
    made = from_records(url, desk.desk_id, "c1", DOMAIN)
    story = yaml.safe_load(rasa_story(made, actions_of(ROOT)))["stories"][0]
    domain = yaml.safe_load(DOMAIN.read_text())
    intents = [step["intent"] for step in story["steps"] if "intent" in step]
    actions = [step["action"] for step in story["steps"] if "action" in step]
    assert len(intents) == len(actions) == 3 and set(intents) <= set(domain["intents"])
    assert set(actions) <= set(domain["actions"])
    assert "message 4: the bot did not answer" in rasa_story(made, actions_of(ROOT))


async def test_the_script_has_the_shape_of_the_formats(
    desk: Desk, database: Engine, url: str, reader: Reader
) -> None:
    await talk(desk, database, reader)
    script = json.loads(replay_script(from_records(url, desk.desk_id, "c1", DOMAIN)))
    known = json.loads((ROOT / "tests/conversations/desk.jsonl").read_text().splitlines()[0])
    assert set(script) == set(known)
    assert script["turns"][0]["expect"]["route"] in ("crime_report", "emergency")
    assert script["turns"][3]["expect"]["escalates"] is True


async def test_unknown_erased_and_sealed_are_refused_in_a_line(
    desk: Desk, database: Engine, url: str, reader: Reader
) -> None:
    with pytest.raises(NoStory, match="nobody: there is no such conversation"):
        from_records(url, desk.desk_id, "nobody", DOMAIN)
    for name in ("erased", "blanked", "sealed"):
        await talk(desk, database, reader, name)
    retention.erase(database, desk.desk_id, "erased", datetime.now(timezone.utc))
    seqs = [e["seq"] for e in await desk.events("blanked") if e["sender"] == "person"]
    await desk.blank("blanked", seqs, by="sam", reason="anonymous")
    archiver = Archiver(database, desk.desk_id)
    await archive_conversation(desk, archiver, "blanked")
    for name in ("erased", "blanked"):
        with pytest.raises(NoStory, match=f"{name}: it was erased"):
            from_records(url, desk.desk_id, name, DOMAIN)
    snapshot = await desk.snapshot("sealed")
    assert snapshot is not None
    report = {
        "reference": "GM-AAAA-BBBB", "filed_at": None, "incident_type": "theft",
        "subtype": None, "anonymous": True,
    }  # fmt: skip
    archiver.archive("sealed", snapshot.state, snapshot.draft, [], report)
    with pytest.raises(NoStory, match="sealed: it is sealed"):
        from_records(url, desk.desk_id, "sealed", DOMAIN)
    with database.begin() as connection:
        connection.execute(update(stored_reports).values(anonymous=False))
    assert from_records(url, desk.desk_id, "sealed", DOMAIN).turns


async def test_the_command_prints_both_or_one_and_refuses_in_one_line(
    desk: Desk, database: Engine, reader: Reader, tmp_path: Path
) -> None:
    await talk(desk, database, reader)
    environ = {"LIVECHAT_DATA": str(tmp_path / "desk"), "LIVECHAT_DESK": desk.desk_id}
    done = livechat(ROOT, "story", "c1", **environ)
    assert done.returncode == 0, done.stderr
    assert "stories:" in done.stdout and '"turns"' in done.stdout
    assert reader.fingerprint in done.stderr
    only = livechat(ROOT, "story", "c1", "--only", "replay", **environ)
    assert json.loads(only.stdout)["turns"]
    gone = livechat(ROOT, "story", "c2", **environ)
    assert gone.returncode == 1 and gone.stderr.strip().splitlines() == [
        "Error: c2: there is no such conversation in the records."
    ]
