"""Load what a first turn would otherwise wait for (the language model: 3 s on a busy machine).

`livechat up` calls this action before it says that the actions are ready; no rule uses it.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from bot.content import loader
from bot.report import draft as drafts
from bot.report import fill
from bot.triage.reading import Reading

#: Holds a name, a place, a time and things, so that every extractor runs once.
SAMPLE = "I'm Sam Patel, my bike and laptop were taken from Slade Lane last night 07700 900123"


class ActionWarmUp(Action):
    """Fills a draft that nobody keeps."""

    def name(self) -> str:
        """Not in the domain: called by the supervisor alone."""
        return "action_warm_up"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Gives no event and says nothing."""
        loader.load()
        reading = Reading(
            act="answer", route="crime_report", route_scores={}, type=None, type_scores=[],
            danger="none", danger_score=0.0, cues=(), language="en", confidence=0.0, model="",
        )  # fmt: skip
        now = datetime.now(timezone.utc)
        fill.fill(drafts.new(""), reading, SAMPLE, "contact_details", 1, now)
        return []
