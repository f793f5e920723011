"""The safety protocol: what is said about danger, as a pure function of state and message.

Source: call-handling rules 13 to 17, 19 and 20. It runs in the gateway, in the step that
stores the message, so it works with everything behind the gateway dead. It may raise
danger and never lowers it.
"""

from __future__ import annotations

import json
from typing import Final

from bot.content import safety as content
from bot.triage import safety_words as said
from bot.triage.reading import Reading, worse
from bot.triage.safety_shapes import Button, SafetyLine, SafetyStep, State
from bot.triage.safety_work import Work, share, ways, yes_no

__all__ = ["Button", "SafetyLine", "SafetyStep", "State", "step"]

# A danger cue not held when 999 was last told in full is *new* danger (section 15).
DANGER_CUES: Final = frozenset(
    [
        "weapon",
        "injury",
        "medical",
        "fire",
        "water",
        "missing",
        "in_progress",
        "suspect_present",
        "suicide",
        "self_harm",
        "cannot_speak",
    ]
)
PROTECTING_CUES: Final = frozenset(
    ["observed", "cannot_speak", "domestic_abuse", "stalking", "sexual_offence", "exploitation"]
)
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
SURE_OF_TYPE: Final = 0.4  # under it a guessed type starts no protected mode by itself

SAFE_NOW, SAFE_TO_CHAT, WHERE_NOW = "safe_now", "safe_to_chat", "where_now"

_ANSWERS: Final = {"/safe_yes": "yes", "/safe_no": "no", "/safe_unsure": "dont_know"}


def step(
    state: State, reading: Reading, text: str, payload: str | None, on_duty: bool
) -> SafetyStep:
    """What the desk says at once about safety, and what it stores.

    `payload` is that of a button which was offered, or None. Never raises danger for a
    button alone, never lowers it for anything.
    """
    work = Work(state, reading, text, on_duty)
    work.danger = reading.danger
    _flags(work)
    act = _act(work, payload)
    if state.silenced:
        # Somebody may be reading: whatever comes, the machine stays quiet (section 14).
        _note_999(work, payload)
        work.silence = True
        return _done(work, quiet=True)
    if state.peak == "now" and act in ("retract", "cancel") and not payload:
        work.say("retraction_ack")
        work.silence = True
        return _done(work)
    if _note_999(work, payload):
        return _done(work)
    if payload and payload.startswith("/location"):
        _location(work, payload)
        return _done(work)
    if _answered(work, act):
        return _done(work)
    _speak_of_danger(work)
    if not work.lines and said.wants_to_share(text):
        work.ask(WHERE_NOW, "ask_where_now", share())
    return _done(work)


def _done(work: Work, quiet: bool = False) -> SafetyStep:
    if work.handled:
        work.silence = True
        work.lines = [line for line in work.lines if not line.says.startswith(("ask_", "self_"))]
        for name in ("asking", "safety_asking"):
            if work.changes.get(name):
                del work.changes[name]
    lines = () if quiet else tuple(work.lines)
    return SafetyStep(lines, work.changes, work.danger, work.silence)


def _act(work: Work, payload: str | None) -> str | None:
    """What the message does: a button's meaning, or the act that was read."""
    if payload in _ANSWERS:
        return _ANSWERS[payload]
    return work.reading.act


def _flags(work: Work) -> None:
    """Latch what is known of the person; none of it is ever taken back."""
    reading, cues = work.reading, work.cues
    by_rule = {cue.name for cue in reading.cues if cue.source == "rule"}
    if "deaf" in by_rule or ("deaf" in cues and not said.about_another(work.text)):
        work.set("deaf", 1)
    if "child_writer" in cues:
        work.set("child", 1)
    if cues & {"suicide", "self_harm"}:
        work.set("suicide", 1)
    if _sure_type(reading) in SUSPECT_TYPES:
        work.set("suspect", 1)
        # Danger to others, then to the writer, is asked before anything else (section 17).
        work.danger = worse(work.danger, "check")
    if reading.language and reading.language != "en":
        work.set("language", reading.language)
    if cues & PROTECTING_CUES or _sure_type(reading) in PROTECTED_TYPES:
        work.set("protected", 1)


def _sure_type(reading: Reading) -> str | None:
    if reading.type and reading.type_scores and reading.type_scores[0][1] >= SURE_OF_TYPE:
        return reading.type
    return None


