"""The desk engine: the one place that holds a live conversation (design section 4)."""

from bot.desk.board import WAKE_ALL
from bot.desk.engine import Desk
from bot.desk.lines import Guard
from bot.desk.moves import Move
from bot.desk.queue import Waiting
from bot.desk.results import Committed, Due, Moved, Receipt, Snapshot, Taken
from bot.desk.state import State
from bot.desk.store import DeskError, DeskUnavailable, now_ms

__all__ = [
    "WAKE_ALL",
    "Committed",
    "Desk",
    "DeskError",
    "DeskUnavailable",
    "Due",
    "Guard",
    "Move",
    "Moved",
    "Receipt",
    "Snapshot",
    "State",
    "Taken",
    "Waiting",
    "now_ms",
]
