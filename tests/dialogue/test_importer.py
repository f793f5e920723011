"""Our importer reads what Rasa's own reader reads, only sooner."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message

from bot.dialogue.importer import BrokenTrainingData, DeskImporter, plain
from bot.settings import ROOT

PLAIN = """version: "3.1"
nlu:
- intent: "yes"
  examples:
  - text: |-
      yes, it was: 'him'
    metadata: {id: a, act: "yes", asked: injury, danger: none}
  - text: |-
      two lines
      in one message
- intent: advice
  examples: |
    - how do I report online
    - is it open on sundays
"""
TABLES = """version: "3.1"
nlu:
- synonym: bike
  examples: |
    - pushbike
- intent: advice
  examples: |
    - where is the station
"""


def told(messages: list[Message]) -> list[dict[str, object]]:
    found = [
        {k: v for k, v in one.data.items() if k in ("text", "intent", "metadata")}
        for one in messages
    ]
    return sorted(found, key=lambda one: str(one["text"]))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plain.yml").write_text(PLAIN)
    (tmp_path / "tables.yml").write_text(TABLES)
    (tmp_path / "rules.yml").write_text(
        'version: "3.1"\nrules:\n- rule: r\n  steps:\n  - intent: advice\n  - action: a\n'
    )
    return tmp_path


def test_the_same_messages_as_rasas_own_reader(folder: Path) -> None:
    ours = DeskImporter(training_data_paths=[str(folder)]).get_nlu_data()
    theirs = RasaFileImporter(training_data_paths=[str(folder)]).get_nlu_data()
    assert told(ours.training_examples) == told(theirs.training_examples)
    assert len(ours.training_examples) == 5
    assert ours.entity_synonyms == theirs.entity_synonyms == {"pushbike": "bike"}


def test_rules_are_read_by_rasa_and_a_single_path_will_do(folder: Path) -> None:
    steps = DeskImporter(training_data_paths=str(folder)).get_stories().story_steps
    assert [step.block_name for step in steps] == ["r"]


def test_what_is_not_plain_is_left_to_rasa(folder: Path) -> None:
    assert plain(folder / "plain.yml")
    assert not plain(folder / "tables.yml") and not plain(folder / "rules.yml")
    assert not plain(folder / "missing.yml")


def test_a_broken_file_is_named(folder: Path) -> None:
    (folder / "plain.yml").write_text('version: "3.1"\nnlu:\n- intent: advice\n  examples: 5\n')
    with pytest.raises(BrokenTrainingData, match=r"plain\.yml"):
        DeskImporter(training_data_paths=[str(folder)]).get_nlu_data()


def test_all_our_message_files_are_plain() -> None:
    files = sorted((ROOT / "data" / "nlu").rglob("*.yml"))
    assert files and all(plain(path) for path in files)
