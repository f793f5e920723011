"""A conversation through the real actions, without Rasa and without a server.

`chat()` gives a `Chat`: call it with what the person types and how it reads; it runs the action
that the rules name and renders the responses of `domain.yml`.
"""

# ruff: noqa: E501 - what people type stands on one line

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

import actions.answer
import actions.handoff
import actions.repair
import actions.report
import actions.safety
import actions.send
import actions.signpost
import actions.social  # noqa: F401
from actions.base import DeskAction
from bot.report import draft as drafts

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
RULES = yaml.safe_load((ROOT / "data/rules/rules.yml").read_text(encoding="utf-8"))["rules"]
ACTION_OF = {rule["steps"][0]["intent"]: rule["steps"][1]["action"] for rule in RULES}
REFERENCE = "GM-ACDE-FGHJ"
NOW = "2026-11-22T14:30:00.000Z"  # a Sunday


class Chat:
    """One conversation; `said` is what the bot said last, `wants` all moves it asked for."""

    def __init__(self, **desk: Any) -> None:
        self.draft = drafts.new(REFERENCE)
        self.desk: dict[str, Any] = {
            "owner": "bot", "danger": "none", "peak": "none", "check_answer": None, "protected": False,
            "on_duty": True, "deaf": False, "child": False, "suspect": False, "language": "en",
            "told_999": None, "queued": False, "safety_asked": False, "retraction": False, "now": NOW, **desk,
        }  # fmt: skip
        self.seq = 0
        self.wants: list[dict[str, Any]] = []
        self.said: list[str] = []
        self.says: list[str] = []
        self.buttons: list[dict[str, str]] = []
        self.silent = False
        self.exempt: list[str] = []

    def __call__(
        self, text: str, act: str | None = None, *, route: str = "crime_report", type: str | None = None,
        danger: str = "none", cues: tuple[str, ...] = (), payload: dict[str, Any] | None = None, **desk: Any,
    ) -> list[str]:  # fmt: skip
        """Send `text`, read as given; further keywords change the desk's facts from now on."""
        self.seq += 1
        if self.desk:
            self.desk.update(desk, seq=self.seq)
        intent = act if act and act not in ("question", "danger", "human") else route
        reading = {
            "act": act, "route": route, "route_scores": {}, "type": type, "type_scores": [[type, 0.9]] if type else [],
            "danger": danger, "danger_score": 0.0, "language": "en", "confidence": 0.9, "model": "test", "failed": False,
            "cues": [{"name": c, "words": "", "source": "rule", "meaning": ""} for c in cues],
        }  # fmt: skip
        message = {"text": text, "intent": {"name": intent}, "reading": reading, "payload": payload}
        tracker = Tracker(
            "test",
            {"draft": self.draft, "desk": self.desk, "stage": (self.draft or {}).get("stage")},
            message,
            [],
            False,
            None,
            {},
            "action_listen",
        )
        dispatcher = CollectingDispatcher()
        events = {
            e["name"]: e["value"]
            for e in _action(ACTION_OF[intent]).run(dispatcher, tracker, DOMAIN)
            if e["event"] == "slot"
        }
        self.draft = events["draft"]
        assert events["stage"] == self.draft["stage"]
        if wants := self.draft.pop("wants", None):
            self.wants.append(wants)
        self._heard(dispatcher.messages)
        return self.said

    def _heard(self, messages: list[dict[str, Any]]) -> None:
        self.said, self.says, self.buttons, self.silent, self.exempt = [], [], [], False, []
        for message in messages:
            custom = message.get("custom") or {}
            self.silent = self.silent or bool(custom.get("silent"))
            self.exempt += custom.get("exempt") or []
            text = message.get("text")
            if message.get("response"):
                text = DOMAIN["responses"][message["response"]][0]["text"].format(
                    **{k: v for k, v in message.items() if k != "text"}
                )
            if text:
                self.said.append(text)
                self.says.append(custom["says"])
                self.buttons += message["buttons"]

    def value(self, name: str) -> Any:
        """The value of a detail of the draft."""
        return drafts.value(self.draft, name)

    @property
    def asking(self) -> str | None:
        """The open question."""
        return self.draft["asking"]

    @property
    def put(self) -> list[str]:
        """The questions that were put, without the summary."""
        return [q for q in self.draft["asked"] if q not in drafts.STEERING]

    @property
    def text(self) -> str:
        """Everything said last, in one string."""
        return "\n".join(self.said)


def _action(name: str) -> DeskAction:
    def below(kind: type[DeskAction]) -> list[type[DeskAction]]:
        return [kind, *(found for sub in kind.__subclasses__() for found in below(sub))]

    return next(kind() for kind in below(DeskAction) if kind.action_name == name)


@pytest.fixture
def chat() -> Callable[..., Chat]:
    """A maker of conversations."""
    return Chat
