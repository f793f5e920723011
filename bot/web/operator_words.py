"""What the desk says to a person when a call handler comes or goes, and our words for codes."""

from __future__ import annotations

from typing import Any, Final

from bot.content import questions, safety, types
from bot.desk import State

#: Closing codes in words (the codes themselves are `bot.desk.names.CLOSING_CODES`).
CODES: Final = {
    "999_advised_and_handed": "999 advised and handed over",
    "emergency_created": "Emergency incident created",
    "crime_recorded": "Crime recorded",
    "incident_recorded": "Incident recorded",
    "intelligence_submitted": "Intelligence submitted",
    "advice_given": "Advice given",
    "signposted_agency": "Signposted to an agency (say which)",
    "report_fraud_signposted": "Signposted to Report Fraud",
    "appointment_made": "Appointment made",
    "telephone_resolution": "Resolved by telephone",
    "case_update_given": "Case update given",
    "complaint_recorded": "Complaint recorded",
    "praise_recorded": "Praise recorded",
    "safeguarding_referral": "Safeguarding referral",
    "victim_service_referral": "Victim service referral",
    "duplicate_of": "Duplicate (say of which)",
    "out_of_force_area": "Outside the force area",
    "lost_contact_risk_open": "Lost contact, risk open",
    "lost_contact_no_risk": "Lost contact, no risk",
    "abusive_closed_by_person": "Abusive, closed by a person",
    "hoax_suspected_closed_by_person": "Hoax suspected, closed by a person",
    "test": "Test",
    "declined_to_continue": "Declined to continue",
}

#: Cues in words.
CUES: Final = {
    "child": "child at risk",
    "child_writer": "a child is writing",
    "elderly": "older person",
    "disability": "disability",
    "deaf": "deaf or cannot use a phone",
    "observed": "someone may be watching",
    "mental_health": "mental health",
    "suicide": "suicide",
    "self_harm": "self-harm",
    "domestic_abuse": "domestic abuse",
    "stalking": "stalking",
    "sexual_offence": "sexual offence",
    "exploitation": "exploitation",
    "hate": "hate",
    "weapon": "weapon",
    "injury": "injury",
    "medical": "medical",
    "fire": "fire",
    "water": "water",
    "missing": "missing person",
    "in_progress": "happening now",
    "suspect_present": "suspect is there",
    "threat": "threat",
    "repeat_victim": "happened before",
    "alone": "alone",
    "pregnant": "pregnant",
    "drugs_alcohol": "drugs or alcohol",
    "cannot_speak": "cannot speak",
    "language": "another language",
}

#: Routes in words.
ROUTES: Final = {
    "emergency": "Emergency",
    "crime_report": "Crime report",
    "advice": "Advice",
    "other_agency": "Another agency",
    "human": "Wants a person",
    "social": "Small talk",
    "out_of_scope": "Not for us",
}

_RANKS: Final = {
    "now": "Danger now",
    "lost_contact": "Lost contact after danger",
    "check": "Check not answered",
    "protected": "Protected",
    "check_no": "Check answered no",
    "waiting": "Waiting",
}

_LABELS: Final = {
    "incident_type": "Kind of incident",
    "location": "Where",
    "when": "When",
    "what_happened": "What happened",
    "suspect_description": "Who did it",
    "injury": "Hurt",
    "weapon": "Weapon",
    "weapon_detail": "Weapon, more",
    "vehicle_reg": "Vehicle registration",
    "property": "Property",
    "witnesses": "Witnesses",
    "evidence": "Evidence",
    "victim_or_witness": "Victim or witness",
    "contact_name": "Name",
    "contact_phone": "Phone",
    "contact_email": "Email",
    "contact_details": "Contact details",
    "contact_pref": "Contact wishes",
    "contact_never": "Never contact by",
    "anonymous": "Anonymous",
    "safe_contact": "Safe contact",
    "hate_motivation": "Hate, in their words",
    "children_present": "Children there",
    "access_needs": "Access needs",
    "home_address": "Home address",
    "dob": "Date of birth",
    "safe_now": "Safe now",
    "safe_to_chat": "Safe to type",
    "where_now": "Where now",
}


def rank_words(rank: str) -> str:
    """A step of the queue in words."""
    return _RANKS.get(rank, rank)


def route_label(route: str | None) -> str:
    """A route in words."""
    return ROUTES.get(route or "", "Not known yet")


def type_label(type_id: str | None) -> str:
    """The label of a type, or plain words while it is not known."""
    if not type_id or not types.exists(type_id):
        return "Not known yet"
    return types.get(type_id).label


def detail_label(name: str) -> str:
    """A short label for a detail or a question."""
    return _LABELS.get(name) or name.rsplit("__", maxsplit=1)[-1].replace("_", " ").capitalize()


def question_text(question: str) -> str:
    """The words of a question, or its label when content has none."""
    return questions.get(question).text if questions.exists(question) else detail_label(question)


def line(says: str, state: State, on_duty: bool, **values: str) -> list[dict[str, Any]]:
    """The one line to the person for a change of handler; nothing when it is not safe to type
    (call-handling.md section 14: then no machine word at all)."""
    if state.silenced:
        return []
    chosen = safety.variant(
        says, deaf=state.deaf, protected=state.protected, child=state.child, on_duty=on_duty
    )
    return [
        {
            "type": "status",
            "sender": "system",
            "text": safety.text(chosen, **values),
            "says": chosen,
            "lang": "en",
        }
    ]
