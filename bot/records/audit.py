"""The audit: an append-only table whose rows are joined by a hash chain.

Rows come from the staff notes of conversations (moves, edits, closes) and from reads of
records. A row has a key of its own, so archiving the same note twice adds nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select, text, update
from sqlalchemy.engine import Connection, Engine

from bot.records.tables import audit

#: Chain value before the first row.
GENESIS = "0" * 64
#: Key of the PostgreSQL lock under which rows get their place in the chain.
CHAIN_LOCK = 4120_0002
Row = Mapping[str, Any]


def chain_value(previous: str, row: Row) -> str:
    """SHA-256 of the previous chain value and the row's own content."""
    fields = ("desk", "key", "at", "who", "what", "conversation", "reference", "detail")
    content = json.dumps({name: row[name] for name in fields}, sort_keys=True)
    return hashlib.sha256((previous + content).encode()).hexdigest()


def _last(connection: Connection) -> str:
    """The newest chain value, read while no other writer can append."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({CHAIN_LOCK})"))
    else:  # An update of no row takes SQLite's write lock before the read.
        connection.execute(update(audit).where(audit.c.id == -1).values(key=""))
    row = connection.execute(select(audit.c.chain).order_by(audit.c.id.desc()).limit(1)).first()
    return row.chain if row else GENESIS


def append(connection: Connection, rows: Sequence[Row]) -> int:
    """Append the rows whose key is new, in order. Gives how many were."""
    if not rows:
        return 0
    chain = _last(connection)
    keys = [row["key"] for row in rows]
    held = set(connection.execute(select(audit.c.key).where(audit.c.key.in_(keys))).scalars())
    fresh = []
    for row in rows:
        if row["key"] in held:
            continue
        held.add(row["key"])
        chain = chain_value(chain, row)
        fresh.append({**row, "chain": chain})
    if fresh:
        connection.execute(insert(audit), fresh)
    return len(fresh)


def verify(engine: Engine) -> int | None:
    """None when the chain holds, else the id of the first row that does not fit."""
    previous = GENESIS
    with engine.connect() as connection:
        for row in connection.execute(select(audit).order_by(audit.c.id)):
            if chain_value(previous, row._mapping) != row.chain:
                return int(row.id)
            previous = row.chain
    return None


def history(engine: Engine, desk: str, conversation: str) -> list[dict[str, Any]]:
    """The audit of one conversation, oldest first."""
    statement = (
        select(audit)
        .where(audit.c.desk == desk, audit.c.conversation == conversation)
        .order_by(audit.c.id)
    )
    with engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(statement)]
