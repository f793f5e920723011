"""The shared ground of all actions: what a turn knows, how it says things, what it gives back."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import asides, asked
from bot.content import safety
from bot.content.model import Asked, Question
from bot.report import draft as drafts
from bot.report import fill, reference
from bot.report.draft import UNKNOWN
from bot.triage.reading import ACTS, ROUTES, Reading

Button = dict[str, str]
#: Causes for a place in the line, gravest first.
_LEVELS = ("danger", "protected", "type", "cannot_handle", "person")
#: Types in which the gateway asks about self-harm instead of danger.
_OWN_LIFE = ("mental_health_crisis", "emg_suicide_self_harm")
#: Buttons of the two safety questions: the gateway knows these payloads too.
_SAFE_PAYLOADS = {"yes": "/safe_yes", "no": "/safe_no", "not_sure": "/safe_unsure"}


class Turn:
    """One message being handled: what is known before it, and what is said after it."""

    def __init__(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        self.out = dispatcher
        message = tracker.latest_message or {}
        self.text = str(message.get("text") or "")
        self.desk: dict[str, Any] = tracker.get_slot("desk") or {}
        held = tracker.get_slot("draft")
        self.draft = drafts.copied(held) if held else drafts.new(_fresh_reference())
        self.payload: dict[str, Any] = message.get("payload") or {}
        self.reading = _reading(message, self.payload)
        self.asked: str | None = self.draft["asking"]
        self.seq = int(self.desk.get("seq") or len(tracker.events or []))
        self.now = str(self.desk.get("now") or datetime.now(timezone.utc).isoformat())
        self.said = False
        #: The questions of `asked.yml` that the message asks back, looked for once.
        self.asks: list[Asked] | None = None
        #: What the message asks back has been answered, before the action.
        self.answered = False

    @property
    def act(self) -> str | None:
        """What the message does, by button or by reading."""
        return self.reading.act

    @property
    def on_duty(self) -> bool:
        """Whether somebody is here to take a chat; without a desk (rasa shell) nobody is."""
        return bool(self.desk.get("on_duty"))

    @property
    def danger(self) -> str:
        """none, check or now."""
        return str(self.desk.get("danger") or "none")

    @property
    def deaf(self) -> bool:
        """No words of calling for this person."""
        return bool(self.desk.get("deaf"))

    @property
    def guarded(self) -> bool:
        """Something is open that rules out thanks, goodbyes and offers."""
        return self.danger != "none" or bool(self.desk.get("protected"))

    @property
    def spoken_for(self) -> bool:
        """The gateway has the word: its own question is open, or somebody is in danger now."""
        return bool(self.desk.get("safety_asked")) or self.danger == "now"

    @property
    def calm_words(self) -> bool:
        """Typed words that show no danger and take nothing back: the safety step is silent."""
        alone = self.act == "retract" or self.desk.get("retraction") or self.desk.get("silenced")
        return not alone and not self.payload and self.reading.danger == "none"

    @property
    def owned(self) -> bool:
        """A handler has the chat, or it is closed: the bot listens and says nothing."""
        return str(self.desk.get("owner") or "bot").startswith(("operator", "closed"))

    def fill(self) -> None:
        """Read the message for every detail that it holds, and notice what the gateway asked."""
        self.draft = fill.fill(self.draft, self.reading, self.text, self.asked, self.seq, self.now)
        self._answers_of_gateway()

    def _answers_of_gateway(self) -> None:
        """The gateway asks and reads the safety questions; the report keeps their answers."""
        answer = self.desk.get("check_answer")
        if answer and self.draft["details"].get("safe_now", {}).get("value") != answer:
            drafts.put(self.draft, "safe_now", self.text, answer, "said", self.seq)
            if drafts.kind(self.draft) in _OWN_LIFE:
                # There the gateway's question was "Have you hurt yourself?": not asked again.
                drafts.put(self.draft, "self_hurt_now", self.text, answer, "said", self.seq)
        if self.draft.get("safety_open") and not self.desk.get("safety_asked"):
            self._closed_by_gateway()
        self.draft["safety_open"] = bool(self.desk.get("safety_asked"))
        if self.desk.get("safety_asked"):
            self.draft["asking"] = None  # the gateway's question is the open one now

    def _closed_by_gateway(self) -> None:
        """The gateway has put its question, twice where it was not understood, and is done with
        it: nobody is asked it again by the bot."""
        details = self.draft["details"]
        if self.desk.get("protected") and "safe_to_chat" not in details:
            answer = "yes" if self.act == "yes" else UNKNOWN
            drafts.put(self.draft, "safe_to_chat", self.text, answer, "said", self.seq)
        nothing = self.act in ("yes", "no", "dont_know", "skip")
        if self.danger == "now" and nothing and not {"where_now", "location"} & details.keys():
            drafts.put(self.draft, "where_now", self.text, UNKNOWN, "said", self.seq)

    def say(
        self,
        response: str,
        buttons: Sequence[Button] = (),
        exempt: Sequence[str] = (),
        **values: str,
    ) -> None:
        """Say a response of `domain.yml`; `values` fill it, `exempt` pass the number guard."""
        custom = _custom(response, exempt)
        self.out.utter_message(
            response=response, buttons=list(buttons), json_message=custom, **values
        )
        self.said = True

    def line(
        self,
        says: str,
        text: str,
        buttons: Sequence[Button] = (),
        exempt: Sequence[str] = (),
        kind: str = "message",
    ) -> None:
        """Say a text from the content; `says` is its id there."""
        self.out.utter_message(
            text=text, buttons=list(buttons), json_message=_custom(says, exempt, kind)
        )
        self.said = True

    def safety(self, says: str, buttons: Sequence[Button] = ()) -> None:
        """Say a safety sentence in the version for this person."""
        chosen = safety.variant(
            says,
            deaf=self.deaf,
            protected=bool(self.desk.get("protected")),
            child=bool(self.desk.get("child")),
            on_duty=self.on_duty,
        )
        self.line(chosen, safety.text(chosen), buttons)

    def ask(self, question: Question, *, again: bool = False, offer_send: bool = False) -> None:
        """Ask a question of the content with its buttons and remember that it is open.

        What is still open from the turn before is asked in its second wording.
        """
        if offer_send:
            self.say("utter_enough_to_send")
            self.draft["sent_now_offered"] = True
        self.line(
            f"ask_{question.id}",
            question.again if again or question.id == self.asked else question.text,
            question_buttons(question, offer_send),
        )
        self.draft["asking"] = question.id
        if question.id not in self.draft["asked"]:
            self.draft["asked"].append(question.id)

    def want_queue(self, why: str, level: str) -> None:
        """Ask the desk for a place in its line (docs/seams.md 6); the gravest cause stays."""
        held = self.draft.get("wants", {}).get("queue")
        if held and _LEVELS.index(held["level"]) <= _LEVELS.index(level):
            return
        self.draft["wants"] = {**self.draft.get("wants", {}), "queue": {"why": why, "level": level}}

    def leave_no_silence(self) -> None:
        """In danger nobody is left without an answer: neither gateway nor bot has said a word."""
        if self.said or self.danger != "now" or self.desk.get("safety_said", True):
            return
        self.say("utter_in_chat")
        if not self.draft.get("told_in_chat") and self.desk.get("told_999") != "says_rang":
            self.safety("line_999")
        self.draft["told_in_chat"] = True

    def handled(self) -> None:
        """The message was understood: the count of failures starts again."""
        self.draft["cannot_handle"] = 0

    def silent(self) -> None:
        """Mark the turn as one that says nothing on purpose."""
        self.out.utter_message(json_message={"silent": True})

    def events(self) -> list[EventType]:
        """The slots that every action gives back; a turn without words is marked silent."""
        if not self.said:
            self.silent()
        return [SlotSet("draft", self.draft), SlotSet("stage", self.draft["stage"])]


class DeskAction(Action):
    """An action of the desk: subclasses give `name` and `act`."""

    action_name = ""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return self.action_name

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Handle one message. With a handler in the chat the bot fills in and says nothing."""
        turn = Turn(dispatcher, tracker)
        if turn.owned:
            turn.fill()
        elif not asides.handled(turn) and not asked.beside(turn):
            self.act(turn)
        if not turn.owned:
            turn.leave_no_silence()
        return turn.events()

    def act(self, turn: Turn) -> None:
        """Do what the action is for."""
        raise NotImplementedError


