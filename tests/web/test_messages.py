"""A message of the public: read, judged and stored in one step, whatever else is broken."""

from __future__ import annotations

import asyncio

import pytest

from bot.content import safety as content
from bot.desk import Desk
from bot.triage import safety
from bot.web import config, messages
from bot.web.messages import asked_again
from tests.web.fakes import HELLO, FakeAssistant, FakeReader, Person


async def test_danger_is_answered_in_the_message_own_step(person: Person) -> None:
    """The 999 line is entry n+1, in the answer to the message, with no assistant running."""
    found = await person.say("someone with a knife is at my door")

    mine, line = found["events"][:2]
    assert mine["seq"] == found["seq"] and mine["sender"] == "person"
    assert line["seq"] == found["seq"] + 1
    assert line["type"] == "safety" and "999" in line["text"]
    assert found["state"]["danger"] == "now" and found["state"]["told_999"] == "told"
    assert found["state"]["owner"] == "queue"


async def test_order_holds_while_the_assistant_talks(
    person: Person, assistant: FakeAssistant, desk: Desk
) -> None:
    """However the assistant's lines fall, each dangerous message has its line directly after."""
    for turn in range(6):
        await person.say("my shed was broken into" if turn % 2 else "he has a knife")
    await person.until_idle()

    entries = await desk.events(person.id)
    for place, entry in enumerate(entries):
        if entry["sender"] == "person" and "knife" in entry["text"]:
            assert entries[place + 1]["type"] == "safety"


async def test_reply_of_the_assistant_arrives(person: Person, assistant: FakeAssistant) -> None:
    """A plain message gets the assistant's line and the state says that it is idle again."""
    found = await person.say("my bike was stolen")
    assert found["state"]["bot_idle"] is False

    read = await person.until_idle()

    assert [e["text"] for e in read["events"]] == ["my bike was stolen", HELLO]
    assert read["state"]["asking"] == "location"


async def test_reader_that_throws_loses_nothing(person: Person, reader: FakeReader) -> None:
    """The message is stored with danger check, the check question is asked, and it is counted."""
    reader.throws = RuntimeError("model gone")

    found = await person.say("hello there")

    assert found["events"][0]["text"] == "hello there"
    assert found["state"]["danger"] == "check"
    assert found["events"][-1]["says"] == "ask_safe_now"
    metrics = await (await person.http.get("/metrics")).text()
    assert "livechat_readings_failed_total 1.0" in metrics


