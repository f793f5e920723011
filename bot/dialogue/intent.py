"""From a reading to the one intent that Rasa hears. Does not import Rasa.

Rasa knows the seven routes and the dialogue acts as intents (docs/seams.md section 1). The
reading itself travels beside the intent, so actions never have to guess from the name.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

#: Acts that name a kind of content: the route says more, so the route is the intent.
ROUTED_ACTS = frozenset({"question", "danger", "human"})
#: A reading that is missing (an old event) is treated as one that failed.
NO_READING: dict[str, Any] = {"act": None, "route": "out_of_scope", "confidence": 0.0}


def payload_parts(payload: str | None) -> tuple[str, dict[str, Any]] | None:
    """Split a stored button payload `/name{json}` into name and values; None when it is none.

    The gateway has checked that the payload was offered before it stored it.
    """
    if not payload or not payload.startswith("/"):
        return None
    name, brace, rest = payload[1:].partition("{")
    if not name:
        return None
    try:
        values = json.loads(brace + rest) if brace else {}
    except ValueError:
        values = {}
    return name, values if isinstance(values, dict) else {}


def intent_name(
    reading: Mapping[str, Any], payload: str | None = None, known: Collection[str] = ()
) -> str:
    """The intent for Rasa: a button's own intent if the domain has it, else act or route."""
    button = payload_parts(payload)
    if button is not None and button[0] in known:
        return button[0]
    own = reading.get("intent")
    if own in known and reading.get("danger", "none") == "none":
        return str(own)
    act, route = reading.get("act"), str(reading.get("route") or "out_of_scope")
    # An answer that holds an emergency is an emergency, whatever was asked; and whoever asks
    # for a person gets the intent `human` even where the route is read as something else.
    if act in ("answer", "human") and route == "emergency":
        return route
    if not act or act in ROUTED_ACTS:
        return "human" if act == "human" else route
    return str(act)


def parse_data(
    text: str, reading: Mapping[str, Any] | None, payload: str | None, known: Collection[str]
) -> dict[str, Any]:
    """What Rasa takes instead of running its NLU: intent, ranking, reading, payload.

    Typed text that begins with a slash is ordinary text here: only Rasa's NLU would execute
    it, and NLU does not run when this is given.
    """
    read = reading or NO_READING
    name = intent_name(read, payload, known)
    button = payload_parts(payload)
    intent = {"name": name, "confidence": float(read.get("confidence") or 0.0)}
    return {
        "text": text,
        "intent": intent,
        "intent_ranking": [intent],
        "entities": [],
        "reading": dict(read),
        "payload": {"name": button[0], "values": button[1]} if button else None,
    }
