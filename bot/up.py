"""`livechat up`: the whole desk in the foreground, on embedded defaults or given servers."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.desk.server import EmbeddedServer, answers
from bot.dialogue.endpoints import actions_argv, argv
from bot.dialogue.endpoints import env as rasa_env
from bot.dialogue.endpoints import write as write_endpoints
from bot.dialogue.model import NoHeads, unpack
from bot.doctor import problems
from bot.records.operators import first_supervisor
from bot.settings import ROOT, Settings
from bot.supervise import Child, Probe, Supervisor, free_port, http_ready, python
from bot.train.promote import MODEL

#: Seconds a process may take to be ready on a slow, busy machine.
READY_S = 180.0
#: Taking turns stands back for the gateway: a 999 line never waits for small talk elsewhere.
TURNS_NICE = 5
#: Asks the action server for an action that loads everything a first turn needs.
WARM_UP = json.dumps(
    {"next_action": "action_warm_up", "sender_id": "up", "tracker": {"sender_id": "up"}}
)


class CannotStart(RuntimeError):
    """The desk cannot start; the text is for the person at the terminal."""


def say(line: str) -> None:
    """One line to the terminal, at once."""
    print(line, flush=True)


def _lock(settings: Settings) -> object:
    """One desk per data folder: a second `up` on the same folder is refused."""
    settings.data.mkdir(parents=True, exist_ok=True)
    handle = (settings.data / "up.lock").open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise CannotStart(
            f"A desk already runs on {settings.data}. Set LIVECHAT_DATA to another folder."
        ) from None
    return handle


def _environment(settings: Settings, redis_url: str) -> dict[str, str]:
    return {
        "REDIS_URL": redis_url,
        "DATABASE_URL": settings.sqlite_url,
        "LIVECHAT_DATA": str(settings.data),
        "LIVECHAT_MODELS": str(settings.models),
        "LIVECHAT_DESK": settings.desk_id,
        "LIVECHAT_PORT": str(settings.port),
        "LIVECHAT_HOST": settings.host,
        **rasa_env(),
        # tensorflow starts a thread per core for work that this desk never gives it.
        "OMP_NUM_THREADS": "1",
        "TOKENIZERS_PARALLELISM": "false",
    }


async def _valkey(settings: Settings, run: Supervisor, logs: Path) -> str:
    """Start the embedded server and give its URL."""
    server = EmbeddedServer(settings.data)

    async def ready() -> bool:
        return await asyncio.to_thread(answers, server.socket)

    child = Child("valkey", server.command(), {}, logs / "valkey.log", ready, settings.data)
    await run.start(child, READY_S)
    return server.url


def _children(settings: Settings, env: dict[str, str], redis_url: str) -> list[Child]:
    """Actions, dialogue and gateway, in the order in which they start."""
    logs = settings.data / "logs"
    actions, dialogue = free_port(), free_port()
    endpoints, credentials = write_endpoints(settings.data, redis_url, settings.desk_id, actions)

    def probe(url: str, body: str = "") -> Probe:
        return lambda: http_ready(url, body)

    rasa = argv(sys.executable, dialogue, endpoints, credentials, settings.models / MODEL)
    sdk = actions_argv(sys.executable, actions)
    web = f"http://{settings.host}:{settings.port}"
    ready = f"http://127.0.0.1:{dialogue}/webhooks/desk/ready"
    return [
        Child("actions", sdk, env, logs / "actions.log",
              probe(f"http://127.0.0.1:{actions}/webhook", WARM_UP), ROOT, TURNS_NICE),
        Child("dialogue", rasa, env, logs / "dialogue.log", probe(ready), ROOT, TURNS_NICE),
        Child("gateway", python("-m", "bot.cli", "gateway"), env, logs / "gateway.log",
              probe(f"{web}/healthz"), ROOT),
    ]  # fmt: skip


def _greet(settings: Settings, seconds: float, password: str | None) -> None:
    base = f"http://{settings.host}:{settings.port}"
    say("")
    say(f"The desk is ready ({seconds:.0f} s). Ctrl-C stops it.")
    say(f"  Public page   {base}/")
    say(f"  Console       {base}/console")
    if password:
        say(f"  Log in as     supervisor, password {password}  (shown this once)")
    else:
        say("  Log in        with your account; livechat operator add NAME --role handler")
    say(f"  Logs          {settings.data / 'logs'}")


async def _run(settings: Settings) -> None:
    started = time.monotonic()
    run = Supervisor(say)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, run.stopping.set)
    try:
        redis_url = settings.redis_url
        if not redis_url:
            say("Starting the store (Valkey)...")
            redis_url = await _valkey(settings, run, settings.data / "logs")
        password = await asyncio.to_thread(first_supervisor, settings.sqlite_url)
        say("Starting the actions, the assistant and the gateway...")
        *behind, gateway = _children(settings, _environment(settings, redis_url), redis_url)
        await _all_ready(run, behind)
        if not run.stopping.is_set():
            # Last: whoever reaches the page or sees /readyz answer has an assistant there.
            await _all_ready(run, [gateway])
        if not run.stopping.is_set():
            _greet(settings, time.monotonic() - started, password)
        await run.stopping.wait()
    finally:
        say("Stopping...")
        await run.stop()
        say("Stopped.")


async def _all_ready(run: Supervisor, children: list[Child]) -> None:
    """Start the children together; returns when all are ready, or when the desk must stop."""
    waits = [asyncio.create_task(run.start(child, READY_S)) for child in children]
    stop: asyncio.Future[Any] = asyncio.ensure_future(run.stopping.wait())
    everything: asyncio.Future[Any] = asyncio.gather(*waits)
    await asyncio.wait({stop, everything}, return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    if everything.done():
        everything.result()
    else:
        everything.cancel()


def up(settings: Settings) -> int:
    """Check, start, wait. The exit status: 0 after Ctrl-C, 2 when it cannot start."""
    lines = problems(settings)
    if lines:
        for line in lines:
            print(line, file=sys.stderr)
        return 2
    try:
        unpack(settings.models / MODEL, settings.triage_model)
        handle = _lock(settings)
        settings = replace(settings, data=settings.data.resolve())
        os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
        asyncio.run(_run(settings))
        del handle
    except (CannotStart, NoHeads, TimeoutError) as error:
        print(str(error), file=sys.stderr)
        return 2
    return 0
