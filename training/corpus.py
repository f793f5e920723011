"""Labelled messages, from Rasa YAML or JSONL, as numbers to learn from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from tokenizers import Tokenizer

from bot.triage.text import with_question

ROUTES = (
    "emergency",
    "crime_report",
    "advice",
    "other_agency",
    "human",
    "social",
    "out_of_scope",
)
DANGERS = ("none", "check", "now")
MASKED = -100  # the class number that the loss passes over
MAX_TOKENS = 256


@dataclass(frozen=True)
class Example:
    """One labelled message; what is None has no label and is not learnt from."""

    id: str
    text: str
    route: str | None
    act: str | None
    type: str | None
    danger: str | None
    cues: tuple[str, ...] | None
    pair: str | None = None  # near-identical messages that differ in what matters share a name

    @property
    def batch(self) -> str:
        """The batch it came from: the letters before the dash of its id, if it has one."""
        return self.id.split("-")[0] if "-" in self.id else ""


def _example(number: str, text: str, intent: str, given: dict[str, Any]) -> Example:
    """A first message, or with `act` one in the middle of a chat, read with its question.

    The danger of an answer hangs on what was asked ("no" to "are you safe?").
    """
    act = given.get("act") or (None if intent in ROUTES else intent)
    route = intent if intent in ROUTES else None
    danger = given.get("danger")
    if act:
        asked = with_question(text, given.get("asked"))
        return Example(number, asked, route, act, given.get("type"), danger, None)
    cues = tuple(given.get("cues") or ())
    kind, pair = given.get("type"), given.get("pair")
    return Example(number, text, route, None, kind, danger, cues, str(pair) if pair else None)


def from_jsonl(path: Path) -> Iterator[Example]:
    """The messages of one JSONL file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        intent = row.get("route") or row["act"]
        yield _example(row["id"], row["text"].strip(), intent, row)


def _from_yaml(path: Path) -> Iterator[Example]:
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
    for block in content.get("nlu", []):
        examples = block.get("examples") if "intent" in block else None
        if not isinstance(examples, list):
            continue
        for place, row in enumerate(examples):
            given = row.get("metadata") or {}
            number = str(given.get("id") or f"{path.stem}-{place}")
            yield _example(number, row["text"].strip(), block["intent"], given)


def load(folder: Path) -> list[Example]:
    """Every labelled message under a folder, by id; the same text and label once."""
    found: dict[tuple[str, str | None, str | None], Example] = {}
    jsonl = [*folder.glob("batch-*.jsonl"), *folder.glob("midchat.jsonl")]
    yamls = [*folder.rglob("*.yml"), *folder.rglob("*.yaml")]
    for path in sorted(jsonl):
        found |= {(e.text, e.route, e.act): e for e in from_jsonl(path)}
    for path in sorted(yamls):
        found |= {(e.text, e.route, e.act): e for e in _from_yaml(path)}
    if not found:
        raise SystemExit(f"no labelled messages under {folder}")
    return sorted(found.values(), key=lambda e: (e.id, e.text))


def version(examples: list[Example]) -> str:
    """The data version: sha256 of the training texts in the order of their ids."""
    return hashlib.sha256("\n".join(e.text for e in examples).encode()).hexdigest()


def vocabulary(examples: list[Example]) -> dict[str, list[str]]:
    """The labels of each head; the keys are the names of the heads."""
    labels = {
        "route": list(ROUTES),
        "danger": list(DANGERS),
        "type": sorted({e.type for e in examples if e.type}),
        "cue": sorted({cue for e in examples for cue in e.cues or ()}),
    }
    acts = sorted({e.act for e in examples if e.act})
    return labels | ({"act": acts} if acts else {})


def targets(examples: list[Example], labels: dict[str, list[str]]) -> dict[str, np.ndarray]:
    """Class numbers of each head (MASKED where unlabelled); cues as 0, 1 or -1."""
    found: dict[str, np.ndarray] = {}
    for head in labels.keys() - {"cue"}:
        place = {label: n for n, label in enumerate(labels[head])}
        found[head] = np.array([place.get(getattr(e, head), MASKED) for e in examples])
    cues = np.full((len(examples), len(labels["cue"])), -1.0, dtype=np.float32)
    for row, example in zip(cues, examples, strict=True):
        if example.cues is not None:
            row[:] = [cue in example.cues for cue in labels["cue"]]
    return found | {"cue": cues}


def tokenise(tokenizer: Tokenizer, texts: list[str]) -> list[list[int]]:
    """Token ids of each text, cut to the length that is trained on."""
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return [encoding.ids for encoding in tokenizer.encode_batch(texts)]


def pad(rows: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Ids and mask of one batch, padded to its longest."""
    width = max(map(len, rows))
    ids = np.zeros((len(rows), width), dtype=np.int64)
    mask = np.zeros_like(ids)
    for place, row in enumerate(rows):
        ids[place, : len(row)] = row
        mask[place, : len(row)] = 1
    return ids, mask


def groups(examples: list[Example]) -> np.ndarray:
    """The number of the pair that each message is of; one that is of none is a group by itself."""
    names = [f"pair {e.pair}" if e.pair else f"one {at}" for at, e in enumerate(examples)]
    return np.unique(names, return_inverse=True)[1]


def batches(
    lengths: list[int], size: int, rng: np.random.Generator | None, of: np.ndarray | None = None
) -> list[np.ndarray]:
    """Batches of messages of like length, in random order (in order without ``rng``).

    A little noise on the lengths keeps the same messages from always meeting. ``of`` holds the
    group of each message: those of one group lie side by side.
    """
    group = np.arange(len(lengths)) if of is None else of
    noise = rng.uniform(0, 3, group.max() + 1) if rng else np.zeros(group.max() + 1)
    mean = np.bincount(group, weights=lengths) / np.maximum(1, np.bincount(group))
    order = np.lexsort((group, (mean + noise)[group]))
    found = [order[start : start + size] for start in range(0, len(order), size)]
    if rng:
        rng.shuffle(found)  # type: ignore[arg-type]
    return found
