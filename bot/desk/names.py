"""Every key, limit, status and counter name of the desk, with the reason for each number.

Nothing outside `bot/desk` builds a Redis key. The Lua prelude is generated from
this module (`bot.desk.store`), so that a name stands in one place only.
"""

from __future__ import annotations

import re
from typing import Final

# --- Keys -------------------------------------------------------------------
# One hash tag per desk: log, state, queue and work list change in one script
# (design decision 1), so they must live in one slot of a cluster.


def prefix(desk_id: str) -> str:
    """Start of every key of a desk, e.g. ``{gmp}:``."""
    if not re.fullmatch(r"[A-Za-z0-9_.-]{1,64}", desk_id):
        raise ValueError(f"desk id {desk_id!r}: letters, digits, '_', '.', '-' (1 to 64)")
    return "{" + desk_id + "}:"


# Keys of one conversation: prefix + "c:" + id + ":" + suffix.
STATE: Final = "state"  # hash, docs/seams.md section 3
LOG: Final = "log"  # list; the sequence number is the length after the append
IDS: Final = "ids"  # hash: sender and client id -> "seq count digest"
DRAFT: Final = "draft"  # JSON text
TRACKER: Final = "tracker"  # JSON text: the short state list the dialogue starts a turn from
HISTORY: Final = "history"  # list of JSON texts: every tracker event, never read in a turn
CONVERSATION_SUFFIXES: Final = (STATE, LOG, IDS, DRAFT, TRACKER, HISTORY)

# Keys of the whole desk: prefix + name.
WORK: Final = "work"  # sorted set, member kind:id, score = due time in ms
ATTENDED: Final = "attended"  # set: conversations owned by the queue or an operator
REFS: Final = "refs"  # hash: reference -> conversation (reserved when the draft is made)
COUNTERS: Final = "counters"  # hash: name -> count, never holds a person's words
BEATS: Final = "beats"  # sorted set: operator -> last beat in ms
AVAILABLE: Final = "available"  # set: operators who will take a new chat
NO_HANDLERS: Final = "no_handlers"  # the supervisor's switch (call-handling.md section 19)
WAKE: Final = "wake"  # pub/sub channel, payload = conversation id
DESK_KEYS: Final = (WORK, ATTENDED, REFS, COUNTERS, WAKE)
SESSION: Final = "session:"  # + key: a console session, with a time to live
HITS: Final = "hits:"  # + bucket: a rate limit's counter, with a time to live


def conversation_key(desk_prefix: str, conversation: str, suffix: str) -> str:
    """Key of one part of a conversation."""
    return f"{desk_prefix}c:{conversation}:{suffix}"


# --- Work kinds -------------------------------------------------------------
TURN: Final = "turn"  # the bot has a message to handle
ARCHIVE: Final = "archive"  # SQL is behind the log
NUDGE: Final = "nudge"  # the person has been silent
GONE: Final = "gone"  # is the owning operator still there?
HOLD: Final = "hold"  # a hold is over
LOST: Final = "lost"  # the person dropped out with a risk open: look now
RETAIN: Final = "retain"  # a closed conversation has reached its retention time
CHECK_WAIT: Final = "check_wait"  # the check question has had no answer
WORK_KINDS: Final = (TURN, ARCHIVE, NUDGE, GONE, HOLD, LOST, RETAIN, CHECK_WAIT)

# --- Owners, danger ---------------------------------------------------------
BOT: Final = "bot"
QUEUE: Final = "queue"
CLOSED: Final = "closed"
OPERATOR: Final = "operator:"  # + operator id
DANGER: Final = ("none", "check", "now")  # in rising order
CHECK_ANSWERS: Final = ("no", "yes", "unsure")

# Actors that are not operators; every other `by` is an operator's id.
PERSON: Final = "person"
SYSTEM: Final = "system"

