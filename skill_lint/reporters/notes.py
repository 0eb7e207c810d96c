"""What `text` says of a finding. It is little, so that the cache can keep it for each skill."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from skill_lint.diagnostic import SEVERITIES, Diagnostic, Severity
from skill_lint.reporters.look import Look


class Note(NamedTuple):
    """A finding, and its place: 1-based, with `path` relative to the working directory."""

    severity: Severity
    skill: str
    path: str
    line: int
    column: int
    rule: str
    message: str
    url: str
    elsewhere: tuple[tuple[int, int], ...] = ()
    """The lines and columns of the other places in the file with the same cause."""

    @property
    def places(self) -> list[str]:
        """All places, each as `path:line:column`."""
        places = [(self.line, self.column), *self.elsewhere]
        return [f"{self.path}:{line}:{column}" for line, column in places]

    @property
    def sort_key(self) -> tuple[int, str, str, int, int]:
        """The most severe first, then by place."""
        return SEVERITIES.index(self.severity), self.skill, self.path, self.line, self.column

    @property
    def within(self) -> tuple[str, int, int, str, str]:
        """What is the same in a copy of the skill."""
        path = self.path.removeprefix(f"{self.skill}/")
        return path, self.line, self.column, self.rule, self.message


_FIELDS = [str, str, str, int, int, str, str, str]
"""The types of the fields of a note, without the last one."""


def notes_of(diagnostics: Iterable[Diagnostic]) -> Iterator[Note]:
    for each in diagnostics:
        region = each.region
        yield Note(
            each.severity, each.skill, each.path, region.line, region.column, each.rule,
            each.message + (" (suppressed)" * (each.suppression is not None)), each.url,
            tuple((other.region.line, other.region.column) for other in each.elsewhere),
        )  # fmt: skip


def skill(diagnostics: Sequence[Diagnostic], look: Look) -> str:
    """The notes of one skill as JSON."""
    return json.dumps(list(notes_of(diagnostics)))


def read(texts: Iterable[str]) -> list[Note]:
    """The opposite of `skill`, for several skills. Raises ValueError for anything else."""
    return [_note(row) for text in texts for row in _list(json.loads(text))]


def _note(row: object) -> Note:
    *fields, places = _list(row)
    pairs = [tuple(_list(each)) for each in _list(places)]
    is_ours = list(map(type, fields)) == _FIELDS and fields[0] in SEVERITIES
    if not is_ours or any(tuple(map(type, each)) != (int, int) for each in pairs):
        raise ValueError("it is no note")
    return Note._make((*fields, tuple(pairs)))


def _list(data: object) -> list[Any]:
    if not isinstance(data, list):
        raise ValueError("it is no list")
    return data
