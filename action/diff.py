"""The lines of a pull request's diff, which are all that a review can comment on."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

_HUNK = re.compile(r"@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@")


class Line(NamedTuple):
    """A line as it is after the change. `hunk` counts the pieces that a diff is made of."""

    text: str
    is_added: bool
    hunk: int


def lines_of(file: Mapping[str, Any]) -> dict[int, Line]:
    """The lines of a changed file by their 1-based numbers.

    There are none if GitHub shows no diff of the file, because it is large or no text.
    """
    found: dict[int, Line] = {}
    number = hunk = 0
    for row in str(file.get("patch") or "").split("\n"):
        if start := _HUNK.match(row):
            number, hunk = int(start[1]), hunk + 1
        elif row[:1] in ("+", " "):
            found[number] = Line(row[1:], row.startswith("+"), hunk)
            number += 1
    return found
