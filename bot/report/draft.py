"""The draft of a report: a plain JSON-able dict with the shape of docs/seams.md section 5."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any, Final

from bot.content import questions, types

Draft = dict[str, Any]
#: What a detail may hold: anything that JSON can say.
Value = Any

#: The details of the public contract; any other question id may stand beside them.
CONTRACT: Final = (
    "incident_type",
    "location",
    "when",
    "suspect_description",
    "injury",
    "weapon",
    "vehicle_reg",
    "property",
    "witnesses",
    "evidence",
    "victim_or_witness",
    "contact_name",
    "contact_phone",
    "contact_email",
    "anonymous",
    "safe_contact",
    "hate_motivation",
)
IDENTITY: Final = ("contact_name", "contact_phone", "contact_email")
NONE: Final = "none"  # the person says that there is none
UNKNOWN: Final = "unknown"  # the person does not know
#: Question ids that ask about the conversation, not about what happened.
STEERING: Final = ("summary", "send_now", "anything_else", "change_what")


#: Words that name a kind of report and tell nothing of it.
_LABEL = frozenset((
    "report", "burglary", "theft", "crime", "a", "an", "the", "i", "i'd", "id", "want", "to",
    "would", "like", "need", "can", "please", "hi", "hello", "my", "some", "something",
    "make", "wanna", "about", "robbery", "damage", "stolen", "bike", "car", "phone", "hate",
    "criminal", "antisocial", "behaviour", "asb", "drugs", "drug", "dealing", "information",
    "give", "you", "do", "how", "am", "looking", "wish", "im", "i'm", "hiya", "incident",
    "shop", "shoplifting", "on", "good", "morning", "afternoon", "evening", "been", "have",
    "has", "anonymously", "anonymous", "us", "pass",
))  # fmt: skip


def new(reference_next: str) -> Draft:
    """An empty draft; `reference_next` is the reference that it gets if it is sent."""
    return {
        "stage": "idle",
        "route": None,
        "type": None,
        "incident_type": None,
        "mode": None,
        "details": {},
        "asked": [],
        "skipped": [],
        "asking": None,
        "reasked": 0,
        "cannot_handle": 0,
        "account": [],
        "reference_next": reference_next,
        "reference": None,
        "filed_at": None,
        "answered": [],
        "borough": None,
        "sent_now_offered": False,
        "consent": {},
    }


def copied(draft: Mapping[str, Any]) -> Draft:
    """A deep copy in which every key of the shape stands."""
    made = new(str(draft.get("reference_next") or ""))
    made.update(copy.deepcopy(dict(draft)))
    return made


def started_again(draft: Mapping[str, Any]) -> Draft:
    """A fresh draft for "start again": the account is kept (what was written stays a record)."""
    made = new(str(draft.get("reference_next") or ""))
    for kept in ("account", "answered", "borough"):
        made[kept] = copy.deepcopy(draft.get(kept) or made[kept])
    return made


def put(  # noqa: PLR0917 - the four fields of a detail stand in its own order
    draft: Draft, name: str, said: str, value: Value, source: str, seq: int
) -> None:
    """Write one detail. A detail that a handler set is never overwritten by the machine."""
    held = draft["details"].get(name)
    if held and held.get("source") == "operator" and source != "operator":
        return
    draft["details"][name] = {"said": said.strip(), "value": value, "source": source, "seq": seq}
    if name in draft["skipped"]:
        draft["skipped"].remove(name)


def value(draft: Mapping[str, Any], name: str) -> Value:
    """The value of a detail, or None when it is not held."""
    held = draft["details"].get(name)
    return held["value"] if held else None


def fills(question: str) -> tuple[str, ...]:
    """The details that an answer to `question` fills, itself first when it is one."""
    if not questions.exists(question):
        return (question,)
    named = questions.get(question).fills
    return named or (question,)


def kind(draft: Mapping[str, Any]) -> str:
    """The type id of the draft, or `other_report` while it is not known."""
    found = draft.get("type")
    return str(found) if found and types.exists(str(found)) else "other_report"


def is_open(draft: Mapping[str, Any]) -> bool:
    """True while a report has been begun and not filed."""
    return draft.get("stage") in ("report", "summary") and not draft.get("reference")


def told_enough(draft: Mapping[str, Any]) -> bool:
    """True when the account says what happened, not only what sort of report it is."""
    return any(is_account(str(entry["text"])) for entry in draft.get("account", []))


def is_account(text: str) -> bool:
    """Whether `text` tells something that happened ("I want to report a burglary" does not)."""
    words = text.lower().split()
    if len(words) < 4:
        return False
    return sum(word.strip(".,!?") not in _LABEL for word in words) >= 2
