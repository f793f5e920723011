"""Settings of the desk: environment variables, then a `.env` file, then embedded defaults.

Every setting is one row of `SETTINGS`; `docs/settings.md` and `.env.example` are checked
against it. A wrong value raises `SettingsError` that names the variable, what it held and
what was expected.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

ROOT = Path(__file__).resolve().parent.parent


class SettingsError(ValueError):
    """A setting that cannot be used; the text is one plain line for the person at the terminal."""


@dataclass(frozen=True)
class Setting:
    """One variable: its name in the environment, its default as text, and what it is for."""

    name: str
    default: str
    expected: str
    purpose: str


SETTINGS: dict[str, Setting] = {
    "port": Setting(
        "LIVECHAT_PORT", "8080", "a port from 1 to 65535", "where the page and the console listen"
    ),
    "host": Setting(
        "LIVECHAT_HOST", "127.0.0.1", "an address of this machine", "the interface to listen on"
    ),
    "data": Setting(
        "LIVECHAT_DATA", ".livechat", "a folder that can be written", "everything the desk keeps"
    ),
    "redis_url": Setting(
        "REDIS_URL",
        "",
        "empty for the embedded server, or redis://, rediss:// or unix://",
        "the Redis or Valkey server that holds what is live",
    ),
    "database_url": Setting(
        "DATABASE_URL",
        "",
        "empty for SQLite in the data folder, or sqlite:/// or postgresql://",
        "the database that holds what must last",
    ),
    "desk_id": Setting(
        "LIVECHAT_DESK", "gmp", "2 to 20 small letters, digits or dashes", "the name of the desk"
    ),
    "models": Setting(
        "LIVECHAT_MODELS", "models", "a folder", "where trained models are written and read"
    ),
    "exit_url": Setting(
        "LIVECHAT_EXIT_URL",
        "https://www.bbc.co.uk/weather",
        "an https:// address",
        "the neutral page that the quick exit opens",
    ),
    "secure_cookies": Setting(
        "LIVECHAT_SECURE_COOKIES", "no", "yes or no", "mark cookies Secure (yes behind TLS)"
    ),
    "trusted_proxy": Setting(
        "LIVECHAT_TRUSTED_PROXY",
        "no",
        "yes or no",
        "take the client address from X-Forwarded-For (only behind your own proxy)",
    ),
    "log_level": Setting(
        "LIVECHAT_LOG_LEVEL", "info", "debug, info, warning or error", "how much is logged"
    ),
}


@dataclass(frozen=True)
class Settings:
    """All settings, checked. Paths are absolute; URLs are empty when the default is meant."""

    port: int
    host: str
    data: Path
    redis_url: str
    database_url: str
    desk_id: str
    models: Path
    exit_url: str
    secure_cookies: bool
    trusted_proxy: bool
    log_level: str

    @property
    def sqlite_url(self) -> str:
        """The database to use: the one set, else SQLite in the data folder."""
        return self.database_url or f"sqlite:///{self.data / 'records.sqlite'}"

    @property
    def triage_model(self) -> Path:
        """Folder of the fitted heads that the gateway loads."""
        return self.models / "triage"


def _port(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 65535:
        raise ValueError(text)
    return value


def _url(*schemes: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if text and urlsplit(text).scheme.split("+")[0] not in schemes:
            raise ValueError(text)
        return text

    return check


def _choice(*allowed: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if text.lower() not in allowed:
            raise ValueError(text)
        return text.lower()

    return check


def _yes(text: str) -> bool:
    return _choice("yes", "no", "true", "false", "1", "0")(text) in ("yes", "true", "1")


def _folder(text: str) -> Path:
    if not text:
        raise ValueError(text)
    path = Path(text).expanduser()
    return path if path.is_absolute() else ROOT / path


def _host(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.:_-]+", text):
        raise ValueError(text)
    return text


def _desk(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]{2,20}", text):
        raise ValueError(text)
    return text


PARSERS: dict[str, Callable[[str], object]] = {
    "port": _port,
    "host": _host,
    "data": _folder,
    "redis_url": _url("redis", "rediss", "unix", ""),
    "database_url": _url("sqlite", "postgresql", "postgres", ""),
    "desk_id": _desk,
    "models": _folder,
    "exit_url": _url("https", "http"),
    "secure_cookies": _yes,
    "trusted_proxy": _yes,
    "log_level": _choice("debug", "info", "warning", "error"),
}


def load(environ: Mapping[str, str] | None = None, env_file: Path | None = None) -> Settings:
    """Read the settings. Raises `SettingsError` naming the first variable that is wrong."""
    file = env_file if env_file is not None else ROOT / ".env"
    stored = {k: v or "" for k, v in dotenv_values(file).items()} if file.is_file() else {}
    source = {**stored, **(os.environ if environ is None else environ)}
    values: dict[str, object] = {}
    for field in fields(Settings):
        setting = SETTINGS[field.name]
        text = source.get(setting.name, "").strip() or setting.default
        try:
            values[field.name] = PARSERS[field.name](text)
        except ValueError:
            raise SettingsError(
                f"{setting.name} is {text!r}; expected {setting.expected}."
            ) from None
    return Settings(**values)  # type: ignore[arg-type]  # parsers are keyed by field
