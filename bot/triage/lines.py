"""`livechat triage`: JSON lines in, one reading a line out, by the code that serves people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.triage.read import Reader


def triage_lines(lines: Iterable[str], model: Path) -> Iterator[str]:
    """Read each `{id, text}` line as the first message of a chat.

    Gives `{id, route, subtype, danger, cues, confidence, language}` lines in the same order.
    Raises ValueError with the line number for a line that is not such an object.
    """
    reader = Reader.load(model)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
            text = given["text"]
            if not isinstance(text, str):
                raise TypeError
        except (ValueError, KeyError, TypeError):
            raise ValueError(f"Line {number} is not a JSON object with id and text.") from None
        reading = reader.read(text)
        yield json.dumps(
            {
                "id": given.get("id"),
                "route": reading.route,
                "subtype": reading.type,
                "danger": reading.danger,
                "cues": sorted({cue.name for cue in reading.cues}),
                "confidence": round(reading.confidence, 4),
                "language": reading.language,
            },
            ensure_ascii=False,
        )
