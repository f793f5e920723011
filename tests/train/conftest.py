"""Small real models for the tests of this folder, fitted once, and a copy of the project."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import small_project

from bot.train.located import Located, load_located
from bot.triage.fit import fit, fit_with, load_decisions


@pytest.fixture(scope="session")
def some() -> list[Located]:
    """A few hundred examples with their places: every twentieth, of mid-chat ones every sixth."""
    return [
        one for at, one in enumerate(load_located()) if at % (20 if one.example.first else 6) == 0
    ]


@pytest.fixture(scope="session")
def heads(some: list[Located], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Heads fitted on those."""
    folder = tmp_path_factory.mktemp("heads")
    fit([one.example for one in some], folder, lambda line: None)
    return folder


@pytest.fixture(scope="session")
def deaf_heads(some: list[Located], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same heads with thresholds that nothing reaches: only rules raise danger."""
    folder = tmp_path_factory.mktemp("deaf")
    levels = {"now": 2.0, "check": 2.0, "answer": {"now": 2.0, "check": 2.0}}
    found = fit_with([one.example for one in some], load_decisions() | levels, lambda line: None)
    found.save(folder)
    return folder


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A trainer's checkout with few examples; copied for each test."""
    return small_project.copy(tmp_path_factory.mktemp("template"))


@pytest.fixture
def project(template: Path, tmp_path: Path) -> Path:
    """A trainer's checkout of the test's own."""
    shutil.copytree(template, tmp_path / "project", symlinks=True)
    return tmp_path / "project"
