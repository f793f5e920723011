"""Play scripted conversations against a running desk and say what held.

The format and the way each expectation is checked are in `docs/formats.md`. The public
contract carries the person's side; details are read through the operator's one, so a token
is needed (`LIVECHAT_OPERATOR_TOKEN`) for scripts that expect details.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp

#: Quiet after which the bot's replies to a turn count as ended (docs/formats.md).
QUIET_S = 3.0
#: Longest wait for one turn's replies.
TURN_S = 30.0
#: Answers that the runner gives, in turn, while the bot still asks after the last turn.
CLOSING = ("don't know, nothing else to add", "yes that's correct, send it")
CLOSING_TIMES = 12
Json = dict[str, Any]


@dataclass
class TurnResult:
    """One turn: what was said, what came back, and each expectation that did not hold."""

    user: str
    replies: list[str]
    problems: list[str]
    scripted: bool = True  # False: the runner's own closing answers, which expect nothing


@dataclass
class Result:
    """One conversation: its turns, and what did not hold at its end."""

    id: str
    title: str
    turns: list[TurnResult] = field(default_factory=list)
    end_problems: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """True when every turn and the end held."""
        return not self.end_problems and not any(t.problems for t in self.turns)


class Chat:
    """One conversation over the public contract."""

    def __init__(self, http: aiohttp.ClientSession, url: str, token: str | None) -> None:
        self.http, self.url, self.operator = http, url.rstrip("/"), token
        self.id, self.token, self.after = "", "", 0
        self.state: Json = {}

    async def start(self) -> list[Json]:
        """Begin a conversation; gives the first events."""
        body = await self._json("POST", "/api/v1/conversations", {})
        self.id, self.token = body["conversation"], body["token"]
        return self._take(body)

    async def say(self, text: str) -> list[Json]:
        """Send one message and wait until the replies to it ended. Gives the new events."""
        body = await self._json(
            "POST", f"{self._path}/messages", {"client_id": uuid4().hex, "text": text}
        )
        events = self._take(body)
        started = quiet = time.monotonic()
        while not self._idle(quiet, started):
            more = self._take(
                await self._json("GET", f"{self._path}/events?after={self.after}&wait=1")
            )
            if more:
                quiet = time.monotonic()
            events += more
        return events

    async def details(self) -> Json:
        """The details held, by name, read with the operator's token."""
        if not self.operator:
            return {}
        body = await self._json(
            "GET", f"/api/v1/operator/conversations/{self.id}", token=self.operator
        )
        return dict(body["details"])

    def _idle(self, quiet: float, started: float) -> bool:
        now = time.monotonic()
        return bool(self.state.get("bot_idle")) or now - quiet > QUIET_S or now - started > TURN_S

    @property
    def _path(self) -> str:
        return f"/api/v1/conversations/{self.id}"

    def _take(self, body: Json) -> list[Json]:
        fresh = [e for e in body["events"] if e["seq"] > self.after]
        self.after = max([self.after, body["through"], *(e["seq"] for e in fresh)])
        self.state = body["state"]
        return fresh

    async def _json(
        self, method: str, path: str, body: Json | None = None, token: str | None = None
    ) -> Json:
        headers = {"Authorization": f"Bearer {token or self.token}"}
        async with self.http.request(method, self.url + path, json=body, headers=headers) as answer:
            content = await answer.json(content_type=None)
            if answer.status >= 400:
                raise RuntimeError(f"{method} {path}: {answer.status} {content.get('code')}")
            return dict(content)


def words(text: object) -> set[str]:
    """Lower-case words without punctuation, as details are compared."""
    return set(re.sub(r"[^\w\s]", " ", str(text).lower().replace("'", "")).split())


def holds(detail: Json | None, expected: object) -> bool:
    """True when every expected word is in what is held, as said or as normalised."""
    if detail is None:
        return False
    if isinstance(expected, bool):
        return detail.get("value") is expected
    held = words(detail.get("said", "")) | words(_flat(detail.get("value")))
    return words(expected) <= held


