"""Hear of actions that failed, and keep their words out of the log.

Rasa swallows what an action raises, writes a traceback to its log and goes on with the events
lost: the person would get half a reply, the draft would lose an answer, and the traceback of
a refused answer holds the whole draft. The record is made in the turn's own task, so it finds
the turn it belongs to.
"""

from __future__ import annotations

import logging

from bot.dialogue.tracker import TURN

_LOGGER = "rasa.core.processor"


class ActionWatch(logging.Filter):
    """Marks the running turn as failed when Rasa logs an exception of an action."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record without its traceback; only the kind of the exception is told."""
        if record.exc_info and record.exc_info[1] is not None:
            kind = type(record.exc_info[1]).__name__
            turn = TURN.get()
            if turn is not None:
                turn.note(f"action failed: {kind}")
            record.msg, record.args = "An action failed: %s", (kind,)
            record.exc_info = record.exc_text = None
        return True


def start() -> None:
    """Listen from now on; calling it again changes nothing."""
    logger = logging.getLogger(_LOGGER)
    if not any(isinstance(one, ActionWatch) for one in logger.filters):
        logger.addFilter(ActionWatch())