def question_buttons(question: Question, offer_send: bool = False) -> list[Button]:
    """The buttons of a question; "Skip" where it may be skipped, "Send it now" where offered."""
    buttons: list[Button] = []
    for choice in question.choices:
        buttons.append({"title": choice.title, "payload": _payload(question.id, choice.value)})
    if question.skippable and question.id not in drafts.STEERING:
        buttons.append({"title": "Skip", "payload": "/skip"})
    if offer_send:
        buttons.append({"title": "Send it now", "payload": "/confirm_send"})
    return buttons


def _payload(question: str, value: str | bool) -> str:
    if question in ("safe_now", "safe_to_chat"):
        return _SAFE_PAYLOADS[str(value)]
    if question == "summary":
        return "/confirm_send" if value == "yes" else "/correct"
    if question == "anything_else":
        return "/nothing_else" if value == "nothing_else" else "/add_more"
    if value in ("yes", "no") and isinstance(value, str):
        return f"/{value}"
    return "/answer" + json.dumps({"value": value})


def _custom(says: str, exempt: Sequence[str], kind: str = "message") -> dict[str, Any]:
    return {"says": says, "lang": "en", "type": kind, "exempt": list(exempt)}


def _fresh_reference() -> str:
    return reference.candidate(secrets.token_bytes(16))


def _reading(message: dict[str, Any], payload: dict[str, Any]) -> Reading:
    """The reading that came with the message; without one (rasa shell) the intent stands in."""
    intent = str((message.get("intent") or {}).get("name") or "out_of_scope")
    given = message.get("reading")
    if given and "route" in given and "model" in given:
        reading = Reading.from_json(given)
    else:
        route = intent if intent in ROUTES else "crime_report"
        reading = Reading(None, route, {}, None, [], "none", 0.0, (), "en", 0.0, "none")
    pressed = _ACT_OF_BUTTON.get(str(payload.get("name") or ""), str(payload.get("name") or ""))
    act = pressed if pressed in ACTS else reading.act
    if act is None and intent in ACTS and intent not in ("human",):
        act = intent
    return Reading(**{**{f: getattr(reading, f) for f in reading.__dataclass_fields__}, "act": act})


_ACT_OF_BUTTON = {"safe_yes": "yes", "safe_no": "no", "safe_unsure": "dont_know"}
