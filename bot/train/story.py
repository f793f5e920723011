"""`livechat story CONVERSATION`: a Rasa story and a replay script from a real chat, scrubbed.

Read from the records, never from the live store. The story holds intents and actions and no
word; the script holds the person's words after the scrubber of `livechat data add`, one
scrubber for the whole chat, so that a person keeps one invented name throughout.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from bot.dialogue.intent import intent_name
from bot.records.archive import Reader
from bot.records.tables import make_tables, open_database, reach
from bot.train.scrub import Change, Scrubber

Row = Mapping[str, Any]
Json = dict[str, Any]
ASKED: Final = "ask_"  # what a question's line is called, before the question's id


class NoStory(RuntimeError):
    """No story can be made of the conversation; the text is one plain sentence."""


@dataclass(frozen=True)
class Turn:
    """What the person wrote, scrubbed, how it was read, and whether the bot answered."""

    text: str
    intent: str
    route: str | None  # of a message that was read as a first message
    answered: bool
    queued: bool  # a person was fetched by then


@dataclass(frozen=True)
class Story:
    """A chat without anything that tells who it was."""

    name: str
    turns: tuple[Turn, ...]
    disposition: str | None
    changes: tuple[Change, ...]
    left: tuple[str, ...]  # what still looks personal
    model: tuple[str, ...]  # fingerprints of the models that read it


def from_records(url: str, desk: str, conversation: str, domain: Path) -> Story:
    """The story of a stored conversation. Raises NoStory when there is none to tell."""
    problem = reach(url)
    if problem:
        raise NoStory(f"The records cannot be opened ({problem}).")
    engine = open_database(url)
    try:
        make_tables(engine)  # of a desk that was never started
        reader = Reader(engine, desk)
        row = reader.conversation(conversation)
        entries = reader.transcript(conversation)
        refusal = _refusal(row, entries, reader.anonymous(conversation))
    finally:
        engine.dispose()
    if refusal or row is None:
        raise NoStory(f"{conversation}: {refusal}")
    known = yaml.safe_load(domain.read_text(encoding="utf-8"))["intents"]
    return story_of(row, entries, [str(one) for one in known])


def _refusal(row: Row | None, entries: Sequence[Row], anonymous: bool) -> str | None:
    if row is None:
        return "there is no such conversation in the records."
    said = [one for one in entries if one["sender"] == "person"]
    if row.get("erased_at") or (said and all(one["blanked"] for one in said)):
        return "it was erased: its words are gone, and nothing can be made of it."
    if anonymous or row.get("sealed_at") or row.get("sealed"):
        return "it is sealed: who wrote it stays anonymous, so nothing is made of it."
    return None if said else "nobody wrote anything in it."


def story_of(row: Row, entries: Sequence[Row], known: Sequence[str]) -> Story:
    """The story of stored entries; `known` are the intents of the domain."""
    scrubber = Scrubber(str(row["id"]))
    turns: list[Turn] = []
    changes: list[Change] = []
    left: list[str] = []
    models: list[str] = []
    asked: str | None = None
    queued = False
    for at, one in enumerate(entries):
        says = str(one.get("says") or "")
        if one["sender"] == "bot" and says.startswith(ASKED):
            asked = says.removeprefix(ASKED)
        if one["sender"] != "person" or one["blanked"]:
            continue
        data = one["data"] or {}
        reading = data.get("reading") or {}
        models += [str(reading["model"])] if reading.get("model") else []
        text, made = scrubber.scrub(str(one["text"]), asked)
        changes += made
        left += scrubber.left_over(text)
        answered, fetched = _after(entries[at + 1 :])
        queued = queued or fetched  # a handoff stays in force
        route = reading.get("route") if reading and not reading.get("act") else None
        intent = intent_name(reading, data.get("payload"), known) if reading else "out_of_scope"
        turns.append(Turn(text, intent, route, answered, queued))
    name = "chat " + hashlib.sha256(str(row["id"]).encode()).hexdigest()[:8]
    return Story(
        name, tuple(turns), row.get("disposition"), tuple(changes),
        tuple(dict.fromkeys(left)), tuple(dict.fromkeys(models)),
    )  # fmt: skip


def _after(entries: Sequence[Row]) -> tuple[bool, bool]:
    """Whether the bot answered before the person's next message, and whether a person came."""
    answered = queued = False
    for one in entries:
        if one["sender"] == "person":
            break
        answered = answered or (one["sender"] == "bot" and one["type"] != "safety")
        moved = (one["data"] or {}).get("move")
        queued = queued or str(one.get("says") or "") == "note.queue" or moved == "queue"
    return answered, queued


def rasa_story(story: Story, actions: Mapping[str, str]) -> str:
    """The story in Rasa's YAML; `actions` say what the bot does after an intent."""
    lines = [
        "# From a real chat, scrubbed. Look it over before you keep it in data/stories.",
        "stories:",
        f"- story: {story.name}",
        "  steps:",
    ]
    for number, turn in enumerate(story.turns, 1):
        action = actions.get(turn.intent)
        if not turn.answered or action is None:
            why = "the bot did not answer" if action else f"no rule for {turn.intent}"
            lines.append(f"  # message {number}: {why}")
            continue
        intent = f'"{turn.intent}"' if turn.intent in ("yes", "no") else turn.intent
        lines += [f"  - intent: {intent}", f"  - action: {action}"]
    return "\n".join(lines)


def replay_script(story: Story) -> str:
    """One line in the shape of docs/formats.md: what was read then is what is expected."""
    turns: list[Json] = []
    for turn in story.turns:
        expect: Json = {}
        if turn.route:
            expect["route"] = turn.route
        if turn.queued:
            expect["escalates"] = True
        turns.append({"user": turn.text, **({"expect": expect} if expect else {})})
    made: Json = {
        "id": story.name.replace(" ", "-"), "title": "From a real chat, scrubbed",
        "persona": "unknown", "turns": turns,
    }  # fmt: skip
    if story.disposition:
        made["end"] = {"disposition": story.disposition}
    return json.dumps(made, ensure_ascii=False)


def actions_of(root: Path) -> dict[str, str]:
    """What the bot does after each intent: its rule, else the first story that has it."""
    found: dict[str, str] = {}
    for path in (root / "data" / "rules", root / "data" / "stories"):
        for file in sorted(path.rglob("*.yml")):
            content = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
            for one in [*content.get("rules", []), *content.get("stories", [])]:
                for intent, action in _steps(one["steps"]):
                    found.setdefault(intent, action)
    return found


def _steps(steps: Sequence[Json]) -> Iterator[tuple[str, str]]:
    for one, after in itertools.pairwise(steps):
        if "intent" in one and "action" in after:
            yield str(one["intent"]), str(after["action"])
