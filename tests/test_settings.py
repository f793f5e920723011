"""Settings: defaults, wrong values named, documents in step with the code."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from bot.settings import PARSERS, ROOT, SETTINGS, Settings, SettingsError, load


def test_defaults_need_no_environment(tmp_path: Path) -> None:
    settings = load({}, tmp_path / "none")
    assert settings.port == 8080
    assert settings.host == "127.0.0.1"
    assert settings.redis_url == ""
    assert settings.sqlite_url.endswith(".livechat/records.sqlite")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LIVECHAT_PORT", "eighty"),
        ("LIVECHAT_PORT", "70000"),
        ("REDIS_URL", "http://somewhere"),
        ("DATABASE_URL", "mysql://somewhere"),
        ("LIVECHAT_DESK", "GMP!"),
        ("LIVECHAT_SECURE_COOKIES", "perhaps"),
        ("LIVECHAT_LOG_LEVEL", "loud"),
        ("LIVECHAT_EXIT_URL", "javascript:alert(1)"),
    ],
)
def test_a_wrong_value_is_named_with_what_was_expected(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(SettingsError) as error:
        load({name: value}, tmp_path / "none")
    assert name in str(error.value)
    assert repr(value) in str(error.value)
    assert "expected" in str(error.value)


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("LIVECHAT_PORT=9000\nLIVECHAT_DESK=abc\n")
    settings = load({"LIVECHAT_PORT": "9001"}, file)
    assert (settings.port, settings.desk_id) == (9001, "abc")


def test_every_setting_has_a_parser_a_row_and_a_place_in_the_documents() -> None:
    names = {field.name for field in fields(Settings)}
    assert names == set(SETTINGS) == set(PARSERS)
    example = (ROOT / ".env.example").read_text()
    page = (ROOT / "docs" / "settings.md").read_text()
    for setting in SETTINGS.values():
        assert f"{setting.name}=" in example
        assert f"`{setting.name}`" in page
