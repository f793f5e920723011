"""Work of kinds `archive` and `retain`: bring the records up to date, erase what is over.

The database is opened when the first piece of work comes, in a thread: a gateway starts, and
keeps people safe, while the records are down. What fails is due again after a lease.
"""

from __future__ import annotations

import asyncio
import threading
from datetime import datetime, timezone

from bot.desk import Desk, Taken, names
from bot.desk.clock import Handler
from bot.records import retention
from bot.records.archive import Archiver
from bot.records.follow import archive_conversation
from bot.records.tables import make_tables, open_database

#: A closed chat stays live for a day: a late message about danger still finds it.
LIVE_AFTER_CLOSE_MS = 24 * 3_600_000


class Records:
    """The two handlers of the clock that need the records database."""

    def __init__(self, url: str, desk_id: str) -> None:
        self._url, self._desk_id = url, desk_id
        self._lock = threading.Lock()
        self._archiver: Archiver | None = None

    def _opened(self) -> Archiver:
        with self._lock:
            if self._archiver is None:
                engine = open_database(self._url)
                make_tables(engine)
                self._archiver = Archiver(engine, self._desk_id)
            return self._archiver

    async def archive(self, desk: Desk, taken: Taken) -> int | None:
        """Bring the records of one conversation up to the log. Raises what the database raises."""
        archiver = await asyncio.to_thread(self._opened)
        await archive_conversation(desk, archiver, taken.conversation)
        state = taken.state
        if state.closed and state.closed_at is not None:
            at = state.closed_at + LIVE_AFTER_CLOSE_MS
            await desk.schedule(names.RETAIN, taken.conversation, at)
        return None

    async def retain(self, desk: Desk, taken: Taken) -> int | None:
        """Leave the live store a day after close; erase the records whose time is over."""
        if not taken.state.closed:
            return None
        archiver = await asyncio.to_thread(self._opened)
        await archive_conversation(desk, archiver, taken.conversation)
        await desk.forget(taken.conversation)
        now, engine = datetime.now(timezone.utc), archiver.engine
        for conversation in await asyncio.to_thread(retention.due, engine, self._desk_id, now):
            await asyncio.to_thread(retention.erase, engine, self._desk_id, conversation, now)
        return None

    def handlers(self) -> dict[str, Handler]:
        """By kind of work."""
        return {names.ARCHIVE: self.archive, names.RETAIN: self.retain}
