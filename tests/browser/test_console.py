"""The console in real Chromium: by keyboard, with danger, with a lost line, for everyone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest_asyncio
from aiohttp.test_utils import TestClient, TestServer
from playwright.async_api import Browser, Page, expect

from bot.desk import Desk, names
from bot.records.operators import NewAccount
from bot.settings import Settings
from bot.web.keys import SETTINGS
from tests.browser.steps import axe
from tests.web.fakes import Person
from tests.web.operators import account

Http = TestClient[Any, Any]
Shoot = Callable[[Page, str], Any]


@pytest_asyncio.fixture
async def http(gateway: TestServer) -> AsyncIterator[Http]:
    """The public's side, without a browser."""
    async with TestClient(gateway) as client:
        yield client


@pytest_asyncio.fixture
async def screen(chromium: Browser) -> AsyncIterator[Page]:
    """A handler's browser. Any error in a script fails the test."""
    context = await chromium.new_context(viewport={"width": 1280, "height": 800})
    page = await context.new_page()
    page.set_default_timeout(10_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    await context.close()
    assert errors == []


def made(gateway: TestServer, name: str, role: str = "handler") -> NewAccount:
    settings: Settings = gateway.app[SETTINGS]
    return account(settings, name, role)


async def log_in(page: Page, gateway: TestServer, who: NewAccount) -> None:
    await page.goto(str(gateway.make_url("/console")))
    await page.get_by_label("Name").fill(who.name)
    await page.get_by_label("Password").fill(who.password)
    await page.keyboard.press("Enter")
    await expect(page.locator("#counts")).to_contain_text("waiting")


async def new(http: Http, text: str) -> Person:
    person = await Person(http).start()
    await person.say(text)
    return person


async def test_a_chat_is_taken_answered_edited_and_closed_with_the_keyboard_alone(
    screen: Page, gateway: TestServer, http: Http, desk: Desk, shoot: Shoot
) -> None:
    person = await new(http, "he has a knife and he is at the door")
    await log_in(screen, gateway, made(gateway, "sam"))
    press = screen.keyboard.press
    await expect(screen.locator("#queue .card__rank")).to_have_text("Danger now")
    await press("n")
    await expect(screen.locator(".danger__value")).to_have_text("DANGER NOW")
    await expect(screen.get_by_label("Reply", exact=True)).to_be_focused()
    await screen.keyboard.type("I am Sam. Where are you?")
    await press("Enter")
    await expect(screen.locator(".line--operator")).to_contain_text("I am Sam. Where are you?")
    heard = [e["text"] for e in (await person.read())["events"] if e["sender"] == "operator"]
    assert heard == ["I am Sam. Where are you?"]

    await press("Escape")
    await press("e")
    await expect(screen.locator("[data-name=location] input")).to_be_focused()
    await screen.keyboard.type("14 Slade Lane")
    await press("Enter")
    await expect(screen.locator("[data-name=location] .detail__value")).to_have_text(
        "14 Slade Lane"
    )
    await expect(screen.locator(".danger")).to_contain_text("Where: 14 Slade Lane")
    await expect(screen.locator("[data-name=location] .source")).to_have_text("set by a handler")
    await shoot(screen, "console")

    await press("d")
    await screen.keyboard.type("he has gone, the door is locked")
    await press("Tab")
    await press("Enter")
    await expect(screen.locator(".danger__value")).to_have_text(
        "No danger found (it was DANGER NOW)"
    )
    await press("c")
    await expect(screen.locator("#close-type")).to_have_value("burglary_dwelling")
    await screen.keyboard.type("crime")
    await press("Enter")
    await expect(screen.get_by_label("Crime recorded")).to_be_checked()
    await press("Tab")
    await screen.keyboard.type("crime recorded in our system")
    await press("Tab")
    await press("Enter")
    await expect(screen.locator("#take-text")).to_have_text("This conversation is closed.")
    snapshot = await desk.snapshot(person.id)
    assert snapshot is not None and snapshot.state.close_code == "crime_recorded"
    assert snapshot.state.extra["final_type"] == "burglary_dwelling"


async def test_new_danger_is_shown_at_once_and_taken_with_one_click(
    screen: Page, gateway: TestServer, http: Http
) -> None:
    await log_in(screen, gateway, made(gateway, "sam"))
    await expect(screen.locator("#alert")).to_be_hidden()
    await new(http, "someone with a knife is in the shop")
    await expect(screen.locator("#alert")).to_contain_text("New: danger now")
    await expect(screen).to_have_title("(1) Call handling")
    await screen.get_by_role("button", name="Take it").click()
    await expect(screen.locator("#mine .card")).to_have_count(1)
    await expect(screen.locator("#alert")).to_be_hidden()
    await expect(screen.locator("#sound")).to_have_attribute("aria-pressed", "false")


async def test_what_the_person_writes_is_there_without_a_reload_and_marked_on_other_cards(
    screen: Page, gateway: TestServer, http: Http
) -> None:
    first, second = await new(http, "knife one"), await new(http, "knife two")
    await log_in(screen, gateway, made(gateway, "sam"))
    for _ in range(2):
        await screen.locator("#next").click()
        await expect(screen.get_by_label("Reply", exact=True)).to_be_focused()
    await expect(screen.locator("#transcript")).to_contain_text("knife two")
    await second.say("I am in the kitchen")
    await expect(screen.locator("#transcript .line--person").last).to_contain_text("kitchen")
    await first.say("hello, are you there")
    card = screen.locator(f"[data-card='{first.id}']")
    await expect(card.locator(".card__new")).to_have_text("New")
    await screen.keyboard.type("a reply that is not ready")
    await card.click()
    await expect(screen.locator("#transcript")).to_contain_text("hello, are you there")
    await expect(screen.get_by_label("Reply", exact=True)).to_have_value("")
    await expect(card.locator(".card__new")).to_have_count(0)
    await screen.locator(f"[data-card='{second.id}']").click()
    await expect(screen.get_by_label("Reply", exact=True)).to_have_value(
        "a reply that is not ready"
    )


async def test_a_reply_written_while_the_line_is_down_is_sent_once_when_it_is_back(
    screen: Page, gateway: TestServer, http: Http
) -> None:
    person = await new(http, "knife")
    await log_in(screen, gateway, made(gateway, "sam"))
    await screen.locator("#next").click()
    await expect(screen.get_by_label("Reply", exact=True)).to_be_focused()
    await screen.context.set_offline(True)
    await screen.keyboard.type("stay on the line")
    await screen.keyboard.press("Enter")
    await expect(screen.locator(".line--failed")).to_contain_text("waiting for the connection")
    await screen.context.set_offline(False)
    await expect(screen.locator(".line--wait")).to_have_count(0)
    await expect(screen.locator(".line--operator")).to_have_count(1)
    await asyncio.sleep(0.3)
    heard = [e["text"] for e in (await person.read())["events"] if e["sender"] == "operator"]
    assert heard == ["stay on the line"]


async def test_somebody_elses_chat_can_be_read_and_not_written_in(
    screen: Page, gateway: TestServer, http: Http, desk: Desk
) -> None:
    person = await new(http, "knife")
    await log_in(screen, gateway, made(gateway, "sam"))
    await screen.locator(f"[data-card='{person.id}']").click()
    await expect(screen.locator("#take")).to_be_visible()
    assert (await desk.move(person.id, "claim", by="alex")).ok
    await expect(screen.locator("#take-text")).to_have_text(
        "alex has this chat. Only they can reply."
    )
    await expect(screen.locator("#composer")).to_be_hidden()
    await expect(screen.locator("#take")).to_be_hidden()


async def test_a_chat_where_it_is_not_safe_to_type_says_so_in_words(
    screen: Page, gateway: TestServer, http: Http, desk: Desk
) -> None:
    person = await new(http, "my partner is here")
    assert (await desk.move(person.id, "silence", by=names.SYSTEM)).ok
    await desk.move(person.id, "queue", by=names.BOT, reason="protected")
    await log_in(screen, gateway, made(gateway, "sam"))
    await screen.locator("#next").click()
    await expect(screen.locator("#warning")).to_contain_text("not safe to type")
    await expect(screen.locator(".flags")).to_contain_text("Protected")


async def test_axe_finds_nothing_and_nothing_is_cut_off_at_both_widths(
    screen: Page, gateway: TestServer, http: Http, desk: Desk, shoot: Shoot
) -> None:
    await screen.goto(str(gateway.make_url("/console/login")))
    assert await axe(screen) == []
    for text in ("knife", "there is shouting", "my partner reads this"):
        person = await new(http, text)
        await desk.move(person.id, "queue", by=names.BOT, reason="a person")
    await log_in(screen, gateway, made(gateway, "sue", "supervisor"))
    await screen.locator("#next").click()
    await expect(screen.get_by_label("Reply", exact=True)).to_be_focused()
    for width, height in ((1280, 800), (1024, 768), (640, 800)):
        await screen.set_viewport_size({"width": width, "height": height})
        assert await axe(screen) == []
        wide = await screen.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0
        await shoot(screen, f"console-{width}")
    await screen.set_viewport_size({"width": 1280, "height": 800})
    await screen.locator("#talk-title").focus()
    for key in ("c", "g", "d", "?"):
        await screen.keyboard.press(key)
        await expect(screen.locator("dialog[open]")).to_be_visible()
        assert await axe(screen) == []
        await screen.keyboard.press("Escape")
        await expect(screen.locator("dialog[open]")).to_have_count(0)
        await screen.locator("#talk-title").focus()


async def test_the_record_is_copied_in_one_click(
    screen: Page, gateway: TestServer, http: Http
) -> None:
    await new(http, "knife at the bus station")
    await screen.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await log_in(screen, gateway, made(gateway, "sam"))
    await screen.locator("#next").click()
    await screen.get_by_role("button", name="Copy the record as text").click()
    await expect(screen.locator("#said")).to_contain_text("copied")
    text = str(await screen.evaluate("navigator.clipboard.readText()"))
    assert text.index("WHERE") < text.index("WHAT") < text.index("TRANSCRIPT")
    assert "knife at the bus station" in text


async def test_a_supervisor_says_that_nobody_is_here_and_logging_out_ends_the_session(
    screen: Page, gateway: TestServer, desk: Desk
) -> None:
    await log_in(screen, gateway, made(gateway, "sue", "supervisor"))
    await screen.get_by_role("button", name="No handlers: say so").click()
    await expect(screen.locator("#silent-desk")).to_be_visible()
    assert await desk.on_duty() is False
    await screen.get_by_role("button", name="Log out").click()
    await screen.wait_for_url("**/console/login")
    await screen.goto(str(gateway.make_url("/console")))
    await expect(screen.get_by_label("Password")).to_be_visible()
    assert await desk.present() == {}


async def test_a_trainer_finds_reports_and_no_queue(screen: Page, gateway: TestServer) -> None:
    tess = made(gateway, "tess", "trainer")
    await screen.goto(str(gateway.make_url("/console/login")))
    await screen.get_by_label("Name").fill(tess.name)
    await screen.get_by_label("Password").fill("wrong")
    await screen.keyboard.press("Enter")
    await expect(screen.get_by_role("alert")).to_contain_text("do not fit together")
    await screen.get_by_label("Password").fill(tess.password)
    await screen.keyboard.press("Enter")
    await expect(screen.get_by_role("heading", name="Records")).to_be_visible()
    await screen.get_by_label("Report reference").fill("GM-AAAA-BBBB")
    await screen.keyboard.press("Enter")
    await expect(screen.get_by_role("alert")).to_contain_text("no report with that reference")
    assert await axe(screen) == []
