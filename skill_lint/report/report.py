"""Everything that one run found: diagnostics, the skills linted and skipped, the rules that ran."""

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from skill_lint.diagnostic import SEVERITIES, Diagnostic, Safety, Severity
from skill_lint.report.tally import Tally, tallies
from skill_lint.rule import ActiveRule


class Skipped(NamedTuple):
    """A skill, or a folder that may hold skills, that was found and not linted.

    `kind` is the reason in words that fit several; empty if `reason` does. `is_named`: its path is
    named in each report.
    """

    path: str
    reason: str
    kind: str = ""
    is_named: bool = False


class SkillInfo(NamedTuple):
    """A linted skill. `format` is `v1` or `v2`; `style` is the standard's style that fits best."""

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
    silent: tuple[Diagnostic, ...] = ()
    """Diagnostics whose fault another rule reports. An entry of the baseline for one stays."""
    baselined: tuple[Diagnostic, ...] = ()
    """Diagnostics that are in the baseline."""
    skills: tuple[SkillInfo, ...] = ()
    """One for each linted skill, in the order of `linted`."""
    fixed: tuple[Diagnostic, ...] = ()
    """Diagnostics that this run fixed, each with its place before the fix."""
    category: str = ""
    """The name that distinguishes several runs of one tool in SARIF."""
    notes: tuple[str, ...] = ()
    """Sentences for the reader that are not findings, such as a hint about presets."""
    hidden: tuple[Diagnostic, ...] = ()
    """Diagnostics that are counted and not shown, because they are not severe enough."""
    copies: Mapping[str, str] = {}
    """For each skill that is a copy of another one, the path of that one."""
    failing: tuple[Severity, ...] = ("error",)
    """The severities that fail the run."""


class Report(_Report):
    """Everything one run found.

    `diagnostics` are sorted by skill, path, place and rule; `linted` and `skipped` by path.
    `rules` are the rules that ran, sorted by name. `suppressed` are the diagnostics that comments
    suppress.
    """

    @cached_property
    def counts(self) -> Mapping[Severity, int]:
        """The number of diagnostics of each severity, hidden or not, without suppressed ones."""
        counts: dict[Severity, int] = dict.fromkeys(SEVERITIES, 0)
        for diagnostic in (*self.diagnostics, *self.hidden):
            counts[diagnostic.severity] += diagnostic.suppression is None
        return counts

    @cached_property
    def tallies(self) -> Mapping[str, Tally]:
        """What each skill that has diagnostics, hidden or not, has how often, by its path."""
        return tallies((*self.diagnostics, *self.hidden))

    def fixable(self, safety: Safety) -> int:
        """The number of diagnostics that have a fix of this safety, without suppressed ones."""
        everything = (*self.diagnostics, *self.hidden)
        fixes = (each.fix for each in everything if each.suppression is None)
        return sum(fix is not None and fix.safety == safety for fix in fixes)

    def fails(self, diagnostic: Diagnostic) -> bool:
        """Whether a diagnostic fails the run. What a bug kept from being checked always does."""
        if diagnostic.rule == "internal-error":
            return True
        return diagnostic.suppression is None and diagnostic.severity in self.failing

    def at_least(self, severity: Severity) -> "Report":
        """The report with less severe diagnostics hidden."""
        shown = SEVERITIES[: SEVERITIES.index(severity) + 1]
        everything = (*self.diagnostics, *self.hidden)
        return self._replace(
            diagnostics=tuple(each for each in self.diagnostics if each.severity in shown),
            hidden=tuple(each for each in everything if each.severity not in shown),
        )
