"""The order of the queue (design section 4), computed from the states on each read.

now > lost contact after now > check unanswered > protected types > check
answered no > waiting time. Within a step the longest wait first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.desk import names
from bot.desk.state import State

RANKS = ("now", "lost_contact", "check", "protected", "check_no", "waiting")


@dataclass(frozen=True)
class Waiting:
    """One conversation in the queue. `position` counts from 1; `since` is in ms, UTC."""

    conversation: str
    position: int
    rank: str
    since: int
    why: str
    state: State


def rank(state: State) -> str:
    """Which of the six steps a waiting conversation stands on."""
    # Contact lost after `now` stands below those who are still there to be helped.
    if state.lost and state.peak == "now":
        return "lost_contact"
    if state.danger == "now":
        return "now"
    if state.danger == "check" and state.check_answer != "no":
        return "check"
    if state.protected:
        return "protected"
    if state.danger == "check":
        return "check_no"
    return "waiting"


def ordered(states: Iterable[tuple[str, State]]) -> list[Waiting]:
    """The queue in order; states that are not waiting are left out."""
    waiting = [(cid, s) for cid, s in states if s.owner == names.QUEUE]
    waiting.sort(key=lambda item: (RANKS.index(rank(item[1])), item[1].queue_since or 0, item[0]))
    return [
        Waiting(cid, place, rank(s), s.queue_since or s.created, s.queue_why or "", s)
        for place, (cid, s) in enumerate(waiting, start=1)
    ]
