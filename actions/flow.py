"""The steps of the report that every action can come back to: next question, summary, waiting.

The gateway's own question always comes first: while it is open the bot adds none.
"""

from __future__ import annotations

from actions.base import Turn
from actions.elsewhere import sent_on
from actions.heard import kind_word
from bot.content import questions, signpost, types
from bot.report import draft as drafts
from bot.report import questions as plan
from bot.report import summary
from bot.report.draft import Draft
from bot.triage import safety_words


def go_on(turn: Turn) -> None:
    """The next step of the report: the question that is still open, or the summary.

    The gateway's own question comes first: while it is open the bot adds none.
    """
    _to_a_person(turn)
    if turn.desk.get("safety_asked"):
        return
    if _danger_said(turn):
        return
    if sent_on(turn):
        return
    kind_word(turn)
    _about_anonymity(turn)
    question = plan.next_question(turn.draft, turn.desk)
    if question is not None:
        turn.ask(question, offer_send=plan.may_offer_send(turn.draft, turn.desk))
    elif turn.danger == "now":
        turn.draft["asking"] = None  # the safety questions are done; the gateway speaks of 999
    elif _waits_for_person(turn):
        wait_for_person(turn)
    elif drafts.is_open(turn.draft):
        show_summary(turn)


def _danger_said(turn: Turn) -> bool:
    """Yes or not sure to the bot's own "is anyone in danger?": 999 first, then a person."""
    if turn.asked != "safe_now" or turn.danger == "now":
        return False
    unclear = turn.act not in ("yes", "no") and safety_words.winding_up(turn.text)
    if drafts.value(turn.draft, "safe_now") not in ("yes", "unsure") or unclear:
        return False
    turn.want_queue("said that someone may be in danger", "danger")
    turn.safety("tell_999_full")
    turn.draft["asking"] = None
    return True


def _about_anonymity(turn: Turn) -> None:
    """Said once to whoever stays anonymous: what to leave out, and the surer way."""
    if drafts.value(turn.draft, "anonymous") is not True or turn.draft.get("told_anonymous"):
        return
    turn.draft["told_anonymous"] = True
    if any("anonymous" in shown for shown in turn.draft["answered"]):
        turn.say("utter_anonymous_short")  # the rest was told in an answer
        return
    turn.say("utter_anonymous")
    if not turn.guarded:
        for line in signpost.named(["crimestoppers"], deaf=turn.deaf).lines[:1]:
            turn.line("signpost_crimestoppers", line)


def _to_a_person(turn: Turn) -> None:
    """Types that go to a person stand in the line from the first word (design section 3.6)."""
    if turn.desk.get("queued"):
        return
    kind = types.get(drafts.kind(turn.draft))
    if turn.desk.get("suspect") or kind.to_person == "own_offence":
        turn.want_queue("may write about an offence of their own", "type")
    elif kind.protected or kind.to_person in ("handoff_now", "protected"):
        turn.want_queue(kind.label, "protected" if kind.protected else "type")
    elif kind.to_person == "handoff_fast" and plan.next_question(turn.draft, turn.desk) is None:
        turn.want_queue(kind.label, "type")


def _waits_for_person(turn: Turn) -> bool:
    """Whether a person goes on from here: not the bot, unless nobody is on duty and it is safe."""
    kind = types.get(drafts.kind(turn.draft))
    if turn.desk.get("suspect") or kind.to_person == "own_offence":
        return True
    if turn.desk.get("protected") or kind.to_person != "none":
        return turn.on_duty or bool(turn.desk.get("protected"))
    return False


def wait_for_person(turn: Turn) -> None:
    """Say how things stand, in words that are true of who is here."""
    turn.draft["asking"] = None
    if not turn.desk.get("queued"):
        # never say that people were asked without asking them
        turn.want_queue(types.get(drafts.kind(turn.draft)).label, "protected")
    if turn.draft.get("told_waiting"):
        turn.say("utter_kept")
        return
    turn.draft["told_waiting"] = True
    suspect = turn.desk.get("suspect") or drafts.kind(turn.draft) == plan.OWN_OFFENCE
    turn.safety("suspect_in_queue" if suspect and turn.on_duty else "in_queue")


def show_summary(turn: Turn) -> None:
    """Read the report back and ask whether it is right."""
    text = "\n".join(summary.lines(turn.draft))
    if not turn.said:
        turn.say("utter_summary_intro")
    turn.line("summary_lines", text, exempt=summary.exempt(turn.draft), kind="card")
    turn.draft["stage"] = "summary"
    turn.ask(questions.get("summary"))


def show_changes(turn: Turn, before: Draft) -> None:
    """What a correction changed, not the whole report again; then the same question."""
    held = set(summary.lines(before))
    fresh = [line for line in summary.lines(turn.draft) if line not in held]
    if not fresh:
        turn.say("utter_noted")
    else:
        turn.say("utter_summary_changed")
        turn.line("summary_lines", "\n".join(fresh), exempt=summary.exempt(turn.draft), kind="card")
    turn.draft["stage"] = "summary"
    turn.ask(questions.get("summary"))


def keep_words(turn: Turn) -> None:
    """Words that no detail holds stand in the account, so that they are in the report."""
    account = turn.draft["account"]
    if not any(entry["seq"] == turn.seq for entry in account):
        account.append({"seq": turn.seq, "text": turn.text})


def ask_what_to_change(turn: Turn) -> None:
    """Ask which part of the summary is wrong."""
    turn.say("utter_change_what")
    turn.draft["asking"] = "change_what"
    turn.draft["stage"] = "summary"


def after_sent(turn: Turn) -> None:
    """Something is written after the report was sent: a person reads it with the report."""
    turn.draft["account"].append({"seq": turn.seq, "text": turn.text})
    turn.draft["asking"] = None
    turn.say(
        "utter_added_after_sent",
        exempt=[turn.draft["reference"]],
        reference=turn.draft["reference"],
    )


def back_to_report(turn: Turn) -> None:
    """Ask the open question again after something came between; add none to the gateway's own."""
    if turn.desk.get("safety_asked"):
        return
    asked = turn.draft["asking"]
    if asked == "change_what":
        turn.say("utter_change_what")
    elif asked and questions.exists(asked) and not _answered(turn, asked):
        turn.ask(questions.get(asked))
    elif drafts.is_open(turn.draft):
        go_on(turn)


def _answered(turn: Turn, asked: str) -> bool:
    return asked not in drafts.STEERING and plan.known(turn.draft, asked)


def remember(turn: Turn, *shown: str) -> None:
    """Keep which topics and agencies were shown (they decide the disposition)."""
    turn.draft["answered"] += [name for name in shown if name not in turn.draft["answered"]]
