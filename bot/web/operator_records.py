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
from bot.records.changes import Change, Changes
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
    changes: Changes


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
                self._open = _Open(
                    Operators(engine),
                    Reader(engine, desk),
                    Archiver(engine, desk),
                    Changes(engine, desk),
                )
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

    async def audit_view(self, who: str, what: str, key: str, at: str, **about: str | None) -> None:
        """Puts a view of records into the audit; the same key adds one row only."""
        await self._run(lambda held: held.archiver.read(who, what, key, at, **about))

    async def transcript(self, conversation: str) -> list[dict[str, Any]]:
        """All stored entries of a conversation, in the shape of the desk's own."""
        rows = await self._run(lambda held: held.reader.transcript(conversation))
        return [entry_of(row) for row in rows]

    async def stored(self, conversation: str) -> tuple[dict[str, Any], bool] | None:
        """The stored row of a conversation and whether its report is anonymous, or None."""

        def both(held: _Open) -> tuple[dict[str, Any], bool] | None:
            row = held.reader.conversation(conversation)
            return None if row is None else (row, held.reader.anonymous(conversation))

        return await self._run(both)

    async def changes(
        self, change: str | None, type_id: str | None, before: str | None, limit: int
    ) -> tuple[list[Change], str | None]:
        """`Changes.listed`."""
        return await self._run(lambda held: held.changes.listed(change, type_id, before, limit))

    async def changed(self, conversation: str) -> tuple[Change, list[dict[str, Any]]] | None:
        """`Changes.one`, its entries in the shape of the desk's own."""
        found = await self._run(lambda held: held.changes.one(conversation))
        return None if found is None else (found[0], [entry_of(row) for row in found[1]])


def entry_of(row: dict[str, Any]) -> dict[str, Any]:
    """A stored entry as the desk has it: what has no column of its own stands beside the rest."""
    return {**(row.get("data") or {}), **row}


RECORDS: web.AppKey[Records] = web.AppKey("operator_records", Records)