async def test_reader_that_hangs_loses_nothing(
    person: Person, reader: FakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader over its time limit counts as one that failed."""
    import time

    monkeypatch.setattr(config, "READ_TIMEOUT_S", 0.05)
    monkeypatch.setattr(reader, "read", lambda *_: time.sleep(0.4))

    found = await person.say("hello there")

    assert found["state"]["danger"] == "check"


async def test_safety_step_that_throws_loses_nothing(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken safety step stores the message, as dangerous as it was read, and tells of 999."""

    def broken(*_: object) -> safety.SafetyStep:
        raise KeyError("bad content")

    monkeypatch.setattr(safety, "step", broken)

    found = await person.say("there is a knife here")

    assert found["state"]["danger"] == "now" and found["state"]["owner"] == "queue"
    assert [e["says"] for e in found["events"][1:]] == ["tell_999_full"]


async def test_same_client_id_is_the_same_message(person: Person) -> None:
    """Sent again: 200, the same number and the same lines; other words: 409."""
    first = await person.post("there is a knife", client_id="a-1")
    again = await person.post("there is a knife", client_id="a-1")
    other = await person.post("something else", client_id="a-1")

    assert (first.status, again.status, other.status) == (202, 200, 409)
    one, two = await first.json(), await again.json()
    assert one["seq"] == two["seq"]
    assert one["events"] == two["events"][: len(one["events"])]
    assert (await other.json())["code"] == "client_id_conflict"
    assert len((await person.read())["events"]) == len(one["events"])


async def test_many_at_once_are_each_stored_once(person: Person, desk: Desk) -> None:
    """Twenty sends at the same moment, each twice: twenty entries, each with its own line."""
    texts = [f"knife number {n}" for n in range(20)]
    await asyncio.gather(*(person.say(t, client_id=t.replace(" ", "-")) for t in texts * 2))

    entries = await desk.events(person.id)
    said = [e["text"] for e in entries if e["sender"] == "person"]
    assert sorted(said) == sorted(texts)


async def test_text_of_exactly_the_limit_is_taken_and_one_more_is_not(person: Person) -> None:
    """10,000 characters, also those outside the basic plane; 10,001 is 413 and not stored."""
    assert (await person.say("😀" * 10_000))["seq"] == 1

    refused = await person.post("a" * 10_001)

    assert refused.status == 413
    problem = await refused.json()
    assert problem["code"] == "text_too_long" and problem["limit"] == 10_000
    assert len([e for e in (await person.read())["events"] if e["sender"] == "person"]) == 1


async def test_half_a_character_is_replaced_not_refused(person: Person) -> None:
    """A lone surrogate (a cut emoji) does not lose the message around it."""
    found = await person.say("help \ud83d me")

    assert found["events"][0]["text"] == "help ? me"


@pytest.mark.parametrize(
    ("body", "code", "status"),
    [
        ({}, "field_wrong", 422),
        ({"client_id": "", "text": "x"}, "field_wrong", 422),
        ({"client_id": "a b", "text": "x"}, "field_wrong", 422),
        ({"client_id": "a" * 65, "text": "x"}, "field_wrong", 422),
        ({"client_id": 4, "text": "x"}, "field_wrong", 422),
        ({"client_id": "a", "text": 4}, "field_wrong", 422),
        ({"client_id": "a", "text": "  \n "}, "text_empty", 422),
        ({"client_id": "a", "text": "x", "payload": 4}, "field_wrong", 422),
        ({"client_id": "a", "text": "x", "payload": "/location{bad"}, "field_wrong", 422),
        ({"client_id": "a", "text": "x", "payload": '/location{"lat":91,"lon":0,"accuracy":5}'},
         "field_wrong", 422),
        ([], "field_wrong", 422),
    ],
)  # fmt: skip
async def test_wrong_bodies_are_problems(
    person: Person, body: object, code: str, status: int
) -> None:
    """Each wrong field is a problem document that names it, and nothing is stored."""
    answer = await person.http.post(
        f"/api/v1/conversations/{person.id}/messages", json=body, headers=person.headers
    )

    assert (answer.status, (await answer.json())["code"]) == (status, code)
    assert (await person.read())["events"] == []


async def test_payload_never_offered_is_refused(person: Person) -> None:
    """A payload is taken only when its button was shown; typed commands are ordinary text."""
    refused = await person.post("Yes", payload="/safe_yes")
    typed = await person.say("/restart")

    assert refused.status == 422 and (await refused.json())["code"] == "payload_not_offered"
    assert typed["events"][0]["text"] == "/restart"


async def test_offered_button_and_location_are_taken(person: Person, desk: Desk) -> None:
    """After the 999 message its buttons work, and the position goes in with its accuracy."""
    shown = await person.say("he has a knife")
    payloads = {b["payload"] for e in shown["events"] for b in e["buttons"]}
    assert {"/rang_999", "/location"} <= payloads

    rang = await person.say("I've rung 999", payload="/rang_999")
    place = '/location{"lat": 53.4809512, "lon": -2.2374311, "accuracy": 24.7}'
    there = await person.say("", payload=place)

    assert rang["state"]["told_999"] == "says_rang"
    assert "53.48095, -2.23743 (to within 25 metres)" in there["events"][0]["text"]
    entries = await desk.events(person.id, there["seq"] - 1, limit=1)
    assert entries[0]["payload"].startswith("/location{")


async def test_safety_button_belongs_to_its_question(
    person: Person, assistant: FakeAssistant
) -> None:
    """The assistant asked something since: a press of Yes still answers the safety question."""
    await person.say("there is shouting next door")
    assert (await person.until_idle())["state"]["asking"] == "location"

    found = await person.say("Yes", payload="/safe_yes")

    assert found["state"]["danger"] == "now" and found["state"]["check_answer"] == "yes"


async def test_cues_are_in_the_state_without_the_assistant(person: Person, desk: Desk) -> None:
    """Each cue is kept once with its words and the number of the message that shows it."""
    await person.say("hello")
    await person.say("he has a knife")
    await person.say("a knife, I said")

    held = await desk.snapshot(person.id)

    assert held is not None and held.state.route == "crime_report"
    assert [(c["name"], c["words"], c["seq"]) for c in held.state.cues] == [("weapon", "knife", 2)]


async def test_closed_conversation_says_how_to_go_on(person: Person, desk: Desk) -> None:
    """An ordinary message to a closed chat is 409; a dangerous one opens it again, queued."""
    await person.say("my bike was stolen")
    assert (await desk.move(person.id, "close", by="person")).ok

    refused = await person.post("one more thing")
    again = await person.say("he is back with a knife")

    assert refused.status == 409
    problem = await refused.json()
    assert problem["code"] == "conversation_closed" and "previous" in problem["title"]
    assert again["state"]["owner"] == "queue"


async def test_recent_sends_are_read_together(person: Person, reader: FakeReader) -> None:
    """The reader gets the person's last three sends, oldest first, and the open question."""
    for text in ("one", "two", "three", "four shouting"):
        await person.say(text)
    await person.say("five")

    assert reader.seen[-1] == ("five", "safe_now", ("two", "three", "four shouting"))


async def test_protected_goes_to_a_person(person: Person) -> None:
    """A protected cue queues at once and the state says protected."""
    found = await person.say("my partner reads my phone")

    assert found["state"]["protected"] is True and found["state"]["owner"] == "queue"


def test_offered_looks_only_at_our_lines() -> None:
    """A person's own entry offers nothing."""
    own = {"sender": "person", "buttons": [{"title": "x", "payload": "/x"}]}

    assert not messages.offered("/x", [own])
    assert messages.offered("/x", [{**own, "sender": "bot"}])


def test_a_question_in_its_second_wording_is_known_as_asked_again() -> None:
    """Only the newest safety question counts; what the person wrote does not."""
    first = {"sender": "bot", "says": "ask_safe_now", "text": content.text("ask_safe_now")}
    second = {**first, "text": content.again("ask_safe_now")}
    person = {"sender": "person", "says": "", "text": "blue"}
    assert not asked_again([])
    assert not asked_again([second, person, first])
    assert asked_again([first, person, second, person])
