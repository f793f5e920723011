"""Tables of the records database and the way to open it (SQLite in WAL mode or PostgreSQL)."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    text,
)
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

METADATA = MetaData()
#: SQLite gives rising row ids only to INTEGER keys.
ROW_ID = BigInteger().with_variant(Integer(), "sqlite")

conversations = Table(
    "conversations",
    METADATA,
    Column("desk", String(20), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("created_at", String(30), nullable=False),
    Column("last_at", String(30), nullable=False),
    Column("closed_at", String(30)),
    Column("length", Integer, nullable=False),
    Column("owner", String(80), nullable=False),
    Column("danger", String(8), nullable=False),
    Column("peak", String(8), nullable=False),
    Column("check_answer", String(8)),
    Column("told_999", String(12)),
    Column("protected", Boolean, nullable=False),
    Column("route", String(20)),
    Column("subtype", String(60)),
    Column("disposition", String(30)),
    Column("close_code", String(50)),
    Column("close_by", String(80)),
    Column("final_type", String(60)),
    Column("reference", String(20)),
    Column("cues", JSON, nullable=False),
    Column("details", JSON, nullable=False),
    Column("retain_until", String(30)),
    Column("erased_at", String(30)),
)
entries = Table(
    "entries",
    METADATA,
    Column("desk", String(20), primary_key=True),
    Column("conversation", String(64), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("ts", String(30), nullable=False),
    Column("type", String(10), nullable=False),
    Column("sender", String(10), nullable=False),
    Column("audience", String(6), nullable=False),
    Column("by", String(80)),
    Column("says", String(80)),
    Column("lang", String(10)),
    Column("text", Text, nullable=False),
    Column("data", JSON, nullable=False),
    Column("chain", String(64)),
    Column("blanked", Boolean, nullable=False),
)
reports = Table(
    "reports",
    METADATA,
    Column("desk", String(20), primary_key=True),
    Column("reference", String(20), primary_key=True),
    Column("conversation", String(64), nullable=False),
    Column("filed_at", String(30), nullable=False),
    Column("updated_at", String(30), nullable=False),
    Column("incident_type", String(40), nullable=False),
    Column("subtype", String(60)),
    Column("anonymous", Boolean, nullable=False),
    Column("report", JSON, nullable=False),
)
audit = Table(
    "audit",
    METADATA,
    Column("id", ROW_ID, primary_key=True, autoincrement=True),
    Column("desk", String(20), nullable=False),
    Column("key", String(120), nullable=False, unique=True),
    Column("at", String(30), nullable=False),
    Column("who", String(80), nullable=False),
    Column("what", String(40), nullable=False),
    Column("conversation", String(64)),
    Column("reference", String(20)),
    Column("detail", JSON, nullable=False),
    Column("chain", String(64), nullable=False),
)
operators = Table(
    "operators",
    METADATA,
    Column("name", String(80), primary_key=True),
    Column("role", String(12), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("disabled", Boolean, nullable=False),
    Column("created_at", String(30), nullable=False),
)
Index("entries_by_conversation", entries.c.desk, entries.c.conversation)
Index("reports_by_conversation", reports.c.desk, reports.c.conversation)
Index("audit_by_conversation", audit.c.desk, audit.c.conversation)

#: The audit is append-only in the database itself, not by good will alone.
GUARDS = {
    "sqlite": (
        "CREATE TRIGGER IF NOT EXISTS audit_no_update BEFORE UPDATE ON audit "
        "BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END",
        "CREATE TRIGGER IF NOT EXISTS audit_no_delete BEFORE DELETE ON audit "
        "BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger AS "
        "$$ BEGIN RAISE EXCEPTION 'audit is append-only'; END $$ LANGUAGE plpgsql",
        "DROP TRIGGER IF EXISTS audit_guard ON audit",
        "CREATE TRIGGER audit_guard BEFORE UPDATE OR DELETE ON audit "
        "FOR EACH ROW EXECUTE FUNCTION audit_append_only()",
    ),
}
#: Key of the advisory lock under which two gateways make the tables only once.
SETUP_LOCK = 4120_0001


def normal_url(url: str) -> str:
    """The URL in the spelling that SQLAlchemy knows (`postgres://` is a common short form)."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg2://" + url.removeprefix(prefix)
    return url


def _pragmas(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA busy_timeout=5000")
    cursor.close()


def open_database(url: str) -> Engine:
    """Open the database without touching its tables. Connections are made when first used."""
    url = normal_url(url)
    if url.startswith("sqlite"):
        # A pool: by default each use of a file opens it anew and sets the pragmas again.
        engine = create_engine(
            url,
            future=True,
            poolclass=QueuePool,
            pool_size=4,
            connect_args={"timeout": 5, "check_same_thread": False},
        )
        event.listen(engine, "connect", _pragmas)
        return engine
    arguments = {"connect_timeout": 5, "options": "-c statement_timeout=15000"}
    return create_engine(url, future=True, pool_pre_ping=True, pool_size=4, connect_args=arguments)


def make_tables(engine: Engine) -> None:
    """Make what is missing. Safe to run at each start and from two processes at once."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({SETUP_LOCK})"))
        METADATA.create_all(connection)
        for statement in GUARDS[engine.dialect.name]:
            connection.execute(text(statement))


def reach(url: str) -> str | None:
    """None when the database answers, else one short reason."""
    try:
        engine = open_database(url)
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        engine.dispose()
    except (SQLAlchemyError, OSError, ImportError) as error:
        return str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    return None


def upsert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows; a row with the same primary key is replaced column by column."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert
    else:
        from sqlalchemy.dialects.sqlite import insert
    statement = insert(table)
    keys = [column.name for column in table.primary_key.columns]
    given = [name for name in rows[0] if name not in keys]
    statement = statement.on_conflict_do_update(
        index_elements=keys, set_={name: statement.excluded[name] for name in given}
    )
    connection.execute(statement, rows)
