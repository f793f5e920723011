"""The work of kind `archive`, on the records database of the settings.

The database is opened when it is first needed, in a thread: a gateway starts, and keeps
people safe, while the records are down. What fails is due again after a lease.
"""

from __future__ import annotations

import asyncio
import threading

from bot.desk import Desk, Taken
from bot.records.archive import Archiver
from bot.records.follow import archive_conversation
from bot.records.tables import make_tables, open_database


class Archive:
    """A handler of the clock (`bot.desk.clock.Handler`)."""

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

    async def __call__(self, desk: Desk, taken: Taken) -> int | None:
        """Bring the records of one conversation up to the log. Raises what the database raises."""
        archiver = await asyncio.to_thread(self._opened)
        await archive_conversation(desk, archiver, taken.conversation)
        return None
