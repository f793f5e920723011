"""Fixtures of the dialogue tests: the small bot is trained once for all of them."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

# Rasa sets this up in its command line only; without it every debug line is rendered.
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The archive of the small bot; Rasa's training cache is kept out of the checkout."""
    from tests.dialogue import tiny

    folder = tmp_path_factory.mktemp("tiny")
    before = os.environ.get("RASA_CACHE_DIRECTORY")
    os.environ["RASA_CACHE_DIRECTORY"] = str(folder / "cache")
    try:
        yield tiny.train(folder / "models")
    finally:
        if before is None:
            del os.environ["RASA_CACHE_DIRECTORY"]
        else:
            os.environ["RASA_CACHE_DIRECTORY"] = before
