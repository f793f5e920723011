"""The public contract at its edges: tokens, ids, sizes, long polls, the exit."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from bot.desk import Desk
from tests.web.fakes import API, FakeAssistant, Person

Http = TestClient[Any, Any]


async def problem(answer: Any) -> tuple[int, str]:
    """Status and code of a problem document, whose shape is checked on the way."""
    document = await answer.json()
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert document["status"] == answer.status and document["title"].endswith((".", "?"))
    return answer.status, document["code"]


async def test_token_is_random_and_stored_only_as_a_hash(client: Http, desk: Desk) -> None:
    """Two conversations have unlike long tokens, and the desk holds neither."""
    one, two = await Person(client).start(), await Person(client).start()

    assert one.token != two.token and len(one.token) >= 43
    held = await desk.snapshot(one.id)
    assert held is not None and one.token not in json.dumps(dict(held.state.extra))


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, (401, "token_missing")),
        ({"Authorization": "Bearer nonsense"}, (403, "token_wrong")),
        ({"Authorization": "Bearer \u00e9"}, (403, "token_wrong")),
        ({"Authorization": "Basic abc"}, (401, "token_missing")),
    ],
)
async def test_wrong_tokens_open_nothing(
    person: Person, headers: dict[str, str], expected: tuple[int, str]
) -> None:
    """Reading and sending want the conversation's own token."""
    read = await person.http.get(f"{API}/{person.id}/events", headers=headers)
    sent = await person.http.post(
        f"{API}/{person.id}/messages", json={"client_id": "a", "text": "x"}, headers=headers
    )

    assert await problem(read) == expected
    assert await problem(sent) == expected


async def test_token_of_another_conversation_opens_nothing(client: Http, person: Person) -> None:
    """A true token is wrong elsewhere; an unknown id is 404."""
    other = await Person(client).start()

    wrong = await client.get(f"{API}/{other.id}/events", headers=person.headers)
    unknown = await client.get(f"{API}/{'0' * 32}/events", headers=person.headers)

    assert await problem(wrong) == (403, "token_wrong")
    assert await problem(unknown) == (404, "conversation_unknown")


@pytest.mark.parametrize("raw", [b"{", b'"text"', b"\xff\xfe", b"[" * 50_000])
async def test_broken_json_is_a_problem(person: Person, raw: bytes) -> None:
    """Bytes that are no JSON object are refused with a plain sentence."""
    answer = await person.http.post(f"{API}/{person.id}/messages", data=raw, headers=person.headers)

    status, code = await problem(answer)
    assert (status, code) in ((400, "json_broken"), (422, "field_wrong"))


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_megabyte_is_refused_early(person: Person, chunked: bool) -> None:
    """1 MB is 413, said by its length or as it comes; the conversation is as it was."""

    async def pieces() -> Any:
        for _ in range(16):
            yield b"a" * 65_536

    body: Any = pieces() if chunked else b"a" * 1_048_576
    answer = await person.http.post(
        f"{API}/{person.id}/messages", data=body, headers=person.headers
    )

    assert await problem(answer) == (413, "body_too_large")
    assert (await person.read())["events"] == []


@pytest.mark.parametrize("query", ["after=-1", "after=x", "wait=26", "wait=-1", "wait=nan"])
async def test_wrong_cursor_or_wait_is_a_problem(person: Person, query: str) -> None:
    """`after` is a whole number from 0, `wait` at most 25 seconds."""
    answer = await person.http.get(f"{API}/{person.id}/events?{query}", headers=person.headers)

    assert await problem(answer) == (422, "field_wrong")


async def test_unknown_addresses_and_methods_are_problems(client: Http) -> None:
    """404 and 405 are problem documents too."""
    assert await problem(await client.get("/api/v1/nothing")) == (404, "not_found")
    assert await problem(await client.put(API)) == (405, "method_not_allowed")


async def test_reading_resumes_from_any_cursor(person: Person, assistant: FakeAssistant) -> None:
    """From each number on, the rest comes once and in order."""
    for text in ("one", "two", "three"):
        await person.say(text)
    await person.until_idle()
    all_of_it = await person.read()
    seqs = [e["seq"] for e in all_of_it["events"]]
    assert seqs == sorted(set(seqs)) and all_of_it["through"] >= seqs[-1]

    for after in range(all_of_it["through"] + 1):
        rest = await person.read(after)
        assert [e["seq"] for e in rest["events"]] == [s for s in seqs if s > after]
        assert rest["through"] == all_of_it["through"]


async def test_staff_entries_have_numbers_and_no_words(person: Person, desk: Desk) -> None:
    """A note takes a number, moves `through`, and shows nothing to the person."""
    await person.say("hello")
    await desk.note(person.id, by="sam", text="SECRET NOTE", says="note.text")

    found = await person.read(after=1)

    assert found["events"] == [] and found["through"] == 2
    assert "SECRET" not in json.dumps(await person.read())


async def test_long_poll_wakes_at_once(person: Person, assistant: FakeAssistant) -> None:
    """A waiting reader has the reply long before its time is up."""
    found = await person.say("my bike was stolen")
    started = time.monotonic()

    read = await person.read(after=found["through"], wait=10)

    assert read["events"] and time.monotonic() - started < 5


async def test_long_poll_ends_when_its_time_is_up(person: Person) -> None:
    """With nothing new the answer is empty, after the time that was asked for."""
    started = time.monotonic()

    read = await person.read(wait=0.3)

    assert read["events"] == [] and 0.25 < time.monotonic() - started < 3


async def test_exit_opens_lost_contact_when_a_risk_is_open(person: Person, desk: Desk) -> None:
    """The quick exit after danger is lost contact; without a risk it is nothing."""
    calm = await Person(person.http).start()
    await calm.say("my bike was stolen")
    await person.say("he has a knife")

    for who in (calm, person):
        answer = await who.http.post(f"{API}/{who.id}/exit", data=json.dumps({"token": who.token}))
        assert answer.status == 204

    lost = [(await desk.snapshot(who.id)) for who in (calm, person)]
    assert [s.state.lost for s in lost if s] == [False, True]


async def test_exit_wants_the_token_and_our_own_page(person: Person) -> None:
    """Nobody else can say that a person left."""
    address = f"{API}/{person.id}/exit"
    assert await problem(await person.http.post(address, data="{}")) == (401, "token_missing")
    foreign = await person.http.post(
        address, data="{}", headers={"Origin": "https://elsewhere.example"}
    )
    assert await problem(foreign) == (403, "origin_refused")


async def test_previous_and_locale_are_kept(client: Http, desk: Desk) -> None:
    """A new conversation may name the one before it; only staff see it."""
    made = await Person(client).start(previous="a" * 32, locale="cy-GB")

    held = await desk.snapshot(made.id)
    assert held is not None and held.state.extra["previous"] == "a" * 32
    assert held.state.locale == "cy-GB" and "previous" not in made.state


async def test_many_readers_of_one_conversation(person: Person, assistant: FakeAssistant) -> None:
    """Several tabs wait at once and all of them get the reply."""
    found = await person.say("hello")
    reads = await asyncio.gather(*(person.read(after=found["through"], wait=10) for _ in range(5)))

    assert all(read["events"] for read in reads)
