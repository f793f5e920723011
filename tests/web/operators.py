"""Operators for tests: accounts in a SQLite of their own, by token or by console session."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient
from yarl import URL

from bot.records.operators import NewAccount, add
from bot.settings import Settings

API = "/api/v1/operator"
Json = dict[str, Any]


@dataclass
class Operator:
    """A call handler's side of the contract, by API token."""

    http: TestClient[Any, Any]
    account: NewAccount
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.headers = self.headers or {"Authorization": f"Bearer {self.account.token}"}

    @property
    def name(self) -> str:
        return self.account.name

    async def call(self, method: str, path: str, body: object = None) -> ClientResponse:
        """One call; `path` under the operator's API unless it is absolute."""
        url = path if path.startswith("/api") else f"{API}/{path}"
        return await self.http.request(method, url, json=body, headers=self.headers)

    async def ok(self, method: str, path: str, body: object = None) -> Any:
        """One call that must work; its JSON."""
        answer = await self.call(method, path, body)
        assert answer.status < 300, await answer.text()
        return None if answer.status == 204 else await answer.json()

    async def do(self, conversation: str, verb: str, **body: object) -> Json:
        """A verb that must work."""
        found: Json = await self.ok("POST", f"conversations/{conversation}/{verb}", body)
        return found

    async def refused(
        self, conversation: str, verb: str, status: int, why: str, /, **body: object
    ) -> Json:
        """A verb that must be refused with this problem."""
        answer = await self.call("POST", f"conversations/{conversation}/{verb}", body)
        problem: Json = await answer.json()
        assert (answer.status, problem["code"]) == (status, why), problem
        return problem

    async def sees(self, conversation: str) -> Json:
        """The conversation as the handler sees it."""
        found: Json = await self.ok("GET", f"conversations/{conversation}")
        return found

    async def queue(self) -> Json:
        """The queue."""
        found: Json = await self.ok("GET", "queue")
        return found


def account(settings: Settings, name: str, role: str = "handler") -> NewAccount:
    """A new account in the database of these settings."""
    return add(settings.sqlite_url, name, role)


def origin(http: TestClient[Any, Any]) -> str:
    """The origin of the gateway's own pages."""
    return str(URL(str(http.make_url("/"))).origin())


async def log_in(http: TestClient[Any, Any], made: NewAccount) -> Operator:
    """A console session: the cookie is kept by `http`, the CSRF token goes into the headers."""
    body = {"name": made.name, "password": made.password}
    answer = await http.post(f"{API}/session", json=body, headers={"Origin": origin(http)})
    assert answer.status == 200, await answer.text()
    csrf = (await answer.json())["csrf"]
    return Operator(http, made, {"Origin": origin(http), "X-CSRF-Token": csrf})