def _note_999(work: Work, payload: str | None) -> bool:
    """The three buttons of the 999 message, pressed or said in words."""
    # Words count only once 999 was spoken of: before that they are part of the story.
    told = work.state.told_999 is not None and payload is None
    fresh = _new_danger(work)
    if payload == "/rang_999" or (told and not fresh and said.says_rang(work.text)):
        work.set("told_999", "says_rang")
        work.say("says_rang")
    elif payload == "/cannot_phone" or (told and not fresh and said.cannot_phone(work.text)):
        if payload or "deaf" in work.cues:
            work.set("deaf", 1)
        work.set("told_999", "cannot")
        work.say("cannot_phone_on_duty")
    elif payload == "/cannot_speak" or (told and not fresh and said.cannot_speak(work.text)):
        work.set("told_999", "cannot")
        work.set("protected", 1)
        work.say("cannot_speak")
    else:
        return False
    work.changes["told_cues"] = _told_cues(work)
    return True


def _location(work: Work, payload: str) -> None:
    """The browser's answer to "Share my location"."""
    if work.state.safety_asking == WHERE_NOW:
        work.asked_done()
    try:
        found = json.loads(payload.removeprefix("/location") or "null")
    except ValueError:
        found = None
    if isinstance(found, dict) and {"lat", "lon"} <= found.keys():
        work.say("location_shared")
    else:
        work.ask(WHERE_NOW, "location_refused", ())


def _answered(work: Work, act: str | None) -> bool:
    """Read the message as the answer to the open safety question; True: all is said."""
    asked = work.state.safety_asking
    if asked is None or work.state.asking not in (None, asked):
        return False
    if asked == SAFE_TO_CHAT:
        return _safe_to_chat(work, act)
    if asked == SAFE_NOW:
        return _safe_now(work, act)
    if asked == WHERE_NOW and not _new_danger(work) and act not in ("danger", "retract"):
        work.asked_done()
        if work.state.told_999 != "says_rang":
            work.say("in_queue_danger" if work.on_duty and not work.handled else "tell_999_short")
        return True
    return False


def _safe_to_chat(work: Work, act: str | None) -> bool:
    """No, or somebody coming: stop. Yes: go on with what was waiting."""
    coming = work.danger == "now" and (act == "danger" or bool(work.cues & {"observed"}))
    if act == "no" or coming:
        work.asked_done()
        if work.danger == "now" and work.state.told_999 is None:
            _tell(work)
        work.danger = worse(work.danger, "check")
        work.changes |= {"protected": 1, "silenced": 1, "lost": 1}
        work.say("stop_typing")
        work.silence = True
        return True
    if act not in ("yes", "dont_know"):
        return False
    work.asked_done()
    if work.danger == "now":
        return False
    if worse(work.state.danger, work.danger) == "now":
        _ask_where(work)
        return bool(work.lines)
    if worse(work.state.danger, work.danger) == "check" and work.state.check_answer is None:
        _ask_safe_now(work)
    return bool(work.lines)


def _safe_now(work: Work, act: str | None) -> bool:
    """ "Is anyone in danger?": yes and not sure raise, no changes rank and wording only."""
    if work.danger == "now":
        work.asked_done()
        work.changes["check_answer"] = "yes"
        return False
    if act in ("yes", "dont_know"):
        work.asked_done()
        work.danger = "now"
        work.changes["check_answer"] = "yes" if act == "yes" else "unsure"
        return False
    if act in ("no", "nothing_else") and worse(work.state.danger, work.danger) != "now":
        work.asked_done()
        work.changes["check_answer"] = "no"
        work.say("check_no_ack")
        return True
    if act == "no":  # hurt nothing, but the danger stands: where are you?
        work.asked_done()
        _ask_where(work)
        return bool(work.lines)
    if act in ("why", "repeat"):
        _ask_safe_now(work)
        return True
    return False


