"""Which question comes next: the order of the type, without anything that is already told.

Limits (design section 8): a type that goes to a person has its first few questions only; with
danger `now` only the safety questions are asked; nobody who may be a suspect is asked about the
offence; never more than 14 in all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from bot.content import questions, types
from bot.content.model import Question
from bot.report import draft as drafts
from bot.report.draft import Draft

MOST: Final = 14
#: Asked by the gateway in the same step as the message (design decision 5).
GATEWAY: Final = ("safe_now", "safe_to_chat")
#: What may still be asked while danger is `now`, before the mandatory ones of the type itself.
SAFETY: Final = ("safe_to_chat", "where_now")
OWN_OFFENCE: Final = "own_offence_or_wanted"
#: Not asked in a protected chat or of an anonymous person.
_CONTACT: Final = (
    "contact_details",
    "contact_name",
    "contact_phone",
    "contact_email",
    "contact_pref",
)


def next_question(draft: Draft, desk: Mapping[str, Any]) -> Question | None:
    """The next question for this draft, or None when everything that may be asked is.

    `desk` is the slot of docs/seams.md section 5. None does not mean that the report may be
    sent: `ready` says that.
    """
    if str(desk.get("owner") or "bot").startswith(("operator", "closed")):
        return None
    if draft.get("reference"):
        return None
    for name in _candidates(draft, desk):
        if not known(draft, name):
            return questions.get(name)
    return None


def left(draft: Draft, desk: Mapping[str, Any]) -> int:
    """How many questions are left at most."""
    if draft.get("reference"):
        return 0
    room = min(MOST, types.limit(drafts.kind(draft))) - len(counted(draft))
    still = [name for name in _candidates(draft, desk) if not known(draft, name)]
    return max(0, min(room + 1, len(still)))


def _candidates(draft: Draft, desk: Mapping[str, Any]) -> Iterable[str]:
    kind = drafts.kind(draft)
    if desk.get("suspect") or kind == OWN_OFFENCE:
        # Danger to others is asked, nothing else (call-handling rules, own offence).
        # The gateway's "is anyone in danger?" is that question: answered once is enough.
        return () if desk.get("check_answer") else types.asked(OWN_OFFENCE)[:1]
    if desk.get("danger") == "now":
        return _safety(kind, desk)
    put = types.asked(kind)
    if len(counted(draft)) >= min(MOST, types.limit(kind)):
        return ()
    if desk.get("protected"):
        limit = types.limit("domestic_abuse")
        if len(counted(draft)) >= limit:
            return ()
        if types.get(kind).to_person != "protected":
            # A cue made the chat protected: no contact before safe contact is agreed.
            put = ("safe_to_chat", "location", "safe_contact")
        return put[:limit]
    first = types.mandatory(kind)
    return _with_follow_ups((*first, *(q for q in put if q not in first)), draft)


def _safety(kind: str, desk: Mapping[str, Any]) -> list[str]:
    found = [q for q in SAFETY if q != "safe_to_chat" or desk.get("protected")]
    made = types.get(kind)
    if made.family == "emergency" or made.incident_type == "missing_person":
        found += [q for q in types.mandatory(kind) if q != "location" and q not in found]
    return found


def _with_follow_ups(put: tuple[str, ...], draft: Draft) -> list[str]:
    """The questions of the type, mandatory ones first (so that "send it now" can be offered early);
    a name without a number or e-mail asks for the number."""
    ordered: list[str] = []
    for name in put:
        ordered.append(name)
        if name != "contact_details" or known(draft, "contact_details"):
            continue
        if drafts.value(draft, "contact_name"):
            ordered[-1] = "contact_phone"
    return ordered


def counted(draft: Mapping[str, Any]) -> list[str]:
    """The questions that were put and count against a limit (those of the gateway do not)."""
    return [q for q in draft["asked"] if q not in drafts.STEERING]


def known(draft: Draft, question: str) -> bool:
    """Whether `question` needs no asking: told, answered, skipped, or ruled out."""
    if question in draft["skipped"]:
        return True
    if question in draft["details"]:
        return not _too_vague(draft, question)
    if question in _CONTACT:
        asked = any(
            n in draft["details"] or n in draft["skipped"]
            for n in ("contact_details", "contact_phone")
        )
        anonymous = drafts.value(draft, "anonymous") is True
        return anonymous or asked or "contact_email" in draft["details"]
    if question == "what_happened":
        return drafts.told_enough(draft)
    others = {"where_now": ("location",), "anonymous": drafts.IDENTITY}
    if question in others:
        return any(name in draft["details"] for name in others[question])
    return any(name in draft["details"] for name in drafts.fills(question) if name != question)


def _too_vague(draft: Draft, question: str) -> bool:
    """Whether a place says only what sort it is ("my garden") and has not been asked for yet."""
    if question != "location" or question in draft["asked"]:
        return False
    held = drafts.value(draft, "location")
    return isinstance(held, dict) and held.get("precision") == "vague"


def missing(draft: Draft) -> list[str]:
    """The mandatory questions of the type that are still open."""
    return [q for q in types.mandatory(drafts.kind(draft)) if not known(draft, q)]


def ready(draft: Draft) -> bool:
    """Whether every mandatory question has been answered or skipped: it may be sent."""
    return not missing(draft)


def may_offer_send(draft: Draft, desk: Mapping[str, Any]) -> bool:
    """Whether "send it now" goes beside the next question: mandatory ones done, not yet offered.

    Never in a chat that a person takes, and never while danger is open.
    """
    if desk.get("protected") or desk.get("danger") == "now" or desk.get("suspect"):
        return False
    if types.goes_to_person(drafts.kind(draft)):
        return False
    return ready(draft) and drafts.is_open(draft) and not draft["sent_now_offered"]
