"""Checks before the desk starts: each problem is one plain line, and nothing is started."""

from __future__ import annotations

import asyncio
import os
import re
import socket

from bot.desk.engine import Desk
from bot.desk.store import DeskError, DeskUnavailable
from bot.records.tables import reach as reach_database
from bot.settings import ROOT, Settings
from bot.train.promote import model_problem


def port_problem(settings: Settings) -> str | None:
    """A line when another program already listens on the gateway's port."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            return (
                f"Port {settings.port} on {settings.host} cannot be used ({error.strerror}). "
                "Set LIVECHAT_PORT to another one."
            )
    return None


def folder_problem(settings: Settings) -> str | None:
    """A line when the data folder cannot be made or written."""
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return f"LIVECHAT_DATA {settings.data} cannot be made ({error.strerror})."
    if not os.access(settings.data, os.W_OK):
        return f"LIVECHAT_DATA {settings.data} cannot be written."
    return None


def redis_problem(settings: Settings) -> str | None:
    """A line when REDIS_URL is set and does not answer."""
    if not settings.redis_url:
        return None

    async def connect() -> None:
        await (await Desk.connect(settings.redis_url, settings.desk_id)).close()

    try:
        asyncio.run(connect())
    except (DeskUnavailable, DeskError, ValueError) as error:
        reason = str(error) or type(error).__name__
        return f"REDIS_URL {_without_password(settings.redis_url)} does not answer ({reason})."
    return None


def _without_password(url: str) -> str:
    """A URL as it may be printed."""
    return re.sub(r"(?<=:)[^:@/]+(?=@)", "***", url)


def database_problem(settings: Settings) -> str | None:
    """A line when the records database cannot be opened."""
    problem = reach_database(settings.sqlite_url)
    if not problem:
        return None
    name = "DATABASE_URL" if settings.database_url else "The records database"
    return f"{name} cannot be opened ({problem})."


def problems(settings: Settings) -> list[str]:
    """Everything that would keep the desk from starting, in the order to mend it."""
    found = [port_problem(settings), folder_problem(settings)]
    if found[1] is None:
        found += [redis_problem(settings), database_problem(settings)]
    found.append(model_problem(ROOT, settings.models))
    return [line for line in found if line]
