"""The queue, the work list, the wake channel and the counters of a desk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from bot.desk import names
from bot.desk.queue import Waiting, ordered
from bot.desk.results import Due, Taken
from bot.desk.state import State
from bot.desk.store import DeskUnavailable, reachable
from bot.desk.writes import Write, Writes

WAKE_ALL = "*"  # yielded when wakes may have been missed: look at every conversation
_LISTEN_S = 5.0
_AGAIN_S = 0.2


class Board(Writes):
    """What the desk has to do, in which order, and who is told."""

    async def attended(self) -> list[tuple[str, State]]:
        """Conversations in the queue or with an operator, with their states."""
        ids = sorted(await self.call(self.client.smembers(self.key(names.ATTENDED))))
        pipe = self.client.pipeline(transaction=False)
        for conversation in ids:
            pipe.hgetall(self.part(conversation, names.STATE))
        found = await self.call(pipe.execute()) if ids else []
        pairs = zip(ids, found, strict=True)
        return [(conversation, State.from_hash(raw)) for conversation, raw in pairs if raw]

    async def queue(self) -> list[Waiting]:
        """The queue in its order, computed anew."""
        return ordered(await self.attended())

    async def queue_position(self, conversation: str) -> int | None:
        """The place of a conversation, from 1; None when it does not wait."""
        places = {w.conversation: w.position for w in await self.queue()}
        return places.get(conversation)

    # --- work ---------------------------------------------------------------

    async def work(self, *kinds: str) -> list[Due]:
        """The work list, also what is not due yet; all kinds when none is named."""
        found = await self.call(self.client.zrange(self.key(names.WORK), 0, -1, withscores=True))
        split = [(member.partition(":"), at) for member, at in found]
        items = [Due(kind, conversation, at) for (kind, _, conversation), at in split]
        return [item for item in items if not kinds or item.kind in kinds]

    async def due(self, *kinds: str) -> list[Due]:
        """What of the work list is due now."""
        now = self.clock()
        return [item for item in await self.work(*kinds) if item.at <= now]

    async def schedule(self, kind: str, conversation: str, at_ms: int, how: str = "") -> bool:
        """Makes work due. `how`: "" replaces, "NX" only if there is none, "LT" only earlier."""
        if kind not in names.WORK_KINDS:
            raise ValueError(f"no such kind of work: {kind!r}")
        change = Write(due=[(kind, at_ms, how)], quiet=True)
        return (await self.write(conversation, change))[0] == names.OK

    async def cancel(self, kind: str, conversation: str) -> None:
        """Takes work off the list."""
        await self.call(self.client.zrem(self.key(names.WORK), f"{kind}:{conversation}"))

    async def finish(self, taken: Taken, again_ms: int | None = None) -> bool:
        """Ends work that is not a turn, or makes it due again in `again_ms`.

        False when it was made due anew meanwhile: then it stays on the list.
        """
        again = "" if again_ms is None else str(self.clock() + again_ms)
        member = f"{taken.kind}:{taken.conversation}"
        finish = {"member": member, "score": taken.lease, "again": again}
        status, _, _ = await self.write(taken.conversation, Write(finish=finish, quiet=True))
        return status == names.OK

    # --- wake, counters -----------------------------------------------------

    async def wake(self) -> AsyncIterator[str]:
        """Ids of conversations that changed; `WAKE_ALL` first and after each reconnection.

        Never ends by itself: a lost server is waited for.
        """
        while True:
            pubsub = self.client.pubsub(ignore_subscribe_messages=True)
            try:
                async with reachable():
                    await pubsub.subscribe(self.key(names.WAKE))
                yield WAKE_ALL
                while True:
                    async with reachable():
                        message = await pubsub.get_message(timeout=_LISTEN_S)
                    if message is not None and message["type"] == "message":
                        yield str(message["data"])
            except DeskUnavailable:
                await asyncio.sleep(_AGAIN_S)
            finally:
                await pubsub.close()

    async def count(self, name: str, by: int = 1) -> None:
        """Adds to a counter. Names hold no words of a person."""
        await self.call(self.client.hincrby(self.key(names.COUNTERS), name, by))

    async def counters(self) -> dict[str, int]:
        """All counters, and the present sizes `work` and `attended`."""
        pipe = self.client.pipeline(transaction=False)
        pipe.hgetall(self.key(names.COUNTERS))
        pipe.zcard(self.key(names.WORK))
        pipe.scard(self.key(names.ATTENDED))
        counted, work, attended = await self.call(pipe.execute())
        numbers = {name: int(value) for name, value in counted.items()}
        return {**numbers, "work": work, "attended": attended}

    async def by_reference(self, reference: str) -> str | None:
        """The conversation that gave this reference, or None (also while it is only reserved)."""
        found: Any = await self.call(self.client.hget(self.key(names.REFS), reference))
        if not found:
            return None
        held = await self.call(self.client.hget(self.part(found, names.STATE), "reference"))
        return str(found) if held == reference else None

    async def history(self, conversation: str) -> list[str]:
        """The tracker events of a conversation, as committed."""
        found = self.client.lrange(self.part(conversation, names.HISTORY), 0, -1)
        return list(await self.call(found))
