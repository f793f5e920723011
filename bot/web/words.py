"""What the gateway itself says: the texts are content, only the choice is here."""

from __future__ import annotations

from typing import Any

from bot.content import safety as content
from bot.desk import State
from bot.triage import safety
from bot.triage.safety_work import yes_no

Line = dict[str, Any]

# Asks nothing and hurries nobody. Never sent in protected mode (call-handling section 14).
_NUDGE = "Your chat is still open. You can carry on when you are ready."


def line_of(line: safety.SafetyLine) -> Line:
    """A safety line as the desk appends it (docs/seams.md, section 3)."""
    return {
        "type": "safety",
        "sender": "bot",
        "text": content.again(line.says)
        if line.again
        else content.text(line.says, line.lang, **line.values),
        "says": line.says,
        "lang": line.lang,
        "buttons": [{"title": b.title, "payload": b.payload} for b in line.buttons],
    }


def nudge() -> Line:
    """One quiet line after five minutes of silence."""
    return {
        "type": "status",
        "sender": "bot",
        "text": _NUDGE,
        "says": "nudge",
        "lang": "en",
        "buttons": [],
        "attachments": [],
        "audience": "all",
    }


def occasion(name: str, state: State, on_duty: bool) -> list[Line]:
    """What is said when the clock moves a conversation: gone, hold_over, check_wait,
    dialogue_silent. Nothing when it is not safe to type."""
    if state.silenced:
        return []
    if name == "check_wait":
        return _silence_after_risk(state)
    says = {
        "gone": "handler_gone",
        "hold_over": "handler_gone",
        "dialogue_silent": "automatic_down",
    }[name]
    found = content.variant(
        says, deaf=state.deaf, protected=state.protected, child=state.child, on_duty=on_duty
    )
    return [_said(found, "status", "system")]


def _silence_after_risk(state: State) -> list[Line]:
    """No answer to the check question (call-handling section 7): the 55 text once, and the same
    question again. The same, because a yes or a no is read against it. Protected: nothing."""
    if state.protected:
        return []
    question = "self_hurt_now" if state.suicide else "ask_safe_now"
    again = _said(question, "safety", "bot")
    again["text"] = content.again(question)
    again["buttons"] = [{"title": b.title, "payload": b.payload} for b in yes_no()]
    return [again] if state.deaf else [_said("fixed_55", "safety", "bot"), again]


def _said(says: str, kind: str, sender: str) -> Line:
    return {"type": kind, "sender": sender, "text": content.text(says), "says": says, "lang": "en"}
