"""Reading and compare-and-set writing of one conversation; the ground of `Desk`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.desk import names
from bot.desk.lines import Guard, canonical, flat, packed
from bot.desk.results import Snapshot
from bot.desk.state import State, to_hash
from bot.desk.store import Store


def state_of(answer: Sequence[str]) -> State:
    """A state from the flat field, value, ... list of a script's answer."""
    return State.from_hash(dict(zip(answer[::2], answer[1::2], strict=True)))


@dataclass
class Write:
    """One compare-and-set: what was seen (`expect`) and what to change."""

    expect: dict[str, str] = field(default_factory=dict)
    set: dict[str, str] = field(default_factory=dict)
    lines: Sequence[Mapping[str, Any]] = ()
    due: Sequence[tuple[str, int, str]] = ()  # kind, at ms, "" | NX | LT
    not_due: Sequence[str] = ()
    count: dict[str, int] = field(default_factory=dict)
    draft: Mapping[str, Any] | None = None
    rewrite: Sequence[tuple[int, str]] = ()
    finish: Mapping[str, str] | None = None
    create: bool = False
    reserve: str = ""
    forget_digests: bool = False
    quiet: bool = False


class Writes(Store):
    """Reads, and the one way in which anything but a message or a turn is written."""

    guard: Guard | None = None

    async def read(self, conversation: str) -> tuple[dict[str, str], dict[str, Any]] | None:
        """The raw state and the draft of one moment, or None."""
        pipe = self.client.pipeline(transaction=True)
        pipe.hgetall(self.part(conversation, names.STATE))
        pipe.get(self.part(conversation, names.DRAFT))
        raw, draft = await self.call(pipe.execute())
        return (raw, json.loads(draft or "{}")) if raw else None

    async def snapshot(self, conversation: str) -> Snapshot | None:
        """State, length, draft and its revision, of one moment; None when there is none."""
        found = await self.read(conversation)
        if found is None:
            return None
        state = State.from_hash(found[0])
        return Snapshot(conversation, state, state.length, found[1], state.rev)

    async def events(
        self, conversation: str, after: int = 0, limit: int = names.EVENTS_LIMIT
    ) -> list[dict[str, Any]]:
        """Entries after a number, in stored form with `ts` in ms; see `view` for the public one."""
        found = self.client.lrange(self.part(conversation, names.LOG), after, after + limit - 1)
        return [flat(text) for text in await self.call(found)]

    async def raw_log(self, conversation: str) -> list[str]:
        """The stored texts of the whole log, for `lines.chain_breaks`."""
        found = self.client.lrange(self.part(conversation, names.LOG), 0, -1)
        return list(await self.call(found))

    async def write(
        self, conversation: str, change: Write
    ) -> tuple[str, State, list[dict[str, Any]]]:
        """Writes all of it, or nothing: status ok, changed, unknown, exists, reference_taken."""
        args = {
            "conversation": conversation,
            "create": change.create or None,
            "reserve": change.reserve,
            "expect": change.expect,
            "set": change.set,
            "lines": [packed(line) for line in change.lines],
            "rewrite": [{"seq": seq, "text": text} for seq, text in change.rewrite],
            "due": [{"kind": k, "at": str(at), "how": how} for k, at, how in change.due],
            "not_due": list(change.not_due),
            "count": change.count,
            "finish": change.finish,
            "forget_digests": change.forget_digests or None,
            "quiet": change.quiet or None,
        }
        draft = "" if change.draft is None else canonical(change.draft)
        status, state, entries, _ = await self.script("move", args, [draft])
        return status, state_of(state), [flat(text) for text in entries]

    async def set_fields(self, conversation: str, fields: Mapping[str, Any]) -> bool:
        """Sets fields that the engine does not own (last_seen, disposition...); False: unknown."""
        status, _, _ = await self.write(conversation, Write(set=to_hash(fields), quiet=True))
        return status == names.OK
