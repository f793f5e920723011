"""Real Chromium on the whole real desk: the public page, and the console beside it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.settings import load
from tests.browser.conftest import chromium, shoot  # noqa: F401 - fixtures
from tests.browser.steps import BOX, LINES, URGENT, kept, say, words
from tests.system.conftest import Person, Running
from tests.system.test_first_light import ANSWERS, REFERENCE

Shoot = Callable[[Page, str], Any]
BURGLARY = "Came home and the back door's been kicked in. They've gone. Laptop's missing"
KNIFE = "there's a man in my house with a knife"
AT_HOME = "my husband hit me again last night and he goes through my phone"


@asynccontextmanager
async def opened(browser: Browser, desk: Running, width: int = 1280) -> AsyncIterator[Page]:
    """A browser of its own on the public page; an error of a script fails the test."""
    context = await browser.new_context(viewport={"width": width, "height": 800})
    page = await context.new_page()
    page.set_default_timeout(15_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    exit_url = load(desk.environ).exit_url
    await page.route(exit_url, lambda route: route.fulfill(body="<title>Weather</title>dry"))
    await page.goto(desk.url)
    yield page
    await context.close()
    assert errors == []


@pytest_asyncio.fixture
async def page(chromium: Browser, desk: Running) -> AsyncIterator[Page]:  # noqa: F811
    async with opened(chromium, desk) as made:
        yield made


@pytest.fixture(scope="module")
def handler(desk: Running) -> tuple[str, str]:
    """An account made by the command line: name and password."""
    return "alex", desk.account("alex")[0]


@pytest_asyncio.fixture
async def console(
    chromium: Browser,  # noqa: F811
    desk: Running,
    handler: tuple[str, str],
) -> AsyncIterator[Page]:
    """The console, logged in; logged out at the end, so that nobody is on duty for the next."""
    empty_the_queue(desk)
    async with opened(chromium, desk) as made:
        await made.goto(f"{desk.url}/console")
        await made.get_by_label("Name").fill(handler[0])
        await made.get_by_label("Password").fill(handler[1])
        await made.keyboard.press("Enter")
        await expect(made.locator("#counts")).to_contain_text("waiting")
        yield made
        await made.keyboard.press("Escape")
        await made.get_by_role("button", name="Log out").click()
        await expect(made.get_by_label("Password")).to_be_visible()


def empty_the_queue(desk: Running) -> None:
    """Take and close what other tests left, so that the next one is this test's."""
    _, queue = desk.call("GET", "/api/v1/operator/queue", token=desk.token)
    for waiting in queue["queue"]:
        path = f"/api/v1/operator/conversations/{waiting['conversation']}"
        desk.call("POST", f"{path}/claim", {}, desk.token)
        body = {"code": "advice_given", "reason": "left by another test", "told": True}
        status, answer = desk.call("POST", f"{path}/close", body, desk.token)
        assert status == 200, answer


async def whose(page: Page, desk: Running) -> Person:
    """The person behind the page, by the token in its session storage."""
    await page.wait_for_function("JSON.parse(sessionStorage.chat ?? '{}').chat")
    chat = await page.evaluate("JSON.parse(sessionStorage.chat).chat")
    return Person(desk, chat["id"], chat["token"])


async def answered(page: Page, person: Person) -> None:
    """Until the assistant has answered and the page shows its last line."""
    await asyncio.sleep(0.05)
    shown = 0
    for _ in range(60):
        events = await asyncio.to_thread(person.poll, 0)
        shown = max([shown, *(e["seq"] for e in events)])
        if person.state["bot_idle"]:
            break
        await asyncio.sleep(0.25)
    assert person.state["bot_idle"]
    if shown:
        await expect(page.locator(f"[data-seq='{shown}']")).to_be_attached()


async def tell(page: Page, desk: Running, text: str, person: Person | None = None) -> Person:
    """Type, send, and wait for the answer."""
    count = await page.locator(".chat-line--person").count()
    await say(page, text)
    await expect(page.locator(".chat-line--person")).to_have_count(count + 1)
    await expect(page.locator(".chat-line--person[data-seq]")).to_have_count(count + 1)
    person = person or await whose(page, desk)
    await answered(page, person)
    return person


