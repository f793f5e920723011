"""Closed chats in which a handler put right what the machine had read, for the trainers.

The type stands in the row of the conversation (`final_type` beside `subtype`) or in an edit of
its incident type, the danger in the staff notes of the moves. A chat that was erased or sealed,
or whose writer stays anonymous, is listed without a word of it (`withheld`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from sqlalchemy import and_, or_, select
from sqlalchemy.engine import Connection, Engine

from bot.content import types
from bot.records.tables import conversations, entries, reports

Row = Mapping[str, Any]
#: What may have changed.
KINDS: Final = ("type", "route", "danger")
DANGER_NOTES: Final = ("note.lower_danger", "note.raise_danger")
EDIT_NOTE: Final = "note.edit"
MACHINES: Final = ("person", "bot", "system")
#: Conversations looked at in one go: most edits are of a place or a name, and are no change.
BATCH: Final = 200
WITHHELD: Final = {
    "erased": "This chat was erased: its words are gone.",
    "sealed": "This chat is sealed: nothing of it is shown.",
    "anonymous": "Who wrote this stays anonymous: its words are not shown.",
}


@dataclass(frozen=True)
class DangerMove:
    """A handler moved the danger; `before` is None where the note was erased."""

    seq: int
    at: str
    by: str
    before: str | None
    after: str | None
    reason: str


@dataclass(frozen=True)
class Change:
    """One chat: what the machine had read, what the handler made of it."""

    conversation: str
    closed_at: str
    by: tuple[str, ...]
    changed: tuple[str, ...]  # of KINDS
    read_type: str | None
    read_route: str | None
    read_incident: str | None
    made_type: str | None
    made_route: str | None
    made_incident: str | None
    peak: str
    danger: str
    close_code: str | None
    dangers: tuple[DangerMove, ...]
    withheld: str | None  # a key of WITHHELD

    def to_json(self) -> dict[str, Any]:
        """Plain dicts, lists and strings."""
        return asdict(self)


def withheld(row: Row, anonymous: bool, said: Sequence[Row] = ()) -> str | None:
    """Why the words of a chat are not shown to a trainer, or None. `said`: its entries, if at
    hand: one whose messages were all taken out is as good as erased."""
    person = [one for one in said if one["sender"] == "person"]
    if row.get("erased_at") or (person and all(one.get("blanked") for one in person)):
        return "erased"
    if row.get("sealed_at"):
        return "sealed"
    held = (row.get("details") or {}).get("anonymous") or {}
    return "anonymous" if anonymous or held.get("value") is True else None


class Changes:
    """Reads of one desk; nothing is written here."""

    def __init__(self, engine: Engine, desk: str) -> None:
        self.engine, self.desk = engine, desk

    def listed(
        self, change: str | None, type_id: str | None, before: str | None, limit: int
    ) -> tuple[list[Change], str | None]:
        """The newest closed chats that were changed, and where to go on (`before`) or None.

        `change`: one of KINDS. `type_id`: as it was read, or as the handler made it.
        """
        found: list[Change] = []
        with self.engine.connect() as connection:
            for one in self._all(connection, before):
                if change is not None and change not in one.changed:
                    continue
                if type_id is not None and type_id not in (one.read_type, one.made_type):
                    continue
                if len(found) == limit:
                    return found, _cursor(found[-1])
                found.append(one)
        return found, None

    def one(self, conversation: str) -> tuple[Change, list[dict[str, Any]]] | None:
        """A closed chat that was changed, with its entries; none of them where its words are
        withheld. None: no such chat, or nothing was changed in it."""
        statement = select(conversations).where(
            conversations.c.desk == self.desk,
            conversations.c.id == conversation,
            conversations.c.closed_at.is_not(None),
        )
        words = (
            select(entries)
            .where(entries.c.desk == self.desk, entries.c.conversation == conversation)
            .order_by(entries.c.seq)
        )
        with self.engine.connect() as connection:
            row = connection.execute(statement).first()
            if row is None:
                return None
            said = [dict(one._mapping) for one in connection.execute(words)]
            made = next(self._made(connection, [row._mapping]))
        why = made.withheld or withheld(row._mapping, anonymous=False, said=said)
        if not made.changed:
            return None
        shown = replace(made, withheld=why)
        return (_quiet(shown), []) if why else (shown, said)

    def _all(self, connection: Connection, before: str | None) -> Iterator[Change]:
        row, note = conversations.c, entries.c
        noted = (
            select(note.seq)
            .where(note.desk == row.desk, note.conversation == row.id)
            .where(note.says.in_((*DANGER_NOTES, EDIT_NOTE)), note.sender == "operator")
            .exists()
        )
        retyped = and_(row.final_type.is_not(None), row.final_type != "")
        while True:
            statement = (
                select(conversations)
                .where(row.desk == self.desk, row.closed_at.is_not(None), or_(retyped, noted))
                .order_by(row.closed_at.desc(), row.id.desc())
                .limit(BATCH)
            )
            if before:
                at, _, name = before.partition("|")
                older = or_(row.closed_at < at, and_(row.closed_at == at, row.id < name))
                statement = statement.where(older)
            rows = [found._mapping for found in connection.execute(statement)]
            yield from (one for one in self._made(connection, rows) if one.changed)
            if len(rows) < BATCH:
                return
            before = f"{rows[-1]['closed_at']}|{rows[-1]['id']}"

    def _made(self, connection: Connection, rows: Sequence[Row]) -> Iterator[Change]:
        names = [row["id"] for row in rows]
        note = entries.c  # without the words: none is needed to see what was changed
        wanted = select(
            note.conversation,
            note.seq,
            note.ts,
            note.sender,
            note.by,
            note.says,
            note.data,
            note.blanked,
        ).where(
            entries.c.desk == self.desk,
            entries.c.conversation.in_(names),
            or_(
                and_(entries.c.type == "note", entries.c.sender == "operator"),
                entries.c.sender == "person",
            ),
        )
        notes: dict[str, list[Row]] = {name: [] for name in names}
        for one in connection.execute(wanted.order_by(entries.c.seq)):
            notes[one.conversation].append(one._mapping)
        hidden = select(reports.c.conversation).where(
            reports.c.desk == self.desk,
            reports.c.conversation.in_(names),
            reports.c.anonymous.is_(True),
        )
        anonymous = set(connection.execute(hidden).scalars())
        for row in rows:
            made = _change(row, notes[row["id"]], row["id"] in anonymous)
            yield _quiet(made) if made.withheld else made


def _change(row: Row, held: Sequence[Row], anonymous: bool) -> Change:
    notes = [one for one in held if one["sender"] == "operator"]
    said = [one for one in held if one["sender"] == "person"]
    read = row["subtype"] or _last_type(said)
    by_hand = row["close_by"] not in (None, *MACHINES)
    made = (row["final_type"] or None) if by_hand else None
    incident = _incident(row, notes)
    route, other = row["route"], _route(made)
    dangers = tuple(_danger(one) for one in notes if one["says"] in DANGER_NOTES)
    was = types.get(read).incident_type if read and types.exists(read) else None
    changed = [
        kind
        for kind, is_so in (
            ("type", (made or read) != read or (incident or was) != was),
            ("route", (made or read) != read and (other or route) != route),
            ("danger", bool(dangers)),
        )
        if is_so
    ]
    who = [one["by"] for one in notes if one["says"] in (*DANGER_NOTES, EDIT_NOTE)]
    who += [row["close_by"]] if by_hand and made else []
    return Change(
        row["id"], row["closed_at"], tuple(dict.fromkeys(filter(None, who))), tuple(changed),
        read, route, was, made or read, other or route, incident or was, row["peak"],
        row["danger"], row["close_code"], dangers, withheld(row, anonymous, said),
    )  # fmt: skip


def _last_type(said: Iterable[Row]) -> str | None:
    """The type of the last message that was read as a first message: what the console showed."""
    found = None
    for one in said:
        reading = (one["data"] or {}).get("reading") or {}
        if reading.get("type") and not reading.get("act"):
            found = str(reading["type"])
    return found


def _incident(row: Row, notes: Iterable[Row]) -> str | None:
    """The incident type as a handler set it."""
    edited = any(
        "incident_type" in ((one["data"] or {}).get("move") or {}).get("details", ())
        for one in notes
        if one["says"] == EDIT_NOTE
    )
    held = (row["details"] or {}).get("incident_type") or {}
    return str(held["value"]) if edited and held.get("source") == "operator" else None


def _danger(note: Row) -> DangerMove:
    move = (note["data"] or {}).get("move") or {}
    return DangerMove(
        note["seq"], note["ts"], note["by"] or "", move.get("danger_from"), move.get("to"),
        str(move.get("reason") or ""),
    )  # fmt: skip


def _route(type_id: str | None) -> str | None:
    return types.get(type_id).route if type_id and types.exists(type_id) else None


def _quiet(made: Change) -> Change:
    """Without what a handler wrote about it."""
    return replace(made, dangers=tuple(replace(one, reason="") for one in made.dangers))


def _cursor(last: Change) -> str:
    return f"{last.closed_at}|{last.conversation}"
