"""The safety protocol: what is said about danger, as a pure function of state and message.

Source: call-handling rules 13 to 17, 19 and 20. It runs in the gateway, in the step that
stores the message, so it works with everything behind the gateway dead. It may raise
danger and never lowers it.
"""

from __future__ import annotations

import json
from typing import Final

from bot.triage import acts
from bot.triage import safety_answers as answers
from bot.triage import safety_say as say
from bot.triage import safety_words as said
from bot.triage.reading import Reading, worse
from bot.triage.safety_flags import PROTECTED_TYPES, latch
from bot.triage.safety_say import DANGER_CUES, SAFE_NOW, SAFE_TO_CHAT, WHERE_NOW
from bot.triage.safety_shapes import Button, SafetyLine, SafetyStep, State
from bot.triage.safety_work import Work, share, yes_no

__all__ = [
    "PROTECTED_TYPES",
    "SAFE_NOW",
    "Button",
    "SafetyLine",
    "SafetyStep",
    "State",
    "step",
]


# The person steers or asks: the assistant answers that, the question stays open.
_STEERING: Final = frozenset(
    ("why", "human", "retract", "cancel", "start_again", "question", "thanks", "frustrated")
)
_NO_ANSWER: Final = frozenset(("yes", "no", "dont_know", "skip"))
_NO_PLACE: Final = _STEERING | {"danger", "repeat"}
#: Up to so many words, what is read as "not sure" is taken as it is.
SHORT_ANSWER: Final = 6
_ANSWERS: Final = {"/safe_yes": "yes", "/safe_no": "no", "/safe_unsure": "dont_know"}


def step(
    state: State,
    reading: Reading,
    text: str,
    payload: str | None,
    on_duty: bool,
    *,
    asked_again: bool = False,
) -> SafetyStep:
    """What the desk says at once about safety, and what it stores.

    `payload` is that of a button which was offered, or None. `asked_again`: the open safety
    question has been put in its second wording already. A button raises danger by its question
    only, never by its title; nothing lowers it.
    """
    if payload:
        reading = answers.pressed(reading)
    work = Work(state, reading, text, on_duty, asked_again=asked_again, pressed=bool(payload))
    act = _act(work, payload)
    work.danger = worse(reading.danger, answers.danger_of(state.asking, act, payload))
    latch(work)
    if state.silenced:
        # Somebody may be reading: whatever comes, the machine stays quiet (section 14).
        _note_999(work, payload)
        work.silence = True
        return _done(work, quiet=True)
    if not payload and act in ("retract", "cancel") and _takes_back(work):
        say.taken_back(work)
        work.silence = True
        return _done(work)
    if _note_999(work, payload):
        return _done(work)
    if payload and payload.startswith("/location"):
        _location(work, payload)
        return _done(work)
    _speak(work, act, payload)
    return _done(work)


def _speak(work: Work, act: str | None, payload: str | None) -> None:
    """The answer to an open safety question, new danger, and what else is due."""
    _advice(work, payload)
    if not _answered(work, act):
        if not payload and acts.says_no_danger(work.text):
            _no_danger(work)
        if not say.new_danger(work) and not payload and say.asked_for_help(work):
            return
        _speak_of_danger(work)
    if work.danger == "now":
        _no_secret(work)  # after the 999 message
    if not work.lines and said.wants_to_share(work.text):
        work.ask(WHERE_NOW, "ask_where_now", share())


def _takes_back(work: Work) -> bool:
    """A retraction with danger or protection in the chat: it may be somebody else who types.

    With new danger in it ("ignore me, he has a knife") the danger is what counts.
    """
    open_ = work.state.peak != "none" or bool(work.state.protected)
    return open_ and not say.new_danger(work)


def _advice(work: Work, payload: str | None) -> None:
    """Medical advice after strangling, and no promise of secrecy to a child."""
    if work.handled or work.danger == "now":
        return
    asked = work.state.asking == answers.STRANGLED
    if said.strangled(work.text) or (asked and answers.value(work.reading.act, payload) == "yes"):
        work.danger = worse(work.danger, "check")
        work.say("strangled")
    _no_secret(work)


