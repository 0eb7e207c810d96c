"""A finding as it is reported: its place, its message and its fix."""

from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""From the most severe to the least."""


class Region(NamedTuple):
    """1-based lines and columns in Unicode code points; the end is exclusive, as in SARIF."""

    line: int
    column: int
    end_line: int
    end_column: int


class Edit(NamedTuple):
    """Put `text` in place of what stands at `region`, which may be empty: an insertion.

    `path` is POSIX and relative to the working directory; `lines` are the lines that the region
    touches, whole, without their ends.
    """

    path: str
    region: Region
    text: str
    lines: tuple[str, ...]

    @property
    def result(self) -> list[str]:
        """What becomes of `lines`."""
        before = self.lines[0][: self.region.column - 1]
        after = self.lines[-1][self.region.end_column - 1 :]
        return (before + self.text + after).splitlines()


class Move(NamedTuple):
    """Rename a file; without `to`, delete a file that says nothing, or a folder that is empty.

    Paths are those of `Edit`.
    """

    path: str
    to: str | None = None


Safety = Literal["safe", "unsafe"]
"""A safe fix keeps what the author meant, for certain; an unsafe one is to be looked at."""


class Fix(NamedTuple):
    """How to mend a fault: all of it is done, or nothing. `title` says it in the imperative."""

    title: str
    edits: tuple[Edit, ...] = ()
    moves: tuple[Move, ...] = ()
    safety: Safety = "safe"


class Excerpt(NamedTuple):
    """The part of a diagnostic's first line that is worth showing.

    `column` is the 1-based column of the first character of `text`.
    """

    text: str
    column: int


class Place(NamedTuple):
    """Where something stands, for those who do not have the file. `path` is that of `Edit`."""

    path: str
    region: Region
    excerpt: Excerpt


class Related(NamedTuple):
    """Another place that belongs to a diagnostic: the first of two duplicates, say."""

    path: str
    region: Region
    message: str


class Diagnostic(NamedTuple):
    """One fault at one place, stamped with the rule that found it.

    `path` and `skill` (the skill's folder) are POSIX and relative to the working directory.
    """

    rule: str
    family: str
    severity: Severity
    message: str
    path: str
    skill: str
    region: Region
    url: str
    remedy: str = ""
    excerpt: Excerpt | None = None
    related: tuple[Related, ...] = ()
    suppression: str | None = None
    """Set where a comment in the skill allows it: the comment's reason, or an empty text."""
    fingerprint: str = ""
    """GitHub's `primaryLocationLineHash`, where it was asked for."""
    details: str = ""
    """What `--verbose` shows: the traceback of a rule that failed."""
    fix: Fix | None = None

    @property
    def sort_key(self) -> tuple[str, str, Region, str, str]:
        return self.skill, self.path, self.region, self.rule, self.message
