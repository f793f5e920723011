"""Problems: an exception that carries a code and a plain sentence, and one place that replies.

Nothing of what a person wrote goes into a problem or a log line: a problem is made of a
code, a sentence from this file and, at most, numbers of our own.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.desk import DeskError, DeskUnavailable

log = logging.getLogger("bot.web")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

# code -> (status, plain sentence). The codes are part of the contract.
PROBLEMS: Mapping[str, tuple[int, str]] = {
    "json_broken": (400, "We could not read that. Send JSON in UTF-8."),
    "field_wrong": (422, "Something in the message was missing or not in the right form."),
    "text_empty": (422, "The message is empty. Write something and send it again."),
    "text_too_long": (
        413,
        "The message is longer than 10,000 characters. Send it in two or more parts.",
    ),
    "body_too_large": (413, "That is too big to send. Send it in smaller parts."),
    "payload_not_offered": (422, "That button was not offered in this conversation."),
    "token_missing": (401, "This needs the token that you were given at the start."),
    "token_wrong": (403, "That token does not open this conversation."),
    "conversation_unknown": (404, "We have no conversation with that name."),
    "not_found": (404, "There is nothing at this address."),
    "method_not_allowed": (405, "That cannot be done at this address."),
    "client_id_conflict": (
        409,
        "A different message was already sent with that client id. Use a new one.",
    ),
    "conversation_closed": (
        409,
        "This conversation is closed. Start a new one and name this one in `previous`.",
    ),
    "too_many": (429, "Too many requests came at once. Wait a moment and try again."),
    "origin_refused": (403, "That request came from a page that is not ours."),
    "not_logged_in": (401, "Log in first. You may have been logged out."),
    "login_wrong": (401, "That name and password do not fit together."),
    "role_wrong": (403, "Your account is not allowed to do this."),
    "csrf_wrong": (403, "This page is out of date. Load it again."),
    "move_refused": (409, "That cannot be done with this conversation now."),
    "proposal_refused": (422, "This cannot be proposed as it stands."),
    "report_unknown": (404, "There is no report with that reference."),
    "records_unavailable": (503, "The records cannot be reached at the moment. Try again soon."),
    "desk_unavailable": (
        503,
        "The chat is not working at the moment. If anyone is in danger, ring 999. "
        "If it is not an emergency, ring 101.",
    ),
    "internal": (
        500,
        "Something went wrong on our side. If anyone is in danger, ring 999. "
        "If it is not an emergency, ring 101.",
    ),
}


class Problem(Exception):
    """A refusal: `code` is one of `PROBLEMS`; `more` holds further members (numbers, ids)."""

    def __init__(
        self, code: str, *, headers: Mapping[str, str] | None = None, **more: object
    ) -> None:
        super().__init__(code)
        self.code = code
        self.status, self.sentence = PROBLEMS[code]
        self.headers = dict(headers or {})
        self.more = more

    def document(self) -> dict[str, object]:
        """The problem document: type, title (the sentence), status, code, and what is added."""
        return {
            "type": f"urn:livechat:problem:{self.code}",
            "title": self.sentence,
            "status": self.status,
            "code": self.code,
            **self.more,
        }

    def reply(self) -> web.Response:
        """The HTTP answer."""
        return web.json_response(
            self.document(),
            status=self.status,
            content_type="application/problem+json",
            headers=self.headers,
        )


_OF_HTTP = {404: "not_found", 405: "method_not_allowed", 413: "body_too_large"}


def _as_problem(error: Exception) -> Problem | None:
    """Say an exception as a problem; None means that it is an answer already."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, DeskUnavailable | DeskError):
        return Problem("desk_unavailable", headers={"Retry-After": "5"})
    if isinstance(error, web.HTTPException):
        code = _OF_HTTP.get(error.status)
        return Problem(code) if code else None
    return Problem("internal")


def _wants_page(request: web.Request) -> bool:
    return not request.path.startswith("/api/") and "text/html" in request.headers.get("Accept", "")


def middleware(down_page: str) -> Middleware:
    """Turn every error into its one reply. A browser gets `down_page` (HTML) when we are down."""

    @web.middleware
    async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPException as error:
            problem = _as_problem(error)
            if problem is None:
                raise
        except Exception as error:
            problem = _as_problem(error)
            if problem is None or problem.code == "internal":
                # The type only: the text of an exception may hold what a person wrote.
                log.error("%s %s failed: %s", request.method, _route(request), type(error).__name__)
                problem = Problem("internal")
        if problem.status >= 500 and _wants_page(request):
            return web.Response(
                text=down_page,
                status=problem.status,
                content_type="text/html",
                headers=problem.headers,
            )
        return problem.reply()

    return problems


def _route(request: web.Request) -> str:
    """The pattern of the address, never the address: it holds conversation ids."""
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else "?"
