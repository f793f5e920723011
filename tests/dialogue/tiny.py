"""A very small bot for the tests: trained once, its actions answered in this process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import TrackerStore
from rasa.utils.endpoints import EndpointConfig

from bot.dialogue.intent import parse_data
from bot.dialogue.replies import Collector, Line
from bot.dialogue.tracker import TURN, Staged

FOLDER = Path(__file__).parent / "bot"


def train(out: Path) -> Path:
    """Train the small bot into `out`; the path of the archive."""
    from rasa.api import train as rasa_train

    result = rasa_train(
        domain=str(FOLDER / "domain.yml"),
        config=str(FOLDER / "config.yml"),
        training_files=[str(FOLDER / "rules.yml"), str(FOLDER / "nlu.yml")],
        output=str(out),
        force_training=True,
        fixed_model_name="tiny",
    )
    assert result.model is not None
    return Path(result.model)


class Actions(EndpointConfig):
    """Answers Rasa's action calls without a server; keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:9/webhook", enable_selective_domain=True)
        self.calls: list[dict[str, Any]] = []
        self.crashes = 0

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """The response of `rasa run actions` for the actions of the small bot."""
        call = kwargs["json"]
        self.calls.append(call)
        name, slots = call["next_action"], call["tracker"]["slots"]
        if name == "action_crash":
            self.crashes += 1
            raise RuntimeError("a marker of a person's words")
        if name == "action_pause":
            return {"events": [{"event": "pause"}], "responses": [{"text": "Paused."}]}
        if name == "action_silent":
            return {"events": [], "responses": [{"custom": {"silent": True}}]}
        draft = dict(slots["draft"] or {})
        text, desk = call["tracker"]["latest_message"]["text"], slots["desk"] or {}
        draft["account"] = [*draft.get("account", []), {"seq": desk.get("seq"), "text": text}]
        if text == "queue me":
            draft["wants"] = {"queue": {"why": "asked for a person", "level": "person"}}
        if text == "ask me":
            draft["asking"] = "location"
            return {
                "events": [{"event": "slot", "name": "draft", "value": draft}],
                "responses": [{"text": "Where was it?", "custom": {"says": "ask_location"}}],
            }
        line = {
            "text": f"Noted {len(draft['account'])}.",
            "custom": {"says": "noted", "lang": "en", "exempt": ["1"]},
        }
        return {
            "events": [{"event": "slot", "name": "draft", "value": draft, "timestamp": None}],
            "responses": [line],
        }


def load(model: Path, store: TrackerStore | None = None) -> Agent:
    """The small bot's agent over `store` (Rasa's own in-memory store by default)."""
    return Agent.load(model, tracker_store=store, action_endpoint=Actions())


def reading(route: str, act: str | None = None) -> dict[str, Any]:
    """A reading as the gateway stores it."""
    return {
        "act": act,
        "route": route,
        "route_scores": {route: 0.9},
        "type": None,
        "type_scores": [],
        "danger": "none",
        "danger_score": 0.0,
        "cues": [],
        "language": "en",
        "confidence": 0.9,
        "model": "test",
        "failed": False,
    }


async def say(agent: Agent, conversation: str, intent: str, text: str = "words") -> list[Line]:
    """One message with a given intent, straight to Rasa's processor; the lines it answers."""
    assert agent.processor is not None and agent.domain is not None
    out = Collector("en")
    data = parse_data(text, reading(intent), None, agent.domain.intents)
    await agent.processor.handle_message(UserMessage(text, out, conversation, parse_data=data))
    return out.lines


async def staged_turn(
    agent: Agent,
    blob: str | None,
    conversation: str,
    intent: str,
    text: str = "words",
    draft: dict[str, Any] | None = None,
) -> tuple[str, list[Line], Staged]:
    """As `say`, in a turn of its own: a fresh Staged from `blob`, and the next blob."""
    staged = Staged.from_blob(conversation, blob)
    staged.slots = {"draft": draft}
    token = TURN.set(staged)
    try:
        lines = await say(agent, conversation, intent, text)
    finally:
        TURN.reset(token)
    return staged.to_blob(), lines, staged
