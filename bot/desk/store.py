"""The connection to Redis or Valkey, and the four scripts with their shared prelude."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import redis.asyncio as aioredis
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import ExponentialBackoff
from redis.exceptions import (
    BusyLoadingError,
    ConnectionError,
    ReadOnlyError,
    RedisError,
    TimeoutError,
)

from bot.desk import names

Clock = Callable[[], int]

_HERE = Path(__file__).parent
_SCRIPTS = ("receive", "take", "commit", "move")
# Each script may be sent again after a broken connection: receive knows its
# client ids, commit its turn, move what it saw; a take done twice waits one lease.
_RETRY_ON: list[type[Exception]] = [ConnectionError, TimeoutError, BusyLoadingError, ReadOnlyError]
_RETRIES = 6  # 0.02 s to 0.5 s apart: about a second, enough for a server's restart
_CONNECT_TIMEOUT_S = 3
_ANSWER_TIMEOUT_S = 10  # appendfsync on a stalled disk; longer than this is down


class DeskUnavailable(Exception):
    """The Redis server cannot be reached; the caller shows the static page (503)."""


class DeskError(Exception):
    """The Redis server refused or a script failed: a bug or a full disk, never normal."""


def now_ms() -> int:
    """Whole milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def lua_names() -> str:
    """The Lua table `N`: the names and limits of names.py that scripts use."""
    table: dict[str, Any] = {
        name: value
        for name, value in vars(names).items()
        if name.isupper() and isinstance(value, str | int)
    }
    lines = [f"{name} = {json.dumps(value)}" for name, value in table.items()]
    suffixes = ", ".join(json.dumps(s) for s in names.CONVERSATION_SUFFIXES)
    latched = ", ".join(f"[{json.dumps(s)}] = true" for s in names.LATCHED_FIELDS)
    lines += [f"CONVERSATION_SUFFIXES = {{{suffixes}}}", f"LATCHED = {{{latched}}}"]
    return "local N = {" + ", ".join(lines) + "}\n"


def script_text(name: str) -> str:
    """A script as the server gets it: names, prelude, script."""
    prelude = (_HERE / "prelude.lua").read_text("utf-8")
    return lua_names() + prelude + (_HERE / f"{name}.lua").read_text("utf-8")


def open_client(url: str) -> aioredis.Redis:
    """A client for `unix://`, `redis://`, `rediss://` or `sentinel://h:p,h:p/name/db`.

    Raises ValueError for another scheme. Does not connect yet.
    """
    retry = Retry(ExponentialBackoff(cap=0.5, base=0.02), _RETRIES)
    common: dict[str, Any] = {
        "decode_responses": True,
        "retry": retry,
        "retry_on_error": _RETRY_ON,
        "socket_connect_timeout": _CONNECT_TIMEOUT_S,
        "socket_timeout": _ANSWER_TIMEOUT_S,
    }
    parts = urlsplit(url)
    if parts.scheme == "sentinel":
        hosts = [h.rpartition(":") for h in parts.netloc.rpartition("@")[2].split(",")]
        service, _, database = parts.path.strip("/").partition("/")
        nodes = [(host or last, int(last) if host else 26379) for host, _, last in hosts]
        sentinel = Sentinel(nodes, socket_timeout=_CONNECT_TIMEOUT_S)
        password = parts.password
        master = sentinel.master_for(service, db=int(database or 0), password=password, **common)
        return cast(aioredis.Redis, master)
    if parts.scheme == "unix":
        # A pool from a unix URL takes the same options but the connect timeout.
        common.pop("socket_connect_timeout")
    return cast(aioredis.Redis, aioredis.from_url(url, **common))


class Store:
    """One desk's keys on one server. Everything else in `bot/desk` goes through this.

    The client library's answers are typed here as Any (hence the two ANN401): what
    a command gives depends on the command.
    """

    def __init__(self, client: aioredis.Redis, desk_id: str, clock: Clock) -> None:
        self.client = client
        self.desk_id = desk_id
        self.prefix = names.prefix(desk_id)
        self.clock = clock
        self._scripts = {name: client.register_script(script_text(name)) for name in _SCRIPTS}

    def key(self, name: str) -> str:
        """A key of the desk."""
        return self.prefix + name

    def part(self, conversation: str, suffix: str) -> str:
        """A key of one conversation."""
        return names.conversation_key(self.prefix, conversation, suffix)

    async def script(self, name: str, args: Mapping[str, Any], texts: Sequence[str] = ()) -> Any:  # noqa: ANN401
        """Runs a script. None values are left out: Lua's cjson reads null as true.

        Half a surrogate pair outside an entry's text (where it is kept) becomes "?":
        neither cjson nor UTF-8 can hold it.
        """
        kept = {k: v for k, v in args.items() if v is not None}
        given = json.dumps(kept, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")
        keys = [self.key(names.WORK)]
        argv = [self.prefix, str(self.clock()), given, *texts]
        async with reachable():
            return await self._scripts[name](keys=keys, args=argv)

    async def call(self, answer: Any) -> Any:  # noqa: ANN401
        """Awaits one command; server trouble becomes DeskUnavailable or DeskError."""
        async with reachable():
            return await answer

    async def close(self) -> None:
        """Closes the connections."""
        await self.client.close(close_connection_pool=True)


@asynccontextmanager
async def reachable() -> AsyncIterator[None]:
    """Turns the client library's exceptions into the desk's own two."""
    try:
        yield
    except (ConnectionError, TimeoutError, BusyLoadingError, OSError) as error:
        raise DeskUnavailable(str(error)) from error
    except RedisError as error:
        raise DeskError(str(error)) from error
