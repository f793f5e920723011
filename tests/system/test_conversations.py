"""Scripted conversations through the whole desk. The pass count of the blind ones never falls."""

from __future__ import annotations

import asyncio
import json

import pytest

from bot.replay import Result, play_all
from bot.settings import ROOT
from tests.system.conftest import Running

FOLDER = ROOT / "tests" / "conversations"
#: Scripts written without sight of bot or content: as many as passed must go on passing.
FLOOR = json.loads((FOLDER / "floor.json").read_text())


def play(desk: Running, name: str) -> list[Result]:
    scripts = [json.loads(line) for line in (FOLDER / name).read_text().splitlines() if line]
    return asyncio.run(play_all(scripts, desk.url, 4, desk.token, lambda _: None))


def problems(result: Result) -> list[str]:
    found = [f"{result.id} {n} {t.user[:40]!r}: {p}" for n, t in enumerate(result.turns, 1)
             for p in t.problems]  # fmt: skip
    return found + [f"{result.id} end: {p}" for p in result.end_problems]


@pytest.mark.timeout(300)
def test_our_own_scripts_pass(desk: Running) -> None:
    failed = [p for result in play(desk, "desk.jsonl") for p in problems(result)]
    assert not failed, "\n".join(failed)


@pytest.mark.timeout(300)
def test_the_blind_scripts_do_not_get_worse(desk: Running) -> None:
    results = play(desk, "blind.jsonl")
    passed = sum(result.passed for result in results)
    failed = [p for result in results for p in problems(result)]
    assert passed >= FLOOR["blind"], "\n".join(failed)
