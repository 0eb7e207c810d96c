"""The hash by which GitHub code scanning recognises a finding after its line has moved.

This is `primaryLocationLineHash` as github/codeql-action's upload-sarif computes it: for each line,
a polynomial hash of the 100 UTF-16 code units from its beginning on, without blanks and tabs, and a
counter of the lines with that hash. Any other value under that name causes duplicates, so this one
is exact. Source: the description of src/fingerprints.ts; its test vectors are our tests.
"""

import re
from array import array
from collections import Counter
from collections.abc import Iterable

BLOCK_SIZE = 100
BASE = 37
END_OF_FILE = 0xFFFF

_BLANKS = re.compile(r"[ \t]")
_POWERS = [pow(BASE, BLOCK_SIZE - 1 - index, 2**64) for index in range(BLOCK_SIZE)]


def line_hashes(text: str, lines: Iterable[int]) -> dict[int, str]:
    """The hashes of the given 1-based lines of a file's raw text, as `hex:count`."""
    units, wanted = _code_units(text), set(lines)
    counts: Counter[bytes] = Counter()
    found: dict[int, str] = {}
    start = 0
    for line in range(1, max(wanted, default=0) + 1):
        window = units[start : start + BLOCK_SIZE]
        counts[window.tobytes()] += 1
        if line in wanted:
            found[line] = f"{_hash(window):x}:{counts[window.tobytes()]}"
        try:
            start = units.index(ord("\n"), start) + 1
        except ValueError:
            break
    return found


def _code_units(text: str) -> "array[int]":
    """The code units to hash: UTF-16 without blanks and tabs, then a mark for the end of the file.

    Every line end counts as one line feed.
    """
    kept = _BLANKS.sub("", text.replace("\r\n", "\r")).replace("\r", "\n")
    units = array("H", kept.encode("utf-16-le", "surrogatepass"))
    units.append(END_OF_FILE)
    return units


def _hash(window: "array[int]") -> int:
    return sum(unit * power for unit, power in zip(window, _POWERS, strict=False)) % 2**64
