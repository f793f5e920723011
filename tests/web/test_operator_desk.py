"""Queue, claims, edits, danger, closing, record and report on a real desk."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from bot.desk import Desk, names
from bot.settings import Settings
from tests.web.fakes import FakeAssistant, Person
from tests.web.operators import API, Operator, account, log_in

Http = TestClient[Any, Any]


@pytest.fixture
def sam(client: Http, settings: Settings) -> Operator:
    """A handler."""
    return Operator(client, account(settings, "sam"))


@pytest.fixture
def alex(client: Http, settings: Settings) -> Operator:
    """Another handler."""
    return Operator(client, account(settings, "alex"))


async def new(client: Http, text: str) -> Person:
    """Somebody who has just written `text`."""
    made = await Person(client).start()
    await made.say(text)
    return made


async def to_queue(desk: Desk, person: Person, why: str = "asked for a person") -> None:
    """Puts a conversation into the queue."""
    moved = await desk.move(person.id, "queue", by=names.BOT, reason=why)
    assert moved.ok, moved.problem


async def test_the_queue_is_in_the_order_of_the_desk_with_the_words_that_put_each_there(
    client: Http, desk: Desk, sam: Operator
) -> None:
    waiting = await new(client, "hello, can I talk to somebody about my bike")
    await to_queue(desk, waiting)
    check = await new(client, "there is shouting next door")
    await to_queue(desk, check, "no answer to the danger check")
    danger = await new(client, "he has a knife in his hand")
    found = await sam.queue()
    assert [c["conversation"] for c in found["queue"]] == [danger.id, check.id, waiting.id]
    first, second, third = found["queue"]
    assert [c["rank"] for c in found["queue"]] == ["now", "check", "waiting"]
    assert [c["position"] for c in found["queue"]] == [1, 2, 3]
    assert (first["rank_words"], first["danger"], first["words"]) == ("Danger now", "now", "knife")
    assert first["told_999"] == "told"
    assert (second["check_answer"], third["why"]) == (None, "asked for a person")
    assert "my bike" in third["words"]
    assert third["waited_s"] >= 0 and third["since"].endswith("Z")
    assert third["last_text_at"] and third["language"] == "en"


async def test_what_i_have_is_mine_and_no_longer_waits(client: Http, sam: Operator) -> None:
    person = await new(client, "he has a knife")
    await sam.do(person.id, "claim")
    found = await sam.queue()
    assert found["queue"] == []
    assert [c["conversation"] for c in found["mine"]] == [person.id]
    assert found["operators_available"] == 1 and found["on_duty"] is True


async def test_the_person_sees_that_a_handler_has_the_chat_and_not_whose_account(
    client: Http, sam: Operator
) -> None:
    person = await new(client, "he has a knife")
    await sam.do(person.id, "claim")
    assert (await person.read())["state"]["owner"] == "operator:handler"
    assert (await sam.queue())["mine"][0]["conversation"] == person.id


async def test_next_gives_the_most_urgent_and_204_when_nobody_waits(
    client: Http, desk: Desk, sam: Operator
) -> None:
    assert (await sam.call("POST", "next", {})).status == 204
    calm = await new(client, "my bike was stolen")
    await to_queue(desk, calm)
    danger = await new(client, "a man with a knife is here")
    assert (await sam.ok("POST", "next", {}))["conversation"] == danger.id
    assert (await sam.ok("POST", "next", {}))["conversation"] == calm.id
    assert (await sam.call("POST", "next", {})).status == 204


async def test_two_handlers_take_next_at_once_and_never_the_same(
    client: Http, desk: Desk, sam: Operator, alex: Operator
) -> None:
    people = [await new(client, f"knife {n}") for n in range(3)]
    answers = await asyncio.gather(*(who.call("POST", "next", {}) for who in (sam, alex) * 2))
    got = [(await a.json())["conversation"] for a in answers if a.status == 200]
    assert sorted(got) == sorted(p.id for p in people)
    assert [a.status for a in answers].count(204) == 1


async def test_two_handlers_claim_at_once_one_wins_and_one_gets_a_plain_sentence(
    client: Http, sam: Operator, alex: Operator
) -> None:
    person = await new(client, "he has a knife")
    path = f"conversations/{person.id}/claim"
    answers = await asyncio.gather(sam.call("POST", path, {}), alex.call("POST", path, {}))
    assert sorted(a.status for a in answers) == [200, 409]
    lost = next(a for a in answers if a.status == 409)
    problem = await lost.json()
    assert problem["code"] == "move_refused"
    assert problem["detail"] == "A call handler already has this conversation."


async def test_the_person_is_told_once_who_is_there_and_that_it_moved(
    client: Http, desk: Desk, sam: Operator, alex: Operator
) -> None:
    person = await new(client, "my bike was stolen")
    await to_queue(desk, person)
    await sam.do(person.id, "claim")
    await alex.ok("POST", "presence", {"available": True})
    await sam.do(person.id, "transfer", to="alex", reason="knows the case")
    await alex.do(person.id, "release")
    said = [e["text"] for e in (await person.read())["events"] if e["type"] == "status"]
    assert said[0].startswith("Sam has joined this chat")
    assert said[1].startswith("Your chat has moved to Alex")
    assert said[2].startswith("The person you were talking to has had to go")
    assert len(said) == 3
    assert person.state["owner"] == "queue"


async def test_nothing_is_said_to_a_person_for_whom_it_is_not_safe_to_type(
    client: Http, desk: Desk, sam: Operator
) -> None:
    person = await new(client, "my partner is here, knife")
    assert (await desk.move(person.id, "silence", by=names.SYSTEM)).ok
    before = len((await person.read())["events"])
    await sam.do(person.id, "claim")
    assert len((await person.read())["events"]) == before
    await sam.refused(person.id, "return_to_bot", 409, "move_refused")


async def test_only_somebody_who_is_here_can_be_given_a_chat(client: Http, sam: Operator) -> None:
    person = await new(client, "knife")
    await sam.do(person.id, "claim")
    problem = await sam.refused(person.id, "transfer", 409, "move_refused", to="nobody")
    assert "not here" in problem["detail"]


async def test_a_reply_is_taken_once_and_only_from_the_one_who_has_the_chat(
    client: Http, sam: Operator, alex: Operator
) -> None:
    person = await new(client, "knife")
    path = f"conversations/{person.id}/messages"
    body = {"client_id": "r1", "text": "I am here. Where are you?"}
    await sam.refused(person.id, "messages", 409, "move_refused", **body)
    await sam.do(person.id, "claim")
    first, again = await sam.call("POST", path, body), await sam.call("POST", path, body)
    assert (first.status, again.status) == (202, 200)
    assert (await first.json())["seq"] == (await again.json())["seq"]
    other = await sam.call("POST", path, {**body, "text": "other"})
    assert (other.status, (await other.json())["code"]) == (409, "client_id_conflict")
    await alex.refused(person.id, "messages", 409, "move_refused", client_id="x", text="me too")
    heard = [e["text"] for e in (await person.read())["events"] if e["sender"] == "operator"]
    assert heard == ["I am here. Where are you?"]


async def test_a_conversation_shows_danger_words_999_and_what_is_missing(
    client: Http, sam: Operator
) -> None:
    person = await new(client, "he has a knife in the kitchen")
    seen = await sam.sees(person.id)
    assert (seen["danger"], seen["peak"], seen["told_999"]) == ("now", "now", "told")
    assert seen["told_at"].endswith("Z")
    assert [(c["name"], c["words"]) for c in seen["cues"]] == [("weapon", "knife")]
    assert seen["cues"][0]["seq"] == 1
    assert [f["words"] for f in seen["thrive"]["threat"]] == ["knife"]
    assert seen["events"][0]["text"] == "he has a knife in the kitchen"
    assert seen["through"] == seen["events"][-1]["seq"]
    location = next(f for f in seen["fields"] if f["name"] == "location")
    assert location["label"] == "Where" and "location" not in seen["details"]
    assert {q["id"] for q in seen["draft"]["missing"]} >= {"location"}
    assert seen["state"]["owner"] == "queue"
    assert (await sam.call("GET", "conversations/unknown")).status == 404


async def test_each_read_is_in_the_log_once_for_ten_minutes(
    client: Http, sam: Operator, alex: Operator
) -> None:
    person = await new(client, "knife")
    for who in (sam, sam, alex, sam):
        await who.sees(person.id)
    notes = [e for e in (await sam.sees(person.id))["events"] if e.get("says") == "note.read"]
    assert [n["by"] for n in notes] == ["sam", "alex"]
    assert all(e["type"] != "note" for e in (await person.read())["events"])


async def test_an_edit_wins_over_the_assistant(client: Http, desk: Desk, sam: Operator) -> None:
    person = await new(client, "my bike was stolen outside the library")
    taken = await desk.take([names.TURN], worker="bot")
    assert taken is not None
    await to_queue(desk, person)
    await sam.do(person.id, "claim")
    edit = await sam.call(
        "PATCH", f"conversations/{person.id}/details", {"location": "Bury Library, Moss Street"}
    )
    assert edit.status == 200, await edit.text()
    said = {"said": "library", "value": "the library", "source": "said", "seq": 1}
    draft = {**taken.draft, "details": {"location": said}}
    done = await desk.commit(taken, lines=[], draft=draft, cursor=1)
    assert done.status == "stale_draft"
    held = (await sam.sees(person.id))["details"]["location"]
    assert (held["value"], held["source"]) == ("Bury Library, Moss Street", "operator")


async def test_a_detail_is_edited_by_its_owner_only_and_only_if_it_exists(
    client: Http, sam: Operator, alex: Operator
) -> None:
    person = await new(client, "knife")
    await sam.do(person.id, "claim")
    path = f"conversations/{person.id}/details"
    answer = await alex.call("PATCH", path, {"location": "x"})
    problem = await answer.json()
    assert (answer.status, problem["code"]) == (409, "move_refused")
    assert "Another call handler" in problem["detail"]
    for body in ({"no_such": "x"}, {"location": ["x"]}, {"incident_type": "heist"}, {}):
        answer = await sam.call("PATCH", path, body)
        assert (answer.status, (await answer.json())["code"]) == (422, "field_wrong")
    assert (await sam.call("PATCH", path, {"location": "here"})).status == 200
    assert (await sam.call("PATCH", path, {"location": None})).status == 200
    assert "location" not in (await sam.sees(person.id))["details"]


async def test_danger_falls_only_with_a_reason_and_the_peak_stays(
    client: Http, sam: Operator
) -> None:
    person = await new(client, "knife")
    await sam.do(person.id, "claim")
    await sam.refused(person.id, "danger", 409, "move_refused", value="none", reason=" ")
    await sam.refused(person.id, "danger", 422, "field_wrong", value="maybe", reason="x")
    await sam.do(person.id, "danger", value="none", reason="a kitchen knife in a drawer")
    seen = await sam.sees(person.id)
    assert (seen["danger"], seen["peak"]) == ("none", "now")
    assert any("a kitchen knife in a drawer" in e["text"] for e in seen["events"])
    await sam.do(person.id, "danger", value="now", reason="")
    assert (await sam.sees(person.id))["danger"] == "now"


async def test_closing_needs_a_code_keeps_the_final_type_and_then_nobody_writes(
    client: Http, desk: Desk, sam: Operator
) -> None:
    person = await new(client, "knife")
    await sam.do(person.id, "claim")
    await sam.refused(person.id, "close", 422, "field_wrong", reason="done")
    await sam.refused(person.id, "close", 409, "move_refused", code="no_such_code")
    await sam.refused(person.id, "close", 409, "move_refused", code="signposted_agency")
    await sam.refused(person.id, "close", 422, "field_wrong", code="test", type="heist")
    await sam.do(person.id, "close", code="crime_recorded", type="robbery", reason="told")
    snapshot = await desk.snapshot(person.id)
    assert snapshot is not None and snapshot.state.closed
    assert snapshot.state.extra["final_type"] == "robbery"
    assert (snapshot.state.close_code, snapshot.state.close_by) == ("crime_recorded", "sam")
    await sam.refused(person.id, "messages", 409, "move_refused", client_id="a", text="b")


async def test_a_concern_for_safety_closes_only_when_the_person_was_told_what_happens(
    client: Http, sam: Operator
) -> None:
    person = await new(client, "shouting")
    await sam.do(person.id, "claim")
    body = {"code": "advice_given", "type": "concern_for_safety"}
    problem = await sam.refused(person.id, "close", 409, "move_refused", **body)
    assert "told what happens" in problem["detail"]
    await sam.do(person.id, "close", **body, told=True, reason="Told: police will not attend.")


async def test_a_trainer_reads_closed_conversations_only(
    client: Http, settings: Settings, sam: Operator
) -> None:
    tess = Operator(client, account(settings, "tess", "trainer"))
    person = await new(client, "knife")
    await sam.do(person.id, "claim")
    answer = await tess.call("GET", f"conversations/{person.id}")
    assert (answer.status, (await answer.json())["code"]) == (403, "role_wrong")
    await sam.do(person.id, "close", code="test")
    assert (await tess.sees(person.id))["state"]["close_code"] == "test"


async def test_back_to_the_assistant_is_said_and_refused_with_danger_now(
    client: Http, desk: Desk, sam: Operator
) -> None:
    danger = await new(client, "knife")
    await sam.do(danger.id, "claim")
    await sam.refused(danger.id, "return_to_bot", 409, "move_refused")
    calm = await new(client, "my bike was stolen")
    await to_queue(desk, calm)
    await sam.do(calm.id, "claim")
    await sam.do(calm.id, "return_to_bot")
    said = [e["text"] for e in (await calm.read())["events"] if e["type"] == "status"]
    assert said[-1].startswith("The person has left this chat. The answers are automatic again.")
    assert calm.state["owner"] == "bot"


async def test_a_hold_keeps_the_chat_and_notes_stay_with_staff(client: Http, sam: Operator) -> None:
    person = await new(client, "knife")
    await sam.do(person.id, "claim")
    await sam.do(person.id, "hold")
    await sam.do(person.id, "notes", text="Incident raised elsewhere: 123 of today")
    seen = await sam.sees(person.id)
    assert seen["state"]["hold_until"] and seen["state"]["operator"] == "sam"
    assert any(e.get("says") == "note.handler" for e in seen["events"])
    assert "123 of today" not in json.dumps(await person.read())


async def test_writing_again_ends_the_hold(client: Http, desk: Desk, sam: Operator) -> None:
    person = await new(client, "knife")
    await sam.do(person.id, "claim")
    await sam.do(person.id, "hold")
    assert [d.conversation for d in await desk.work(names.HOLD)] == [person.id]
    await sam.do(person.id, "messages", client_id="a", text="I am back.")
    assert await desk.work(names.HOLD) == []


async def test_the_record_is_text_in_the_order_of_the_forces_screen(
    client: Http, desk: Desk, sam: Operator
) -> None:
    person = await new(client, "he has a knife, 12 Moss Street")
    await sam.do(person.id, "claim")
    path = f"conversations/{person.id}"
    details = {"location": "12 Moss Street, Bury", "contact_name": "Jo", "children_present": "yes"}
    await sam.ok("PATCH", f"{path}/details", details)
    answer = await sam.call("GET", f"{path}/record.txt")
    assert answer.status == 200 and answer.content_type == "text/plain"
    text = await answer.text()
    heads = ["WHERE", "WHAT", "WHEN", "WHO", "HURT", "WEAPON", "VULNERABLE", "CHILDREN",
             "CONTACT", "SAFE CONTACT", "DANGER", "WHAT THEY WERE TOLD", "999",
             "FIRST ACCOUNT (word for word)", "TRANSCRIPT (word for word)"]  # fmt: skip
    lines = text.splitlines()
    places = [lines.index(head) for head in heads]
    assert places == sorted(places)
    assert "  Where: 12 Moss Street, Bury [set by handler]" in lines
    assert "  Told to ring 999. Has not said whether they rang." in lines
    assert '  weapon: "knife"' in lines
    assert any(line.endswith("PERSON: he has a knife, 12 Moss Street") for line in lines)
    assert "note.read" not in text and "Read by sam" not in text


async def test_without_a_place_the_record_says_that_we_cannot_see_them(
    client: Http, sam: Operator
) -> None:
    person = await new(client, "knife")
    answer = await sam.call("GET", f"conversations/{person.id}/record.txt")
    assert "Not known: we cannot see where they are." in await answer.text()


async def test_a_report_is_read_live_by_its_reference(
    client: Http, desk: Desk, sam: Operator
) -> None:
    person = await new(client, "my bike was stolen outside the library")
    taken = await desk.take([names.TURN], worker="bot")
    assert taken is not None
    reference = taken.draft["reference_next"]
    draft = {**taken.draft, "reference": reference, "type": "bike_theft",
             "incident_type": "theft", "stage": "sent"}  # fmt: skip
    line = {"text": "Thank you.", "says": "x"}
    done = await desk.commit(
        taken, lines=[line], draft=draft, cursor=1, fields={"reference": reference}
    )
    assert done.done
    found = await sam.ok("GET", f"/api/v1/reports/{reference}")
    assert (found["reference"], found["incident_type"]) == (reference, "theft")
    for wrong in ("GM-AAAA-AAAA", "nonsense"):
        answer = await sam.call("GET", f"/api/v1/reports/{wrong}")
        assert (answer.status, (await answer.json())["code"]) == (404, "report_unknown")
    notes = [e for e in (await sam.sees(person.id))["events"] if e.get("says") == "note.read"]
    assert len(notes) == 1


async def test_a_handler_who_acts_is_there(client: Http, desk: Desk, sam: Operator) -> None:
    person = await new(client, "knife")
    assert await desk.present() == {}
    await sam.do(person.id, "claim")
    assert await desk.present() == {"sam": True}
    await sam.ok("POST", "presence", {"available": False})
    await sam.do(person.id, "messages", client_id="a", text="hello")
    assert await desk.present() == {"sam": False}


async def frame(ws: Any, name: str, limit_s: float = 5.0) -> Any:
    """The next frame that has `name`."""
    while True:
        got = await asyncio.wait_for(ws.receive(), limit_s)
        assert got.data is not None, got
        found = json.loads(got.data)
        if name in found:
            return found


async def test_the_socket_shows_the_queue_the_watched_chat_and_keeps_the_beat(
    client: Http, desk: Desk, sam: Operator
) -> None:
    async with client.ws_connect(f"{API}/socket", headers=sam.headers) as ws:
        assert (await frame(ws, "queue"))["queue"]["queue"] == []
        assert await desk.present() == {"sam": True}
        person = await new(client, "he has a knife")
        while not (shown := (await frame(ws, "queue"))["queue"]["queue"]):
            pass
        assert shown[0]["conversation"] == person.id
        await ws.send_json({"watch": {person.id: 0}})
        assert (await frame(ws, "event"))["event"]["text"] == "he has a knife"
        state = await frame(ws, "state")
        assert (state["conversation"], state["state"]["danger"]) == (person.id, "now")
        await ws.send_json({"available": False})
        while (await frame(ws, "queue"))["queue"]["available"]:
            pass
        assert await desk.on_duty() is False


async def test_the_socket_opens_by_first_frame_or_by_cookie_from_our_own_page_only(
    client: Http, settings: Settings, sam: Operator
) -> None:
    async with client.ws_connect(f"{API}/socket") as ws:
        await ws.send_json({"token": sam.account.token})
        assert await frame(ws, "queue")
    async with client.ws_connect(f"{API}/socket") as ws:
        await ws.send_json({"token": "wrong"})
        assert (await frame(ws, "problem"))["problem"]["code"] == "not_logged_in"
    by_cookie = await log_in(client, account(settings, "kim"))
    async with client.ws_connect(f"{API}/socket", headers=by_cookie.headers) as ws:
        assert await frame(ws, "queue")
    answer = await client.get(f"{API}/socket", headers={"Origin": "https://evil.example"})
    assert answer.status == 403


async def test_after_a_claim_the_assistant_is_silent(
    client: Http, desk: Desk, assistant: FakeAssistant, sam: Operator
) -> None:
    person = await new(client, "my bike was stolen")
    await person.until_idle()
    await sam.do(person.id, "claim")
    await person.say("it was a red one")
    await asyncio.sleep(0.3)
    after = [e for e in (await person.read())["events"] if e["sender"] == "bot"]
    assert [e["says"] for e in after if e["says"] == "fake_reply"] == ["fake_reply"]
