"""Both databases: SQLite in a file and a real PostgreSQL server on a unix socket."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.records.tables import METADATA, make_tables, open_database


def _binary(name: str) -> str:
    found = shutil.which(name)
    if found:
        return str(Path(found).resolve())
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    if not places:
        pytest.fail(f"{name} not found. Run: sudo apt-get install postgresql")
    return str(places[-1])


def _as_user() -> list[str]:
    """PostgreSQL refuses to run as root: then it runs as `postgres`, or as `nobody`."""
    if os.geteuid() != 0:
        return []
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in names else "nobody"
    return ["setpriv", f"--reuid={user}", "--clear-groups", f"--regid={pwd.getpwnam(user).pw_gid}"]


class Postgres:
    """A server that tests may stop and start again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data, self.user = folder, folder / "data", _as_user()
        if self.user:
            owner = self.user[1].removeprefix("--reuid=")
            shutil.chown(folder, owner)
        folder.chmod(0o755)
        self._run(_binary("initdb"), "-D", str(self.data), "-A", "trust", "-U", "desk", "-N")
        self.start()

    def _run(self, *argv: str) -> None:
        done = subprocess.run(
            [*self.user, *argv], cwd=self.folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr

    def start(self) -> None:
        options = f"-c listen_addresses='' -k {self.folder} -c fsync=off"
        log = str(self.folder / "log")
        self._run(_binary("pg_ctl"), "-D", str(self.data), "-w", "-l", log, "-o", options, "start")

    def stop(self) -> None:
        self._run(_binary("pg_ctl"), "-D", str(self.data), "-w", "-m", "immediate", "stop")

    @property
    def url(self) -> str:
        return f"postgresql://desk@/postgres?host={self.folder}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    server = Postgres(folder)
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'records.sqlite'}"
    return str(request.getfixturevalue("postgres").url)


@pytest.fixture
def database(url: str) -> Iterator[Engine]:
    engine = open_database(url)
    make_tables(engine)
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            names = ", ".join(table.name for table in METADATA.sorted_tables)
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
            connection.execute(text(f"TRUNCATE {names}"))
            connection.execute(text("ALTER TABLE audit ENABLE TRIGGER ALL"))
    yield engine
    engine.dispose()
