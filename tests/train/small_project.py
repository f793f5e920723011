"""A copy of the project with few examples, in a folder of a test's own: a trainer's checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections import Counter
from pathlib import Path
from typing import Any

from bot.dialogue.model import COMPONENT
from bot.settings import ROOT
from bot.train.check import check, coinciding
from bot.train.corpus import load_nlu
from bot.train.promote import MODEL, STAMP, data_hash
from bot.train.take import write
from bot.triage.example import Example
from bot.triage.fit import fit_with, load_decisions
from bot.triage.heads import ABOUT, WEIGHTS
from bot.triage.text import words

#: Caught by the rules alone, whatever few messages a model learnt from.
CAUGHT = (
    "he's got a knife and he's outside my door",
    "someone is breaking into my house right now",
    "my husband is hitting me, please send someone",
    "there's a man in my house and i'm hiding upstairs",
)
CALM = (
    ("my bike was nicked from outside the gym last tuesday", "crime_report", "bike_theft"),
    ("how do i find out what happened with the report i made", "advice", "case_update"),
    ("hiya", "social", None),
)
EACH = 5  # first messages of a type
ANSWERS = 25  # of an intent, in the middle of a chat


def copy(folder: Path) -> Path:
    """The project at `folder`: code, content, rules, and a few hundred examples."""
    ignored = shutil.ignore_patterns("__pycache__", "model", "vendor")
    for name in ("bot", "actions", "data/content", "data/triage", "data/rules", "data/stories"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in ("domain.yml", "config.yml", "endpoints.yml"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "bot" / "triage" / "model").symlink_to(ROOT / "bot" / "triage" / "model")
    _examples(folder / "data" / "nlu")
    _eval(folder / "data" / "eval")
    return folder


def _examples(nlu: Path) -> None:
    (nlu / "first").mkdir(parents=True)
    (nlu / "midchat").mkdir()
    for path in (ROOT / "data" / "nlu" / "midchat").glob("*.yml"):
        (nlu / "midchat" / path.name).write_text(_shortened(path), encoding="utf-8")
    rows = [_row(one) for one in _few([one for one in load_nlu() if one.first])]
    write(rows, nlu / "first")


def _shortened(path: Path) -> str:
    """The file with the first examples of each of its intents."""
    kept: list[str] = []
    count = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        count = 0 if line.startswith("- intent") else count + line.startswith("  - text")
        if count <= ANSWERS:
            kept.append(line)
    return "\n".join(kept) + "\n"


def _row(one: Example) -> dict[str, Any]:
    return {
        "id": one.id, "text": one.text, "route": one.route, "type": one.type,
        "danger": one.danger, "cues": list(one.cues or ()), "entities": {}, "pair": None,
    }  # fmt: skip


def _few(firsts: list[Example]) -> list[Example]:
    """Some of each type, enough short and long ones, none too like another."""
    by_type: Counter[str] = Counter()
    openings: Counter[tuple[str, ...]] = Counter()
    kept: list[Example] = []
    # Long and short ones first, as the check wants a share of each.
    for one in sorted(firsts, key=lambda one: 6 <= len(words(one.text)) <= 40):
        kind, opening = one.type or one.route or "", tuple(words(one.text)[:4])
        size = "short" if len(words(one.text)) < 6 else "long" if len(words(one.text)) > 40 else ""
        full = by_type[kind] >= EACH or (size and by_type[kind + size] >= 2)
        if full or openings[opening] >= 2 or one.pair:
            continue
        by_type.update((kind, kind + size))
        openings[opening] += 1
        kept.append(one)
    problems = " ".join(check(kept, {}).problems + coinciding(kept, {}, lambda line: None))
    return [one for one in kept if one.id not in problems]


def _eval(folder: Path) -> None:
    folder.mkdir()
    rows = [
        {"id": f"E-{at}", "text": text, "route": "emergency", "danger": "now", "cues": []}
        for at, text in enumerate(CAUGHT)
    ]
    calm = [
        {"id": f"Q-{at}", "text": text, "route": route, "type": kind, "danger": "none", "cues": []}
        for at, (text, route, kind) in enumerate(CALM)
    ]
    lists = {"mustcatch.jsonl": rows[:2], "test.jsonl": rows[2:] + calm}
    for name, held in lists.items():
        (folder / name).write_text("".join(json.dumps(row) + "\n" for row in held))


def first_model(folder: Path, decisions: dict[str, Any] | None = None) -> str:
    """A working model in the copy without Rasa: the heads in an archive, as Rasa packs them."""
    models = folder / "models"
    models.mkdir(exist_ok=True)
    heads = models / "fitted"
    chosen = load_decisions() if decisions is None else decisions
    examples = load_nlu(folder / "data" / "nlu")
    fingerprint = fit_with(examples, chosen, lambda line: None).save(heads)
    with tarfile.open(models / MODEL, "w:gz") as archive:
        for name in (WEIGHTS, ABOUT):
            archive.add(heads / name, f"components/train_{COMPONENT}0/{name}")
    shutil.rmtree(heads)
    (models / STAMP).write_text(json.dumps({"data": data_hash(folder), "seconds": 0}))
    return fingerprint


def livechat(
    folder: Path, *arguments: str, given: str = "", **environ: str
) -> subprocess.CompletedProcess[str]:
    """Run the copy's own command line there."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("LIVECHAT", "DATABASE"))}
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        cwd=folder, env={**clean, "LIVECHAT_DATA": str(folder / "desk"), **environ},
        input=given, capture_output=True, text=True, timeout=280, check=False,
    )  # fmt: skip