def _speak_of_danger(work: Work) -> None:
    """The 999 message or the check question, whatever the message calls for."""
    if work.danger == "now":
        if work.state.told_999 is None or _new_danger(work):
            _tell(work)
            _next_question(work)
        elif work.state.told_999 != "says_rang":
            work.say("tell_999_short")
            _next_question(work)
        return
    first_check = work.danger == "check" and worse(work.state.danger, "check") == "check"
    if work.now("protected") and not work.state.protected:
        _foreign(work)
        work.ask(SAFE_TO_CHAT, "ask_safe_to_chat", yes_no())
        _nobody(work)
    elif first_check and _check_is_new(work):
        _foreign(work)
        _ask_safe_now(work)
        _nobody(work)


def _check_is_new(work: Work) -> bool:
    """Ask once; again only when a rule finds a danger cue that was not there before."""
    if work.state.danger == "none":
        return True
    if work.state.safety_asking or work.state.check_answer != "no":
        return False
    held = {str(cue.get("name")) for cue in work.state.cues}
    found = {cue.name for cue in work.reading.cues if cue.source == "rule"}
    return bool(found & DANGER_CUES - held)


def _new_danger(work: Work) -> bool:
    """A danger cue that was not held when 999 was last told in full."""
    if work.danger != "now":
        return False
    return bool(work.cues & DANGER_CUES - set(work.state.told_cues or ()))


def _told_cues(work: Work) -> list[str]:
    """The danger cues held now: those of this message and those of the messages before."""
    held = {str(cue.get("name")) for cue in work.state.cues} | set(work.state.told_cues or ())
    return sorted((held | work.cues) & DANGER_CUES)


def _tell(work: Work) -> None:
    """999 in full, in the words for this person; in their language first if not English."""
    again = work.state.told_999
    work.changes["told_cues"] = _told_cues(work)
    if again is None:
        work.set("told_999", "told")
    _foreign(work)
    if again == "says_rang":  # they are on to 999: one short line, never the whole again
        work.say("tell_999_short")
        return
    if again == "cannot" and not work.deaf:
        work.say("cannot_speak")
        return
    work.say(_full(work), ways(work.deaf))
    _nobody(work)


def _full(work: Work) -> str:
    """Which 999 message: the writer's own life, somebody else's, or the plain one."""
    another = said.about_another(work.text)
    if work.cues & {"suicide", "self_harm"} and not another:
        return "tell_999_suicide"
    if work.now("protected") or work.now("child"):
        return "tell_999_full"
    return "tell_999_other" if another and work.cues & {"suicide", "medical"} else "tell_999_full"


def _nobody(work: Work) -> None:
    """Nobody is on duty: say so plainly, once for each rise of danger (section 19)."""
    if work.on_duty or work.handled:
        return
    if work.now("suicide"):
        work.say("nobody_on_duty_suicide")
    else:
        work.say("nobody_on_duty_danger" if work.danger == "now" else "nobody_on_duty")


def _foreign(work: Work) -> None:
    """The one sentence that may go out in another language; the English stands beside it."""
    if work.reading.language in content.languages():
        work.lines.append(SafetyLine("sentence_999", lang=work.reading.language))


def _next_question(work: Work) -> None:
    """After the 999 message: is it safe to type (protected), hurt, where."""
    if work.now("protected") and not work.state.protected:
        work.ask(SAFE_TO_CHAT, "ask_safe_to_chat", yes_no())
        return
    own = work.cues & {"suicide", "self_harm"} and not said.about_another(work.text)
    if own and not work.state.suicide and not said.has_hurt_self(work.text):
        work.ask(SAFE_NOW, "self_hurt_now", yes_no())
        return
    if work.answered or work.state.told_999 is None:
        _ask_where(work)


def _ask_where(work: Work) -> None:
    """Ask where they are; the button not unasked when protected (section 14)."""
    if said.says_where(work.text) or "missing" in work.cues:
        return
    buttons = () if work.now("protected") else share()
    # "They" who break in are not those who need help: only somebody ill or hurt is.
    them = work.cues & {"suicide", "self_harm", "medical"} and said.about_another(work.text)
    work.ask(WHERE_NOW, "ask_where_them" if them else "ask_where_now", buttons)


def _ask_safe_now(work: Work) -> None:
    """The check question; for suicidal words its own."""
    own = work.now("suicide") and not said.about_another(work.text)
    if own:
        work.say("suicide_check")
    if work.now("suspect") and not work.state.suspect:
        work.say("suspect_line")
    work.ask(SAFE_NOW, "self_hurt_now" if own else "ask_safe_now", yes_no())
