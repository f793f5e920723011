"""The audit: append-only, joined by a chain, deaf to repeats."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from bot.records import audit
from bot.records.tables import audit as table


def row(key: str, who: str = "sam") -> dict[str, object]:
    return {
        "desk": "gmp",
        "key": key,
        "at": "2026-11-22T10:00:00.000Z",
        "who": who,
        "what": "claim",
        "conversation": "c1",
        "reference": None,
        "detail": {"seq": 1},
    }


def test_the_same_key_is_written_once(database: Engine) -> None:
    with database.begin() as connection:
        assert audit.append(connection, [row("a"), row("b"), row("a")]) == 2
    with database.begin() as connection:
        assert audit.append(connection, [row("b"), row("c")]) == 1
    assert [r["key"] for r in audit.history(database, "gmp", "c1")] == ["a", "b", "c"]
    assert audit.verify(database) is None


def test_rows_cannot_be_changed_or_taken_out(database: Engine) -> None:
    with database.begin() as connection:
        audit.append(connection, [row("a")])
    for statement in (update(table).values(who="x"), delete(table)):
        with pytest.raises(DBAPIError, match="append-only"), database.begin() as connection:
            connection.execute(statement)


def test_a_row_changed_behind_the_guard_breaks_the_chain(database: Engine) -> None:
    with database.begin() as connection:
        audit.append(connection, [row("a"), row("b"), row("c")])
        if database.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER audit_no_update"))
        else:
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
        second = connection.execute(select(table.c.id).where(table.c.key == "b")).scalar()
        connection.execute(update(table).where(table.c.key == "b").values(who="mallory"))
    assert audit.verify(database) == second


def test_writers_at_the_same_time_keep_one_chain(database: Engine) -> None:
    def write(number: int) -> int:
        with database.begin() as connection:
            return audit.append(connection, [row(f"k{number}")])

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(write, range(24))) == 24
    assert audit.verify(database) is None
