"""What stays on the device, what survives a reload or a lost line, and how one gets away."""

from __future__ import annotations

import asyncio

from aiohttp.test_utils import TestServer
from playwright.async_api import Page, Request, expect

from bot.desk import Desk
from tests.browser.conftest import NEUTRAL
from tests.browser.steps import BOX, LINES, kept, say, words
from tests.web.fakes import HELLO, FakeAssistant


async def test_reload_loses_and_doubles_nothing(page: Page, assistant: FakeAssistant) -> None:
    """After a reload in the middle the same lines stand there once, and the chat goes on."""
    await say(page, "my bike was stolen")
    await expect(page.locator(LINES)).to_have_count(2)
    await page.get_by_label(BOX).fill("half a sent")

    await page.reload()

    await expect(page.locator(LINES)).to_have_count(2)
    assert await words(page) == ["my bike was stolen", HELLO]
    assert await page.get_by_label(BOX).input_value() == "half a sent"
    assert await page.evaluate("window.said") == {"polite": [], "assertive": []}
    await say(page, "it was red")
    await expect(page.locator(LINES)).to_have_count(4)


async def test_lost_answer_does_not_double_a_message(page: Page, desk: Desk) -> None:
    """The answer to a send is lost on the way: it is sent again and stored once."""
    lost = 0

    async def drop_first(route: object) -> None:
        nonlocal lost
        lost += 1
        if lost == 1:
            await route.fetch()  # type: ignore[attr-defined]  # it arrives; its answer does not
            await route.abort()  # type: ignore[attr-defined]  # playwright types it loosely
        else:
            await route.continue_()  # type: ignore[attr-defined]  # as above

    await page.route("**/messages", drop_first)
    await say(page, "my bike was stolen")
    await expect(page.locator(".chat-line__foot").first).to_contain_text("You,")
    await page.wait_for_timeout(800)

    assert lost == 2
    assert await words(page) == ["my bike was stolen"]


async def test_lost_line_says_so_and_sends_later(page: Page, assistant: FakeAssistant) -> None:
    """Without a connection a banner gives 999 and 101; what was written goes out afterwards."""
    await say(page, "my bike was stolen")
    await expect(page.locator(LINES)).to_have_count(2)
    await page.route("**/api/**", lambda route: route.abort())
    await say(page, "it was red")

    banner = page.locator("#lost")
    await expect(banner).to_contain_text("999")
    await expect(banner).to_contain_text("101")
    await expect(page.locator(".chat-line__foot").last).to_have_text("Sending")

    await page.unroute("**/api/**")
    await page.evaluate("dispatchEvent(new Event('online'))")
    await expect(page.locator(LINES)).to_have_count(4)
    await expect(banner).to_be_hidden()
    assert (await words(page)).count("it was red") == 1


async def test_without_sockets_it_still_works(page: Page, assistant: FakeAssistant) -> None:
    """Where sockets are blocked the page asks by long poll."""
    await page.add_init_script("window.WebSocket = undefined")
    await page.reload()

    await say(page, "my bike was stolen")

    await expect(page.locator(LINES)).to_have_count(2)


async def test_protected_keeps_nothing_on_the_device(page: Page, shoot: object) -> None:
    """Once protected there is no token, draft or message in storage, and a reload is empty."""
    await page.get_by_label(BOX).fill("my partner is here")
    assert "partner" in await kept(page)
    await page.get_by_label(BOX).press("Enter")
    await expect(page.locator("body.is-protected")).to_be_attached()

    await page.get_by_label(BOX).fill("half a sentence")
    assert await kept(page) == '[{},{},""]'

    await page.reload()
    await expect(page.locator(LINES)).to_have_count(0)
    assert await page.get_by_label(BOX).input_value() == ""


async def test_quick_exit_leaves_nothing_and_tells_the_desk(page: Page, desk: Desk) -> None:
    """The button replaces the page in the tab's history, clears it, and opens lost contact."""
    await page.goto("about:blank")
    await page.go_back()
    await say(page, "my partner is here")
    await expect(page.locator("body.is-protected")).to_be_attached()
    before = await page.evaluate("history.length")

    async with page.expect_request("**/exit"):
        await page.locator("#exit").click()

    await page.wait_for_url(NEUTRAL)
    assert await page.evaluate("history.length") <= before
    for _ in range(50):
        if (await desk.attended()) and (await desk.attended())[0][1].lost:
            break
        await asyncio.sleep(0.05)
    assert (await desk.attended())[0][1].lost


async def test_escape_twice_leaves(page: Page, gateway: TestServer) -> None:
    """Escape once does nothing; twice in a row leaves, and going back finds an empty page."""
    await say(page, "my bike was stolen")
    await expect(page.locator(LINES)).to_have_count(1)
    await page.keyboard.press("Escape")
    await page.wait_for_timeout(100)
    assert page.url == str(gateway.make_url("/"))

    await page.keyboard.press("Escape")
    await page.wait_for_url(NEUTRAL)

    await page.goto(str(gateway.make_url("/")))
    await expect(page.locator(LINES)).to_have_count(0)
    assert "bike" not in await kept(page)


async def test_nothing_comes_from_anybody_else(page: Page, gateway: TestServer) -> None:
    """Every request of the page goes to our own address, and nothing is inline."""
    seen: list[Request] = []
    page.on("request", lambda request: seen.append(request))
    await page.reload()
    await say(page, "my bike was stolen")
    await expect(page.locator(LINES)).to_have_count(1)

    own = str(gateway.make_url("/"))
    assert [r.url for r in seen if not r.url.startswith(own)] == []
    assert await page.locator("script:not([src]), style, [style]").count() <= 1  # the box's height
