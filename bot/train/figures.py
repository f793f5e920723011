"""How a model read each message of the fixed files: measured now, or kept with a release."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.triage.encoder import Encoder
from bot.triage.example import Example
from bot.triage.heads import Heads
from bot.triage.read import Reader

FIGURES: Final = "figures.json"


@dataclass(frozen=True)
class Seen:
    """What a model made of one message."""

    route: str
    danger: str

    def __str__(self) -> str:
        return f"{self.route}, danger {self.danger}"


@dataclass(frozen=True)
class Figures:
    """A model's fingerprint and what it made of each message, by id."""

    model: str
    seen: dict[str, Seen]


def text_sum(text: str) -> str:
    """A short sum of a message's words: an id whose words were changed is another message."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def seen_by(heads: Path, rows: Sequence[Example]) -> Figures | None:
    """Read the rows with a folder of heads; None where they belong to another encoder."""
    encoder, found = Encoder(), Heads.load(heads)
    if found.encoder != encoder.fingerprint:
        return None
    reader = Reader(encoder, found)
    read = {one.id: reader.read(one.text, one.asked) for one in rows}
    return Figures(
        reader.fingerprint, {name: Seen(one.route, one.danger) for name, one in read.items()}
    )


def kept_figures(folder: Path, file: str, rows: Sequence[Example]) -> Figures | None:
    """What was kept with a released model of those messages that are still the same, or None."""
    path = folder / FIGURES
    if not path.is_file():
        return None
    try:
        kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        read = kept["files"].get(file, {})
        seen = {
            one.id: Seen(read[one.id]["route"], read[one.id]["danger"])
            for one in rows
            if one.id in read and read[one.id]["sum"] == text_sum(one.text)
        }
        return Figures(str(kept["model"]), seen)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def to_keep(model: str, files: dict[str, tuple[Sequence[Example], dict[str, Seen]]]) -> str:
    """The text of `figures.json`: of each file and id the sum of the words, route, danger."""
    found = {
        name: {
            one.id: {
                "sum": text_sum(one.text), "route": seen[one.id].route,
                "danger": seen[one.id].danger,
                "flagged": seen[one.id].danger != "none",
            }
            for one in rows
        }
        for name, (rows, seen) in files.items()
    }  # fmt: skip
    return json.dumps({"model": model, "files": found}, indent=1, sort_keys=True) + "\n"
