"""The gate: `livechat promote` releases the working model, or refuses it; `livechat rollback`.

A release is a folder `DIR/<fingerprint>` with the archive, the heads, the stamp and `figures.json`
(what it made of every message of the fixed files). `DIR/current` points at the one in use, and
`DIR/history.json` says in which order they were. A desk runs it with LIVECHAT_MODELS=DIR/current.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Final

from bot.train.corpus import MUST_CATCH, load_rows
from bot.train.figures import FIGURES, Seen, kept_figures, text_sum, to_keep
from bot.train.promote import MODEL, STAMP, model_problem, released_problem
from bot.triage.encoder import Encoder
from bot.triage.example import Example
from bot.triage.heads import Heads
from bot.triage.read import Reader

CURRENT: Final = "current"
HISTORY: Final = "history.json"
TEST: Final = "test.jsonl"
HEADS: Final = "triage"

Say = Callable[[str], None]
Read = dict[str, tuple[Sequence[Example], dict[str, Seen]]]


class Refused(RuntimeError):
    """The model is not released; the text says why, a line for each message that was lost."""


@dataclass(frozen=True)
class Gate:
    """What speaks against a release (refusals), and what a trainer should know (notes)."""

    refusals: list[str]
    notes: list[str]


def promote(root: Path, models: Path, to: Path, say: Say) -> str:
    """Release the model in `models`; gives its fingerprint. Raises Refused.

    Raises NoHeads, BrokenModel or BadData, each one plain sentence, where something is missing.
    """
    problem = model_problem(root, models)
    if problem:
        raise Refused(problem)
    if _stamp(models).get("released"):
        raise Refused(f"{models} is a released model already. Unset LIVECHAT_MODELS.")
    encoder, heads = Encoder(), Heads.load(models / HEADS)
    if heads.encoder != encoder.fingerprint:
        raise Refused("The heads were fitted on another encoder. Run: make train")
    reader = Reader(encoder, heads)
    say(f"measuring {reader.fingerprint}")
    read = measure(reader, root / "data" / "eval")
    before = current(to)
    gate = judge(read, to / before if before else None)
    for line in gate.notes:
        say(line)
    if gate.refusals:
        raise Refused("\n".join(["Not released:", *gate.refusals]))
    place(models, to, reader.fingerprint, encoder.fingerprint, read)
    _push(to, reader.fingerprint)
    point(to, reader.fingerprint)
    say(f"released: {to / reader.fingerprint}" + (f", before it {before}" if before else ""))
    return reader.fingerprint


def measure(reader: Reader, folder: Path) -> Read:
    """How the model reads the fixed test set and every must-catch list."""
    files = [folder / TEST, *sorted(folder.glob(f"{MUST_CATCH}*.jsonl"))]
    missing = [path.name for path in files[:1] if not path.is_file()]
    if missing or len(files) < 2:
        raise Refused(f"{folder} lacks {missing[0] if missing else 'a must-catch list'}.")
    found: Read = {}
    for path in files:
        rows = load_rows(path)
        read = [reader.read(one.text, one.asked) for one in rows]
        seen = {one.id: Seen(r.route, r.danger) for one, r in zip(rows, read, strict=True)}
        found[path.name] = (rows, seen)
    return found


def judge(read: Read, before: Path | None) -> Gate:
    """Compare with the release before. The first release must catch every must-catch message."""
    refusals: list[str] = []
    notes: list[str] = []
    for name, (rows, seen) in read.items():
        urgent = [one for one in rows if one.route == "emergency"]
        caught = sum(_flagged(seen, one) for one in urgent)
        notes.append(f"{name}: {caught} of {len(urgent)} emergencies flagged")
        kept = kept_figures(before, name, urgent) if before else None
        if before and kept is None:
            refusals.append(f"The figures of the release before cannot be read: {before / FIGURES}")
            continue
        old = kept.seen if kept else {}
        gone = _gone(before, name, rows)
        if gone:
            notes.append(f"{name}: {gone} messages of the release before are not there any more")
        lost = [one for one in urgent if one.id in old and _flagged(old, one)
                and not _flagged(seen, one)]  # fmt: skip
        gained = [one for one in urgent if one.id in old and not _flagged(old, one)
                  and _flagged(seen, one)]  # fmt: skip
        told = [f"  {name}: {one.id} (label {one.route}) was flagged and is not now"
                for one in lost]  # fmt: skip
        if MUST_CATCH in name:
            new = [one for one in urgent if one.id not in old and not _flagged(seen, one)]
            missed = [f"  {name}: {one.id} (label {one.route}) is not flagged" for one in new]
            refusals += told + ([] if before else missed)
            notes += missed if before else []
        elif len(lost) > len(gained):
            refusals += [f"{name}: emergency recall fell by {len(lost) - len(gained)}", *told]
        else:
            notes += told
    return Gate(refusals, notes)


def _gone(before: Path | None, name: str, rows: Sequence[Example]) -> int:
    """How many messages the release before was measured on and this one is not."""
    if before is None:
        return 0
    kept = json.loads((before / FIGURES).read_text(encoding="utf-8"))["files"].get(name, {})
    there = {one.id: text_sum(one.text) for one in rows}
    return sum(there.get(one) != about["sum"] for one, about in kept.items())


def _flagged(seen: dict[str, Seen], one: Example) -> bool:
    return seen[one.id].danger != "none"


def place(models: Path, to: Path, name: str, encoder: str, read: Read) -> None:
    """Copy the model to `to/name`, whole or not at all."""
    if (to / name).exists() and released_problem(to / name, _stamp(to / name)) is None:
        # Released before: the model is the same, the figures may be of newer lists.
        _write(to / name / FIGURES, to_keep(name, read))
        return
    to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=to, prefix=".release-") as scratch:
        fresh = Path(scratch) / name
        fresh.mkdir()
        shutil.copyfile(models / MODEL, fresh / MODEL)
        shutil.copytree((models / HEADS).resolve(), fresh / HEADS)
        _write(fresh / FIGURES, to_keep(name, read))
        stamp = {
            **_stamp(models),
            "released": datetime.now(timezone.utc).isoformat(timespec="seconds"),
            "model": name,
            "encoder": encoder,
            "archive": hashlib.sha256((fresh / MODEL).read_bytes()).hexdigest(),
        }
        _write(fresh / STAMP, json.dumps(stamp) + "\n")
        problem = released_problem(fresh, stamp)
        if problem:
            raise Refused(problem)
        shutil.rmtree(to / name, ignore_errors=True)
        fresh.replace(to / name)


def rollback(to: Path, say: Say) -> str:
    """Point at the release before; gives its fingerprint. Raises Refused when there is none."""
    now = current(to)
    if now is None:
        raise Refused(f"Nothing was released to {to}. Run: livechat promote")
    order = history(to)
    if len(order) < 2:
        raise Refused(f"There is no release before {now}: nothing was changed.")
    before = order[-2]
    problem = released_problem(to / before, _stamp(to / before))
    if problem:
        raise Refused(f"{problem} Nothing was changed.")
    point(to, before)
    _write(to / HISTORY, json.dumps(order[:-1]) + "\n")
    say(f"back to {before} (it was {now}). Start the desk again to use it.")
    return before


def current(to: Path) -> str | None:
    """The fingerprint of the release in use, or None."""
    link = to / CURRENT
    return link.readlink().name if link.is_symlink() else None


def history(to: Path) -> list[str]:
    """Fingerprints in the order of release, the one in use last."""
    now = current(to)
    if now is None:
        return []
    try:
        order = [str(one) for one in json.loads((to / HISTORY).read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError):
        return [now]
    # The pointer is the truth: what was noted after it, in a run that broke off, does not count.
    while order and order[-1] != now:
        order.pop()
    return order or [now]


def point(to: Path, name: str) -> None:
    """Switch `current` to a release, in one step."""
    link = to / f".{CURRENT}.{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(name)
    link.replace(to / CURRENT)


def _push(to: Path, name: str) -> None:
    order = history(to)
    if not order or order[-1] != name:
        _write(to / HISTORY, json.dumps([*order, name]) + "\n")


def _stamp(models: Path) -> dict[str, Any]:
    try:
        found = json.loads((models / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(path: Path, text: str) -> None:
    half = path.with_name(f".{path.name}.{os.getpid()}")
    half.write_text(text, encoding="utf-8")
    half.replace(path)
