"""What a message tells of the person, latched: deaf, a child, a possible suspect, protected.

None of it is ever taken back. An answer in the middle of a chat has to be surer of a type than
an account: the type head learnt from first messages.
"""

from __future__ import annotations

from typing import Final

from bot.triage import safety_words as said
from bot.triage.reading import Reading, worse
from bot.triage.safety_work import Work

WATCHED_CUES: Final = frozenset(["observed", "cannot_speak"])
PROTECTING_CUES: Final = frozenset(["domestic_abuse", "stalking", "sexual_offence", "exploitation"])
# Types of the taxonomy with `protected: true`; a test compares them with the content.
PROTECTED_TYPES: Final = frozenset(
    [
        "emg_da_in_progress",
        "emg_sexual_offence_now",
        "emg_kidnap_held",
        "emg_cannot_speak",
        "threats_kill",
        "county_lines_cuckooing",
        "domestic_abuse",
        "coercive_control",
        "breach_order",
        "stalking",
        "sexual_offence_recent",
        "sexual_offence_non_recent",
        "indecent_exposure_voyeurism",
        "spiking",
        "intimate_images",
        "online_grooming_cse",
        "child_neglect",
        "fgm",
        "forced_marriage_honour",
        "modern_slavery",
        "blackmail",
        "adult_abuse",
        "witness_intimidation",
        "withdraw_report",
    ]
)
SUSPECT_TYPES: Final = frozenset({"own_offence_or_wanted"})
SENSITIVE_TYPES: Final = PROTECTED_TYPES | SUSPECT_TYPES
SURE_OF_TYPE: Final = 0.4  # under it a guessed type starts no protected mode by itself
SURE_IN_ANSWER: Final = 0.8
# A bare answer has no type, whatever the head says of it.
_BARE: Final = frozenset(
    [
        "yes",
        "no",
        "dont_know",
        "skip",
        "why",
        "repeat",
        "thanks",
        "nothing_else",
        "confirm_send",
        "start_again",
    ]
)


def latch(work: Work) -> None:
    """Set the flags that this message calls for; whoever may be a suspect is asked of danger."""
    cues, type_ = work.cues, sure_type(work.reading)
    by_rule = {cue.name for cue in work.reading.cues if cue.source == "rule"}
    if "deaf" in by_rule or ("deaf" in cues and not said.about_another(work.text)):
        work.set("deaf", 1)
    if "child_writer" in cues:
        work.set("child", 1)
    if work.suicidal:
        work.set("suicide", 1)
    # The type head hears "kill" alike: whoever writes of their own life is no suspect by it.
    suspect = (type_ in SUSPECT_TYPES and not work.suicidal) or said.own_offence(work.text)
    if suspect:
        work.set("suspect", 1)
        # Danger to others, then to the writer, is asked before anything else (section 17).
        work.danger = worse(work.danger, "check")
    if work.reading.language and work.reading.language != "en":
        work.set("language", work.reading.language)
    if cues & WATCHED_CUES or (
        not work.now("suspect") and (cues & PROTECTING_CUES or type_ in PROTECTED_TYPES)
    ):
        work.set("protected", 1)


def sure_type(reading: Reading) -> str | None:
    """The type, where the head is sure enough of it for where the message stands."""
    if not reading.type or not reading.type_scores or reading.act in _BARE:
        return None
    least = SURE_OF_TYPE if reading.act is None else SURE_IN_ANSWER
    return reading.type if reading.type_scores[0][1] >= least else None
