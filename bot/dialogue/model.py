"""Take the triage heads out of a Rasa archive. Does not import Rasa.

The heads are fitted inside `train()` of our NLU component, so they lie in the archive that
`rasa run` loads. The gateway must read with the same ones: they are unpacked from that very
archive, whichever way it was trained (a cached `rasa train` runs no `train()` at all, so a
copy made there could be older than the archive).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import tarfile
import tempfile
import zlib
from pathlib import Path

#: Part of the name of the component's folder in the archive.
COMPONENT = "ReadingClassifier"
#: Written beside the heads: which archive they came from.
SOURCE = "source.json"


class NoHeads(RuntimeError):
    """The archive holds no triage heads; the text is one plain line."""


def latest(path: Path) -> Path:
    """The archive at `path`, or the newest one in the folder `path`. Raises NoHeads."""
    if path.is_file():
        return path
    archives = sorted(path.glob("*.tar.gz"), key=lambda p: p.stat().st_mtime)
    if not archives:
        raise NoHeads(f"No trained model in {path}. Run: make train")
    return archives[-1]


def unpack(archive: Path, folder: Path) -> Path:
    """Put the heads of `archive` at `folder` (such as models/triage) and return `folder`.

    Nothing is done when they are there already. `folder` becomes a link that is replaced in
    one step, so a gateway that starts meanwhile sees the old heads or the new, never half.
    Raises NoHeads when the archive was trained without our component.
    """
    archive = latest(archive)
    digest = archive_sum(archive)
    if source(folder) == digest:
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    target = folder.with_name(f"{folder.name}-{digest[:12]}")
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".heads-") as scratch:
        fresh = Path(scratch) / "heads"
        fresh.mkdir()
        try:
            _extract(archive, fresh)
        except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile):
            raise NoHeads(f"{archive} is not a whole archive. Run: make train") from None
        (fresh / SOURCE).write_text(json.dumps({"archive": digest}), encoding="utf-8")
        if source(target) != digest:
            shutil.rmtree(target, ignore_errors=True)
            fresh.replace(target)
    _point(folder, target)
    return folder


def archive_sum(archive: Path) -> str:
    """The SHA-256 of the archive at `archive`, or of the newest one in that folder."""
    return hashlib.sha256(latest(archive).read_bytes()).hexdigest()


def source(folder: Path) -> str | None:
    """The SHA-256 of the archive that `folder` was unpacked from, or None."""
    try:
        found = json.loads((folder / SOURCE).read_text(encoding="utf-8"))["archive"]
    except (OSError, ValueError, KeyError):
        return None
    return str(found)


def _extract(archive: Path, fresh: Path) -> None:
    taken = 0
    with tarfile.open(archive, "r:gz") as tar:
        for member in tar:
            parts = Path(member.name).parts
            inside = [i for i, part in enumerate(parts) if COMPONENT in part]
            if not member.isfile() or not inside:
                continue
            relative = Path(*parts[inside[0] + 1 :])
            content = tar.extractfile(member)
            if content is None or ".." in relative.parts or not relative.parts:
                continue
            place = fresh / relative
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content.read())
            taken += 1
    if not taken:
        raise NoHeads(f"{archive} was trained without {COMPONENT}. Check config.yml.")


def _point(folder: Path, target: Path) -> None:
    if folder.exists() and not folder.is_symlink():
        shutil.rmtree(folder)
    link = folder.with_name(f".{folder.name}.{os.getpid()}")
    link.unlink(missing_ok=True)
    link.symlink_to(target.name)
    link.replace(folder)
