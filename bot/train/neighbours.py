"""`python -m bot.train.neighbours ROOT`: all training examples with their numbers, on standard
output, for the gateway's explanations (bot/train/workbench.py).

Reading twenty thousand examples of YAML takes seconds and would hold the gateway's other threads
up for a tenth of one at a time, and leave its memory in crumbs: a process of its own does it.
First a line `{count, left_out}`, then a line for each example, then [count, 384] float32.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

import numpy as np

from bot.train.located import Located, load_located
from bot.triage.encoder import HOME, Encoder, Floats, check_sums
from bot.triage.example import Example
from bot.triage.fit import CACHE, embed

#: Examples that `make train` has not seen and that are embedded on the way: two seconds.
FRESH: Final = 200
WIDE: Final = 384
#: Stands back for the people who chat.
NICE: Final = 10


def comparable(rows: Sequence[Located]) -> list[Located]:
    """The examples that `make train` has embedded, and a few fresh ones: to embed all of them
    would keep a core from the people who chat for minutes. Raises BrokenModel."""
    try:
        with np.load(CACHE / f"{check_sums(HOME)}.npz") as kept:
            known = set(kept["keys"].tolist())
    except (OSError, ValueError, KeyError):
        known = set()
    sums = [hashlib.sha256(row.example.text.encode()).hexdigest()[:24] for row in rows]
    chosen = [row for row, key in zip(rows, sums, strict=True) if key in known]
    return list(rows) if len(rows) - len(chosen) <= FRESH else chosen


def write(root: Path, out: IO[bytes]) -> None:
    """Everything that `read` reads. Raises BadData, BrokenModel."""
    rows = load_located(root / "data" / "nlu")
    chosen = comparable(rows)
    numbers = embed(Encoder(), [row.example.text for row in chosen], lambda _: None)
    about = {"count": len(chosen), "left_out": len(rows) - len(chosen)}
    out.write(json.dumps(about).encode() + b"\n")
    for row in chosen:
        one = row.example
        kept = [one.id, one.text, one.route, one.type, one.danger, one.act, one.asked, one.own]
        out.write(json.dumps([*kept, row.file, row.line]).encode() + b"\n")
    out.write(np.ascontiguousarray(numbers, dtype=np.float32).tobytes())


def read(stream: IO[bytes]) -> tuple[list[Located], Floats, int]:
    """Examples, their numbers [n, 384], and how many were left out. Raises ValueError."""
    about = json.loads(stream.readline())
    rows: list[Located] = []
    for _ in range(about["count"]):
        name, text, route, kind, danger, act, asked, own, file, line = json.loads(stream.readline())
        one = Example(name, text, route, kind, danger, None, act, asked, None, own)
        rows.append(Located(one, sys.intern(file), line))
    numbers = np.frombuffer(stream.read(len(rows) * WIDE * 4), dtype=np.float32)
    return rows, numbers.reshape(len(rows), WIDE), about["left_out"]


def main() -> int:
    """Write them; exit 1 with a plain sentence on standard error."""
    from bot.train.corpus import BadData
    from bot.triage.encoder import BrokenModel

    os.nice(NICE)
    try:
        write(Path(sys.argv[1]), sys.stdout.buffer)
    except (BadData, BrokenModel) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
