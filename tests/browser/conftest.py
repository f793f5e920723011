"""Real Chromium on the real gateway; the assistant behind it is a tiny fake one."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, async_playwright

from bot.desk import Desk
from bot.settings import ROOT
from bot.web.app import create_app
from bot.web.tasks import end
from tests.browser.steps import WATCH_LIVE
from tests.web.fakes import FakeAssistant, FakeReader, gateway_settings

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NEUTRAL = "https://example.org/weather"


@pytest_asyncio.fixture
async def chromium() -> AsyncIterator[Browser]:
    """The browser of this machine; without one the test fails and says what to install."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.fail("No Chromium on PATH: apt-get install -y chromium", pytrace=False)
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        await browser.close()


@pytest_asyncio.fixture
async def gateway(tmp_path: Path, desk_url: str, desk_id: str) -> AsyncIterator[TestServer]:
    """The gateway, with its front-end packages in place."""
    if not (ROOT / "bot/web/static/vendor/govuk.css").is_file():
        pytest.fail("The front-end packages are missing: npm ci", pytrace=False)
    settings = gateway_settings(tmp_path, desk_url, desk_id)
    app: web.Application = create_app(settings, reader=FakeReader(), ticking=False)
    async with TestServer(app) as server:
        yield server


@pytest_asyncio.fixture
async def assistant(desk: Desk, gateway: TestServer) -> AsyncIterator[FakeAssistant]:
    """A tiny assistant that answers each message with one line."""
    made = FakeAssistant(desk)
    task = asyncio.create_task(made.run())
    yield made
    await end(task)


@pytest_asyncio.fixture
async def page(chromium: Browser, gateway: TestServer) -> AsyncIterator[Page]:
    """The chat page, open. Any error in its script fails the test at the end."""
    context = await chromium.new_context(viewport={"width": 1280, "height": 900})
    await context.add_init_script(WATCH_LIVE)
    opened = await context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    await opened.route(NEUTRAL, lambda route: route.fulfill(body="<title>Weather</title>dry"))
    await opened.goto(str(gateway.make_url("/")))
    yield opened
    await context.close()
    assert errors == []


@pytest.fixture
def shoot() -> Callable[..., Any]:
    """Takes a screenshot into the folder that SHOTS names; does nothing without it."""

    async def take(page: Page, name: str) -> None:
        folder = os.environ.get("SHOTS")
        if folder:
            await page.wait_for_timeout(700)  # the page may still be scrolling
            await page.screenshot(path=f"{folder}/{name}.png")

    return take
