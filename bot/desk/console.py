"""Presence of operators, console sessions and rate counters: small keys of their own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.desk import names
from bot.desk.state import State
from bot.desk.writes import Writes


class Console(Writes):
    """Who is there, and what a console keeps between requests."""

    async def presence_beat(self, operator: str, available: bool = True) -> None:
        """An operator's console is open; `available` says whether a new chat may come."""
        pipe = self.client.pipeline(transaction=True)
        pipe.zadd(self.key(names.BEATS), {operator: self.clock()})
        change = pipe.sadd if available else pipe.srem
        change(self.key(names.AVAILABLE), operator)
        await self.call(pipe.execute())

    async def presence_leave(self, operator: str) -> None:
        """An operator logged out: gone at once."""
        pipe = self.client.pipeline(transaction=True)
        pipe.zrem(self.key(names.BEATS), operator)
        pipe.srem(self.key(names.AVAILABLE), operator)
        await self.call(pipe.execute())

    async def present(self) -> dict[str, bool]:
        """Operators with a beat within 60 s, and whether each is available."""
        oldest = self.clock() - names.PRESENCE_MS
        pipe = self.client.pipeline(transaction=True)
        pipe.zrangebyscore(self.key(names.BEATS), f"({oldest}", "+inf")
        pipe.smembers(self.key(names.AVAILABLE))
        there, available = await self.call(pipe.execute())
        return {operator: operator in available for operator in there}

    async def last_beat(self, operator: str) -> int | None:
        """When an operator's console was last heard of, in ms; None when it never was."""
        beat = await self.call(self.client.zscore(self.key(names.BEATS), operator))
        return None if beat is None else int(beat)

    async def on_duty(self) -> bool:
        """Whether somebody would read a new chat. The supervisor's switch beats every count."""
        if await self.no_handlers():
            return False
        return any((await self.present()).values())

    async def set_no_handlers(self, on: bool) -> None:
        """The supervisor's switch "no handlers: say so" (call-handling.md section 19)."""
        key = self.key(names.NO_HANDLERS)
        await self.call(self.client.set(key, 1) if on else self.client.delete(key))

    async def no_handlers(self) -> bool:
        """Whether that switch is on."""
        return bool(await self.call(self.client.exists(self.key(names.NO_HANDLERS))))

    async def public_state(
        self, conversation: str, state: State, position: int | None = None
    ) -> dict[str, Any]:
        """The public state with presence; `position` from `queue_position` where it is shown."""
        return state.to_public(queue_position=position, on_duty=await self.on_duty())

    # --- sessions and limits --------------------------------------------------

    async def session_put(self, key: str, data: Mapping[str, Any], ttl_s: int) -> None:
        """Keeps a console session; `key` is a digest of the cookie, never the cookie."""
        text = json.dumps(dict(data))
        await self.call(self.client.set(self.key(names.SESSION + key), text, ex=ttl_s))

    async def session_get(self, key: str, ttl_s: int | None = None) -> dict[str, Any] | None:
        """A console session or None; with `ttl_s` its time starts anew."""
        name = self.key(names.SESSION + key)
        text = await self.call(
            self.client.getex(name, ex=ttl_s) if ttl_s else self.client.get(name)
        )
        return dict(json.loads(text)) if text else None

    async def session_drop(self, key: str) -> None:
        """Ends a console session."""
        await self.call(self.client.delete(self.key(names.SESSION + key)))

    async def hit(self, bucket: str, window_s: int) -> int:
        """Counts one use of a bucket; the count within its window, this one included."""
        name = self.key(names.HITS + bucket)
        pipe = self.client.pipeline(transaction=True)
        pipe.set(name, 0, ex=window_s, nx=True)
        pipe.incr(name)
        return int((await self.call(pipe.execute()))[1])
