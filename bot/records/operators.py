"""Accounts of the people who work at the desk: handler, supervisor, trainer.

Passwords are kept as argon2id hashes, API tokens as SHA-256 of 256 random bits. Both are
shown once, when the account is made.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timezone

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import func, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from bot.records.tables import make_tables, open_database, operators

ROLES = ("handler", "supervisor", "trainer")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9._ -]{0,59}")
HASHER = PasswordHasher()
#: Checked when the name is unknown, so that a wrong name takes as long as a wrong password.
DUMMY = HASHER.hash("no such account")
#: Letters and digits that cannot be mistaken for each other when read from a screen.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class OperatorExists(ValueError):
    """The name is taken."""


class UnknownOperator(LookupError):
    """No account of that name."""


@dataclass(frozen=True)
class Account:
    """One account, without its secrets."""

    name: str
    role: str
    disabled: bool


@dataclass(frozen=True)
class NewAccount:
    """A new account with the secrets that are shown this once."""

    name: str
    role: str
    password: str
    token: str


def new_password() -> str:
    """Four groups of four: 79 bits, easy to type."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


def token_hash(token: str) -> str:
    """What is stored of an API token."""
    return hashlib.sha256(token.encode()).hexdigest()


class Operators:
    """The table of accounts: its one reader and writer."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def add(self, name: str, role: str) -> NewAccount:
        """Make an account. Raises OperatorExists, or ValueError for a bad name or role."""
        if not NAME.fullmatch(name):
            raise ValueError(f"{name!r} is not a name: letters, digits, dots, dashes, 60 at most.")
        if role not in ROLES:
            raise ValueError(f"{role!r} is not a role: {', '.join(ROLES)}.")
        made = NewAccount(name, role, new_password(), secrets.token_urlsafe(32))
        row = {
            "name": name,
            "role": role,
            "password_hash": HASHER.hash(made.password),
            "token_hash": token_hash(made.token),
            "disabled": False,
            "created_at": datetime.now(timezone.utc).isoformat(timespec="milliseconds"),
        }
        try:
            with self.engine.begin() as connection:
                connection.execute(operators.insert(), row)
        except IntegrityError:
            raise OperatorExists(f"There is already an account {name!r}.") from None
        return made

    def log_in(self, name: str, password: str) -> Account | None:
        """The account when name and password fit and it is not disabled."""
        with self.engine.connect() as connection:
            row = connection.execute(select(operators).where(operators.c.name == name)).first()
        try:
            HASHER.verify(row.password_hash if row else DUMMY, password)
        except (VerificationError, InvalidHashError):
            return None
        return Account(row.name, row.role, False) if row and not row.disabled else None

    def by_token(self, token: str) -> Account | None:
        """The account of an API token, or None."""
        with self.engine.connect() as connection:
            row = connection.execute(
                select(operators).where(operators.c.token_hash == token_hash(token))
            ).first()
        return Account(row.name, row.role, False) if row and not row.disabled else None

    def by_name(self, name: str) -> Account | None:
        """The account of a name, disabled or not."""
        with self.engine.connect() as connection:
            row = connection.execute(select(operators).where(operators.c.name == name)).first()
        return Account(row.name, row.role, row.disabled) if row else None

    def everyone(self) -> list[Account]:
        """All accounts by name."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(operators).order_by(operators.c.name)).all()
        return [Account(row.name, row.role, row.disabled) for row in rows]

    def disable(self, name: str) -> None:
        """Close an account. Raises UnknownOperator."""
        with self.engine.begin() as connection:
            done = connection.execute(
                update(operators).where(operators.c.name == name).values(disabled=True)
            )
        if not done.rowcount:
            raise UnknownOperator(f"There is no account {name!r}.")

    def none_yet(self) -> bool:
        """True on a new desk."""
        with self.engine.connect() as connection:
            return not connection.execute(select(func.count()).select_from(operators)).scalar()


def _open(url: str) -> Operators:
    engine = open_database(url)
    make_tables(engine)
    return Operators(engine)


def add(url: str, name: str, role: str) -> NewAccount:
    """Make an account in the database at `url` (command line)."""
    return _open(url).add(name, role)


def everyone(url: str) -> list[Account]:
    """All accounts in the database at `url` (command line)."""
    return _open(url).everyone()


def disable(url: str, name: str) -> None:
    """Disable an account in the database at `url` (command line)."""
    _open(url).disable(name)


def first_supervisor(url: str) -> str | None:
    """On a desk without accounts make `supervisor` and give its password, else None."""
    table = _open(url)
    return table.add("supervisor", "supervisor").password if table.none_yet() else None
