"""What a run reports: diagnostics with regions, the skills it skipped, and the whole report."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from skill_lint.config import ActiveRule

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


class Skipped(NamedTuple):
    """A skill, or a folder that may hold some, that was found and not linted."""

    path: str
    reason: str


class SkillInfo(NamedTuple):
    """What a linted skill is: `format` is `v1` or `v2`, `style` the best fit of the standard's."""

    path: str
    format: str
    style: str
    style_reason: str


class _Report(NamedTuple):
    diagnostics: tuple[Diagnostic, ...] = ()
    linted: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    rules: tuple["ActiveRule", ...] = ()
    suppressed: tuple[Diagnostic, ...] = ()
    baselined: tuple[Diagnostic, ...] = ()
    """Those that a baseline knows."""
    skills: tuple[SkillInfo, ...] = ()
    """What each linted skill is, in the order of `linted`."""
    fixed: tuple[Diagnostic, ...] = ()
    """Those that were mended in this run, each at its place before."""
    category: str = ""
    """What SARIF tells several runs of one tool apart by."""
    notes: tuple[str, ...] = ()
    """Sentences for the person that are no finding, such as a hint about presets."""


class Report(_Report):
    """Everything one run found.

    `diagnostics` are sorted by skill, path, place and rule; `linted` and `skipped` by path;
    `rules`, those that ran, by name. `suppressed` are the diagnostics that comments allow.
    """

    @cached_property
    def counts(self) -> Mapping[Severity, int]:
        """How many diagnostics each severity has; those that a comment allows do not count."""
        counts: dict[Severity, int] = dict.fromkeys(SEVERITIES, 0)
        for diagnostic in self.diagnostics:
            counts[diagnostic.severity] += diagnostic.suppression is None
        return counts

    def fixable(self, safety: Safety) -> int:
        """How many diagnostics have a fix of this safety."""
        fixes = (each.fix for each in self.diagnostics if each.suppression is None)
        return sum(fix is not None and fix.safety == safety for fix in fixes)
