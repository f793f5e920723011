"""Real Chromium on the gateway as the command line starts it, with the trainers' tools: the
drawer "Why?" of the console, and the trainers' page from a wrong reading to a patch."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from bot.desk.server import EmbeddedServer
from bot.settings import ROOT
from bot.supervise import free_port
from tests.browser.conftest import chromium, shoot  # noqa: F401 - fixtures
from tests.browser.steps import axe
from tests.system.conftest import Person, Running

Shoot = Callable[[Page, str], Any]
START_S = 60
WORK_MS = 90_000  # the first explanation and each proposal read all training examples
SCARE = "there's a man in my house with a knife! I'm Darren Holt at 14 Beech Road, 07911 123456"


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """`livechat gateway` on a store of its own; no assistant is needed for this page."""
    data = tmp_path_factory.mktemp("gateway")
    with EmbeddedServer(data) as store:
        port = free_port()
        environ = {**os.environ, "LIVECHAT_PORT": str(port), "LIVECHAT_DATA": str(data),
                   "REDIS_URL": store.url, "DATABASE_URL": ""}  # fmt: skip
        argv = [sys.executable, "-m", "bot.cli", "gateway"]
        with (data / "gateway.out").open("w") as out:
            process = subprocess.Popen(
                argv, cwd=ROOT, env=environ, stdout=out, stderr=out, text=True
            )
        desk = Running(f"http://127.0.0.1:{port}", data, process, environ)
        try:
            wait(desk)
            desk.token = desk.operator("sam")
            yield desk
        finally:
            process.terminate()
            process.wait(20)


def wait(desk: Running) -> None:
    """Until it answers."""
    end = time.monotonic() + START_S
    while time.monotonic() < end and desk.process.poll() is None:
        try:
            if desk.call("GET", "/healthz")[0] == 200:
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.2)
    raise AssertionError((desk.data / "gateway.out").read_text())


def verb(desk: Running, person: Person, name: str, **body: object) -> None:
    path = f"/api/v1/operator/conversations/{person.id}/{name}"
    status, answer = desk.call("POST", path, body, desk.token)
    assert status == 200, answer


def put_right(desk: Running) -> Person:
    """A chat that was read as an emergency, and that a handler found to be none."""
    person = Person(desk).start()
    assert person.post(SCARE)[0] == 202
    verb(desk, person, "claim")
    verb(desk, person, "danger", value="none", reason="lines of a film that he quoted")
    verb(desk, person, "close", code="advice_given", type="noise", reason="told")
    return person


@asynccontextmanager
async def logged_in(browser: Browser, desk: Running, name: str, role: str) -> AsyncIterator[Page]:
    """The console of a new account; an error of a script fails the test."""
    password, _ = desk.account(name, role)
    context = await browser.new_context(
        viewport={"width": 1280, "height": 900}, accept_downloads=True
    )
    page = await context.new_page()
    page.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.goto(f"{desk.url}/console")
    await page.get_by_label("Name").fill(name)
    await page.get_by_label("Password").fill(password)
    await page.keyboard.press("Enter")
    yield page
    await context.close()
    assert errors == []


@pytest.mark.timeout(300)
async def test_a_handler_asks_why_with_the_keyboard_and_is_back_where_they_were(
    chromium: Browser,  # noqa: F811
    gateway: Running,
    shoot: Shoot,  # noqa: F811
) -> None:
    """The drawer shows rule, words, thresholds and five examples with file and line."""
    person = Person(gateway).start()
    assert person.post(SCARE)[0] == 202
    async with logged_in(chromium, gateway, "alex", "handler") as page:
        await page.locator(f"[data-card='{person.id}']").click()
        button = page.locator("[data-why='1']")
        await expect(button).to_be_visible()
        await expect(page.locator(".flags")).not_to_contain_text("Page")
        await button.focus()
        await page.keyboard.press("Enter")
        drawer = page.get_by_role("dialog", name="Why it was read so")
        await expect(drawer).to_contain_text("Working it out")
        await expect(drawer.locator(".why__near li")).to_have_count(5, timeout=WORK_MS)
        await expect(drawer).to_contain_text("Danger now")
        await expect(drawer.locator(".why__list li").filter(has_text="rule").first).to_be_visible()
        await expect(drawer.locator(".why__list q").first).to_be_visible()
        first = await drawer.locator(".why__near code").first.inner_text()
        file, _, line = first.partition(":")
        assert (ROOT / file).is_file() and int(line) > 0
        await shoot(page, "why")
        assert await axe(page) == []
        await page.keyboard.press("Escape")
        await expect(drawer).to_be_hidden()
        await expect(button).to_be_focused()
        await page.locator("#talk-title").focus()
        await page.keyboard.press("w")
        await expect(drawer.locator(".why__near li")).to_have_count(5)
        await page.keyboard.press("Escape")
        await expect(page.locator("#talk-title")).to_be_focused()
        await page.get_by_role("button", name="Take this chat").click()
        joined = page.locator(".line--status").filter(has_text="Alex")
        await expect(joined.locator(".line__who")).to_have_text("Desk")
        await shoot(page, "why-closed")


@pytest.mark.timeout(400)
async def test_a_trainer_makes_a_patch_of_a_message_that_was_misread(
    chromium: Browser,  # noqa: F811
    gateway: Running,
    shoot: Shoot,  # noqa: F811
) -> None:
    """From the list to a patch that applies; the person's own values never get into it."""
    person = put_right(gateway)
    async with logged_in(chromium, gateway, "tess", "trainer") as page:
        card = page.locator(f"[data-chat='{person.id}']")
        await expect(page.get_by_role("heading", name="Records")).to_be_visible()
        for _ in range(20):  # the records follow a moment later
            if await card.count():
                break
            await page.wait_for_timeout(500)
            await page.reload()
        await expect(card).to_contain_text("Danger now")
        await page.get_by_label("What changed").select_option("danger")
        await expect(card).to_be_visible()
        await page.get_by_label("Type, before or after").select_option("bike_theft")
        await expect(card).to_be_hidden()
        await page.get_by_label("Type, before or after").select_option("")
        await card.click()
        await expect(page.locator(".changed")).to_contain_text("lines of a film")
        await expect(page.locator(".line--person")).to_contain_text("Read as Emergency")
        await shoot(page, "trainer-chat")
        assert await axe(page) == []

        await page.get_by_role("button", name="Why?").click()
        await expect(page.locator(".why__near li")).to_have_count(5, timeout=WORK_MS)
        await page.keyboard.press("Escape")

        await page.get_by_role("button", name="Propose an example").click()
        words = page.get_by_label("The words, with invented values")
        await expect(words).not_to_have_value("", timeout=WORK_MS)
        made = await words.input_value()
        assert "man in my house with a knife" in made
        assert not any(own in made for own in ("Darren", "Holt", "Beech", "07911"))
        await expect(page.locator("#propose-found")).to_contain_text("Darren Holt became")
        await page.get_by_label("Route", exact=True).select_option("advice")
        await page.get_by_label("Danger", exact=True).select_option("none")

        await words.fill(f"{made} ask for Darren Holt")
        await page.get_by_role("button", name="Make the patch").click()
        refused = page.locator("#propose-problem")
        await expect(refused).to_contain_text("Darren Holt", timeout=WORK_MS)
        await shoot(page, "trainer-refused")

        await words.fill(f"{made} quoting a film about zebras in a hat shop")
        await page.get_by_role("button", name="Make the patch").click()
        await expect(page.locator("#patch-text")).to_contain_text("hat shop", timeout=WORK_MS)
        await shoot(page, "trainer-patch")
        assert await axe(page) == []
        async with page.expect_download() as saved:
            await page.get_by_role("link", name="Download").click()
        patch = await (await saved.value).path()
        subprocess.run(["git", "apply", "--check", str(patch)], cwd=ROOT, check=True)
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("button", name="Propose an example")).to_be_focused()
