"""Who may come in, what a session is worth, and what another site's page cannot do."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.records import operators as accounts
from bot.records.operators import Operators
from bot.records.tables import open_database
from bot.settings import Settings
from bot.web.operator_auth import ACCOUNTS, COOKIE, Caller
from tests.web.operators import API, Operator, account, log_in, origin

Http = TestClient[Any, Any]


async def test_name_and_password_open_a_session_of_ten_hours_for_this_site_only(
    client: Http, settings: Settings
) -> None:
    made = account(settings, "sam")
    body = {"name": "sam", "password": made.password}
    answer = await client.post(f"{API}/session", json=body)
    assert answer.status == 200
    found = await answer.json()
    assert (found["name"], found["role"], found["shown"]) == ("sam", "handler", "Sam")
    cookie = answer.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    assert cookie["max-age"] == "36000"
    assert found["csrf"] != cookie.value


async def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(
    client: Http, settings: Settings
) -> None:
    account(settings, "alex")
    texts = []
    for name in ("alex", "nobody"):
        answer = await client.post(f"{API}/session", json={"name": name, "password": "x"})
        assert answer.status == 401
        texts.append(await answer.text())
    assert texts[0] == texts[1]
    assert '"code": "login_wrong"' in texts[0]


async def test_the_sixth_log_in_of_a_minute_waits_also_from_this_machine(
    client: Http, settings: Settings
) -> None:
    made = account(settings, "kim")
    account(settings, "lee")
    for _ in range(5):
        answer = await client.post(f"{API}/session", json={"name": "kim", "password": "wrong"})
        assert answer.status == 401
    right = {"name": "KIM ".strip(), "password": made.password}
    answer = await client.post(f"{API}/session", json=right)
    assert (answer.status, answer.headers["Retry-After"]) == (429, "60")
    other = await client.post(f"{API}/session", json={"name": "lee", "password": "wrong"})
    assert other.status == 401


@pytest.mark.parametrize("body", [{}, {"name": "a"}, {"name": 1, "password": "x"}, []])
async def test_a_log_in_without_name_or_password_is_refused(client: Http, body: object) -> None:
    answer = await client.post(f"{API}/session", json=body)
    assert (answer.status, (await answer.json())["code"]) == (422, "field_wrong")


async def test_a_change_by_cookie_needs_the_token_of_the_session_and_our_own_page(
    client: Http, settings: Settings
) -> None:
    sam = await log_in(client, account(settings, "sam"))
    good = dict(sam.headers)
    for headers, code in (
        ({"Origin": origin(client)}, "csrf_wrong"),
        ({**good, "X-CSRF-Token": "guess"}, "csrf_wrong"),
        ({**good, "Origin": "https://evil.example"}, "origin_refused"),
        ({"X-CSRF-Token": good["X-CSRF-Token"]}, "origin_refused"),
    ):
        sam.headers = headers
        answer = await sam.call("POST", "presence", {"available": True})
        assert (answer.status, (await answer.json())["code"]) == (403, code)
    sam.headers = good
    assert (await sam.call("POST", "presence", {"available": True})).status == 200


async def test_another_sites_page_cannot_log_anybody_in(client: Http, settings: Settings) -> None:
    made = account(settings, "sam")
    body = {"name": "sam", "password": made.password}
    answer = await client.post(
        f"{API}/session", json=body, headers={"Origin": "https://evil.example"}
    )
    assert (answer.status, (await answer.json())["code"]) == (403, "origin_refused")


async def test_an_api_token_needs_neither_cookie_nor_csrf(client: Http, settings: Settings) -> None:
    sam = Operator(client, account(settings, "sam"))
    assert (await sam.call("POST", "presence", {"available": True})).status == 200
    sam.headers = {"Authorization": "Bearer wrong"}
    answer = await sam.call("GET", "queue")
    assert (answer.status, (await answer.json())["code"]) == (401, "not_logged_in")


async def test_without_a_log_in_nothing_opens(client: Http) -> None:
    for path in (f"{API}/queue", f"{API}/conversations/abc", "/api/v1/reports/GM-AAAA-BBBB"):
        answer = await client.get(path)
        assert (answer.status, (await answer.json())["code"]) == (401, "not_logged_in")


async def test_a_session_ends_on_log_out(client: Http, settings: Settings) -> None:
    sam = await log_in(client, account(settings, "sam"))
    held = {c.key: c.value for c in client.session.cookie_jar}
    assert (await sam.call("GET", "queue")).status == 200
    assert (await sam.call("DELETE", "session")).status == 204
    client.session.cookie_jar.update_cookies(held, client.make_url("/"))
    assert (await sam.call("GET", "queue")).status == 401


async def test_a_disabled_account_loses_session_and_token(
    client: Http, app: web.Application, settings: Settings
) -> None:
    made = account(settings, "sam")
    sam, by_token = await log_in(client, made), Operator(client, made)
    assert (await sam.call("GET", "queue")).status == 200
    app[ACCOUNTS].fresh_s = 0.0  # the few seconds for which an account is remembered are over
    Operators(open_database(settings.sqlite_url)).disable("sam")
    assert (await sam.call("GET", "queue")).status == 401
    assert (await by_token.call("GET", "queue")).status == 401


async def test_with_the_records_down_a_known_handler_goes_on_and_nobody_new_comes_in(
    client: Http, app: web.Application, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = account(settings, "sam")
    sam = await log_in(client, made)
    assert (await sam.call("GET", "queue")).status == 200

    def broken(*_: object) -> None:
        raise OSError("the database is gone")

    monkeypatch.setattr(accounts.Operators, "by_name", broken)
    monkeypatch.setattr(accounts.Operators, "log_in", broken)
    app[ACCOUNTS].fresh_s = 0.0
    assert (await sam.call("GET", "queue")).status == 200
    body = {"name": "sam", "password": made.password}
    answer = await client.post(f"{API}/session", json=body)
    assert (answer.status, (await answer.json())["code"]) == (503, "records_unavailable")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "queue", None),
        ("POST", "next", {}),
        ("POST", "presence", {"available": True}),
        ("POST", "conversations/abc/claim", {}),
        ("POST", "conversations/abc/messages", {"client_id": "a", "text": "b"}),
        ("PATCH", "conversations/abc/details", {"location": "x"}),
        ("POST", "conversations/abc/danger", {"value": "none", "reason": "x"}),
        ("POST", "no_handlers", {"value": True}),
    ],
)
async def test_a_trainer_takes_no_chats(
    client: Http, settings: Settings, method: str, path: str, body: object
) -> None:
    tess = Operator(client, account(settings, "tess", "trainer"))
    answer = await tess.call(method, path, body)
    assert (answer.status, (await answer.json())["code"]) == (403, "role_wrong")


async def test_only_a_supervisor_says_that_there_are_no_handlers(
    client: Http, settings: Settings
) -> None:
    sam = Operator(client, account(settings, "sam"))
    answer = await sam.call("POST", "no_handlers", {"value": True})
    assert (answer.status, (await answer.json())["code"]) == (403, "role_wrong")
    sue = Operator(client, account(settings, "sue", "supervisor"))
    await sue.ok("POST", "presence", {"available": True})
    assert (await sue.queue())["on_duty"] is True
    assert (await sue.ok("POST", "no_handlers", {"value": True}))["no_handlers"] is True
    found = await sue.queue()
    assert (found["on_duty"], found["no_handlers"]) == (False, True)
    await sue.ok("POST", "no_handlers", {"value": False})
    assert (await sue.queue())["on_duty"] is True


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("sam", "Sam"),
        ("Sam.Jones", "Sam"),
        ("McKay", "McKay"),
        ("supervisor", "A call handler"),
        ("desk2", "A call handler"),
        ("tester", "A call handler"),
    ],
)
def test_the_person_reads_a_first_name_or_the_role(name: str, shown: str) -> None:
    assert Caller(name, "handler").shown == shown


async def test_the_pages_send_those_without_a_session_to_the_log_in(
    client: Http, settings: Settings
) -> None:
    answer = await client.get("/console", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/console/login")
    page = await client.get("/console/login")
    assert page.status == 200 and "<script type=" in await page.text()
    await log_in(client, account(settings, "sam"))
    page = await client.get("/console")
    text = await page.text()
    assert page.status == 200 and 'data-name="sam"' in text
    assert page.headers["Cache-Control"] == "no-store"
    assert " style=" not in text and "onclick" not in text
