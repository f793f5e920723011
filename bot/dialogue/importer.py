"""Reads the training data for Rasa: the labelled messages at once, everything else as Rasa does.

Rasa's own reader checks each file against a schema in pure Python and reads every file several
times: with 24,000 messages that took over six minutes before training began, and this takes
seconds. What is checked there, `livechat data check` checks, in plainer words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from rasa.shared.exceptions import RasaException
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

_NLU = re.compile(r"^nlu\s*:", re.MULTILINE)
_BLOCK = {"intent", "examples", "metadata"}


class BrokenTrainingData(RasaException):
    """A file of messages that cannot be read, named with what is wrong."""


class DeskImporter(RasaFileImporter):
    """Stock importer for domain, rules, stories and tests; a quick one for `nlu:` files."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
    ) -> None:
        """Called by Rasa with what its command line was given."""
        one = isinstance(training_data_paths, str)
        files = list(_files([str(training_data_paths)] if one else training_data_paths or []))
        self._messages = [path for path in files if plain(path)]
        others = [str(path) for path in files if path not in set(self._messages)]
        super().__init__(config_file, domain_path, others)

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """All messages, those of unusual files (lookup tables, synonyms) by Rasa's reader."""
        found = TrainingData([message for path in self._messages for message in read(path)])
        return found.merge(super().get_nlu_data(language)) if self._nlu_files else found


def _files(paths: list[str] | str) -> Iterator[Path]:
    for given in map(Path, paths):
        yield from sorted(given.rglob("*.y*ml")) if given.is_dir() else [given]


def plain(path: Path) -> bool:
    """Whether a file holds nothing but intents with examples, by its lines."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    tops = set(re.findall(r"^([a-z_0-9]+)\s*:", text, re.MULTILINE))
    blocks = set(re.findall(r"^-\s+([a-z_]+)\s*:", text, re.MULTILINE))
    return bool(_NLU.search(text)) and tops <= {"version", "nlu"} and blocks <= _BLOCK


def read(path: Path) -> Iterator[Message]:
    """The messages of a file. Raises BrokenTrainingData naming it."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
        for block in content.get("nlu") or []:
            for text, metadata in _examples(block["examples"]):
                yield Message.build(
                    text=text,
                    intent=str(block["intent"]),
                    intent_metadata=block.get("metadata"),
                    example_metadata=metadata,
                )
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise BrokenTrainingData(
            f"{path} cannot be read: {error}. `livechat data check` says more."
        ) from error


def _examples(given: str | list[dict[str, Any]]) -> Iterator[tuple[str, Any]]:
    if isinstance(given, str):  # the plain way of Rasa: one line an example, "- text"
        for line in given.splitlines():
            if text := line.strip().removeprefix("-").strip():
                yield text, None
        return
    for row in given:
        yield str(row["text"]).strip(), row.get("metadata")