async def test_a_report_goes_to_its_reference(page: Page, desk: Running, shoot: Shoot) -> None:  # noqa: F811
    await shoot(page, "page-empty")
    person = await tell(page, desk, BURGLARY)
    for turn in range(16):
        asked = person.state["asking"]
        if person.state["reference"]:
            break
        if asked == "summary":
            await shoot(page, "page-summary")
            await page.get_by_role("button", name="Yes", exact=False).last.click()
            await page.wait_for_timeout(200)
            await answered(page, person)
            continue
        await tell(page, desk, ANSWERS.get(asked or "", "don't know, nothing else to add"), person)
        if turn == 2:
            await shoot(page, "page-report")
    reference = person.state["reference"]
    assert reference and REFERENCE.fullmatch(reference)
    await expect(page.locator(".chat-line--bot").filter(has_text=reference).first).to_be_visible()
    await shoot(page, "page-reference")
    assert await page.title() == "Chat"


async def test_danger_shows_999_at_once_and_is_first_in_the_console(
    page: Page,
    console: Page,
    desk: Running,
    shoot: Shoot,  # noqa: F811
) -> None:
    other = Person(desk).start()
    await asyncio.to_thread(other.say, "can I talk to a real person please")
    await expect(console.locator(f"#queue [data-card='{other.id}']")).to_be_visible()
    await page.reload()

    await say(page, KNIFE)

    await expect(page.locator(URGENT).first).to_contain_text("999")
    await expect(page.locator(URGENT).first).to_be_in_viewport()
    person = await whose(page, desk)
    first = console.locator("#queue .card").first
    await expect(first.locator(f"[data-card='{person.id}']")).to_be_attached()
    await expect(first.locator(".card__rank")).to_have_text("Danger now")
    await answered(page, person)
    await shoot(page, "page-danger")
    await shoot(console, "console-queue")


async def test_a_handler_takes_over_and_the_assistant_is_not_heard_again(
    page: Page,
    console: Page,
    desk: Running,
    shoot: Shoot,  # noqa: F811
) -> None:
    """Take next, reply, edit, close. What the assistant was about to say at the claim is lost."""
    person = await tell(page, desk, "my bike got nicked outside the library in Bury yesterday")
    await tell(page, desk, "can I talk to a real person please", person)
    assert person.state["owner"] == "queue"
    await expect(console.locator(f"#queue [data-card='{person.id}']")).to_be_visible()
    assistant = desk.child("rasa", "run", "--credentials")
    assistant.send_signal(signal.SIGSTOP)
    try:
        await say(page, "it is a blue Carrera mountain bike")
        await expect(page.locator(".chat-line--person[data-seq]")).to_have_count(3)
        await console.locator("#next").click()
        await expect(page.locator("#who-text")).to_have_text("A call handler is answering")
    finally:
        assistant.send_signal(signal.SIGCONT)
    spoken = await page.locator(".chat-line--bot").count()

    await expect(console.get_by_label("Reply", exact=True)).to_be_focused()
    await console.keyboard.type("Hello, I am Alex. Which lock was on it?")
    await console.keyboard.press("Enter")
    await expect(page.locator(".chat-line--operator .chat-line__words")).to_have_text(
        "Hello, I am Alex. Which lock was on it?"
    )
    await say(page, "a D lock, they cut it")
    await expect(console.locator("#transcript")).to_contain_text("a D lock, they cut it")
    assert "T00:00" not in await console.locator("[data-name=when]").inner_text()
    await console.locator("[data-key='edit-location']").click()
    await console.keyboard.press("Control+a")
    await console.keyboard.type("Bury Library, Moss Street")
    await console.keyboard.press("Enter")
    await expect(console.locator("[data-name=location] .detail__value")).to_have_text(
        "Bury Library, Moss Street"
    )
    await shoot(console, "console-conversation")
    await asyncio.sleep(2)
    assert await page.locator(".chat-line--bot").count() == spoken

    await console.locator("#talk-title").focus()
    await console.keyboard.press("c")
    await expect(console.locator("#close-dialog")).to_be_visible()
    await shoot(console, "console-close")
    await close(console)
    await expect(page.locator("#who-text")).to_have_text("This chat has ended")
    record = desk.call("GET", f"/api/v1/operator/conversations/{person.id}", token=desk.token)[1]
    assert record["state"]["owner"] == "closed"
    assert "Moss Street" in str(record["details"]["location"])


async def close(console: Page) -> None:
    """Fill in the close dialogue: a code, a note, and that the person was told."""
    await console.locator("#close-search").fill("advice")
    await console.get_by_role("radio", name="Advice given").check()
    await console.locator("#close-reason").fill("told how to mark the next one")
    if await console.locator("#close-told").is_visible():
        await console.locator("#close-told").check()
    await console.get_by_role("button", name="Close the conversation").click()
    await expect(console.locator("#take-text")).to_have_text("This conversation is closed.")


