"""What the safety protocol says of danger: 999 in full, where, is anyone in danger, nobody here."""

from __future__ import annotations

from typing import Final

from bot.content import safety as content
from bot.triage import safety_words as said
from bot.triage.safety_shapes import SafetyLine
from bot.triage.safety_work import Work, share, ways, yes_no

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
SAFE_NOW, SAFE_TO_CHAT, WHERE_NOW = "safe_now", "safe_to_chat", "where_now"


def new_danger(work: Work, beside: str = "") -> bool:
    """A danger cue, other than `beside`, that was not held when 999 was last told in full."""
    if work.danger != "now":
        return False
    return bool(work.cues & DANGER_CUES - set(work.state.told_cues or ()) - {beside})


def told_cues(work: Work) -> list[str]:
    """The danger cues held now: those of this message and those of the messages before."""
    held = {str(cue.get("name")) for cue in work.state.cues} | set(work.state.told_cues or ())
    return sorted((held | work.cues) & DANGER_CUES)


def tell(work: Work) -> None:
    """999 in full, in the words for this person; in their language first if not English."""
    again = work.state.told_999
    work.changes["told_cues"] = told_cues(work)
    if again is None:
        work.set("told_999", "told")
    foreign(work)
    if again == "says_rang":  # they are on to 999: one short line, never the whole again
        work.say("tell_999_short")
        return
    if again == "cannot" and not work.deaf:
        work.say("cannot_speak")
        return
    work.say(full(work), ways(work.deaf))
    if again is None:
        nobody(work)  # said once: beside each new danger it would bury the 999 line


def full(work: Work) -> str:
    """Which 999 message: the writer's own life, somebody else's, or the plain one."""
    another = said.about_another(work.text)
    if work.suicidal and not another:
        return "tell_999_suicide"
    if work.now("protected") or work.now("child"):
        return "tell_999_full"
    return (
        "tell_999_other"
        if another and (work.suicidal or "medical" in work.cues)
        else "tell_999_full"
    )


def nobody(work: Work) -> None:
    """Nobody is on duty: say so plainly, once for each rise of danger (section 19)."""
    if work.on_duty or work.handled:
        return
    if work.now("suicide"):
        work.say("nobody_on_duty_suicide")
    else:
        work.say("nobody_on_duty_danger" if work.danger == "now" else "nobody_on_duty")


# Who is ill, gone or in a burning house must not be told to keep away and wait.
NOT_KEPT_AWAY_FROM = frozenset({"missing", "medical", "suicide", "self_harm", "fire", "water"})


def taken_back(work: Work) -> None:
    """Something is taken back while danger was in the chat: it lowers nothing and is answered by
    this line only, since somebody else may hold the phone (call-handling section 16)."""
    work.say("retraction_ack")


def asked_for_help(work: Work) -> bool:
    """Somebody who was missing is back, or somebody in danger asks what to do. True: answered."""
    held = {str(cue.get("name")) for cue in work.state.cues} | work.cues
    told = work.state.peak == "now"
    if told and "missing" in held and said.came_back(work.text):
        work.say("came_back")
        return True
    if told and work.danger != "now" and said.asks_what_to_do(work.text):
        calm = held & NOT_KEPT_AWAY_FROM or work.now("suicide")
        work.say("ask_999_what" if calm else "keep_away")
        return True
    return False


def foreign(work: Work) -> None:
    """The one sentence that may go out in another language; the English stands beside it."""
    if work.reading.language in content.languages():
        work.lines.append(SafetyLine("sentence_999", lang=work.reading.language))


def ask_where(work: Work, again: bool = False) -> None:
    """Ask where they are; the button not unasked when protected (section 14)."""
    if said.says_where(work.text) or "missing" in work.cues:
        return
    buttons = () if work.now("protected") else share()
    # "They" who break in are not those who need help: only somebody ill or hurt is.
    them = (work.suicidal or "medical" in work.cues) and said.about_another(work.text)
    work.ask(WHERE_NOW, "ask_where_them" if them else "ask_where_now", buttons, again)


def ask_safe_now(work: Work) -> None:
    """The check question; for suicidal words its own."""
    own = work.now("suicide") and not said.about_another(work.text)
    if own:
        work.say("suicide_check")
    if work.now("suspect") and not work.state.suspect:
        work.say("suspect_line")
    if not work.state.safety_asking:
        nobody(work)  # before the question, which stands last
    work.ask(SAFE_NOW, "self_hurt_now" if own else "ask_safe_now", yes_no())
    if work.state.check_answer is not None:
        work.changes["check_answer"] = None  # asked anew: the old answer answers it no more
