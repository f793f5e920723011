"""Headers of every answer: nothing inline, nobody else's script, no referrer, no sniffing."""

from __future__ import annotations

import re

from aiohttp import web

_HOST = re.compile(r"[A-Za-z0-9.\-:\[\]]{1,255}")


def policy(host: str) -> str:
    """The content security policy. The socket is named for browsers whose 'self' leaves it out."""
    own = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            f"connect-src 'self'{own}",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


async def on_prepare(request: web.Request, response: web.StreamResponse) -> None:
    """Put the headers on; a handler that set one of them keeps its own."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", policy(request.host))
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "no-referrer")
    headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault(
        "Permissions-Policy", "geolocation=(self), camera=(), microphone=(), browsing-topics=()"
    )
    # Files change with a release and have no version in their name: ask each time (304 is cheap).
    headers.setdefault("Cache-Control", "no-cache")
    headers["Server"] = "desk"
