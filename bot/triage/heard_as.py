"""Questions that the heads have not met, heard as one that they have.

The encoder and the heads learnt answers to some twenty questions. The words of another question
before an answer ("is it still burning: back of Cleggs Lane") would be read as the person's own.
A trainer who adds examples of a new question makes it one that is known: put it in KNOWN then.
"""

from __future__ import annotations

from typing import Final

KNOWN: Final = frozenset(
    (
        "safe_now", "safe_to_chat", "are_you_safe", "where_now", "injury", "weapon",
        "victim_or_witness", "contact_pref", "safe_contact", "what_happened", "when", "location",
        "suspect_description", "witnesses", "evidence", "property", "vehicle_reg",
        "hate_motivation", "contact_details", "summary", "anything_else",
    )
)  # fmt: skip
NEUTRAL: Final = "anything_else"
_LIKE: Final = {
    "when": ("noticed", "time_since", "last_contact"),
    "location": ("where_type", "borough", "premises_kind", "service", "where_third"),
    "injury": ("hurt_or_weapon", "worker_hurt", "emergency_worker", "bite", "hurt_or_unsafe"),
    "weapon": ("weapon_detail",),
    "suspect_description": (
        "suspect_known", "suspect_name", "relationship", "direction", "suspect_vehicle",
    ),
    "witnesses": ("witness_details",),
    "property": ("serials", "value", "owner", "cards", "recovered", "imei", "tracker"),
    "vehicle_reg": ("vehicle_desc", "bike_desc"),
    "hate_motivation": ("hate", "hate_words", "words_used"),
    "contact_details": (
        "contact_name", "contact_phone", "contact_email", "home_address", "dob", "anonymous",
    ),
    "safe_contact": ("contact_never",),
    "summary": ("send_now", "change_what"),
}  # fmt: skip
_HEARD: Final = {name: like for like, names in _LIKE.items() for name in names}


def heard_as(asked: str) -> str:
    """The id of a question that the heads know: `asked` itself where they do."""
    own = asked.rpartition("__")[2]  # questions of one type of report are TYPE__NAME
    return asked if asked in KNOWN else _HEARD.get(own, NEUTRAL)
