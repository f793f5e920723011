"""Rate limits: one bucket for an address and a kind of request. Loopback is never limited.

Held in memory: a gateway that starts again forgives, which is better than refusing someone
in danger. Message sends have a bucket of their own, so reading cannot use them up.
"""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable

from aiohttp import web

from bot.web.errors import Problem

# Addresses remembered; the longest quiet is forgotten first, so memory has an upper bound.
MAX_BUCKETS = 20_000


def client_address(request: web.Request, trusted_proxy: bool) -> str:
    """The address that asks; X-Forwarded-For counts only behind our own proxy (last entry)."""
    if trusted_proxy:
        forwarded = request.headers.get("X-Forwarded-For", "")
        last = forwarded.rsplit(",", 1)[-1].strip()
        if last:
            return last
    return request.remote or ""


def is_loopback(address: str) -> bool:
    """True for this machine itself. An empty address is a unix socket: also this machine."""
    if not address:
        return True
    try:
        return ipaddress.ip_address(address.partition("%")[0]).is_loopback
    except ValueError:
        return False


class Limiter:
    """Token buckets of (kind, address): `per_minute` tokens, all of them free at first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def check(self, kind: str, address: str, per_minute: int) -> None:
        """Take one token. Raises `Problem("too_many")` with Retry-After when there is none."""
        if is_loopback(address):
            return
        now = self._clock()
        rate = per_minute / 60.0
        left, since = self._buckets.pop((kind, address), (float(per_minute), now))
        left = min(float(per_minute), left + (now - since) * rate)
        allowed = left >= 1.0
        self._buckets[(kind, address)] = (left - 1.0 if allowed else left, now)
        while len(self._buckets) > MAX_BUCKETS:
            self._buckets.popitem(last=False)
        if not allowed:
            wait = max(1, round((1.0 - left) / rate))
            raise Problem("too_many", headers={"Retry-After": str(wait)})
