"""What the bot says in a turn, collected instead of sent.

Stock output channels split texts at blank lines and drop buttons beside custom data; a reply
of ours is kept whole, with the response name and language that design decision 11 wants.
"""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel

Line = dict[str, Any]


class Collector(OutputChannel):
    """Keeps every reply of a turn as a line for the desk's log; sends nothing."""

    def __init__(self, language: str) -> None:
        """`language` is the ISO 639-1 code of lines that do not name their own."""
        self.lines: list[Line] = []
        self.silent = False
        self._language = language

    @classmethod
    def name(cls) -> str:
        """The channel name that conditional response variants can use."""
        return "desk"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep `message`; custom `{"silent": true}` marks a turn that means to say nothing."""
        custom = message.get("custom") or {}
        self.silent = self.silent or bool(custom.get("silent"))
        text = str(message.get("text") or custom.get("text") or "").strip()
        if not text:
            return
        self.lines.append(
            {
                "text": text,
                "says": str(custom.get("says") or message.get("utter_action") or ""),
                "lang": str(custom.get("lang") or self._language),
                "type": str(custom.get("type") or "message"),
                "buttons": [
                    {"title": str(b.get("title", "")), "payload": str(b.get("payload", ""))}
                    for b in message.get("buttons") or []
                ],
                "exempt": list(custom.get("exempt") or []),
            }
        )

    @property
    def answered(self) -> bool:
        """True when the bot said something or meant to say nothing."""
        return self.silent or bool(self.lines)
