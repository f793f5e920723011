"""Limits of the gateway, each with its reason."""

from __future__ import annotations

API = "/api/v1"

# Design section 8: beyond this the message is refused (413) and the box keeps it.
MAX_TEXT = 10_000
# 10,000 characters written as \\uXXXX pairs take 120 kB; twice that is never a message.
MAX_BODY = 256 * 1024
# Longest client id that we keep: a UUID has 36 characters.
MAX_CLIENT_ID = 64
# Design section 8: a long poll is answered after this at the latest.
MAX_WAIT_S = 25.0
# Entries in one answer; a reader with more to come asks again from `through`.
MAX_EVENTS = 500
# How far back the person's last sends are looked for: three sends with what the bot says between.
RECENT_ENTRIES = 30
RECENT_SENDS = 3
# How far back a button stays offered. The page shows only the last ones; an API client may lag.
OFFER_ENTRIES = 200
# A reading takes 2-9 ms; past this the message goes on unread, as a reading that failed.
READ_TIMEOUT_S = 4.0
# Cues kept of one conversation: what a card can show, and an end to what a flood can add.
MAX_CUES = 60
# Threads that read. The model keeps one core busy, so more would only wait for each other.
READ_THREADS = 2
# Times a message is read again because the log grew under it (design section 5, step 4).
REREADS = 1

SOCKET_AUTH_S = 10.0
# A frame that cannot be written for this long belongs to a socket that has stopped reading.
SOCKET_SEND_S = 5.0
# Home routers and proxies drop quiet connections after a minute.
SOCKET_HEARTBEAT_S = 25.0
# What may wait in our memory for one socket before we wait for it to read.
SOCKET_BUFFER = 64 * 1024
SOCKET_MAX_FRAME = 4096
# Open sockets of one conversation: a phone, a laptop and what is left of their last connections.
SOCKETS_PER_CONVERSATION = 8

# Tokens a minute for one address; loopback is never limited (design section 8).
RATE_START_PER_MINUTE = 30
RATE_SEND_PER_MINUTE = 60
RATE_READ_PER_MINUTE = 600

TICK_S = 1.0

# A person with a risk open who cannot be reached for this long is lost contact. Shorter would
# cry wolf at each lift and tunnel.
LOST_AFTER_MS = 120_000
# How often a reader with a risk open says that it is still there (`last_seen`).
SEEN_EVERY_MS = 20_000
