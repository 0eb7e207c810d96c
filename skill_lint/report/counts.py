"""The counts in a report, of one skill or of all skills."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from skill_lint.diagnostic import Diagnostic, Safety, Severity
from skill_lint.report.report import Skipped
from skill_lint.report.tally import Tally
from skill_lint.rule import ActiveRule

ADDED_BY_GOLDEN = frozenset({"missing-when-to-use"})
"""Errors under the preset `golden` that the Agent Skills specification does not require."""


class Counts(NamedTuple):
    """Numbers of findings, without suppressed ones, and of skills."""

    error: int = 0
    warning: int = 0
    info: int = 0
    safe: int = 0
    """Findings with a safe fix."""
    unsafe: int = 0
    """Findings with an unsafe fix."""
    failing_only_golden: int = 0
    """Skills that have errors, all of them from rules in `ADDED_BY_GOLDEN`."""


def counts_by_skill(diagnostics: Sequence[Diagnostic]) -> dict[str, Counts]:
    """The counts of each skill, by the skill's path. The diagnostics must be sorted."""
    groups = groupby(diagnostics, key=lambda each: each.skill)
    return {skill: skill_counts(group) for skill, group in groups}


def counts_of(diagnostics: Sequence[Diagnostic]) -> Counts:
    """The counts of a whole report. The diagnostics must be sorted."""
    return sum_of(counts_by_skill(diagnostics).values())


def skill_counts(diagnostics: Iterable[Diagnostic]) -> Counts:
    """The counts of one skill's diagnostics."""
    found = [each for each in diagnostics if each.suppression is None]
    severities = [each.severity for each in found]
    fixes = [each.fix.safety for each in found if each.fix]
    failing = {each.rule for each in found if each.severity == "error"}
    return Counts(
        severities.count("error"), severities.count("warning"), severities.count("info"),
        fixes.count("safe"), fixes.count("unsafe"),
        int(bool(failing) and failing <= ADDED_BY_GOLDEN),
    )  # fmt: skip


def sum_of(counts: Iterable[Counts]) -> Counts:
    return Counts(*map(sum, zip(Counts(), *counts, strict=True)))


class Totals(NamedTuple):
    """The data for the last lines of a report that is put together from parts."""

    counted: Counts
    linted: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    notes: tuple[str, ...] = ()
    fixed: tuple[Diagnostic, ...] = ()
    baselined: tuple[Diagnostic, ...] = ()
    tallies: Mapping[str, Tally] = {}
    """What each skill that has findings has how often, by its path."""
    rules: tuple[ActiveRule, ...] = ()
    copies: Mapping[str, str] = {}
    """As in `Report`."""

    @property
    def counts(self) -> Mapping[Severity, int]:
        counted = self.counted
        return {"error": counted.error, "warning": counted.warning, "info": counted.info}

    def fixable(self, safety: Safety) -> int:
        return self.counted.safe if safety == "safe" else self.counted.unsafe