def _no_secret(work: Work) -> None:
    if work.now("child") and said.wants_secrecy(work.text) and not work.handled:
        work.say("child_secrecy")


def _no_danger(work: Work) -> None:
    """ "Nobody is hurt", said to any question: the check has its answer. `now` stands."""
    if work.danger == "none" and work.state.peak != "now" and work.state.check_answer is None:
        work.changes["check_answer"] = "no"
        if work.state.danger == "check":
            work.say("check_no_ack")


def _done(work: Work, quiet: bool = False) -> SafetyStep:
    if work.handled:
        work.silence = True
        # A person talks: the machine adds what is urgent, and answers its own buttons.
        kept = ("tell_999", "sentence_999") if not work.pressed else ("",)
        work.lines = [line for line in work.lines if line.says.startswith(kept)]
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


def _note_999(work: Work, payload: str | None) -> bool:
    """The three buttons of the 999 message, pressed or said in words."""
    # Words count only once 999 was spoken of: before that they are part of the story.
    told = work.state.told_999 is not None and payload is None
    # "I can't speak" is what the 999 message offered, no danger of its own.
    fresh = say.new_danger(work, beside="cannot_speak")
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
    work.changes["told_cues"] = say.told_cues(work)
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
    if work.handled and not work.pressed:
        return False  # what is typed answers the handler, not a question from before
    if asked == SAFE_TO_CHAT:
        # "safe to talk, he's not here": the words say more than the "not" in them
        safe = not work.pressed and work.danger != "now" and said.safe_to_type(work.text)
        return _safe_to_chat(work, "yes" if safe else act)
    if asked == SAFE_NOW:
        return _safe_now(work, act)
    return asked == WHERE_NOW and _where(work, act)


def _where(work: Work, act: str | None) -> bool:
    """Where they are: any words will do; "dunno" is asked once more, in other words."""
    if say.new_danger(work) or act in _NO_PLACE:
        return False
    if act in _NO_ANSWER and not work.asked_again and not work.pressed:
        say.ask_where(work, again=True)
        return bool(work.lines)
    work.asked_done()
    if work.state.told_999 != "says_rang":
        work.say("in_queue_danger" if work.on_duty and not work.handled else _where_told(work))
    return True


def _where_told(work: Work) -> str:
    """A place was told: that it is in the chat, and that 999 needs it too."""
    return "where_kept" if said.says_where(work.text) else "tell_999_short"


def _coming(work: Work) -> bool:
    """Somebody is coming or reading, in plain words. "Hurry" is no such thing; and who is a
    danger to themselves goes on typing."""
    if work.danger != "now" or work.suicidal:
        return False
    return any(cue.name == "observed" and cue.source == "rule" for cue in work.reading.cues)


def _is_open(work: Work, act: str | None) -> bool:
    """Whether the question about their own life is about to be put again."""
    now = "now" in (work.danger, work.state.danger)
    return not now and not work.asked_again and act not in _STEERING


def _unclear(work: Work, act: str | None, question: str, says: str) -> bool:
    """No answer to a safety question: it is put again once, in its second wording."""
    if work.danger == "now" or act in _STEERING or (work.asked_again and act != "repeat"):
        return False
    work.ask(question, says, yes_no(), again=True)
    return True


def _safe_to_chat(work: Work, act: str | None) -> bool:
    """No, or somebody coming: stop. Yes: go on with what was waiting."""
    if act == "no" or _coming(work):
        work.asked_done()
        if work.danger == "now" and work.state.told_999 is None:
            say.tell(work)
        work.danger = worse(work.danger, "check")
        work.changes |= {"protected": 1, "silenced": 1, "lost": 1}
        work.say("stop_typing")
        work.silence = True
        return True
    if act not in ("yes", "dont_know"):
        if _unclear(work, act, SAFE_TO_CHAT, "ask_safe_to_chat"):
            return True
        if act in _STEERING or work.danger == "now" or not work.asked_again:
            return False
    work.asked_done()
    if work.danger == "now":
        return False
    if act != "yes":
        work.say("listened")
    if worse(work.state.danger, work.danger) == "now":
        say.ask_where(work)
        return bool(work.lines)
    if worse(work.state.danger, work.danger) == "check" and work.state.check_answer is None:
        say.ask_safe_now(work)
    return bool(work.lines)