# --- Limits -----------------------------------------------------------------
CHECK_WAIT_MS: Final = 60_000  # design section 4: no answer in 60 s queues it
PRESENCE_MS: Final = 60_000  # design section 4: an operator is gone after 60 s without a beat
DIALOGUE_SILENT_MS: Final = 10_000  # design section 4: dialogue dead 10 s is said and queued
LEASE_MS: Final = 15_000  # a turn takes 20-200 ms; a dead worker costs the person at most this
ARCHIVE_DELAY_MS: Final = 1_000  # one upsert for a message, its safety lines and its replies
TURN_TRIES: Final = 2  # design section 4: two tries, then a plain sentence and the queue
CRASH_TRIES: Final = 5  # takes without a commit (a worker that dies): then treated as failed
NUDGE_MS: Final = 300_000  # five minutes: people look things up while they report
SILENCE_CLOSE_MS: Final = 1_800_000  # half an hour after the nudge, nothing open: closed
HOLD_MS: Final = 300_000  # a hold that nobody ends goes back to the queue after five minutes
RETRY_BACKOFF_MS: Final = 500  # a failed turn is tried again after this; long enough to settle
MOVE_TRIES: Final = 8  # compare-and-set rounds; a conversation has a handful of writers
EVENTS_LIMIT: Final = 500  # entries of one read: 500 x 10,000 characters is 5 MB at worst
CLIENT_ID_MAX: Final = 128  # a UUID is 36
HISTORY_MAX: Final = 20_000  # tracker events kept: over 1,000 turns, more than any real chat

# --- Statuses ---------------------------------------------------------------
# Of receive and operator_message
NEW: Final = "new"
SAME: Final = "same"
CONFLICT: Final = "conflict"
GROWN: Final = "grown"
SHUT: Final = "closed"
UNKNOWN: Final = "unknown"
REFUSED: Final = "refused"  # operator_message only: this operator does not own it
RECEIPT_STATUSES: Final = (NEW, SAME, CONFLICT, GROWN, SHUT, UNKNOWN, REFUSED)
# Of commit
OK: Final = "ok"
DROPPED: Final = "dropped"  # written, but some of the bot's lines were left out and counted
STALE: Final = "stale"  # another worker has the turn, or it is already committed
STALE_DRAFT: Final = "stale_draft"  # a handler edited the draft: do the turn again
COMMIT_STATUSES: Final = (OK, DROPPED, STALE, STALE_DRAFT)
COMMIT_DONE: Final = (OK, DROPPED)

# --- Counters (metric names; no label, no words of a person) -----------------
COUNT_MESSAGES: Final = "messages"
COUNT_REPEATED: Final = "messages_sent_again"
COUNT_TURNS: Final = "turns_committed"
COUNT_TAKES: Final = "takes"
COUNT_STALE: Final = "commits_stale"
COUNT_STALE_DRAFT: Final = "commits_stale_draft"
COUNT_DROPPED: Final = "bot_lines_dropped"
COUNT_GUARDED: Final = "lines_number_replaced"
COUNT_FAILED: Final = "turns_failed"
COUNT_QUEUED: Final = "queued"
COUNT_REOPENED: Final = "reopened"
COUNT_BLANKED: Final = "entries_blanked"

# --- Closing codes (call-handling.md section 6: set by a handler) -------------
CLOSING_CODES: Final = (
    "999_advised_and_handed",
    "emergency_created",
    "crime_recorded",
    "incident_recorded",
    "intelligence_submitted",
    "advice_given",
    "signposted_agency",
    "report_fraud_signposted",
    "appointment_made",
    "telephone_resolution",
    "case_update_given",
    "complaint_recorded",
    "praise_recorded",
    "safeguarding_referral",
    "victim_service_referral",
    "duplicate_of",
    "out_of_force_area",
    "lost_contact_risk_open",
    "lost_contact_no_risk",
    "abusive_closed_by_person",
    "hoax_suspected_closed_by_person",
    "test",
    "declined_to_continue",
)
# These two say nothing without their "which".
CLOSING_CODES_WITH_REASON: Final = ("signposted_agency", "duplicate_of")

# --- State fields -----------------------------------------------------------
# Once 1, always 1 (call-handling.md section 14: protected is never lowered).
LATCHED_FIELDS: Final = (
    "protected",
    "silenced",
    "deaf",
    "child",
    "suspect",
    "suicide",
    "queued",
    "queued_danger",
)
# Only the scripts write these; a caller who passes one has a bug.
ENGINE_FIELDS: Final = (
    "owner",
    "danger",
    "peak",
    "turn",
    "tries",
    "fails",
    "cursor",
    "rev",
    "length",
    "chain",
    "queued",
    "queued_danger",
    "queue_since",
    "created",
    "last_person",
    "last_person_seq",
    "last_bot",
    "closed_at",
    "close_code",
    "close_by",
)
# What the bot last asked: not taken over from a turn whose lines were dropped.
ASKING_FIELDS: Final = ("asking", "safety_asking")

# No vowels and no look-alikes: it is read out over the telephone and spells nothing.
REFERENCE_ALPHABET: Final = "BCDFGHJKMNPQRTVWXY346789"
TOMBSTONE: Final = "[This text has been removed.]"
