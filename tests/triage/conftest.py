"""One small reader for all tests of this folder: fitted here, in seconds, on real examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.train.corpus import load_nlu
from bot.triage.fit import fit
from bot.triage.read import Reader


@pytest.fixture(scope="session")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with heads fitted on every ninth example and all mid-chat ones."""
    examples = load_nlu()
    few = [one for at, one in enumerate(examples) if at % 9 == 0 or not one.first]
    folder = tmp_path_factory.mktemp("heads")
    fit(few, folder, lambda line: None)
    return folder


@pytest.fixture(scope="session")
def reader(fitted: Path) -> Reader:
    """The reader over those heads."""
    return Reader.load(fitted)
