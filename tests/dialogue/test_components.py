"""Promises of the NLU component: a trainer's example counts, and the gateway gets those heads."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.api import train
from rasa.core.agent import Agent
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message

from bot.dialogue import components, model
from bot.dialogue.components import ReadingClassifier, example_of
from bot.triage.read import Reader

FIRST = {
    "crime_report": [
        "someone has stolen my bike from outside the library",
        "my shed was broken into last night and tools are gone",
        "they smashed my car window and took a bag",
        "a lad nicked my phone out of my hand on the tram",
    ],
    "advice": [
        "how do I make a complaint about an officer",
        "what happens after I report something",
        "can I find out about my partner's past",
        "how do I join a home watch scheme",
    ],
    "emergency": ["he is outside with a knife right now", "there is a man beating someone up"],
}
NEW_LINE = "the wheelie bins went walkabout"


def _data(folder: Path, extra: dict[str, list[str]]) -> Path:
    """An nlu file with intent metadata, one example with its own, and acts."""
    blocks: list[dict[str, Any]] = []
    for intent, texts in FIRST.items():
        labels = {"danger": "now" if intent == "emergency" else "none"}
        texts = [*texts, *extra.get(intent, [])]
        examples = [{"text": text, "metadata": {"cues": []}} for text in texts]
        blocks.append({"intent": intent, "metadata": labels, "examples": examples})
    blocks += [
        {"intent": "yes", "metadata": {"asked": "injury"}, "examples": "- yes\n- yeah I was\n"},
        {
            "intent": "answer",
            "metadata": {"asked": "location"},
            "examples": "- by the shops\n- home\n",
        },
    ]
    path = folder / "nlu.yml"
    path.write_text(yaml.safe_dump({"version": "3.1", "nlu": blocks}, sort_keys=False))
    return path


def _train(folder: Path, extra: dict[str, list[str]]) -> Path:
    config = {
        "recipe": "default.v1",
        "language": "en",
        "assistant_id": "reading",
        "pipeline": [{"name": "bot.dialogue.components.ReadingClassifier"}],
        "policies": [{"name": "RulePolicy"}],
    }
    domain = {"version": "3.1", "intents": [*FIRST, "yes", "answer"]}
    for name, content in (("config", config), ("domain", domain)):
        (folder / f"{name}.yml").write_text(yaml.safe_dump(content))
    result = train(
        domain=str(folder / "domain.yml"),
        config=str(folder / "config.yml"),
        training_files=[str(_data(folder, extra))],
        output=str(folder / "models"),
        fixed_model_name="desk",
    )
    assert result.model is not None
    return Path(result.model)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for training, with a cache of its own."""
    return tmp_path_factory.mktemp("reading")


@pytest.fixture(scope="module", autouse=True)
def cache(folder: Path) -> Any:
    """Rasa's training cache stays out of the checkout."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RASA_CACHE_DIRECTORY", str(folder / "cache"))
        yield


def test_an_added_example_is_learnt_by_plain_training_and_reaches_the_gateway(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`rasa train` fits the heads on it; the unpacked heads are those of the same archive."""
    seen: list[list[str]] = []

    def counting(examples: Any, out: Path, progress: Any) -> Any:
        seen.append([example.text for example in examples])
        return components_fit(examples, out, progress)

    components_fit = components.fit
    monkeypatch.setattr(components, "fit", counting)
    archive = _train(folder, {})
    before = Reader.load(model.unpack(archive, folder / "triage"))
    assert len(seen) == 1 and NEW_LINE not in seen[0]

    archive = _train(folder, {"crime_report": [NEW_LINE] * 1})
    assert len(seen) == 2 and NEW_LINE in seen[1]
    after = Reader.load(model.unpack(archive, folder / "triage"))
    assert after.fingerprint != before.fingerprint
    gained = (
        after.read(NEW_LINE).route_scores["crime_report"]
        - before.read(NEW_LINE).route_scores["crime_report"]
    )
    assert gained > 0

    _train(folder, {"crime_report": [NEW_LINE]})
    assert len(seen) == 2, "unchanged data is not fitted again"
    again = Reader.load(model.unpack(archive, folder / "triage"))
    assert again.fingerprint == after.fingerprint


async def test_without_the_gateway_rasa_reads_by_itself(folder: Path) -> None:
    """`rasa shell` and `rasa test` get intent, ranking and the whole reading."""
    agent = Agent.load(_train(folder, {}))
    parsed = await agent.parse_message(FIRST["crime_report"][0])
    assert parsed["intent"]["name"] == "crime_report"
    assert parsed["intent_ranking"][0]["name"] == "crime_report"
    assert set(FIRST) >= {item["name"] for item in parsed["intent_ranking"]}
    assert parsed["reading"]["route"] == "crime_report"
    assert (await agent.parse_message("yes"))["intent"]["name"] == "yes"
    danger = await agent.parse_message("he is outside with a knife right now")
    assert danger["intent"]["name"] == "emergency"


def test_labels_of_the_example_stand_over_those_of_its_block() -> None:
    """Rasa keeps both; what a trainer wrote beside one line is the more exact."""
    message = Message.build(
        "yes",
        "answer",
        intent_metadata={"asked": "injury", "danger": "none"},
        example_metadata={"danger": "check"},
    )
    example = example_of(message)
    assert (example.act, example.asked, example.danger) == ("answer", "injury", "check")


def test_an_untrained_component_leaves_messages_alone(tmp_path: Path) -> None:
    """Rasa creates it before it is trained."""
    made = ReadingClassifier.create(
        {}, LocalModelStorage(tmp_path), Resource("x"), ExecutionContext(GraphSchema({}), "m")
    )
    message = Message.build("hello")
    assert made.process([message]) == [message] and message.get("intent") is None
    assert os.listdir(tmp_path) == []
