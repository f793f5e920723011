"""Ending a background task for certain."""

from __future__ import annotations

import asyncio
from typing import Any


async def end(task: asyncio.Task[Any]) -> None:
    """Cancel until it is over. Once is not enough: redis-py 4.6 reads under a timeout that can
    turn a cancellation of the same moment into its own time-out, which is then tried again."""
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=0.2)
