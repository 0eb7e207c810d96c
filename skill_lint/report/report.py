"""Everything that one run found: diagnostics, the skills linted and skipped, the rules that ran."""

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from skill_lint.diagnostic import SEVERITIES, Diagnostic, Safety, Severity
from skill_lint.rule import ActiveRule


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
    rules: tuple[ActiveRule, ...] = ()
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
