"""The counts in a report, of one skill or of all skills."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from skill_lint.diagnostic import Diagnostic, Safety, Severity
from skill_lint.report.report import Skipped
from skill_lint.report.tally import Tally
from skill_lint.rule import ActiveRule

WARNINGS_IN_AGENTSKILLS = frozenset(
    {"allowed-tools-type", "broken-link", "skill-file-name", "unclosed-fence", "wrong-case-link"}
)
"""Rules that are errors in `recommended`, and warnings in `agentskills`; without the family
`security`, for which nobody should take a milder preset.
"""


class Counts(NamedTuple):
    """Numbers of findings, without suppressed ones, and of skills."""

    error: int = 0
    warning: int = 0
    info: int = 0
    safe: int = 0
    """Findings with a safe fix."""
    unsafe: int = 0
    """Findings with an unsafe fix."""
    failing: int = 0
    """Skills that have errors."""
    beyond_specification: int = 0
    """Of these, the skills whose errors are all from rules in `WARNINGS_IN_AGENTSKILLS`."""
    beyond_by_rule: tuple[tuple[str, int], ...] = ()
    """For each rule that fails some of those skills, how many, sorted by rule."""


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
    beyond = failing if failing <= WARNINGS_IN_AGENTSKILLS else set[str]()
    return Counts(
        severities.count("error"), severities.count("warning"), severities.count("info"),
        fixes.count("safe"), fixes.count("unsafe"),
        int(bool(failing)), int(bool(beyond)), tuple((rule, 1) for rule in sorted(beyond)),
    )  # fmt: skip


def sum_of(counts: Iterable[Counts]) -> Counts:
    parts = list(counts)
    numbers = map(sum, zip(Counts()[:-1], *(each[:-1] for each in parts), strict=True))
    by_rule = Counter[str]()
    for each in parts:
        by_rule.update(dict(each.beyond_by_rule))
    return Counts._make([*numbers, tuple(sorted(by_rule.items()))])


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
