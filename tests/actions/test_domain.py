"""The domain, the rules and the actions know each other; wording passes the wording tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from actions.base import DeskAction
from bot.content import responses
from bot.triage.reading import ACTS, ROUTES

ROOT = Path(__file__).resolve().parents[2]


def _yaml(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def test_every_route_and_act_is_an_intent_with_one_rule() -> None:
    """Nothing that can be read is without an answer, at any stage."""
    intents = set(_yaml("domain.yml")["intents"])
    ruled = [r["steps"][0]["intent"] for r in _yaml("data/rules/rules.yml")["rules"]]
    assert set(ROUTES) | set(ACTS) == intents == set(ruled)
    assert len(ruled) == len(set(ruled))


def test_every_action_is_named_once_and_exists(chat: Any) -> None:
    """The domain lists the actions that the classes have, and no other."""

    def below(kind: type[DeskAction]) -> list[type[DeskAction]]:
        return [kind, *(found for sub in kind.__subclasses__() for found in below(sub))]

    made = sorted(k.action_name for k in below(DeskAction) if k.action_name)
    assert made == sorted(_yaml("domain.yml")["actions"])


def test_responses_pass_the_wording_tests() -> None:
    """Every glue line passes the rules for what the product may say."""
    assert responses.lint() == []


def test_every_response_is_said_somewhere() -> None:
    """A wording that nobody says is no wording."""
    # The last two are the worker's: it puts "utter_" before the name (bot/dialogue/worker.py).
    code = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "actions").glob("*.py"))
    assert [name for name in _yaml("domain.yml")["responses"] if f'"{name}"' not in code] == [
        "utter_desk_trouble",
        "utter_desk_trouble_off_duty",
    ]
