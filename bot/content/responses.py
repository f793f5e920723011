"""The glue wording in `domain.yml`: read it, and lint it by the same wording tests.

Rasa picks among several texts of one response at random; the words that matter are single, so a
response has one text here.
"""

from __future__ import annotations

import re
from pathlib import Path

from bot.content.fields import ContentError, read
from bot.content.guard import clean
from bot.content.wording import problems

DOMAIN = Path(__file__).resolve().parents[2] / "domain.yml"
_SLOT = re.compile(r"\{[a-z_]+\}")


def load(path: Path | None = None) -> dict[str, str]:
    """The text of every response by name; `ContentError` for one without a text or with several."""
    file = path or DOMAIN
    responses = read(file).get("responses") or {}
    if not isinstance(responses, dict):
        raise ContentError(f"{file.name}: responses: expected names with values")
    found: dict[str, str] = {}
    for name, variants in responses.items():
        if not isinstance(variants, list) or len(variants) != 1:
            raise ContentError(f"{file.name}: {name}: text: expected one text, no variants")
        text = variants[0].get("text") if isinstance(variants[0], dict) else None
        if not isinstance(text, str) or not text.strip():
            raise ContentError(f"{file.name}: {name}: text: is empty")
        found[str(name)] = text
    return found


def lint(path: Path | None = None) -> list[str]:
    """What is wrong with the responses: one line each, naming file and response.

    A name ending in `_on_duty` is said while somebody is on duty, one with `_deaf` to a deaf
    person."""
    file = path or DOMAIN
    found = []
    for name, text in load(file).items():
        plain = _SLOT.sub("X", text)
        wrong = problems(plain, on_duty=name.endswith("_on_duty"), deaf="_deaf" in name)
        found += [f"{file.name}: {name}: text: {p}" for p in wrong]
        found += [
            f"{file.name}: {name}: text: number {n!r} is not verified" for n in clean(plain)[1]
        ]
    return found
