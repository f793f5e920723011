"""Reading one field of one entry, with an error that a trainer can act on.

Every error names the file, the entry's id and the field, and says what was expected.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any

import yaml


class ContentError(ValueError):
    """A content file is wrong; the text names file, id and field in plain words."""


class _NoDoubles(yaml.CSafeLoader):
    """A loader that refuses a key given twice (YAML would silently keep the last). The C reader:
    the pure Python one takes seconds at each start."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                line = key_node.start_mark.line + 1
                raise ContentError(f"line {line}: {key}: stands twice, keep one")
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


def read(path: Path) -> dict[str, Any]:
    """The top mapping of a YAML file; `ContentError` when it is missing or broken."""
    try:
        text = path.read_text(encoding="utf-8")
        found = yaml.load(text, Loader=_NoDoubles)  # noqa: S506  # made from SafeLoader
    except FileNotFoundError:
        raise ContentError(f"{path.name}: the file is missing") from None
    except ContentError as error:
        raise ContentError(f"{path.name}: {error}") from None
    except yaml.YAMLError as error:
        raise ContentError(f"{path.name}: not readable as YAML: {error}") from None
    if not isinstance(found, dict):
        raise ContentError(f"{path.name}: expected names with values at the top of the file")
    return found


class Entry:
    """One mapping of a file, read field by field. A field that nobody read is a slip of typing."""

    def __init__(self, file: str, data: object, fallback: str = "") -> None:
        if not isinstance(data, dict):
            raise ContentError(f"{file}: {fallback or 'entry'}: expected names with values")
        self.file, self.data, self._used = file, data, set[str]()
        self.id = str(data.get("id", fallback))

    def fail(self, name: str, expected: str) -> ContentError:
        """The error for a field, ready to raise."""
        return ContentError(f"{self.file}: {self.id or '(no id)'}: {name}: {expected}")

    def _get(self, name: str, default: object) -> object:
        self._used.add(name)
        found = self.data.get(name, default)
        if found is ...:
            raise self.fail(name, "is missing")
        return found

    def text(self, name: str, default: object = ..., among: tuple[str, ...] = ()) -> str:
        """A string, not empty unless the default is; one of `among` when given."""
        found = self._get(name, default)
        if not isinstance(found, str):
            raise self.fail(name, f"expected text, found {found!r} (put it in quotes)")
        if not found.strip() and default is ...:
            raise self.fail(name, "is empty")
        if among and found not in among:
            raise self.fail(name, f"expected one of {', '.join(among)}, found {found!r}")
        return found

    def flag(self, name: str, default: object = ...) -> bool:
        """true or false."""
        found = self._get(name, default)
        if not isinstance(found, bool):
            raise self.fail(name, f"expected true or false, found {found!r}")
        return found

    def number(self, name: str) -> int:
        """A whole number."""
        found = self._get(name, ...)
        if isinstance(found, bool) or not isinstance(found, int):
            raise self.fail(name, f"expected a whole number, found {found!r}")
        return found

    def texts(self, name: str, default: object = ...) -> tuple[str, ...]:
        """A list of strings."""
        found = self._get(name, default)
        if not isinstance(found, list | tuple):
            raise self.fail(name, f"expected a list, found {found!r}")
        for item in found:
            if not isinstance(item, str):
                raise self.fail(name, f"expected text in the list, found {item!r} (use quotes)")
        return tuple(found)

    def mapping(self, name: str, default: object = ...) -> dict[str, str]:
        """Names with text values."""
        found = self._get(name, default)
        if not isinstance(found, dict):
            raise self.fail(name, f"expected names with values, found {found!r}")
        for key, value in found.items():
            if not isinstance(key, str) or not isinstance(value, str):
                raise self.fail(name, f"expected text in quotes, found {key!r}: {value!r}")
        return dict(found)

    def entries(self, name: str, default: object = ...) -> Iterator[Entry]:
        """The entries of a list of mappings."""
        found = self._get(name, default)
        if not isinstance(found, list | tuple):
            raise self.fail(name, f"expected a list, found {found!r}")
        for number, item in enumerate(found, 1):
            yield Entry(self.file, item, f"{self.id} {name} {number}".strip())

    def raw(self, name: str, default: object = ...) -> object:
        """The value as it stands."""
        return self._get(name, default)

    def close(self) -> None:
        """Refuse a field that no one reads: most often a slip of typing."""
        left = [str(key) for key in self.data if key not in self._used and key != "id"]
        if left:
            raise self.fail(left[0], "is not a field that we know")
