"""Which lines of a text are new or changed: a line diff in nearly linear time, whatever the texts.

difflib takes cubic time for texts that somebody made for that. This is the "patience" method: lines
that occur once in both texts are matched, then the lines between two matches are compared likewise.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from skill_lint.filesystem.blob_compare import plain

MOST_ROUNDS = 30
"""Rounds of matching within each other. What is left then counts as changed."""

_LINE = re.compile(rb"[^\r\n]*[\r\n]|[^\r\n]+")


class _Part(NamedTuple):
    """A part of both texts, as half-open ranges of 0-based lines, still to be compared."""

    old: int
    old_end: int
    new: int
    new_end: int
    rounds: int


def changed_lines(before: bytes, after: bytes) -> set[int]:
    """The 1-based lines of `after` that are not in `before`.

    Lines end as in `Source`: by CR, LF or both. CR LF and LF are the same line end.
    """
    old, new = _lines(before), _lines(after)
    found: set[int] = set()
    pending = [_Part(0, len(old), 0, len(new), 0)]
    while pending:
        part = _trimmed(old, new, pending.pop())
        if part.new == part.new_end:
            continue
        matches = _matches(old, new, part) if part.rounds < MOST_ROUNDS else []
        if matches:
            pending += _between(part, matches)
        else:
            found.update(range(part.new + 1, part.new_end + 1))
    return found


def _lines(text: bytes) -> list[bytes]:
    return _LINE.findall(plain(text))


def _trimmed(old: list[bytes], new: list[bytes], part: _Part) -> _Part:
    """The part without the equal lines at its beginning and its end."""
    first, last, start, end, rounds = part
    while first < last and start < end and old[first] == new[start]:
        first, start = first + 1, start + 1
    while first < last and start < end and old[last - 1] == new[end - 1]:
        last, end = last - 1, end - 1
    return _Part(first, last, start, end, rounds)


def _matches(old: list[bytes], new: list[bytes], part: _Part) -> list[tuple[int, int]]:
    """The longest sequence of pairs of lines, in order, that occur once in either text's part."""
    counts = Counter(old[part.old : part.old_end])
    again = Counter(new[part.new : part.new_end])
    places = {old[at]: at for at in range(part.old, part.old_end)}
    pairs = [
        (places[new[at]], at)
        for at in range(part.new, part.new_end)
        if again[new[at]] == 1 and counts[new[at]] == 1
    ]
    return _increasing(pairs)


def _increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence of pairs whose first numbers increase; they are all different."""
    ends: list[int] = []
    indexes: list[int] = []
    previous: list[int] = []
    for index, (old, _) in enumerate(pairs):
        at = bisect_left(ends, old)
        previous.append(indexes[at - 1] if at else -1)
        # Replaces one item, or appends one: not the rest, which would take quadratic time.
        ends[at : at + 1] = [old]
        indexes[at : at + 1] = [index]
    found = []
    index = indexes[-1] if indexes else -1
    while index >= 0:
        found.append(pairs[index])
        index = previous[index]
    return found[::-1]


def _between(part: _Part, matches: list[tuple[int, int]]) -> Iterator[_Part]:
    """The parts before, between and after matching lines."""
    old, new = part.old, part.new
    for match in (*matches, (part.old_end, part.new_end)):
        yield _Part(old, match[0], new, match[1], part.rounds + 1)
        old, new = match[0] + 1, match[1] + 1
