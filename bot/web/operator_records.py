"""The records that the operators' side reads: accounts, stored reports, the audit.

The database is opened when it is first needed, in a thread: the gateway starts, and people
are kept safe, while the records are down.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from aiohttp import web

from bot.records.archive import Archiver, Reader
from bot.records.operators import Account, Operators
from bot.records.tables import make_tables, open_database
from bot.web.errors import Problem

T = TypeVar("T")


@dataclass(frozen=True)
class _Open:
    """What stands on one open database."""

    operators: Operators
    reader: Reader
    archiver: Archiver


class Records:
    """Accounts and stored records of one desk. All its methods are async and run in threads."""

    def __init__(self, url: str, desk_id: str) -> None:
        self._url, self._desk_id = url, desk_id
        self._lock = threading.Lock()
        self._open: _Open | None = None

    def _held(self) -> _Open:
        with self._lock:  # two first requests at once would make the tables twice
            if self._open is None:
                engine = open_database(self._url)
                make_tables(engine)
                desk = self._desk_id
                self._open = _Open(Operators(engine), Reader(engine, desk), Archiver(engine, desk))
            return self._open

    async def _run(self, work: Callable[[_Open], T]) -> T:
        """Does `work` in a thread. Raises Problem("records_unavailable") when it fails."""
        try:
            return await asyncio.to_thread(lambda: work(self._held()))
        except Exception as error:
            # Every driver has errors of its own; their text may hold a statement's values.
            raise Problem("records_unavailable", headers={"Retry-After": "5"}) from error

    async def log_in(self, name: str, password: str) -> Account | None:
        """The account when name and password fit (argon2, so some 50 ms of one core)."""
        return await self._run(lambda held: held.operators.log_in(name, password))

    async def by_token(self, token: str) -> Account | None:
        """The account of an API token, or None."""
        return await self._run(lambda held: held.operators.by_token(token))

    async def by_name(self, name: str) -> Account | None:
        """The account of a name, or None when there is none or it is disabled."""
        found = await self._run(lambda held: held.operators.by_name(name))
        return None if found is None or found.disabled else found

    async def report(self, reference: str) -> dict[str, Any] | None:
        """The stored incident report of a reference, or None."""
        return await self._run(lambda held: held.reader.report(reference))

    async def audit_read(self, who: str, reference: str, key: str, at: str) -> None:
        """Puts the read of a stored report into the audit; the same key adds one row only."""
        await self._run(
            lambda held: held.archiver.read(who, "read.report", key, at, reference=reference)
        )


RECORDS: web.AppKey[Records] = web.AppKey("operator_records", Records)
