"""Promises of the collector: a reply is kept whole, with its name, language and buttons."""

from __future__ import annotations

from bot.dialogue.replies import Collector


async def test_a_reply_is_one_line_with_all_it_has() -> None:
    """Blank lines do not split it, and custom data does not cost it its buttons."""
    out = Collector("pl")
    await out.send_response(
        "c",
        {
            "text": "One.\n\nTwo?",
            "buttons": [{"title": "Yes", "payload": "/yes", "type": "postback"}],
            "custom": {"says": "ask_x", "lang": "en", "type": "card", "exempt": ["0161"]},
            "utter_action": "utter_x",
            "elements": None,
        },
    )
    assert out.lines == [
        {
            "text": "One.\n\nTwo?",
            "says": "ask_x",
            "lang": "en",
            "type": "card",
            "buttons": [{"title": "Yes", "payload": "/yes"}],
            "exempt": ["0161"],
        }
    ]


async def test_a_response_of_the_domain_names_itself() -> None:
    """Without custom data the response name and the conversation's language stand in."""
    out = Collector("pl")
    await out.send_response("c", {"text": "Hello.", "utter_action": "utter_greet"})
    assert (out.lines[0]["says"], out.lines[0]["lang"]) == ("utter_greet", "pl")


async def test_nothing_is_no_answer_and_the_mark_is_one() -> None:
    """An empty reply does not count as having answered; the silent mark does, without a line."""
    out = Collector("en")
    await out.send_response("c", {"text": "  "})
    assert not out.answered
    await out.send_response("c", {"text": None, "custom": {"silent": True}})
    assert out.answered and out.lines == []
