"""One listener of the desk's pub/sub channel wakes every socket and long poll of this gateway.

A wake says only "this conversation grew"; each reader then asks the log from its own cursor.
So a wake that is lost costs time and never an entry, and nothing is queued for a slow reader.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from bot.desk import WAKE_ALL, Desk

# A wake may be lost with its connection: readers look by themselves this often (seconds).
POLL_S = 5.0


class Waiter:
    """A flag that a reader waits on; set when its conversation may have grown."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def wake(self) -> None:
        """Say that there may be something to read."""
        self._event.set()

    async def wait(self, timeout: float) -> bool:
        """Wait for a wake, at most `timeout` seconds; clears the flag. False when time ran out."""
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._event.wait(), min(timeout, POLL_S))
        woken = self._event.is_set()
        self._event.clear()
        return woken


class Hub:
    """Who waits for which conversation."""

    def __init__(self) -> None:
        self._waiters: dict[str, set[Waiter]] = {}
        self._all: set[Waiter] = set()
        self.closing = False

    async def close(self, _app: object = None) -> None:
        """The gateway ends: nobody waits any longer (an `on_shutdown` hook)."""
        self.closing = True
        self.wake_all()

    @contextmanager
    def waiter(self, conversation: str) -> Iterator[Waiter]:
        """A flag for one conversation, for as long as the block runs."""
        waiter = Waiter()
        self._waiters.setdefault(conversation, set()).add(waiter)
        try:
            yield waiter
        finally:
            held = self._waiters.get(conversation, set())
            held.discard(waiter)
            if not held:
                self._waiters.pop(conversation, None)

    @contextmanager
    def everything(self) -> Iterator[Waiter]:
        """A flag for any change on the desk (the operators' queue)."""
        waiter = Waiter()
        self._all.add(waiter)
        try:
            yield waiter
        finally:
            self._all.discard(waiter)

    def count(self, conversation: str) -> int:
        """How many wait for this conversation."""
        return len(self._waiters.get(conversation, ()))

    def wake(self, conversation: str) -> None:
        """Wake all who wait for `conversation`, and all who wait for anything."""
        for waiter in (*self._waiters.get(conversation, ()), *self._all):
            waiter.wake()

    def wake_all(self) -> None:
        """Wake everyone: after a gap in listening nobody knows what was missed."""
        for conversation in list(self._waiters):
            self.wake(conversation)
        for waiter in self._all:
            waiter.wake()

    async def listen(self, desk: Desk) -> None:
        """Run for as long as the gateway does. The desk waits for a lost server by itself."""
        async for conversation in desk.wake():
            if conversation == WAKE_ALL:
                self.wake_all()
            else:
                self.wake(conversation)
