"""What a trap is before it is known in which file: line (from 1), what is wrong, how to mend."""

from __future__ import annotations

from typing import Final

Found = tuple[int, str, str]
#: The one way to write words that needs no care.
BLOCK: Final = "write 'text: |-' and put the words alone on the next line, six blanks in"
