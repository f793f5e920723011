"""How long records are kept, and their erasure (call-handling.md section 10).

A raw chat is police information only where a policing purpose exists. The periods for the
rest are proposals that a force confirms; crime records follow the force's own rules, so the
machine never erases a conversation with a report, a handoff or danger in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any, Protocol

from sqlalchemy import select, update
from sqlalchemy.engine import Engine

from bot.desk.view import iso
from bot.records.tables import conversations, entries, reports

#: Days for chats without a policing purpose: tested, left, or answered from content.
GENERAL_DAYS = 90.0
ABANDONED_DAYS = 30.0
TOMBSTONE = "[removed]"


def _stamp(now: datetime) -> str:
    """A moment in the one spelling that the columns hold, so that texts compare as times."""
    return iso(int(now.astimezone(timezone.utc).timestamp() * 1000))


class Kept(Protocol):
    """What retention looks at in the state of a conversation."""

    @property
    def peak(self) -> str: ...  # noqa: D102  # a field
    @property
    def queued(self) -> bool: ...  # noqa: D102  # a field
    @property
    def protected(self) -> bool: ...  # noqa: D102  # a field
    @property
    def route(self) -> str | None: ...  # noqa: D102  # a field


def retain_days(state: Kept, draft: Mapping[str, Any]) -> float | None:
    """Days to keep after close; None = never erased by the machine."""
    if draft.get("reference") or state.peak != "none" or state.queued or state.protected:
        return None
    if draft.get("details") or state.route == "crime_report":
        return None
    return GENERAL_DAYS if state.route else ABANDONED_DAYS


def due(engine: Engine, desk: str, now: datetime) -> list[str]:
    """Conversations whose time is over, oldest first."""
    statement = (
        select(conversations.c.id)
        .where(
            conversations.c.desk == desk,
            conversations.c.erased_at.is_(None),
            conversations.c.retain_until.is_not(None),
            conversations.c.retain_until < _stamp(now),
        )
        .order_by(conversations.c.retain_until)
    )
    with engine.connect() as connection:
        return list(connection.execute(statement).scalars())


def erase(engine: Engine, desk: str, conversation: str, now: datetime) -> None:
    """Take a person's words out of every table; numbers, times and the audit stay."""
    with engine.begin() as connection:
        connection.execute(
            update(entries)
            .where(entries.c.desk == desk, entries.c.conversation == conversation)
            .values(text=TOMBSTONE, data={}, blanked=True)
        )
        connection.execute(
            update(reports)
            .where(reports.c.desk == desk, reports.c.conversation == conversation)
            .values(report={"erased": True})
        )
        connection.execute(
            update(conversations)
            .where(conversations.c.desk == desk, conversations.c.id == conversation)
            .values(cues=[], details={}, erased_at=_stamp(now))
        )
