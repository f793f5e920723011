"""The table of legal moves (design section 4) and one function that applies it.

`decide` is pure: from the state, who asks and what for, to either a plain
sentence that says why not, or the fields to set and the work to schedule. The
engine writes the answer with one compare-and-set script. A move that the table
does not name does not exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from bot.desk import names
from bot.desk.state import State, plain


class Move(str, Enum):
    """Names of the moves, as `Desk.move` takes them."""

    CLAIM = "claim"
    RELEASE = "release"
    TRANSFER = "transfer"
    CLOSE = "close"
    REOPEN = "reopen"
    QUEUE = "queue"
    WITHDRAW = "withdraw"
    RETURN_TO_BOT = "return_to_bot"
    GONE = "gone"
    HOLD = "hold"
    HOLD_OVER = "hold_over"
    LOST = "lost"
    FOUND = "found"
    LOWER_DANGER = "lower_danger"
    RAISE_DANGER = "raise_danger"
    EDIT = "edit"
    SILENCE = "silence"


class Who(str, Enum):
    """Kinds of actor that a row of the table lets through."""

    PERSON = "person"
    MACHINE = "machine"  # the bot or the system
    OWNER = "owner"  # the operator who has the conversation
    HANDLER = "handler"  # any operator, while no other operator has it


FREE = (names.BOT, names.QUEUE)
LIVE = (names.BOT, names.QUEUE, "operator")

# move -> kinds of owner it may start from -> who may make it there.
_P, _M, _O, _H = Who.PERSON, Who.MACHINE, Who.OWNER, Who.HANDLER
TABLE: dict[Move, dict[str, tuple[Who, ...]]] = {
    Move.CLAIM: {names.BOT: (_H,), names.QUEUE: (_H,)},
    Move.RELEASE: {"operator": (_O,)},
    Move.TRANSFER: {"operator": (_O,)},
    Move.CLOSE: {names.BOT: (_P, _M), names.QUEUE: (_H,), "operator": (_O,)},
    Move.REOPEN: {names.CLOSED: (_M,)},
    Move.QUEUE: {names.BOT: (_P, _M)},
    Move.WITHDRAW: {names.QUEUE: (_P,)},
    Move.RETURN_TO_BOT: {"operator": (_O,)},
    Move.GONE: {"operator": (_M,)},
    Move.HOLD: {"operator": (_O,)},
    Move.HOLD_OVER: {"operator": (_M,)},
    Move.LOST: dict.fromkeys(LIVE, (_P, _M)),
    Move.FOUND: {names.QUEUE: (_H,), "operator": (_O,)},
    Move.LOWER_DANGER: {names.BOT: (_H,), names.QUEUE: (_H,), "operator": (_O,)},
    Move.RAISE_DANGER: {names.BOT: (_H, _M), names.QUEUE: (_H, _M), "operator": (_O, _M)},
    Move.EDIT: {"operator": (_O,)},
    Move.SILENCE: dict.fromkeys(LIVE, (_P, _M)),
}
NEEDS_REASON = (Move.LOWER_DANGER, Move.QUEUE)

_WRONG_OWNER = {
    names.BOT: "The assistant has this conversation. Claim it first.",
    names.QUEUE: "This conversation is waiting in the queue. Claim it first.",
    names.CLOSED: "This conversation is closed.",
    "operator": "A call handler already has this conversation.",
}
_WRONG_ACTOR = {
    Who.OWNER: "Another call handler has this conversation. Ask them to transfer it to you.",
    Who.HANDLER: "Only a call handler can do this.",
    Who.PERSON: "Only the person who is chatting can do this.",
    Who.MACHINE: "Only the desk itself does this.",
}


@dataclass(frozen=True)
class Ask:
    """A move that somebody asks for. `by` is an operator id, `person`, `bot` or `system`."""

    move: Move
    by: str
    now: int
    reason: str = ""
    to: str | None = None
    code: str | None = None
    has_lines: bool = False


@dataclass
class Ruling:
    """What comes of a request: a refusal in a plain sentence, or what to write."""

    problem: str | None = None
    set: dict[str, str] = field(default_factory=dict)
    due: list[tuple[str, int]] = field(default_factory=list)
    not_due: list[str] = field(default_factory=list)
    text: str = ""  # of the staff note
    count: dict[str, int] = field(default_factory=dict)


def kind_of(owner: str) -> str:
    """`operator:sam` -> `operator`; the others are themselves."""
    return "operator" if owner.startswith(names.OPERATOR) else owner


def is_operator(by: str) -> bool:
    """Whether an actor is a call handler."""
    return by not in (names.PERSON, names.BOT, names.SYSTEM)


def _may(who: Who, state: State, by: str) -> bool:
    if who is Who.PERSON:
        return by == names.PERSON
    if who is Who.MACHINE:
        return by in (names.BOT, names.SYSTEM)
    if who is Who.OWNER:
        return is_operator(by) and state.operator == by
    return is_operator(by)


def refusal(state: State, ask: Ask) -> str | None:
    """Why the table does not allow this, in a plain sentence; None when it does."""
    kind = kind_of(state.owner)
    row = TABLE[ask.move]
    if kind not in row:
        if ask.move is Move.CLAIM and state.operator == ask.by:
            return "You already have this conversation."
        return _WRONG_OWNER[kind]
    if not any(_may(who, state, ask.by) for who in row[kind]):
        return _WRONG_ACTOR[row[kind][0]]
    if ask.move in NEEDS_REASON and not ask.reason.strip():
        return "Say why: a reason is needed."
    return _CONDITIONS[ask.move](state, ask) if ask.move in _CONDITIONS else None


def _nothing_open(state: State, ask: Ask) -> str | None:
    if state.risk_open:
        return "There may still be danger here. Only a call handler can end this."
    return None


def _close(state: State, ask: Ask) -> str | None:
    if state.owner == names.BOT:
        return _nothing_open(state, ask)
    if ask.code not in names.CLOSING_CODES:
        return "Choose a closing code from the list."
    if ask.code in names.CLOSING_CODES_WITH_REASON and not ask.reason.strip():
        return "This closing code needs its detail: say which one."
    return None


def _transfer(state: State, ask: Ask) -> str | None:
    if not ask.to or not is_operator(ask.to):
        return "Choose a call handler to give this conversation to."
    return "You already have this conversation." if ask.to == ask.by else None


def _return_to_bot(state: State, ask: Ask) -> str | None:
    if state.danger == "now" or state.lost:
        return "There may still be danger here. The assistant cannot have this conversation."
    if not ask.has_lines:
        return "Tell the person first that the assistant will carry on."
    return None


def _reopen(state: State, ask: Ask) -> str | None:
    if ask.to not in ("check", "now"):
        return "A closed conversation opens again only for a message about danger."
    return None


def _lower(state: State, ask: Ask) -> str | None:
    if _rank(ask.to or "none") >= _rank(state.danger):
        return "The danger is already at that level or below it."
    return None


def _raise(state: State, ask: Ask) -> str | None:
    if _rank(ask.to or "now") <= _rank(state.danger):
        return "The danger is already at that level or above it."
    return None


def _lost(state: State, ask: Ask) -> str | None:
    if not (state.risk_open or state.protected):
        return "There is no danger open in this conversation."
    return "Lost contact is already open." if state.lost else None


def _found(state: State, ask: Ask) -> str | None:
    return None if state.lost else "Lost contact is not open here."


_CONDITIONS = {
    Move.CLOSE: _close,
    Move.TRANSFER: _transfer,
    Move.RETURN_TO_BOT: _return_to_bot,
    Move.WITHDRAW: _nothing_open,
    Move.REOPEN: _reopen,
    Move.LOWER_DANGER: _lower,
    Move.RAISE_DANGER: _raise,
    Move.LOST: _lost,
    Move.FOUND: _found,
}


def _rank(danger: str) -> int:
    return names.DANGER.index(danger)


def decide(state: State, ask: Ask) -> Ruling:
    """The ruling on a request. Raises ValueError for a danger value that does not exist."""
    if ask.move in (Move.LOWER_DANGER, Move.RAISE_DANGER) and ask.to not in (None, *names.DANGER):
        raise ValueError(f"danger is one of {', '.join(names.DANGER)}, not {ask.to!r}")
    problem = refusal(state, ask)
    if problem:
        return Ruling(problem=problem)
    ruling = Ruling(text=_note_text(state, ask))
    _EFFECTS[ask.move](state, ask, ruling)
    return ruling


def _note_text(state: State, ask: Ask) -> str:
    parts = [f"{ask.move.value.replace('_', ' ').capitalize()} by {ask.by}"]
    if ask.to:
        parts.append(f"to {ask.to}")
    if ask.code:
        parts.append(f"as {ask.code}")
    return " ".join(parts) + (f": {ask.reason}" if ask.reason else ".")


def _to_queue(state: State, ask: Ask, ruling: Ruling) -> None:
    ruling.set.update(owner=names.QUEUE, queued="1", hold_until="")
    if state.queue_since is None or state.closed:
        ruling.set["queue_since"] = str(ask.now)
    if state.owner == names.BOT or state.closed:
        ruling.set["queue_why"] = plain(ask.reason)
        ruling.count[names.COUNT_QUEUED] = 1
    if "now" in (state.peak, ruling.set.get("peak")):
        ruling.set["queued_danger"] = "1"
    ruling.not_due += [names.GONE, names.HOLD, names.NUDGE, names.CHECK_WAIT]


def _to_operator(state: State, ask: Ask, ruling: Ruling) -> None:
    to = ask.by if ask.move is Move.CLAIM else ask.to
    # Straight from the bot counts as handed over too: a person has it now.
    ruling.set.update(owner=f"{names.OPERATOR}{to}", queued="1", hold_until="")
    if state.peak == "now":
        ruling.set["queued_danger"] = "1"
    ruling.due.append((names.GONE, ask.now + names.PRESENCE_MS))
    ruling.not_due += [names.HOLD, names.NUDGE, names.CHECK_WAIT]


def _to_bot(state: State, ask: Ask, ruling: Ruling) -> None:
    # Out of the line: a later wait is a new wait.
    ruling.set.update(owner=names.BOT, queue_since="", queue_why="", hold_until="")
    ruling.not_due += [names.GONE, names.HOLD]


def _to_closed(state: State, ask: Ask, ruling: Ruling) -> None:
    ruling.set.update(
        owner=names.CLOSED,
        closed_at=str(ask.now),
        close_code=ask.code or "",
        close_by=ask.by,
        asking="",
        safety_asking="",
        lost="0",
        hold_until="",
    )
    kinds = (names.TURN, names.GONE, names.HOLD, names.NUDGE, names.LOST, names.CHECK_WAIT)
    ruling.not_due += kinds


def _reopened(state: State, ask: Ask, ruling: Ruling) -> None:
    _danger_up(state, ask, ruling)
    _to_queue(state, ask, ruling)
    ruling.set.update(closed_at="", close_code="", close_by="")
    if state.cursor < state.last_person_seq:  # closing took the turn off the list
        ruling.due.append((names.TURN, ask.now))
    ruling.not_due.append(names.RETAIN)
    ruling.count[names.COUNT_REOPENED] = 1


def _danger_up(state: State, ask: Ask, ruling: Ruling) -> None:
    to = ask.to or "now"
    if _rank(to) > _rank(state.danger):
        ruling.set["danger"] = to
    if _rank(to) > _rank(state.peak):
        ruling.set["peak"] = to


def _raised(state: State, ask: Ask, ruling: Ruling) -> None:
    _danger_up(state, ask, ruling)
    if (ask.to or "now") == "now":
        ruling.set["queued_danger"] = "1" if state.queued else "0"
        if state.owner == names.BOT:
            _to_queue(state, ask, ruling)
    elif state.owner == names.BOT and state.check_answer is None:
        ruling.due.append((names.CHECK_WAIT, ask.now + names.CHECK_WAIT_MS))


def _lowered(state: State, ask: Ask, ruling: Ruling) -> None:
    ruling.set["danger"] = ask.to or "none"
    if ruling.set["danger"] == "none":
        ruling.not_due.append(names.CHECK_WAIT)


def _lost_contact(state: State, ask: Ask, ruling: Ruling) -> None:
    ruling.set["lost"] = "1"
    ruling.due.append((names.LOST, ask.now))
    if state.owner == names.BOT:
        _to_queue(state, ask, ruling)
        ruling.set["queue_why"] = plain(ask.reason or "lost contact")


def _held(state: State, ask: Ask, ruling: Ruling) -> None:
    until = ask.now + names.HOLD_MS
    ruling.set["hold_until"] = str(until)
    ruling.due.append((names.HOLD, until))


def _silenced(state: State, ask: Ask, ruling: Ruling) -> None:
    ruling.set["silenced"] = "1"
    ruling.not_due.append(names.NUDGE)


def _contact_found(state: State, ask: Ask, ruling: Ruling) -> None:
    ruling.set["lost"] = "0"
    ruling.not_due.append(names.LOST)


def _nothing_more(state: State, ask: Ask, ruling: Ruling) -> None:
    """An edit changes the draft only."""


_EFFECTS: dict[Move, Any] = {
    Move.CLAIM: _to_operator,
    Move.TRANSFER: _to_operator,
    Move.RELEASE: _to_queue,
    Move.GONE: _to_queue,
    Move.HOLD_OVER: _to_queue,
    Move.QUEUE: _to_queue,
    Move.WITHDRAW: _to_bot,
    Move.RETURN_TO_BOT: _to_bot,
    Move.CLOSE: _to_closed,
    Move.REOPEN: _reopened,
    Move.LOST: _lost_contact,
    Move.FOUND: _contact_found,
    Move.LOWER_DANGER: _lowered,
    Move.RAISE_DANGER: _raised,
    Move.HOLD: _held,
    Move.SILENCE: _silenced,
    Move.EDIT: _nothing_more,
}


def edited(draft: Mapping[str, Any], fields: Mapping[str, Any], seq: int) -> dict[str, Any]:
    """The draft with an operator's details in it; a value of None or "" takes one out."""
    details = dict(draft.get("details") or {})
    for name, value in fields.items():
        if value in (None, ""):
            details.pop(name, None)
            continue
        said = (details.get(name) or {}).get("said") or str(value)
        details[name] = {"said": said, "value": value, "source": "operator", "seq": seq}
    return {**draft, "details": details}