def _safe_now(work: Work, act: str | None) -> bool:
    """ "Is anyone in danger?": yes and not sure raise, no changes rank and wording only."""
    if not work.pressed and act in ("yes", "dont_know", "confirm_send") and _no_answer(work, act):
        act = "answer"  # "that's correct, send it" is about the report
    if work.danger == "now" or act in ("yes", "dont_know"):
        work.asked_done()
        sure = work.danger == "now" or act == "yes"
        work.danger = "now"
        work.changes["check_answer"] = "yes" if sure else "unsure"
        return False
    if act in ("no", "nothing_else"):
        work.asked_done()
        if worse(work.state.danger, work.danger) != "now":
            work.changes["check_answer"] = "no"
            work.say("check_no_ack")
            return True
        say.ask_where(work)  # hurt nothing, but the danger stands: where are you?
        return bool(work.lines)
    if act == "why":
        say.ask_safe_now(work)
        return True
    own = work.now("suicide") and not said.about_another(work.text)
    if own and _is_open(work, act):
        work.say("low_heard")  # told more of how it is: never answered by the bare question
    if _unclear(work, act, SAFE_NOW, "self_hurt_now" if own else "ask_safe_now"):
        return True
    if work.asked_again and act not in _STEERING:
        work.asked_done()  # no answer stays `check`, unanswered; nobody is asked a third time
    return False


def _no_answer(work: Work, act: str) -> bool:
    """Read as yes or not sure, and yet no answer to "is anyone in danger?": the end of a report,
    or a long message in which nothing says "not sure"."""
    if work.danger == "now":
        return False
    long = act == "dont_know" and len(work.text.split()) > SHORT_ANSWER
    return said.winding_up(work.text) or (long and not said.not_sure(work.text))


def _speak_of_danger(work: Work) -> None:
    """The 999 message or the check question, whatever the message calls for."""
    if work.danger == "now":
        if work.state.told_999 is None or say.new_danger(work):
            say.tell(work)
            if work.changes.get("suspect"):
                work.say("suspect_line")
            _next_question(work)
        elif work.state.told_999 != "says_rang":
            work.say("tell_999_short")
            _next_question(work)
        return
    first_check = work.danger == "check" and worse(work.state.danger, "check") == "check"
    if work.changes.get("suspect") and work.state.danger != "now":
        say.foreign(work)
        say.ask_safe_now(work)
    elif work.now("protected") and not work.state.protected:
        say.foreign(work)
        say.nobody(work)
        work.ask(SAFE_TO_CHAT, "ask_safe_to_chat", yes_no())
    elif first_check and _check_is_new(work):
        say.foreign(work)
        say.ask_safe_now(work)


def _check_is_new(work: Work) -> bool:
    """Ask once; again only when a rule finds a danger cue that was not there before."""
    if work.state.danger == "none":
        return True
    if work.state.safety_asking or work.state.check_answer != "no":
        return False
    held = {str(cue.get("name")) for cue in work.state.cues}
    found = {cue.name for cue in work.reading.cues if cue.source == "rule"}
    return bool(found & DANGER_CUES - held)


def _next_question(work: Work) -> None:
    """After the 999 message: is it safe to type (protected), hurt, where."""
    if work.now("protected") and not work.state.protected:
        work.ask(SAFE_TO_CHAT, "ask_safe_to_chat", yes_no())
        return
    own = work.suicidal and not said.about_another(work.text)
    if own and not work.state.suicide and not said.has_hurt_self(work.text):
        work.ask(SAFE_NOW, "self_hurt_now", yes_no())
        return
    if work.answered or work.state.told_999 is None:
        say.ask_where(work)
