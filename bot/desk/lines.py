"""Log entries: building, the number guard, the hash chain, blanking.

Stored form of an entry (one JSON text in the log)::

    {"seq": 3, "ts": 1795300000000, "hash": "<sha-256 of the entry's text>",
     "chain": "<sha-1 of previous chain | seq | ts | hash>", "entry": {...}}

The content hash is made here, before the script; the order is decided in the
script, so the chain is made there with ``redis.sha1hex``. A blanked entry keeps
its number, hash and chain, so the chain still verifies without the words.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bot.desk import names

Guard = Callable[[str, Sequence[str]], tuple[str, list[str]]]
"""``guard(text, exempt) -> (clean text, what was replaced)``; see `bot.content.guard`."""

LINE_TYPES = ("message", "safety", "status", "card", "file", "note")
SENDERS = ("person", "bot", "operator", "system")
# A client chooses its ids, so they may hold words too.
_BLANKED_AWAY = ("reading", "payload", "buttons", "attachments", "values", "move", "client_id")


def canonical(value: object) -> str:
    """One text for one value: sorted keys, no spaces, ASCII (a lone surrogate survives)."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def digest(text: str) -> str:
    """SHA-256 of a canonical text, in hex."""
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def entry(
    *,
    type: str,
    sender: str,
    text: str,
    says: str | None = None,
    lang: str | None = "en",
    buttons: Iterable[Mapping[str, Any]] = (),
    attachments: Iterable[Any] = (),
    audience: str = "all",
    **more: object,
) -> dict[str, Any]:
    """An entry as docs/seams.md section 3 has it, without its number, time and chain."""
    if type not in LINE_TYPES or sender not in SENDERS or audience not in ("all", "staff"):
        raise ValueError(f"not a log entry: type {type!r}, sender {sender!r}, {audience!r}")
    made: dict[str, Any] = {
        "type": type,
        "sender": sender,
        "text": text,
        "says": says,
        "lang": lang,
        "buttons": [dict(b) for b in buttons],
        "attachments": list(attachments),
        "audience": audience,
    }
    made.update({k: v for k, v in more.items() if v is not None})
    return made


def packed(made: Mapping[str, Any]) -> dict[str, Any]:
    """What a script gets of an entry: its text, its hash, and whether it is a safety line."""
    body = canonical(made)
    return {"body": body, "hash": digest(body), "safety": made["type"] == "safety"}


def machine_lines(
    given: Iterable[Mapping[str, Any]], guard: Guard | None
) -> tuple[list[dict[str, Any]], int]:
    """Entries from what a caller wants said, each through the guard; and how many it changed.

    `exempt` of a line (the person's own number, the reference) is used and left out.
    """
    made, replaced = [], 0
    for line in given:
        fields = {k: v for k, v in line.items() if k not in ("exempt", "silent")}
        fields.setdefault("type", "message")
        fields.setdefault("sender", "bot")
        if guard is not None:
            clean, found = guard(str(fields["text"]), tuple(line.get("exempt") or ()))
            replaced += bool(found)
            fields["text"] = clean
        made.append(entry(**fields))
    return made, replaced


def note(by: str, text: str, says: str, **move: object) -> dict[str, Any]:
    """A staff entry: the source of the audit. `by` is an operator id, person, bot or system."""
    sender = by if by in (names.PERSON, names.BOT, names.SYSTEM) else "operator"
    detail = {k: v for k, v in move.items() if v not in (None, "")}
    return entry(
        type="note", sender=sender, text=text, says=says, audience="staff", by=by, move=detail
    )


def flat(text: str) -> dict[str, Any]:
    """A stored entry as one dictionary: the entry's fields with seq, ts (ms), hash, chain."""
    outer: dict[str, Any] = json.loads(text)
    return {
        **outer["entry"],
        "seq": outer["seq"],
        "ts": outer["ts"],
        "hash": outer["hash"],
        "chain": outer["chain"],
    }


def chain_breaks(texts: Iterable[str]) -> list[int]:
    """Numbers of entries whose chain or content does not verify; empty when all is well.

    The content of a blanked entry cannot be checked; its hash still stands in the chain.
    """
    broken, previous = [], ""
    for place, text in enumerate(texts, start=1):
        outer = json.loads(text)
        link = f"{previous}|{outer['seq']}|{outer['ts']}|{outer['hash']}"
        sound = outer["seq"] == place
        # SHA-1 is all that a script has; see docs/decisions/0001-desk-engine.md.
        made = hashlib.sha1(link.encode("ascii"), usedforsecurity=False).hexdigest()
        sound &= made == outer["chain"]
        body = outer["entry"]
        sound &= bool(body.get("blanked")) or digest(canonical(body)) == outer["hash"]
        if not sound:
            broken.append(place)
        previous = outer["chain"]
    return broken


def blanked(text: str) -> str:
    """The stored entry with its words taken out and a tombstone in their place."""
    outer = json.loads(text)
    kept = {k: v for k, v in outer["entry"].items() if k not in _BLANKED_AWAY}
    kept.update(text=names.TOMBSTONE, blanked=True, buttons=[], attachments=[])
    outer["entry"] = kept
    return canonical(outer)
