"""The public page in real Chromium: reading it, writing on it, finding the way by keyboard."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, WebSocketRoute, expect

from tests.browser.steps import BOX, LINES, URGENT, axe, say, words
from tests.web.fakes import HELLO, FakeAssistant

Shoot = Callable[..., Any]


async def test_axe_finds_nothing(page: Page, assistant: FakeAssistant, shoot: Shoot) -> None:
    """At the start, in a chat with the 999 line and buttons, and in protected mode."""
    assert await axe(page) == []
    await shoot(page, "start")

    await say(page, "my bike was stolen")
    await expect(page.locator(LINES).last).to_contain_text(HELLO)
    await shoot(page, "chat")
    await say(page, "he has a knife")
    await expect(page.locator(URGENT).first).to_contain_text("999")
    await page.wait_for_timeout(600)
    assert await axe(page) == []
    await shoot(page, "danger")

    await say(page, "my partner is here")
    await expect(page.locator("body.is-protected")).to_be_attached()
    await page.wait_for_timeout(600)
    assert await axe(page) == []
    await shoot(page, "protected")


async def test_phone_has_room_for_everything(
    page: Page, assistant: FakeAssistant, shoot: Shoot
) -> None:
    """At 360 pixels nothing is cut off to the side, and 999, Exit and the box are in view."""
    await page.set_viewport_size({"width": 360, "height": 740})
    await shoot(page, "phone-start")
    await say(page, "he has a knife and this is a rather longer message than the others")
    await expect(page.locator(URGENT).first).to_be_in_viewport()
    await page.wait_for_timeout(600)
    await shoot(page, "phone-danger")

    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360
    await expect(page.get_by_role("link", name="999", exact=True)).to_be_in_viewport()
    await expect(page.locator("#exit")).to_be_in_viewport()
    await expect(page.get_by_label(BOX)).to_be_in_viewport()
    await page.get_by_text("I need another language or BSL").click()
    await shoot(page, "phone-ways")
    await expect(page.get_by_role("button", name="I use BSL")).to_be_in_viewport()


async def test_other_ways_in_one_tap(page: Page) -> None:
    """One tap shows 999 BSL, text 999 and 18000; one more tells the desk."""
    await page.get_by_text("I need another language or BSL").click()
    for way in ("999 BSL", "Text 999", "18000", "18001 101"):
        await expect(page.locator("#ways").get_by_text(way, exact=True)).to_be_visible()

    await page.get_by_role("button", name="I use BSL").click()

    await expect(page.locator(LINES).first).to_contain_text("British Sign Language")


async def test_without_javascript_the_ways_are_there(
    chromium: Browser, gateway: TestServer, shoot: Shoot
) -> None:
    """999, 101, text 999, 999 BSL and 18000 are readable and there is no box that does nothing."""
    context = await chromium.new_context(java_script_enabled=False)
    opened = await context.new_page()
    await opened.goto(str(gateway.make_url("/")))
    await shoot(opened, "no-script")

    text = await opened.inner_text("main")
    for way in ("999", "101", "Text 999", "999 BSL", "18000"):
        assert way in text
    await expect(opened.locator("#composer")).to_be_hidden()
    await expect(opened.locator("#start")).to_be_hidden()
    await context.close()


async def test_title_is_neutral_and_stays(page: Page, assistant: FakeAssistant) -> None:
    """The title is one word from the first load, also with danger on the page."""
    assert await page.title() == "Chat"

    await say(page, "he has a knife")
    await expect(page.locator(URGENT).first).to_be_visible()

    assert await page.title() == "Chat"


async def test_keyboard_alone_is_enough(page: Page, assistant: FakeAssistant) -> None:
    """Tab to the box, write, Enter; shift and Tab back to a button, Space presses it."""
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")  # skip to your message
    await expect(page.get_by_label(BOX)).to_be_focused()
    await page.keyboard.type("he has a knife")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("second line")
    await page.keyboard.press("Enter")
    await expect(page.locator(URGENT).first).to_be_visible()
    assert "he has a knife\nsecond line" in await words(page)

    button = page.get_by_role("button", name="I've rung 999")
    for _ in range(12):
        if await button.evaluate("it => it === document.activeElement"):
            break
        await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Space")

    await expect(page.locator(LINES).filter(has_text="I've rung 999").first).to_be_visible()
    await expect(button).to_have_count(0)


async def test_each_message_is_announced_once(page: Page, assistant: FakeAssistant) -> None:
    """The 999 line goes to the assertive region, every other line to the polite one, each once."""
    await say(page, "he has a knife")
    await expect(page.locator(LINES).last).to_contain_text(HELLO)
    await page.wait_for_timeout(300)

    said = await page.evaluate("window.said")
    drawn = [w for w in await words(page) if w != "he has a knife"]
    spoken = [s.split(" Choices:")[0] for s in said["polite"] + said["assertive"]]
    assert sorted(spoken) == sorted(drawn)
    assert len(said["assertive"]) == 1 and "999" in said["assertive"][0]


async def test_protected_is_announced_politely(page: Page) -> None:
    """In protected mode nothing is said loudly, not even 999."""
    await say(page, "my partner is here")
    await expect(page.locator("body.is-protected")).to_be_attached()
    await page.evaluate("window.said.assertive = []")
    await say(page, "he has a knife")
    await expect(page.locator(URGENT).first).to_be_visible()

    said = await page.evaluate("window.said")
    assert said["assertive"] == []
    assert any("999" in sentence for sentence in said["polite"])


async def test_long_text_is_counted_and_never_lost(page: Page, shoot: Shoot) -> None:
    """Near the limit a counter shows; over it nothing is sent and the words stay in the box."""
    await page.get_by_label(BOX).fill("a" * 10_020)
    await expect(page.locator("#count")).to_have_text("You have 20 characters too many")

    await page.get_by_role("button", name="Send").click()

    await expect(page.locator("#text-error")).to_contain_text("too long")
    assert len(await page.get_by_label(BOX).input_value()) == 10_020
    await expect(page.locator(LINES)).to_have_count(0)
    await shoot(page, "too-long")
    await page.get_by_label(BOX).fill("a" * 9_995)
    await expect(page.locator("#count")).to_have_text("You have 5 characters left")


async def test_words_are_words_and_not_markup(page: Page, assistant: FakeAssistant) -> None:
    """What a person or the desk writes is text: no element and no script comes of it."""
    assistant.text = "See <b>this</b> and **that** and https://example.org/a?b=c."
    await say(page, "<img src=x onerror=alert(1)> **me**")
    await expect(page.locator(LINES)).to_have_count(2)

    assert await words(page) == [
        "<img src=x onerror=alert(1)> **me**",
        "See <b>this</b> and that and https://example.org/a?b=c.",
    ]
    link = page.locator(".chat-line a")
    assert await link.get_attribute("href") == "https://example.org/a?b=c"
    assert await page.locator("#log img, #log b").count() == 0


@pytest.mark.parametrize("on_duty", [True, False])
async def test_nobody_on_duty_is_said_before_typing(
    page: Page, gateway: TestServer, on_duty: bool
) -> None:
    """With nobody there the page says so at once; with somebody it does not."""
    desk = gateway.app[_desk_key()]
    if on_duty:
        await desk.presence_beat("sam")
    await page.reload()

    duty = page.get_by_text("No one is here to read this now.")
    await expect(duty.first).to_be_visible(visible=not on_duty)


def _desk_key() -> Any:
    from bot.web.keys import DESK

    return DESK


async def test_stop_typing_puts_the_box_away(page: Page) -> None:
    """'Not safe to type': the box goes, the way out stays, and nothing else is said."""
    await say(page, "my partner is here")
    await page.get_by_role("button", name="No", exact=True).click()

    await expect(page.locator("#composer")).to_be_hidden()
    await expect(page.locator(LINES).last).to_contain_text("Stop typing")
    await expect(page.locator("#exit")).to_be_in_viewport()
    await page.get_by_role("button", name="Write again").click()
    await expect(page.get_by_label(BOX)).to_be_focused()


async def test_location_is_shared_only_when_asked(page: Page, gateway: TestServer) -> None:
    """The button shows after the 999 line; the position goes in with how exact it is."""
    await page.context.grant_permissions(["geolocation"], origin=str(gateway.make_url("/")))
    await page.context.set_geolocation({"latitude": 53.48, "longitude": -2.24, "accuracy": 12})
    await expect(page.get_by_role("button", name="Share my location")).to_have_count(0)
    await say(page, "he has a knife")

    await page.get_by_role("button", name="Share my location").click()

    mine = page.locator(".chat-line--person").last
    await expect(mine).to_contain_text(re.compile(r"53\.48\d+, -2\.24\d+ \(to within 12 metres\)"))


async def test_words_of_the_desk_come_in_also_when_the_socket_is_late(
    page: Page, gateway: TestServer
) -> None:
    """The answer to the post may be faster than the socket that brings the position."""
    await page.context.grant_permissions(["geolocation"], origin=str(gateway.make_url("/")))
    await page.context.set_geolocation({"latitude": 53.48, "longitude": -2.24, "accuracy": 12})
    slow = False

    async def relay(route: WebSocketRoute) -> None:
        server = route.connect_to_server()

        async def late(message: str | bytes) -> None:
            if slow:
                await asyncio.sleep(0.8)
            route.send(message)

        server.on_message(lambda message: asyncio.ensure_future(late(message)))

    await page.route_web_socket(re.compile("/v1/"), relay)
    await page.reload()
    await say(page, "he has a knife")
    button = page.get_by_role("button", name="Share my location")
    await expect(button).to_be_visible()
    slow = True
    await button.click()

    mine = page.locator(".chat-line--person").last
    await expect(mine).to_contain_text("You,")
    await expect(mine).to_contain_text(re.compile(r"to within 12 metres"))
