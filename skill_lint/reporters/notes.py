"""What `text` says of a finding. It is little, so that the cache can keep it for each skill."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

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


def notes_of(diagnostics: Iterable[Diagnostic]) -> Iterator[Note]:
    for each in diagnostics:
        region = each.region
        yield Note(
            each.severity, each.skill, each.path, region.line, region.column, each.rule,
            each.message, each.url,
            tuple((other.region.line, other.region.column) for other in each.elsewhere),
        )  # fmt: skip


def skill(diagnostics: Sequence[Diagnostic], look: Look) -> str:
    """The notes of one skill as JSON."""
    return json.dumps(list(notes_of(diagnostics)))


def read(texts: Iterable[str]) -> list[Note]:
    """The opposite of `skill`, for several skills."""
    rows = (row for text in texts for row in json.loads(text))
    return [Note._make((*fields, tuple(map(tuple, places)))) for *fields, places in rows]
