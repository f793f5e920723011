"""The page that describes the contract is true: answers and problems are checked against it."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from aiohttp import web
from aiohttp.test_utils import TestClient
from jsonschema import Draft4Validator, RefResolver
from openapi_spec_validator import validate_spec

from bot.desk import names
from bot.settings import ROOT, Settings
from bot.web.errors import PROBLEMS
from tests.web.fakes import API, FakeAssistant, Person
from tests.web.operators import Operator, account

SPEC = yaml.safe_load((ROOT / "docs/openapi.yml").read_text("utf-8"))


def as_json_schema(node: Any) -> Any:
    """OpenAPI's `nullable` as JSON Schema says it."""
    if isinstance(node, list):
        return [as_json_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {k: as_json_schema(v) for k, v in node.items() if k != "nullable"}
    if node.get("nullable"):
        made["type"] = [made["type"], "null"]
    return made


SCHEMAS = as_json_schema(SPEC)


def check(body: Any, schema: str) -> None:
    """Raises when the body is not what the page says."""
    found = Draft4Validator(
        {"$ref": f"#/components/schemas/{schema}"}, resolver=RefResolver("", SCHEMAS)
    )
    found.validate(body)


def test_the_page_is_openapi() -> None:
    """The file is a valid OpenAPI document."""
    validate_spec(SPEC)


def test_every_address_is_described(app: web.Application) -> None:
    """No route of the gateway is missing from the page, and none is made up."""
    routes = {
        (resource.canonical, route.method.lower())
        for resource in app.router.resources()
        for route in resource
        if route.method not in ("HEAD", "*") and resource.canonical != "/static"  # a folder
    }
    described = {
        (path, verb)
        for path, item in SPEC["paths"].items()
        for verb in item
        if verb != "parameters"
    }
    assert routes == described


async def test_answers_are_as_described(
    client: TestClient[Any, Any], assistant: FakeAssistant
) -> None:
    """Start, send, send again and read, in calm and in danger."""
    started = await (await client.post(API, json={})).json()
    check(started, "Reading")
    person = Person(client, started["conversation"], started["token"])
    for text in ("my bike was stolen", "he has a knife", "my partner is here"):
        check(await person.say(text, client_id=text.replace(" ", "-")), "Sent")
        check(await person.say(text, client_id=text.replace(" ", "-")), "Sent")
    check(await person.until_idle(), "Reading")
    check(await (await client.get("/readyz")).json(), "Ready")


async def test_the_operators_answers_are_as_described(
    client: TestClient[Any, Any], settings: Settings, assistant: FakeAssistant
) -> None:
    """The board, a conversation, a verb and a message: nothing is missing and nothing unsaid."""
    sam = Operator(client, account(settings, "sam"))
    person = await Person(client).start()
    await person.say("he has a knife")
    board = await sam.queue()
    assert board["queue"], "a danger waits"
    check(board, "Queue")
    check(await sam.do(person.id, "claim"), "Moved")
    await sam.ok("PATCH", f"conversations/{person.id}/details", {"location": "14 Slade Lane"})
    check(await sam.queue(), "Queue")
    check(await sam.sees(person.id), "Case")
    sent = {"client_id": "m1", "text": "I am here."}
    check(await sam.ok("POST", f"conversations/{person.id}/messages", sent), "StaffSent")
    check(await sam.ok("GET", "session"), "Session")
    refused = await sam.refused(person.id, "close", 409, "move_refused", code="none_of_these")
    check(refused, "Problem")


def test_codes_are_the_gateways_own() -> None:
    """The page lists every problem and closing code, and none that is made up."""
    schemas = SPEC["components"]["schemas"]
    assert schemas["Problem"]["properties"]["code"]["enum"] == list(PROBLEMS)
    assert schemas["ClosingCode"]["enum"] == list(names.CLOSING_CODES)


@pytest.mark.parametrize("code", sorted(PROBLEMS))
def test_every_problem_is_described(code: str) -> None:
    """Each code has its document's shape, a plain sentence, and a line in docs/api.md."""
    from bot.web.errors import Problem

    document = Problem(code).document()
    check(document, "Problem")
    assert f"`{code}`" in (ROOT / "docs/api.md").read_text("utf-8")
