"""Random moves by several actors at once: what must hold, holds after every step."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Coroutine
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.desk import Desk, Moved, State, Taken, names
from bot.desk.lines import chain_breaks
from bot.desk.moves import LIVE, Move
from bot.desk.server import EmbeddedServer
from tests.desk.helpers import FakeClock, line

ACTORS = ("person", "bot", "system", "sam", "jo", "kim")
OPERATORS = ("sam", "jo", "kim")
danger = st.sampled_from(names.DANGER)
RANK = names.DANGER.index


class RandomMoves(RuleBasedStateMachine):
    """One conversation, two workers, three operators, a person who writes what they like."""

    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.clock = FakeClock()
        self.sent: list[str] = []
        self.held: list[Taken] = []
        self.peak = "none"
        self.rev = self.length = 0
        self.latched: set[str] = set()
        self.owner_before = names.BOT

    def run(self, what: Coroutine[Any, Any, Any]) -> Any:
        """Runs one call to its end."""
        return self.loop.run_until_complete(what)

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.run(self.desk.close())
        self.loop.close()

    @initialize()
    def begin(self) -> None:
        """A new desk with one conversation and everybody on duty."""
        self.desk = self.run(Desk.connect(self.url, f"h{uuid.uuid4().hex[:10]}", self.clock))
        self.run(self.desk.create("c", {}, {"details": {}}))
        for operator in OPERATORS:
            self.run(self.desk.presence_beat(operator))

    @rule(level=danger, queue=st.booleans(), protected=st.booleans(), twice=st.booleans())
    def person_writes(self, level: str, queue: bool, protected: bool, twice: bool) -> None:
        """A message, perhaps sent twice."""
        text = f"m{len(self.sent)}"
        before = self.state()
        for _ in range(2 if twice else 1):
            got = self.run(
                self.desk.receive(
                    "c",
                    client_id=text,
                    text=text,
                    danger=level,
                    queue_why="why" if queue else None,
                    changes={"protected": protected},
                    lines=[{"text": f"safety {text}", "says": "s"}] if level == "now" else [],
                )
            )
        if before.closed and level == "none":
            assert got.status == "closed"
            return
        assert got.accepted
        self.sent.append(text)
        if before.owner in (names.BOT, names.CLOSED) and "now" in (level, before.danger):
            assert got.state.owner == names.QUEUE

    @rule(lease=st.sampled_from((100, 5_000)))
    def worker_takes(self, lease: int) -> None:
        """A worker takes the turn, if one is due."""
        taken = self.run(self.desk.take(["turn"], lease))
        if taken is not None:
            assert not taken.state.closed and taken.pending
            self.held.append(taken)

    @precondition(lambda self: self.held)
    @rule(place=st.integers(0, 50), wants=st.sampled_from((None, "queue", "close")))
    def worker_commits(self, place: int, wants: str | None) -> None:
        """Any worker that ever took a turn tries to commit it, in any order."""
        taken = self.held[place % len(self.held)]
        before = self.state()
        given = {"queue": {"why": "w"}} if wants == "queue" else {"close": wants == "close"}
        done = self.run(
            self.desk.commit(
                taken,
                lines=[line(f"re {e['text']}") for e in taken.pending],
                draft={**taken.draft, "seen": taken.pending[-1]["seq"]},
                cursor=taken.pending[-1]["seq"],
                wants=given,
            )
        )
        if done.done:
            assert before.turn == taken.turn, "only the holder of the fence writes"
            if before.operator or before.closed or before.silenced:
                assert done.dropped == len(taken.pending)
        else:
            assert done.state.length == before.length, "nothing of a refused turn is written"

    @rule(
        name=st.sampled_from([m.value for m in Move]),
        by=st.sampled_from(ACTORS),
        to=st.sampled_from((None, "sam", "jo", "check", "now", "none")),
        code=st.sampled_from((None, "advice_given")),
    )
    def somebody_moves(self, name: str, by: str, to: str | None, code: str | None) -> None:
        """Any actor asks for any move."""
        if name in ("lower_danger", "raise_danger") and to in OPERATORS:
            to = None
        before = self.state()
        moved = self.move(name, by, to, code)
        after = self.state()
        if not moved.ok:
            assert moved.problem and after == before
        elif name == "claim":
            assert after.owner == f"operator:{by}" and before.owner in ("bot", "queue")
        elif before.operator and after.owner != before.owner:
            assert by == before.operator or by in ("bot", "system")

    @rule(name=st.sampled_from(("claim", "release", "close")))
    def all_operators_at_once(self, name: str) -> None:
        """The same move by three operators at the same time: at most one wins."""

        async def together() -> list[Moved]:
            moves = (self.desk.move("c", name, by=o, code="advice_given") for o in OPERATORS)
            return list(await asyncio.gather(*moves))

        assert sum(m.ok for m in self.run(together())) <= 1

    @rule(ms=st.sampled_from((1, 200, 10_000)))
    def time_passes(self, ms: int) -> None:
        """Leases end, timers become due."""
        self.clock.pass_ms(ms)
        for operator in OPERATORS:
            self.run(self.desk.presence_beat(operator))

    def move(self, name: str, by: str, to: str | None, code: str | None) -> Moved:
        """One move with all that it may need."""
        moved = self.desk.move(
            "c",
            name,
            by=by,
            to=to,
            code=code,
            reason="r",
            lines=[line("said")],
            fields={"d": "x"} if name == "edit" else None,
        )
        result = self.run(moved)
        assert isinstance(result, Moved)
        return result

    def state(self) -> State:
        """The state now."""
        found = self.run(self.desk.snapshot("c"))
        assert found is not None
        return found.state  # type: ignore[no-any-return]  # run gives Any

    @invariant()
    def what_must_hold(self) -> None:
        """Numbers, chain, peak, owner, latches, replies, work."""
        if not hasattr(self, "desk"):
            return
        raw = self.run(self.desk.raw_log("c"))
        entries = self.run(self.desk.events("c", 0, 10_000))
        state = self.state()
        assert [e["seq"] for e in entries] == list(range(1, len(entries) + 1))
        assert state.length == len(entries) >= self.length and chain_breaks(raw) == []
        assert RANK(state.peak) >= RANK(self.peak) and RANK(state.danger) <= RANK(state.peak)
        assert state.owner in ("bot", "queue", "closed") or state.operator in OPERATORS
        assert not (state.owner == "bot" and state.danger == "now"), "`now` is never the bot's"
        assert state.rev >= self.rev and state.cursor <= state.last_person_seq
        latched = {f for f in names.LATCHED_FIELDS if getattr(state, f)}
        assert latched >= self.latched
        said = [e for e in entries if e["type"] == "message"]
        people = [e["text"] for e in said if e["sender"] == "person"]
        assert people == self.sent, "each message once, in order"
        replies = [e["text"] for e in said if e["text"].startswith("re ")]
        assert len(replies) == len(set(replies)), "no reply twice"
        assert replies == sorted(replies, key=lambda text: self.sent.index(text[3:]))
        waits = {c for c, _ in self.run(self.desk.attended())}
        assert ("c" in waits) == (state.owner not in ("bot", "closed"))
        if state.cursor < state.last_person_seq and not state.closed:
            assert self.run(self.desk.work("turn")), "what is pending is on the work list"
        self.peak, self.rev, self.length, self.latched = (
            state.peak,
            state.rev,
            state.length,
            latched,
        )


def test_random_moves_hold_all_promises(desk_server: EmbeddedServer) -> None:
    """Some hundred random lives of a conversation on the real server."""

    class OnThisServer(RandomMoves):
        url = desk_server.url

    # derandomize: the same lives on each run, so that a failure is the change's. No
    # shrinking: on a real server it takes minutes, and thirty steps can be read.
    run_state_machine_as_test(
        OnThisServer,
        settings=settings(
            max_examples=30,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_live_owners_are_all_but_closed() -> None:
    """The table's group of live owners names each kind but `closed`."""
    assert set(LIVE) == {"bot", "queue", "operator"}
