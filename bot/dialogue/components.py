"""The NLU component: the desk's one reading of a message, inside Rasa's pipeline.

Its `train()` fits the heads, so an example that a trainer adds counts with plain
`rasa train`. Its `process()` serves `rasa shell` and `rasa test`; in the desk the gateway
has read the message already and Rasa runs no NLU.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    METADATA,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

import bot.triage
from bot.dialogue.intent import ROUTED_ACTS, intent_name
from bot.triage import acts
from bot.triage.example import Example
from bot.triage.fit import DECISIONS, fit
from bot.triage.read import Reader
from bot.triage.reading import Reading

log = logging.getLogger(__name__)

READING = "reading"
#: Stands for "something was asked, nobody knows what": Rasa's NLU sees one message only.
UNKNOWN_QUESTION = "anything_else"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ReadingClassifier(GraphComponent, IntentClassifier):
    """`bot.dialogue.components.ReadingClassifier` in the pipeline of config.yml.

    Rasa refuses to train without complete type hints on the graph methods.
    """

    def __init__(
        self, model_storage: ModelStorage, resource: Resource, reader: Reader | None = None
    ) -> None:
        """`reader` is None until the component is loaded from a trained model."""
        self._model_storage = model_storage
        self._resource = resource
        self._reader = reader

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ReadingClassifier:
        """A new, untrained component."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: object,
    ) -> ReadingClassifier:
        """The component with the heads of a trained model."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, Reader.load(Path(folder)))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Rasa fits anew when the reading code or the encoder changed, not only the data."""
        digest = hashlib.sha256()
        for path in _sources():
            digest.update(path.name.encode() + path.read_bytes())
        return digest.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the heads on every example with an intent, with its type, danger and cues."""
        examples = [example_of(message) for message in training_data.intent_examples]
        with self._model_storage.write_to(self._resource) as folder:
            fit(examples, Path(folder), log.info)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add intent, ranking and reading to messages that have none yet."""
        if self._reader is None:
            return messages
        for message in messages:
            text = message.get(TEXT)
            if text:
                self._add(message, *read_alone(self._reader, text))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing in the pipeline learns from this component."""
        return training_data

    @staticmethod
    def _add(message: Message, name: str, reading: Reading) -> None:
        found = {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: reading.confidence}
        others = sorted(reading.route_scores.items(), key=lambda pair: -pair[1])
        ranking = [
            {INTENT_NAME_KEY: route, PREDICTED_CONFIDENCE_KEY: score}
            for route, score in others
            if route != name
        ]
        message.set(INTENT, found, add_to_output=True)
        message.set(INTENT_RANKING_KEY, [found, *ranking], add_to_output=True)
        message.set(READING, reading.to_json(), add_to_output=True)


def example_of(message: Message) -> Example:
    """A training example with the labels of its intent block and its own over them."""
    metadata = message.get(METADATA) or {}
    labels: dict[str, Any] = {}
    for part in ("intent", "example"):
        if isinstance(metadata.get(part), dict):
            labels.update(metadata[part])
    return Example.of(str(message.get(TEXT)), str(message.get(INTENT)), labels)


def read_alone(reader: Reader, text: str) -> tuple[str, Reading]:
    """The intent and reading of a message of which it is not known what was asked before.

    A clear act ("yes", "I don't know") is taken as one; all else is read as a first message.
    """
    first = reader.read(text)
    if first.act or first.danger == "now":
        return intent_name(first.to_json(), known=(first.intent or "",)), first
    later = reader.read(text, asked=UNKNOWN_QUESTION)
    # A greeting answers nothing: there only plain words make an act.
    plain = first.route != "social" or acts.by_words(text, UNKNOWN_QUESTION) is not None
    if plain and later.act and later.act != "answer" and later.act not in ROUTED_ACTS:
        return later.act, later
    return intent_name(first.to_json(), known=(first.intent or "",)), first


def _sources() -> Iterator[Path]:
    """What decides how examples become heads, beside the examples."""
    folder = Path(bot.triage.__file__).parent
    names = ("encoder", "example", "features", "fit", "heads", "text")
    yield from (folder / f"{name}.py" for name in names)
    yield folder / "model" / "sums.json"
    if DECISIONS.is_file():
        yield DECISIONS
