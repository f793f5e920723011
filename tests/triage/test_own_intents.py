"""A trainer's own intent is learnt from a few examples, and never hides danger."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.train.corpus import load_nlu
from bot.triage.example import Example
from bot.triage.fit import fit
from bot.triage.read import Reader

DRONES = (
    "can I fly my drone over the park",
    "someone's drone keeps hovering, what are the drone rules",
    "do I need a licence for a drone",
    "is it legal to film with a drone",
    "where can I fly a drone in Bolton",
    "drone rules please",
    "I got a drone for Christmas, is there a law about drones",
    "how high can drones go",
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    folder: Path = tmp_path_factory.mktemp("own")
    ours = [one for one in load_nlu() if one.first][::4]
    own = [Example.of(text, "ask_drones", {"id": f"own-{n}"}) for n, text in enumerate(DRONES)]
    fit([*ours, *own], folder, lambda _: None)
    return Reader.load(folder)


@pytest.mark.parametrize("text", ["what are the rules for drones", "can i fly a drone near school"])
def test_other_words_of_the_new_intent_are_recognised(reader: Reader, text: str) -> None:
    assert reader.read(text).intent == "ask_drones"


def test_other_messages_keep_their_route(reader: Reader) -> None:
    for text in ("my bike was stolen from outside the library", "how do I complain", "hello"):
        assert reader.read(text).intent is None


def test_danger_is_never_hidden_behind_a_new_intent(reader: Reader) -> None:
    found = reader.read("a man with a drone and a knife is outside my house now")
    assert (found.intent, found.danger) == (None, "now")
