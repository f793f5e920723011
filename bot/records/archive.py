"""The archiver: brings the records database up to what the desk holds, again and again.

It is called with the live state, draft and the entries after what is stored. Every write is
an upsert with a key of its own, so a call that is repeated after a crash changes nothing.
The database being down raises; the caller leaves the work due and tries later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.desk.state import State
from bot.desk.store import now_ms
from bot.desk.view import iso as desk_iso
from bot.records import audit
from bot.records.retention import retain_days
from bot.records.tables import conversations, entries, reports, upsert
from bot.report.outcome import disposition

Event = Mapping[str, Any]
Draft = Mapping[str, Any]
#: Columns that an entry has of its own; the rest of the event is kept as data.
ENTRY_COLUMNS = ("seq", "ts", "type", "sender", "audience", "by", "says", "lang", "text", "chain")


def iso(milliseconds: int | None) -> str | None:
    """ISO 8601, UTC, milliseconds and Z; None stays None."""
    return None if milliseconds is None else desk_iso(milliseconds)


class Archiver:
    """Writes conversations, entries, reports and audit rows of one desk."""

    def __init__(self, engine: Engine, desk: str) -> None:
        self.engine, self.desk = engine, desk

    def stored_length(self, conversation: str) -> int:
        """The highest number stored of a conversation; 0 when there is none."""
        with self.engine.connect() as connection:
            found = connection.execute(
                select(func.max(entries.c.seq)).where(
                    entries.c.desk == self.desk, entries.c.conversation == conversation
                )
            ).scalar()
        return int(found or 0)

    def archive(
        self,
        conversation: str,
        state: State,
        draft: Draft,
        events: Sequence[Event],
        report: Mapping[str, Any] | None = None,
    ) -> int:
        """Store one conversation as it stands. Gives the number of entries written.

        `events` are those after what is stored; `report` is the incident report once filed.
        """
        with self.engine.begin() as connection:
            upsert(connection, conversations, [self._conversation(conversation, state, draft)])
            rows = [self._entry(conversation, event) for event in events]
            for start in range(0, len(rows), 200):
                upsert(connection, entries, rows[start : start + 200])
            if report is not None:
                upsert(connection, reports, [self._report(conversation, report)])
            audit.append(connection, self._audit_rows(conversation, state, events))
        return len(rows)

    def blank(self, conversation: str, events: Sequence[Event]) -> None:
        """Write entries again whose text was blanked in the log."""
        with self.engine.begin() as connection:
            upsert(connection, entries, [self._entry(conversation, event) for event in events])

    def _conversation(self, conversation: str, state: State, draft: Draft) -> dict[str, Any]:
        last = max(state.last_person or 0, state.last_bot or 0, state.created)
        closed = state.closed_at
        days = retain_days(state, draft)
        until = None if closed is None or days is None else closed + int(days * 86_400_000)
        return {
            "desk": self.desk,
            "id": conversation,
            "created_at": iso(state.created),
            "last_at": iso(last),
            "closed_at": iso(closed),
            "length": state.length,
            "owner": state.owner,
            "danger": state.danger,
            "peak": state.peak,
            "check_answer": state.check_answer,
            "told_999": state.told_999,
            "protected": state.protected,
            "route": state.route,
            "subtype": state.subtype,
            "disposition": disposition(state, draft),
            "close_code": state.close_code,
            "close_by": state.close_by,
            "final_type": state.extra.get("final_type"),
            "reference": state.reference,
            "cues": [dict(cue) for cue in state.cues],
            "details": dict(draft.get("details", {})),
            "retain_until": iso(until),
            "erased_at": None,
        }

    def _entry(self, conversation: str, event: Event) -> dict[str, Any]:
        own = {name: event.get(name) for name in ENTRY_COLUMNS}
        rest = {k: v for k, v in event.items() if k not in ENTRY_COLUMNS and k != "blanked"}
        return {
            "desk": self.desk,
            "conversation": conversation,
            **own,
            "text": event.get("text") or "",
            "audience": event.get("audience", "all"),
            "data": rest,
            "blanked": bool(event.get("blanked")),
        }

    def _report(self, conversation: str, report: Mapping[str, Any]) -> dict[str, Any]:
        now = iso(now_ms())
        return {
            "desk": self.desk,
            "reference": report["reference"],
            "conversation": conversation,
            "filed_at": report["filed_at"] or now,
            "updated_at": now,
            "incident_type": report["incident_type"],
            "subtype": report["subtype"],
            "anonymous": report["anonymous"],
            "report": dict(report),
        }

    def _audit_rows(
        self, conversation: str, state: State, events: Sequence[Event]
    ) -> list[dict[str, Any]]:
        return [
            {
                "desk": self.desk,
                "key": f"{self.desk}:{conversation}:{event['seq']}",
                "at": event["ts"],
                "who": event.get("by") or event["sender"],
                "what": event.get("says") or "note",
                "conversation": conversation,
                "reference": state.reference,
                # The words of a note stay in the entry, where they can be blanked.
                "detail": {"seq": event["seq"]},
            }
            for event in events
            if event["type"] == "note"
        ]

    def read(self, who: str, what: str, key: str, at: str, **about: str | None) -> None:
        """Put a read of a record into the audit: who, which conversation or reference, when."""
        row: dict[str, Any] = {
            "desk": self.desk,
            "key": key,
            "at": at,
            "who": who,
            "what": what,
            "conversation": about.get("conversation"),
            "reference": about.get("reference"),
            "detail": {},
        }
        with self.engine.begin() as connection:
            audit.append(connection, [row])


class Reader:
    """Reads of stored records (the live desk is asked first for what is fresh)."""

    def __init__(self, engine: Engine, desk: str) -> None:
        self.engine, self.desk = engine, desk

    def report(self, reference: str) -> dict[str, Any] | None:
        """The incident report of a reference, as its JSON Schema says, or None."""
        with self.engine.connect() as connection:
            row = connection.execute(
                select(reports.c.report).where(
                    reports.c.desk == self.desk, reports.c.reference == reference
                )
            ).first()
        return dict(row.report) if row else None

    def transcript(self, conversation: str) -> list[dict[str, Any]]:
        """All stored entries of a conversation in order, staff notes included."""
        statement = (
            select(entries)
            .where(entries.c.desk == self.desk, entries.c.conversation == conversation)
            .order_by(entries.c.seq)
        )
        with self.engine.connect() as connection:
            return [dict(row._mapping) for row in connection.execute(statement)]

    def conversation(self, conversation: str) -> dict[str, Any] | None:
        """The stored row of a conversation (its dangers, route, times, `erased_at`), or None."""
        statement = select(conversations).where(
            conversations.c.desk == self.desk, conversations.c.id == conversation
        )
        with self.engine.connect() as connection:
            row = connection.execute(statement).first()
        return dict(row._mapping) if row else None

    def anonymous(self, conversation: str) -> bool:
        """Whether a report of the conversation was filed by somebody who stays anonymous."""
        statement = select(reports.c.anonymous).where(
            reports.c.desk == self.desk, reports.c.conversation == conversation
        )
        with self.engine.connect() as connection:
            return any(connection.execute(statement).scalars())