async def test_reload_in_the_middle_loses_and_doubles_nothing(page: Page, desk: Running) -> None:
    person = await tell(page, desk, BURGLARY)
    before = await words(page)
    await page.get_by_label(BOX).fill("half a sent")

    await page.reload()
    await expect(page.locator(LINES)).to_have_count(len(before))

    assert await words(page) == before
    assert await page.get_by_label(BOX).input_value() == "half a sent"
    await tell(page, desk, "no, nobody is in danger, it's over", person)
    after = await words(page)
    assert after[: len(before)] == before and len(after) > len(before) + 1
    assert after.count(BURGLARY) == 1


async def test_reload_while_the_assistant_thinks_loses_and_doubles_nothing(
    page: Page, desk: Running
) -> None:
    person = await tell(page, desk, "hello")
    assistant = desk.child("rasa", "run", "--credentials")
    assistant.send_signal(signal.SIGSTOP)
    try:
        await say(page, "someone keyed my car in Sale last week")
        await page.reload()
        await expect(page.locator(".chat-line--person[data-seq]")).to_have_count(2)
    finally:
        assistant.send_signal(signal.SIGCONT)
    await answered(page, person)
    log = desk.call("GET", f"/api/v1/conversations/{person.id}/events?after=0", token=person.token)
    numbers = [str(e["seq"]) for e in log[1]["events"]]
    await expect(page.locator(LINES)).to_have_count(len(numbers))
    drawn = await page.locator(LINES).evaluate_all("all => all.map(one => one.dataset.seq)")
    assert drawn == numbers


async def test_protected_and_quick_exit_leave_nothing(
    page: Page,
    console: Page,
    desk: Running,
    shoot: Shoot,  # noqa: F811
) -> None:
    """Nothing in storage, in the page, in the tab's history; the desk knows that she has gone."""
    await page.goto("about:blank")
    await page.goto(desk.url)
    await say(page, AT_HOME)
    await expect(page.locator("body.is-protected")).to_be_attached()
    await expect(page.locator(".chat-line--bot, .chat-line--system").first).to_be_visible()
    await page.get_by_label(BOX).fill("half a sentence")
    await page.wait_for_timeout(800)
    await shoot(page, "page-protected")
    assert await kept(page) == '[{},{},""]'
    assert await page.title() == "Chat"
    card = console.locator("#queue .card").first
    await expect(card).to_be_visible()
    length = await page.evaluate("history.length")

    await page.locator("#exit").click()

    await page.wait_for_url(load(desk.environ).exit_url)
    assert await page.evaluate("history.length") == length
    await expect(console.locator("#queue")).to_contain_text("lost contact")
    await page.go_back()
    assert page.url == "about:blank"
    await page.goto(desk.url)
    await expect(page.locator(LINES)).to_have_count(0)
    assert await page.get_by_label(BOX).input_value() == ""
    assert await kept(page) == '[{},{},""]'


async def test_the_keyboard_alone_is_enough(page: Page, desk: Running) -> None:
    """Skip to the box, write, Enter; back to a choice, Space; Escape twice leaves."""
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_label(BOX)).to_be_focused()
    await page.keyboard.type(KNIFE)
    await page.keyboard.press("Enter")
    await expect(page.locator(URGENT).first).to_be_visible()
    person = await whose(page, desk)
    await answered(page, person)
    choice = page.get_by_role("button", name="I've rung 999")
    for _ in range(20):
        if await choice.evaluate("it => it === document.activeElement"):
            break
        await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Space")
    await expect(page.locator(".chat-line--person").last).to_contain_text("I've rung 999")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await page.wait_for_url(load(desk.environ).exit_url)


async def test_a_phone_of_360_pixels_has_room_for_all_of_it(
    chromium: Browser,  # noqa: F811
    desk: Running,
    shoot: Shoot,  # noqa: F811
) -> None:
    async with opened(chromium, desk, 360) as phone:
        await shoot(phone, "phone-empty")
        person = await tell(phone, desk, BURGLARY)
        await shoot(phone, "phone-report")
        await fits(phone)
        await tell(phone, desk, KNIFE, person)
        await expect(phone.locator(URGENT).first).to_be_in_viewport()
        await shoot(phone, "phone-danger")
        await fits(phone)


async def fits(phone: Page) -> None:
    """Nothing to the side; the way out, 999 and the box in view."""
    assert await phone.evaluate("document.documentElement.scrollWidth") <= 360
    for it in ("#exit", "#text", "a[href='tel:999']"):
        await expect(phone.locator(it).first).to_be_in_viewport()
