"""Accounts: made once, shown once, never stored in the clear."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.records.operators import (
    OperatorExists,
    Operators,
    UnknownOperator,
    first_supervisor,
)
from bot.records.tables import operators


def test_log_in_needs_the_right_name_and_the_right_password(database: Engine) -> None:
    table = Operators(database)
    made = table.add("sam", "handler")
    account = table.log_in("sam", made.password)
    assert account is not None and account.role == "handler"
    assert table.log_in("sam", made.password + "x") is None
    assert table.log_in("nobody", made.password) is None


def test_a_token_opens_the_account_and_another_does_not(database: Engine) -> None:
    table = Operators(database)
    made = table.add("sam", "trainer")
    account = table.by_token(made.token)
    assert account is not None and (account.name, account.role) == ("sam", "trainer")
    assert table.by_token(made.token[:-1]) is None


def test_secrets_are_not_in_the_database(database: Engine) -> None:
    made = Operators(database).add("sam", "handler")
    with database.connect() as connection:
        row = connection.execute(select(operators)).one()
    assert made.password not in str(row) and made.token not in str(row)
    assert row.password_hash.startswith("$argon2id$")


def test_a_disabled_account_opens_nothing(database: Engine) -> None:
    table = Operators(database)
    made = table.add("sam", "handler")
    table.disable("sam")
    assert table.log_in("sam", made.password) is None
    assert table.by_token(made.token) is None
    with pytest.raises(UnknownOperator):
        table.disable("alex")


@pytest.mark.parametrize(("name", "role"), [("", "handler"), ("a/b", "handler"), ("sam", "king")])
def test_a_bad_name_or_role_is_refused(database: Engine, name: str, role: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        Operators(database).add(name, role)


def test_the_same_name_twice_is_refused(database: Engine) -> None:
    table = Operators(database)
    table.add("sam", "handler")
    with pytest.raises(OperatorExists):
        table.add("sam", "supervisor")


def test_the_first_start_makes_one_supervisor_and_the_second_none(tmp_path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'records.sqlite'}"
    password = first_supervisor(url)
    assert password is not None
    assert first_supervisor(url) is None
