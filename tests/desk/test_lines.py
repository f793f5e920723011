"""Entries, the chain, blanking."""

from __future__ import annotations

import json

import pytest

from bot.desk import Desk
from bot.desk.lines import blanked, canonical, chain_breaks, entry, machine_lines
from tests.desk.helpers import answer, say, start, take_turn


async def log(desk: Desk) -> list[str]:
    """A log of five entries."""
    await start(desk)
    await say(desk, "one ü", danger="check")
    await say(desk, "two", queue_why="person")
    await answer(desk, await take_turn(desk), "re")
    return await desk.raw_log("c1")


@pytest.mark.asyncio
async def test_the_chain_finds_every_kind_of_tampering(desk: Desk) -> None:
    """Changed words, a changed time, a swapped, missing or added entry."""
    raw = await log(desk)
    assert chain_breaks(raw) == []
    for place, text in enumerate(raw, start=1):
        outer = json.loads(text)
        words = {**outer, "entry": {**outer["entry"], "text": "other"}}
        assert chain_breaks([*raw[: place - 1], canonical(words), *raw[place:]]) == [place]
        later = {**outer, "ts": outer["ts"] + 1}
        assert place in chain_breaks([*raw[: place - 1], canonical(later), *raw[place:]])
    assert chain_breaks([raw[1], raw[0], *raw[2:]])
    assert chain_breaks(raw[1:]) and chain_breaks([*raw, raw[-1]])


@pytest.mark.asyncio
async def test_a_blanked_entry_keeps_the_chain_whole(desk: Desk) -> None:
    """Also when all are blanked."""
    raw = await log(desk)
    assert chain_breaks([blanked(text) for text in raw]) == []
    assert "one" not in blanked(raw[0])


def test_an_entry_has_only_known_types() -> None:
    """A wrong type, sender or audience is a bug and says so."""
    for wrong in ({"type": "shout"}, {"sender": "cat"}, {"audience": "world"}):
        with pytest.raises(ValueError, match="not a log entry"):
            entry(**{"type": "message", "sender": "bot", "text": "x", **wrong})  # type: ignore[arg-type]  # wrong on purpose


def test_the_guard_counts_lines_it_changed() -> None:
    """One changed line of three counts once; no guard changes nothing."""
    lines = [{"text": t, "says": "s"} for t in ("a", "b1", "c")]

    def guard(text: str, exempt: object) -> tuple[str, list[str]]:
        return text.replace("1", ""), ["1", "1"] if "1" in text else []

    made, replaced = machine_lines(lines, guard)
    assert [m["text"] for m in made] == ["a", "b", "c"] and replaced == 1
    assert machine_lines(lines, None)[1] == 0
