"""What one reading of a message costs, alone and beside an event loop that must stay quick.

The baseline is the encoder alone on the same texts, in the same run: the rest (rules, heads,
language, windows) is what the desk adds. Wanted (issue of understanding): p95 under 15 ms up to
60 words and under 300 ms at 10,000 characters; the loop's lag under 20 ms while a thread reads.

    python -m benchmarks.reading
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from benchmarks.measure import Lag, percentile
from bot.train.corpus import EVAL, load_rows
from bot.triage.encoder import Encoder
from bot.triage.heads import Heads
from bot.triage.read import HOME, Reader
from bot.triage.text import windows

ROUNDS: Final = 200
LONG: Final = 10_000
WORDS: Final = {"to 10 words": (1, 10), "11 to 30 words": (11, 30), "31 to 60 words": (31, 60)}

Figures = dict[str, Any]


def texts() -> dict[str, list[str]]:
    """Test messages by length, and letters of 10,000 characters made of them."""
    rows = [one.text for one in load_rows(EVAL / "test.jsonl")]
    found = {
        name: [text for text in rows if low <= len(text.split()) <= high][:ROUNDS]
        for name, (low, high) in WORDS.items()
    }
    found["10,000 characters"] = list(itertools.islice(_letters(rows), ROUNDS // 10))
    return found


def _letters(rows: Sequence[str]) -> Iterator[str]:
    endless = itertools.cycle(rows)
    while True:
        letter = ""
        while len(letter) < LONG:
            letter += next(endless) + " "
        yield letter[:LONG]


def timed(call: Callable[[str], object], rows: Sequence[str]) -> list[float]:
    """Milliseconds of each call, after three that are not counted."""
    for text in rows[:3]:
        call(text)
    seconds: list[float] = []
    for text in rows:
        started = time.perf_counter()
        call(text)
        seconds.append(1000 * (time.perf_counter() - started))
    return seconds


async def lag_beside(reader: Reader, rows: Sequence[str]) -> list[float]:
    """How late the event loop runs, in ms, while a thread reads one text after another."""
    async with Lag(0.005) as lag:
        for text in rows:
            await asyncio.to_thread(reader.read, text)
    return [1000 * one for one in lag.seen]


def run() -> Figures:
    """All figures, in milliseconds."""
    encoder = Encoder()
    reader = Reader(encoder, Heads.load(HOME))
    figures: Figures = {}
    for name, rows in texts().items():
        # A reader that has seen a text keeps its numbers: each text is read once.
        alone = timed(lambda text: encoder.embed(windows(text)), rows)
        whole = timed(reader.read, rows)
        figures[name] = {
            "messages": len(rows),
            "p50_ms": round(percentile(whole, 0.5), 1),
            "p95_ms": round(percentile(whole, 0.95), 1),
            "encoder_alone_p95_ms": round(percentile(alone, 0.95), 1),
            "ratio_p50": round(percentile(whole, 0.5) / percentile(alone, 0.5), 2),
        }
    fresh = Reader(encoder, Heads.load(HOME))
    for name in ("31 to 60 words", "10,000 characters"):
        lag = asyncio.run(lag_beside(fresh, texts()[name]))
        figures[f"loop lag beside {name}"] = {
            "p50_ms": round(percentile(lag, 0.5), 1),
            "p99_ms": round(percentile(lag, 0.99), 1),
            "max_ms": round(max(lag), 1),
        }
    return figures


def main() -> int:
    """Print the figures, a line each."""
    if "OMP_NUM_THREADS" not in os.environ:  # as `livechat up` sets it, before numpy is there
        again = [sys.executable, "-m", "benchmarks.reading"]
        return subprocess.run(
            again, check=False, env={**os.environ, "OMP_NUM_THREADS": "1"}
        ).returncode
    for name, values in run().items():
        print(f"{name}: {json.dumps(values)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
