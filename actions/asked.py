"""Questions back, answered beside whatever else a message is: before the action has its turn.

A person may ask and tell in one message, and the reading gives it one act. So what is asked in
plain words is answered here, and the action then goes on with what it is for. A short message
that asks about the chat itself, and nothing else, needs no action: what is open is put again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from actions import again
from bot.content import answers, asked, questions, signpost
from bot.report import draft as drafts
from bot.report import questions as plan

if TYPE_CHECKING:
    from actions.base import Turn
    from bot.content.model import Asked

#: Answers whose words stand in `domain.yml` and need nothing of the chat.
_PLAIN = ("utter_no_name_in_it", "utter_right_to_tell", "utter_what_next")
_WHO_ANSWERS = "utter_automated"
_HOW_MANY = "utter_how_many"
#: The group of what to do meanwhile: who to ring says more.
GOES_ON = ("again",)
#: Acts after which nothing is answered: the safety step's own words stand alone.
_ALONE = ("retract", "start_again")
#: Words; a longer message tells something beside the question, and goes its ordinary way too.
_SHORT = 16
#: Whoever wants a person gets the line as well.
_WANTS = re.compile(
    r"\b(?:speak|talk|chat|rather|want|need|prefer|get me|put me|give me|pass me|connect|transfer|"
    r"can i have)\b.{0,30}\b(?:person|human|someone|somebody|officer|woman|lady|man|one of them|"
    r"them|operator|handler|agent|real one)\b",
    re.IGNORECASE,
)


def wants_person(text: str) -> bool:
    """Whether the words ask for a person, and do not merely ask whether this is one."""
    return bool(_WANTS.search(text))


def beside(turn: Turn) -> bool:
    """Answer what the message asks back. True: nothing else is due to the message."""
    if turn.payload or not turn.text or turn.act in _ALONE or turn.desk.get("retraction"):
        return False
    found = of_turn(turn)
    alone = [b for b in found if turn.calm_words and asked.alone(b, turn.text)]
    english = turn.reading.language.startswith("en")
    if english and not must_wait(turn):
        turn.answered = reply(turn, found, turn.text, turn.reading.type)
    elif alone:
        turn.answered = reply(turn, alone, turn.text, turn.reading.type)
    if english and must_wait(turn) and len(alone) < len(found):
        keep_for_later(turn, alone)
    if not alone or _tells_more(turn, alone):
        return False
    _open_question(turn)
    return True


def of_turn(turn: Turn) -> list[Asked]:
    """The questions back of this message: looked for once, before anything is filled in."""
    if turn.asks is None:
        turn.asks = _find(turn, turn.text, turn.reading.type)
    return turn.asks


def must_wait(turn: Turn) -> bool:
    """Whether the gateway's own question comes first: the answer follows when it has its own."""
    return bool(turn.desk.get("safety_asked") and turn.desk.get("protected"))


def keep_for_later(turn: Turn, said: list[Asked] | None = None) -> None:
    """Keep the message until the gateway has its answer; what is `said` already is not again."""
    done = [back.id for back in said or ()]
    turn.draft["pending"] = {"text": turn.text, "type": turn.reading.type, "said": done}


def reply_later(turn: Turn, waiting: dict[str, Any]) -> bool:
    """Say the answers to a message that had to wait; True when said."""
    text, kind = str(waiting["text"]), waiting["type"]
    found = [back for back in _find(turn, text, kind) if back.id not in waiting.get("said", ())]
    return reply(turn, found, text, kind)


def reply(turn: Turn, found: list[Asked], text: str, kind: str | None) -> bool:
    """Say the answers that were `found`, or the last signpost again; True when said."""
    if all(back.groups == GOES_ON for back in found) and again.said_again(turn, text, kind):
        return True
    for back in found:
        _say(turn, back, kind)
    return bool(found)


def _find(turn: Turn, text: str, kind: str | None) -> list[Asked]:
    """The questions back that `text` asks, given what is open in this chat."""
    own = drafts.kind(turn.draft)
    held = (turn.draft.get("signposting") or turn.draft.get("signposted") or {}).get("type")
    begins = kind if turn.draft["type"] is None else None
    facts = asked.Facts(
        kinds=asked.kinds(own, kind, held),
        protected=bool(turn.desk.get("protected")),
        danger=turn.danger,
        open=drafts.is_open(turn.draft)
        or bool(turn.draft["reference"])
        or (begins is not None and turn.reading.route == "crime_report"),
        suspect=bool(turn.desk.get("suspect")),
        left=_left(turn),
    )
    return asked.find(text, facts)


def _left(turn: Turn) -> int:
    """How many questions are left; none where something is open that comes before them."""
    if turn.guarded or not drafts.is_open(turn.draft):
        return 0
    return plan.left(turn.draft, turn.desk)


def _tells_more(turn: Turn, alone: list[Asked]) -> bool:
    """Whether the message goes its ordinary way too: a report, a wish for a person, more words."""
    who = any(back.response == _WHO_ANSWERS for back in alone)
    if who and wants_person(turn.text):
        return True
    if turn.draft["stage"] == "idle":
        return drafts.is_account(asked.rest(alone, turn.text)) or (turn.act == "human" and not who)
    return len(turn.text.split()) > _SHORT


def _open_question(turn: Turn) -> None:
    """The question that is open is put again, unless the gateway has its own."""
    still_open = turn.draft["asking"]
    if not turn.spoken_for and still_open and questions.exists(still_open):
        turn.ask(questions.get(still_open))


def _say(turn: Turn, back: Asked, kind: str | None) -> None:
    if back.safety:
        turn.safety(back.safety)
    if back.response == _WHO_ANSWERS:
        _who_answers(turn, back)
    elif back.response == _HOW_MANY:
        turn.say(back.response, count=str(_left(turn)))
    elif back.response in _PLAIN:
        turn.say(back.response)
    own = drafts.kind(turn.draft)
    topic = asked.topic_of(back, own if turn.draft["type"] else str(kind or own))
    said = asked.lines(back, deaf=turn.deaf, topic=topic)
    if topic:
        turn.draft["answered"] = [n for n in turn.draft["answered"] if n != topic.id] + [topic.id]
    if back.helps:
        found = signpost.named(
            back.helps,
            borough=turn.draft["borough"] or "not_sure",
            deaf=turn.deaf,
            danger=turn.danger,
            text=turn.text,
        )
        said += found.lines
    if back.offer and turn.act != "human" and turn.danger == "none":
        said.append(answers.offer(on_duty=turn.on_duty))
    if said:
        turn.line(back.id, "\n".join(said))


def _who_answers(turn: Turn, back: Asked) -> None:
    """A machine, in words that are true of who is here.

    Where a person was asked for, the action says the rest.
    """
    goes_on = wants_person(turn.text) or not asked.alone(back, turn.text)
    human = turn.act == "human" or (turn.act is None and turn.reading.route == "human")
    if goes_on and human:
        turn.say("utter_automated_only")
    elif turn.on_duty:
        turn.say("utter_automated_on_duty")
    elif drafts.is_open(turn.draft) or turn.guarded:
        turn.say(_WHO_ANSWERS)
    else:
        turn.say("utter_automated_only")
        turn.line(back.id, answers.offer(on_duty=False))
