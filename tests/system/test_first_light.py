"""The whole path on its real parts: a report to its reference, danger into the console."""

from __future__ import annotations

import re
import time

import psutil

from tests.system.conftest import Person, Running, texts

ANSWERS = {
    "safe_now": "no, nobody is in danger, it's over",
    "location": "14 Slade Lane, Levenshulme",
    "when": "last night between 10 and 7 this morning",
    "property": "a silver Dell laptop and a jewellery box",
    "suspect_description": "didn't see anyone",
    "contact_details": "Sam Patel 07700 900123",
}
REFERENCE = re.compile(r"\bGM-[A-Z0-9]{4}-[A-Z0-9]{4}\b")


def finish(person: Person, limit: int = 14) -> str:
    """Answer what is asked until the report is sent; gives everything that was said."""
    said = ""
    for _ in range(limit):
        asked = person.state["asking"]
        if person.state["reference"]:
            break
        if asked in ("summary", "send_now"):
            answer = "yes that's right, send it"
        else:
            answer = ANSWERS.get(asked or "", "don't know, nothing else to add")
        said += "\n" + texts(person.say(answer))
    return said


def test_a_burglary_goes_to_its_reference_and_is_on_file(desk: Running, person: Person) -> None:
    said = texts(
        person.say("Came home and the back door's been kicked in. They've gone. Laptop's missing")
    )
    assert person.state["route"] == "crime_report"
    said += finish(person)
    reference = person.state["reference"]
    assert REFERENCE.fullmatch(reference)
    assert reference in said
    assert "crime number" not in said.lower() or "get a crime number" in said.lower()
    assert person.state["disposition"] == "reported"
    status, report = desk.call("GET", f"/api/v1/reports/{reference}", token=desk.token)
    assert status == 200
    assert report["incident_type"] == "burglary"
    assert "levenshulme" in str(report["details"]["location"]).lower()
    assert "back door" in str(report).lower()


def test_danger_gives_999_in_the_same_answer_and_a_place_first_in_the_queue(
    desk: Running, person: Person
) -> None:
    status, body = person.post("hes got a knife and hes trying to get in my bedroom please help")
    assert status == 202
    own = next(e for e in body["events"] if e["sender"] == "person")
    line = next(e for e in body["events"] if e["seq"] == own["seq"] + 1)
    assert line["type"] == "safety"
    assert "999" in line["text"]
    assert body["state"]["owner"] == "queue"
    assert body["state"]["danger"] == "now"
    assert body["state"]["queue_position"] is None
    _, queue = desk.call("GET", "/api/v1/operator/queue", token=desk.token)
    waiting = [w["conversation"] for w in queue["queue"]]
    assert person.id in waiting
    assert all(w["rank"] == "now" for w in queue["queue"][: waiting.index(person.id) + 1])


def test_a_handler_takes_over_and_the_assistant_is_silent(desk: Running, person: Person) -> None:
    person.say("can I talk to a real person please")
    assert person.state["owner"] == "queue"
    path = f"/api/v1/operator/conversations/{person.id}"
    status, body = desk.call("POST", f"{path}/claim", {}, desk.token)
    assert status == 200, body
    status, record = desk.call("GET", path, token=desk.token)
    assert any("real person" in e["text"] for e in record["events"])
    status, body = desk.call(
        "POST", f"{path}/messages", {"client_id": "h1", "text": "Hello, I'm Alex. What happened?"},
        desk.token,
    )  # fmt: skip
    assert status == 202, body
    heard = person.poll()
    assert any(e["sender"] == "operator" and "Alex" in e["text"] for e in heard)
    person.say("my bike got nicked outside the library in Bury")
    time.sleep(1)
    assert not [e for e in person.poll(0) if e["sender"] == "bot" and e["type"] == "message"]
    status, body = desk.call(
        "POST", f"{path}/close", {"code": "advice_given", "reason": "told"}, desk.token
    )
    assert status == 200, body
    assert person.poll() is not None and person.state["owner"] == "closed"


def test_the_assistants_servers_listen_on_loopback_only(desk: Running) -> None:
    family = [desk.process.pid, *(p.pid for p in psutil.Process(desk.process.pid).children(True))]
    listening = [
        c.laddr
        for pid in family
        for c in psutil.Process(pid).connections("inet")
        if c.status == psutil.CONN_LISTEN
    ]
    assert len(listening) >= 3
    assert {address.ip for address in listening} == {"127.0.0.1"}


def test_a_typed_command_is_ordinary_text(person: Person) -> None:
    person.say("my bike was stolen from outside the library in Bury yesterday")
    before = person.state["subtype"]
    person.say("/restart")
    assert person.state["subtype"] == before


def test_a_message_sent_again_has_the_same_number_and_one_reply(person: Person) -> None:
    first = person.post("hello", client_id="again")[1]["seq"]
    status, body = person.post("hello", client_id="again")
    assert (status, body["seq"]) == (200, first)
    time.sleep(2)
    assert len([e for e in person.poll() if e["sender"] == "person"]) <= 1
    status, body = person.post("something else", client_id="again")
    assert status == 409
