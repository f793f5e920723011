"""Questions back, answered beside whatever else a message is: before the action has its turn.

A person may ask and tell in one message, and the reading gives it one act. So what is asked in
plain words is answered here, and the action then goes on with what it is for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions import again
from bot.content import answers, asked, signpost
from bot.report import draft as drafts

if TYPE_CHECKING:
    from actions.base import Turn
    from bot.content.model import Asked

#: Answers whose words stand in `domain.yml`.
RESPONSES = ("utter_right_to_tell", "utter_what_next")
#: The group of what to do meanwhile: who to ring says more.
GOES_ON = "again"
#: Acts after which nothing is answered: the safety step's own words stand alone.
_ALONE = ("retract", "start_again")


def beside(turn: Turn) -> bool:
    """Answer what the message asks back; True when something was said."""
    if turn.payload or not turn.text or turn.act in _ALONE or turn.desk.get("retraction"):
        return False
    if not turn.reading.language.startswith("en"):
        return False
    if turn.desk.get("safety_asked") and turn.desk.get("protected"):
        if find(turn, turn.text, turn.reading.type):
            # the gateway's question comes first; the answer follows when it has its own
            turn.draft["pending"] = {"text": turn.text, "type": turn.reading.type}
        return False
    return reply(turn, turn.text, turn.reading.type)


def reply(turn: Turn, text: str, kind: str | None) -> bool:
    """Say the answers to what `text` asks, or the last signpost again; True when said."""
    found = find(turn, text, kind)
    if all(back.group == GOES_ON for back in found) and again.said_again(turn, text, kind):
        return True
    for back in found:
        _say(turn, back, kind)
    return bool(found)


def find(turn: Turn, text: str, kind: str | None) -> list[Asked]:
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
    )
    return asked.find(text, facts)


def _say(turn: Turn, back: Asked, kind: str | None) -> None:
    if back.response in RESPONSES:
        turn.say(back.response)
        return
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
