"""What a person does on the page, and what a test looks at."""

from __future__ import annotations

from playwright.async_api import Page

from bot.settings import ROOT

AXE = ROOT / "node_modules/axe-core/axe.min.js"
TAGS = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"
LINES = "#log .chat-line"
URGENT = ".chat-line--urgent"
BOX = "Your message"

# Keeps every sentence that a live region was given, from before the page's own script runs.
WATCH_LIVE = """
window.said = {polite: [], assertive: []};
document.addEventListener('DOMContentLoaded', () => {
  for (const region of document.querySelectorAll('[aria-live=polite], [aria-live=assertive]'))
    new MutationObserver((changes) => {
      for (const change of changes)
        for (const node of change.addedNodes)
          window.said[region.ariaLive].push(node.textContent);
    }).observe(region, {childList: true});
});
"""


async def say(page: Page, text: str) -> None:
    """Type and send with Enter."""
    await page.get_by_label(BOX).fill(text)
    await page.get_by_label(BOX).press("Enter")


async def words(page: Page) -> list[str]:
    """The words of each line on the page."""
    return await page.locator(".chat-line__words").all_inner_texts()


async def kept(page: Page) -> str:
    """All that this tab keeps on the device."""
    return str(
        await page.evaluate(
            "JSON.stringify([{...sessionStorage}, {...localStorage}, document.cookie])"
        )
    )


async def axe(page: Page) -> list[str]:
    """What axe finds on the page, as 'rule: element why'."""
    await page.evaluate(AXE.read_text("utf-8"))
    found = await page.evaluate(f"axe.run(document, {{runOnly: {TAGS}}})")
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
