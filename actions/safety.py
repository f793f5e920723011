"""What the bot says when a message shows danger: the gateway has spoken, so very little."""

from __future__ import annotations

from actions.base import DeskAction, Turn
from actions.flow import go_on
from bot.report import draft as drafts


class ActionAfterDanger(DeskAction):
    """After an emergency message: the safety questions that are left, or nothing.

    999 is told by the gateway in the step that stored the message; it is not said again here.
    Without a gateway (rasa shell) the full sentence is said, so that no path is without it.
    """

    action_name = "action_after_danger"

    def act(self, turn: Turn) -> None:
        """Fill, ask for the line, and go on with the safe questions only."""
        turn.fill()
        turn.handled()
        if turn.draft["stage"] == "idle":
            turn.draft["stage"] = "report"
        if not turn.desk:
            turn.safety("tell_999_full")
            return
        if turn.danger == "now" and not turn.desk.get("queued"):
            turn.want_queue("danger now", "danger")
        if turn.draft["reference"] and turn.draft["stage"] == "sent":
            turn.draft["account"].append({"seq": turn.seq, "text": turn.text})
            return
        if turn.danger != "now" and not drafts.is_open(turn.draft):
            return
        go_on(turn)