def _flat(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(_flat(v) for v in value.values())
    if isinstance(value, list | tuple):
        return " ".join(_flat(v) for v in value)
    return "" if value is None else str(value)


def check_turn(expect: Json, state: Json, replies: Sequence[Json], details: Json) -> list[str]:
    """Every expectation of one turn that does not hold, in words."""
    said = "\n".join(e["text"] for e in replies)
    found: list[str] = []
    if "route" in expect and state.get("route") != expect["route"]:
        found.append(f"route {state.get('route')}, expected {expect['route']}")
    wanted = expect.get("must_mention", [])
    if wanted and not any(re.search(w, said, re.IGNORECASE) for w in wanted):
        found.append(f"none of {wanted} is mentioned")
    for pattern in expect.get("must_not_mention", []):
        if re.search(pattern, said, re.IGNORECASE):
            found.append(f"{pattern!r} is mentioned")
    if "escalates" in expect:
        with_person = state["owner"] == "queue" or state["owner"].startswith("operator")
        if with_person != expect["escalates"]:
            found.append(f"owner {state['owner']}, expected escalates {expect['escalates']}")
    for name, value in expect.get("slots", {}).items():
        if not holds(details.get(name), value):
            found.append(f"{name} holds {details.get(name)}, expected {value!r}")
    if "still_asking" in expect and asks(replies) != expect["still_asking"]:
        found.append(f"still asking: {asks(replies)}, expected {expect['still_asking']}")
    return found


def asks(replies: Sequence[Json]) -> bool:
    """True when the bot's last reply asks for something (contract: it ends in a question)."""
    texts = [e["text"].strip() for e in replies if e["text"].strip()]
    return bool(texts) and texts[-1].endswith("?")


def check_end(end: Json, state: Json, details: Json) -> list[str]:
    """Every expectation of the end that does not hold, in words."""
    found: list[str] = []
    if "disposition" in end:
        wanted = end["disposition"]
        if state.get("disposition") != wanted:
            found.append(f"disposition {state.get('disposition')}, expected {wanted}")
        if wanted == "reported" and not state.get("reference"):
            found.append("no reference was given")
    for name, value in end.get("details", {}).items():
        if not holds(details.get(name), value):
            found.append(f"{name} holds {details.get(name)}, expected {value!r}")
    for name in end.get("must_not_hold", []):
        if details.get(name, {}).get("value"):
            found.append(f"{name} must be empty")
    return found


async def play(script: Json, http: aiohttp.ClientSession, url: str, token: str | None) -> Result:
    """Play one script from its first turn to its end."""
    chat = Chat(http, url, token)
    result = Result(script["id"], script.get("title", ""))
    await chat.start()
    last: list[Json] = []
    for turn in script["turns"]:
        last = _replies(await chat.say(turn["user"]))
        details = await chat.details() if turn.get("expect", {}).get("slots") else {}
        problems = check_turn(turn.get("expect", {}), chat.state, last, details)
        result.turns.append(TurnResult(turn["user"], [e["text"] for e in last], problems))
    for time_ in range(CLOSING_TIMES):
        if not asks(last) or chat.state["owner"] not in ("bot", "queue"):
            break
        answer = CLOSING[time_ % 2]
        last = _replies(await chat.say(answer))
        result.turns.append(TurnResult(answer, [e["text"] for e in last], [], scripted=False))
    result.end_problems = check_end(script.get("end", {}), chat.state, await chat.details())
    return result


def _replies(events: Sequence[Json]) -> list[Json]:
    return [e for e in events if e["sender"] in ("bot", "system") and e["type"] != "note"]


async def play_all(
    scripts: Sequence[Json], url: str, jobs: int, token: str | None, said: Callable[[Result], None]
) -> list[Result]:
    """Play many scripts, `jobs` at a time, in order of the file in the answer."""
    gate = asyncio.Semaphore(jobs)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as http:

        async def one(script: Json) -> Result:
            async with gate:
                try:
                    result = await play(script, http, url, token)
                except (RuntimeError, KeyError, aiohttp.ClientError, asyncio.TimeoutError) as error:
                    result = Result(script["id"], script.get("title", ""))
                    result.end_problems = [f"broke off: {error!r}"]
                said(result)
                return result

        return list(await asyncio.gather(*(one(s) for s in scripts)))


def report(results: Sequence[Result], say: Callable[[str], None]) -> None:
    """Print what did not hold, then the counts."""
    for result in results:
        for number, turn in enumerate(result.turns, 1):
            for problem in turn.problems:
                say(f"{result.id} turn {number} ({turn.user[:60]!r}): {problem}")
        for problem in result.end_problems:
            say(f"{result.id} end: {problem}")
    turns = [t for r in results for t in r.turns if t.scripted]
    whole, held = sum(r.passed for r in results), sum(not t.problems for t in turns)
    say(f"conversations {whole} of {len(results)}, turns {held} of {len(turns)}")


def replay_file(
    file: Path, url: str, jobs: int, out: Path | None, say: Callable[[str], None]
) -> int:
    """Play a file of scripts. Exit status 0 when all held, 1 when not."""
    scripts = [json.loads(line) for line in file.read_text().splitlines() if line.strip()]
    token = os.environ.get("LIVECHAT_OPERATOR_TOKEN")
    if not token:
        say("LIVECHAT_OPERATOR_TOKEN is not set: details cannot be checked and will not hold.")
    if not asyncio.run(_answers(url)):
        say(f"No desk answers at {url}. Start it with: livechat up")
        return 2
    results = asyncio.run(
        play_all(
            scripts,
            url,
            jobs,
            token,
            lambda r: say(f"{'ok  ' if r.passed else 'FAIL'} {r.id} {r.title}"),
        )
    )
    report(results, say)
    if out:
        out.write_text("".join(json.dumps(_transcript(r)) + "\n" for r in results))
    return 0 if all(r.passed for r in results) else 1


async def _answers(url: str) -> bool:
    try:
        async with aiohttp.ClientSession() as http, http.get(f"{url.rstrip('/')}/healthz"):
            return True
    except aiohttp.ClientError:
        return False


def _transcript(result: Result) -> Json:
    turns = [{"user": t.user, "replies": t.replies, "problems": t.problems} for t in result.turns]
    return {"id": result.id, "passed": result.passed, "turns": turns, "end": result.end_problems}
