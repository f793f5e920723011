"""Labelled messages from `data/nlu` (Rasa YAML) and from evaluation files (JSON lines)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

from bot.triage.example import Example

ROOT: Final = Path(__file__).resolve().parents[2]
NLU: Final = ROOT / "data" / "nlu"
MUST_CATCH: Final = "mustcatch"  # in the name of every such list
EVAL: Final = ROOT / "data" / "eval"


class BadData(ValueError):
    """A data file that cannot be read, with the file and what is wrong with it."""


def load_nlu(folder: Path = NLU) -> list[Example]:
    """Every example of the folder. Raises BadData naming the file."""
    found: list[Example] = []
    for path in sorted(folder.rglob("*.yml")):
        try:
            content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
            found += _examples(content.get("nlu", []), path.stem)
        except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
            raise BadData(f"{path}: {error}") from error
    return found


def _examples(blocks: list[dict[str, Any]], stem: str) -> Iterator[Example]:
    for block in blocks:
        if "intent" not in block:
            continue
        rows = block["examples"]
        if isinstance(rows, str):  # the plain way of Rasa: one line an example, "- text"
            rows = [{"text": line.lstrip("- ")} for line in rows.splitlines() if line.strip()]
        for at, row in enumerate(rows):
            labels = {"id": f"{stem}-{at}", **(row.get("metadata") or {})}
            yield Example.of(row["text"], block["intent"], labels)


def load_rows(path: Path) -> list[Example]:
    """The messages of an evaluation file. Raises BadData naming the line."""
    found: list[Example] = []
    assumed = {"route": "emergency", "danger": "now"} if MUST_CATCH in path.name else {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            # Every line of a must-catch list is danger, with or without saying so.
            found.append(Example.of_row({**assumed, **json.loads(line)}))
        except (ValueError, KeyError) as error:
            raise BadData(f"{path}, line {number}: {error}") from error
    return found
