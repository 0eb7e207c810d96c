"""A diagnostic, which is a finding as reported, with its place, message and fix."""

from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""From the most severe to the least."""


class Region(NamedTuple):
    """1-based lines and columns, in Unicode code points. The end is exclusive, as in SARIF."""

    line: int
    column: int
    end_line: int
    end_column: int


class Edit(NamedTuple):
    """Replace the text at `region` by `text`. An empty region is an insertion.

    `path` is POSIX and relative to the working directory; `lines` are the whole lines that the
    region touches, without their line ends.
    """

    path: str
    region: Region
    text: str
    lines: tuple[str, ...]

    @property
    def result(self) -> list[str]:
        """`lines` after the edit."""
        before = self.lines[0][: self.region.column - 1]
        after = self.lines[-1][self.region.end_column - 1 :]
        return (before + self.text + after).splitlines()


class Move(NamedTuple):
    """Rename a file. Without `to`, delete a file that has no useful content, or an empty folder.

    Paths are as in `Edit`.
    """

    path: str
    to: str | None = None


Safety = Literal["safe", "unsafe"]
"""A safe fix certainly keeps what the author meant; an unsafe fix needs a review."""


class Fix(NamedTuple):
    """The edits and moves that fix a fault. All are applied, or none. `title` is an imperative."""

    title: str
    edits: tuple[Edit, ...] = ()
    moves: tuple[Move, ...] = ()
    safety: Safety = "safe"


class Excerpt(NamedTuple):
    """The part of a diagnostic's first line that is shown.

    `column` is the 1-based column of the first character of `text`.
    """

    text: str
    column: int


class Place(NamedTuple):
    """A region of a file with an excerpt, for use without the file. `path` is as in `Edit`."""

    path: str
    region: Region
    excerpt: Excerpt


class Related(NamedTuple):
    """Another place that belongs to a diagnostic, such as the first of two duplicates."""

    path: str
    region: Region
    message: str


class Diagnostic(NamedTuple):
    """A fault at a place, stamped with the rule that found it.

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
    """The reason of the comment that suppresses it, perhaps empty; None if it is not suppressed."""
    fingerprint: str = ""
    """GitHub's `primaryLocationLineHash`, if requested."""
    details: str = ""
    """The traceback of a rule that failed, shown with `--verbose`."""
    fix: Fix | None = None
    about: str = ""
    """The path of the file, link or folder that is wrong, if no text at `region` is."""
    cause: str = ""
    """What is at fault, such as a key or a path. In one file, findings of one rule with the same
    cause are reported as one."""
    covers: tuple[str, ...] = ()
    """Causes of other rules' findings that this one accounts for. A folder ends in `/`, and stands
    for all that is in it."""
    silent_for: str = ""
    """The rule that reports the same fault, so that this is not reported; else empty."""
    elsewhere: tuple[Related, ...] = ()
    """The other places in the file with the same cause."""

    @property
    def is_open(self) -> bool:
        """Whether it is to be reported: no comment suppresses it, and no other rule reports it."""
        return self.suppression is None and not self.silent_for

    @property
    def headline(self) -> str:
        """The message, with the number of other places that have the same cause."""
        return self.message + self.more_places

    @property
    def more_places(self) -> str:
        """The end of a sentence: ` (and 12 more places)`; empty where there are none."""
        number = len(self.elsewhere)
        places = "place" if number == 1 else "places"
        return f" (and {number:,} more {places})" if number else ""

    @property
    def ending(self) -> str:
        """What a person reads behind the message: more places, and that it is suppressed."""
        suppressed = "" if self.suppression is None else " (suppressed)"
        return self.more_places + suppressed

    @property
    def all_related(self) -> tuple[Related, ...]:
        """The related places, then the other places with the same cause."""
        return (*self.related, *self.elsewhere)

    @property
    def sort_key(self) -> tuple[str, str, Region, str, str]:
        return self.skill, self.path, self.region, self.rule, self.message
