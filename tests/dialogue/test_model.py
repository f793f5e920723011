"""Promises of unpacking: the heads of that very archive, in one step, never half."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from bot.dialogue import model


def archive(path: Path, files: dict[str, bytes]) -> Path:
    """A Rasa archive with `files` inside it."""
    with tarfile.open(path, "w:gz") as tar:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return path


HEADS = "./components/train_bot.dialogue.components.ReadingClassifier0"


def test_only_the_heads_are_taken(tmp_path: Path) -> None:
    """Files of other components and paths that climb out stay where they are."""
    made = archive(
        tmp_path / "desk.tar.gz",
        {
            f"{HEADS}/heads.npz": b"heads",
            f"{HEADS}/sub/words.json": b"words",
            f"{HEADS}/../../evil": b"evil",
            "./components/train_RulePolicy1/rules.json": b"rules",
        },
    )
    folder = model.unpack(made, tmp_path / "models" / "triage")
    names = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())
    assert names == ["heads.npz", model.SOURCE, "sub/words.json"]
    assert not (tmp_path / "evil").exists()


def test_a_new_archive_replaces_the_heads_and_the_old_one_is_a_no_op(tmp_path: Path) -> None:
    """A reader that has the old folder open keeps it; the link shows the new one at once."""
    folder = tmp_path / "triage"
    first = archive(tmp_path / "a.tar.gz", {f"{HEADS}/heads": b"1"})
    model.unpack(first, folder)
    old = folder.resolve()
    before = (old / model.SOURCE).stat().st_mtime_ns
    model.unpack(first, folder)
    assert (old / model.SOURCE).stat().st_mtime_ns == before
    model.unpack(archive(tmp_path / "b.tar.gz", {f"{HEADS}/heads": b"2"}), folder)
    assert (folder / "heads").read_bytes() == b"2"
    assert (old / "heads").read_bytes() == b"1"


def test_a_plain_folder_in_the_way_is_replaced(tmp_path: Path) -> None:
    """Heads that were put there by hand give way to those of the archive."""
    folder = tmp_path / "triage"
    folder.mkdir()
    (folder / "heads").write_bytes(b"by hand")
    model.unpack(archive(tmp_path / "a.tar.gz", {f"{HEADS}/heads": b"1"}), folder)
    assert (folder / "heads").read_bytes() == b"1"


@pytest.mark.parametrize("files", [{}, {"./components/train_RulePolicy1/rules.json": b"x"}])
def test_an_archive_without_heads_says_so(tmp_path: Path, files: dict[str, bytes]) -> None:
    """One plain line, and the heads that were there stay."""
    folder = tmp_path / "triage"
    model.unpack(archive(tmp_path / "good.tar.gz", {f"{HEADS}/heads": b"1"}), folder)
    with pytest.raises(model.NoHeads, match=r"config\.yml"):
        model.unpack(archive(tmp_path / "a.tar.gz", files), folder)
    assert (folder / "heads").read_bytes() == b"1"


def test_the_newest_archive_of_a_folder(tmp_path: Path) -> None:
    """`rasa run --model FOLDER` takes the newest too."""
    with pytest.raises(model.NoHeads, match="make train"):
        model.latest(tmp_path)
    made = archive(tmp_path / "a.tar.gz", {})
    assert model.latest(tmp_path) == made == model.latest(made)
