"""The worker: takes due turns from the desk, lets Rasa answer, commits.

Several conversations at a time, one turn of one conversation at a time: the desk leases a turn
to one taker, and a commit that comes too late is refused by its number. So a worker that dies
needs no clearing up, and a second worker process needs no agreement with the first.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter

from rasa.core.agent import Agent

from bot.content import guard
from bot.desk import names
from bot.desk.engine import Desk, Taken
from bot.dialogue import turn, watch
from bot.dialogue.replies import Line
from bot.dialogue.turn import Outcome, TurnFailed

log = logging.getLogger(__name__)

#: Conversations at a time in one process. Rasa computes in one thread; this only covers the
#: waiting for actions.
JOBS = 8
#: One try; it and the commit must fit the lease of the work list (15 s).
TRY_S = 8.0
#: Work is announced; this only covers a lost announcement and a lease that has run out.
POLL_S = 1.0
#: Pause after the store could not be reached, so that a log is not filled.
DOWN_S = 1.0
#: How long a stop waits for turns under way; what is cut off is taken again later.
STOP_S = 4.0

TROUBLE = "desk_trouble"
_RESPONSE = f"utter_{TROUBLE}"
_TEXT = {
    True: "Sorry, I can't answer that just now. What you wrote is saved, and you are in the "
    "line for a person.",
    False: "Sorry, I can't answer that just now. What you wrote is saved. No one is here to "
    "read it at the moment.",
}


class Worker:
    """Takes and handles turns until it is stopped. `counts` holds numbers for health checks."""

    def __init__(self, agent: Agent, desk: Desk, name: str, jobs: int = JOBS) -> None:
        """`name` must be made after any fork, so that no two processes share one."""
        self.agent, self.desk, self.name = agent, desk, name
        self.counts: Counter[str] = Counter()
        self._free = asyncio.Semaphore(jobs)
        self._bell = asyncio.Event()
        self._busy: set[asyncio.Task[None]] = set()
        self._loops: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin to take turns in the running event loop."""
        watch.start()
        self._loops = [
            asyncio.create_task(self._take_all(), name=f"{self.name}-take"),
            asyncio.create_task(self._listen(), name=f"{self.name}-wake"),
        ]

    async def stop(self) -> None:
        """Take nothing more, give turns under way a moment, then end."""
        for task in self._loops:
            task.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        if self._busy:
            _, late = await asyncio.wait(self._busy, timeout=STOP_S)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    @property
    def alive(self) -> bool:
        """True while both loops run."""
        return bool(self._loops) and not any(task.done() for task in self._loops)

    async def _listen(self) -> None:
        while True:
            try:
                async for _ in self.desk.wake():
                    self._bell.set()
            except Exception as error:
                self._down("wake", error)
            await asyncio.sleep(DOWN_S)

    async def _take_all(self) -> None:
        while True:
            await self._free.acquire()
            self._bell.clear()
            taken = None
            try:
                taken = await self.desk.take([names.TURN], worker=self.name)
            except Exception as error:
                self._down("take", error)
                await asyncio.sleep(DOWN_S)
            except asyncio.CancelledError:
                self._free.release()
                raise
            if taken is None:
                self._free.release()
                await self._rest()
                continue
            task = asyncio.create_task(self._job(taken))
            self._busy.add(task)
            task.add_done_callback(self._busy.discard)

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self._bell.wait(), POLL_S)
        except asyncio.TimeoutError:
            return

    async def _job(self, taken: Taken) -> None:
        try:
            await self.work(taken)
        except Exception as error:
            # Nothing was written: the lease runs out and the turn is taken again.
            self._down("turn", error)
        finally:
            self._free.release()
            self._bell.set()

    async def work(self, taken: Taken) -> str:
        """Handle one taken turn and commit it; returns the status of the commit, or "failed"."""
        try:
            outcome = await self._outcome(taken)
        except TurnFailed as error:
            self.counts["tries_failed"] += 1
            log.warning("turn %s of %s failed: %s", taken.turn, taken.conversation, error)
            await self.desk.fail(taken)  # due again soon, here or in another process
            soon = names.RETRY_BACKOFF_MS / 1000 + 0.01
            asyncio.get_running_loop().call_later(soon, self._bell.set)
            return "failed"
        done = await self.desk.commit(
            taken,
            lines=outcome.lines,
            draft=outcome.draft,
            tracker=outcome.tracker,
            history=outcome.history,
            cursor=outcome.cursor,
            fields=outcome.fields,
            wants=outcome.wants,
            guard=guard.clean,
        )
        self.counts[f"commit_{done.status}"] += 1
        return str(done.status)

    async def _outcome(self, taken: Taken) -> Outcome:
        if turn.bot_is_silent(taken.state):
            self.counts["listened"] += 1
            return turn.listen(taken)
        on_duty = await self.desk.on_duty()
        if taken.failed_before:
            self.counts["turns_failed"] += 1
            return turn.trouble(taken, self._trouble_line(on_duty), "the bot could not answer")
        said = await self.desk.events(taken.conversation, taken.pending[0]["seq"] - 1)
        try:
            return await asyncio.wait_for(turn.handle(self.agent, taken, said, on_duty), TRY_S)
        except TurnFailed:
            raise
        except asyncio.TimeoutError as error:
            raise TurnFailed("it took too long") from error
        except Exception as error:
            # The kind only: the text of an exception may hold words of a person.
            raise TurnFailed(type(error).__name__) from error

    def _trouble_line(self, on_duty: bool) -> Line:
        responses = self.agent.domain.responses if self.agent.domain else {}
        name = _RESPONSE if on_duty else f"{_RESPONSE}_off_duty"
        variants = responses.get(name) or [{}]
        text = str(variants[0].get("text") or _TEXT[on_duty])
        return {"text": text, "says": TROUBLE, "lang": "en", "type": "message", "buttons": []}

    def _down(self, where: str, error: Exception) -> None:
        self.counts[f"{where}_errors"] += 1
        log.error("%s: %s failed: %s", self.name, where, type(error).__name__)
