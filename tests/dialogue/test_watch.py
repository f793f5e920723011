"""Promises of the watch: the turn hears of a failed action, the log holds no words of it."""

from __future__ import annotations

import logging

import pytest

from bot.dialogue import watch
from bot.dialogue.tracker import TURN, Staged


def test_a_failed_action_marks_its_turn_and_leaves_no_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Rasa logs the exception with its text; only its kind is kept."""
    watch.start()
    watch.start()
    logger = logging.getLogger("rasa.core.processor")
    assert sum(isinstance(one, watch.ActionWatch) for one in logger.filters) == 1
    turn = Staged("c")
    token = TURN.set(turn)
    try:
        raise ValueError("MARKER of a person")
    except ValueError:
        logger.exception("Encountered an exception while running action 'x': MARKER")
    finally:
        TURN.reset(token)
    assert turn.error == "action failed: ValueError"
    assert "ValueError" in caplog.text and "MARKER" not in caplog.text


def test_other_records_pass_unchanged(caplog: pytest.LogCaptureFixture) -> None:
    """A warning is no failure of the turn."""
    watch.start()
    turn = Staged("c")
    token = TURN.set(turn)
    logging.getLogger("rasa.core.processor").warning("Circuit breaker tripped.")
    TURN.reset(token)
    assert turn.error is None and "Circuit breaker" in caplog.text
