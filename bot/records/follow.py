"""Work of kind `archive`: follow the desk, one conversation at a time.

Runs in the gateway's event loop; every SQL call goes to a thread. When the database is down
the call raises, the clock counts it, and the work is due again after its lease: nothing is
lost and no turn waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.desk.engine import Desk
from bot.desk.names import EVENTS_LIMIT
from bot.desk.view import staff_events
from bot.records.archive import Archiver
from bot.report.schema import incident_report

#: The note that a handler's blanking leaves: earlier entries have changed then.
BLANK_NOTE = "note.blank"


async def archive_conversation(desk: Desk, archiver: Archiver, conversation: str) -> int:
    """Bring the records of one conversation up to the log. Gives the entries written.

    Raises sqlalchemy's errors when the database is down; 0 for an unknown conversation.
    """
    stored = await asyncio.to_thread(archiver.stored_length, conversation)
    entries = await _after(desk, conversation, stored)
    if any(entry.get("says") == BLANK_NOTE for entry in entries):
        changed = [e for e in await _after(desk, conversation, 0) if e.get("blanked")]
        await asyncio.to_thread(archiver.blank, conversation, changed)
    # The state is read after the entries: what is stored of it is never older than they are.
    snapshot = await desk.snapshot(conversation)
    if snapshot is None:
        return 0
    report = None
    if snapshot.draft.get("reference"):
        whole = await _after(desk, conversation, 0)
        report = incident_report(snapshot.state, snapshot.draft, whole)
    return await asyncio.to_thread(
        archiver.archive, conversation, snapshot.state, snapshot.draft, entries, report
    )


async def _after(desk: Desk, conversation: str, after: int) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    while True:
        entries = await desk.events(conversation, after)
        shown, after = staff_events(entries, after)
        found += shown
        if len(entries) < EVENTS_LIMIT:
            return found
