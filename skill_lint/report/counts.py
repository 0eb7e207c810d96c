"""What a report counts, of one skill or of all."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from skill_lint.diagnostic import Diagnostic, Safety, Severity
from skill_lint.report.report import Skipped

ADDED_BY_GOLDEN = frozenset({"missing-when-to-use"})
"""The errors that the standard adds, by asking for more than the specification does."""


class Counts(NamedTuple):
    """How many findings there are, and how many skills fail only for what the standard adds.

    What a comment allows does not count.
    """

    error: int = 0
    warning: int = 0
    info: int = 0
    safe: int = 0
    """Findings that have a safe fix."""
    unsafe: int = 0
    only_added: int = 0


def by_skill(diagnostics: Sequence[Diagnostic]) -> dict[str, Counts]:
    """The tallies of sorted diagnostics, by the path of the skill."""
    groups = groupby(diagnostics, key=lambda each: each.skill)
    return {skill: of_skill(group) for skill, group in groups}


def counts_of(diagnostics: Sequence[Diagnostic]) -> Counts:
    """The tally of a whole report's diagnostics, which are sorted."""
    return total(by_skill(diagnostics).values())


def of_skill(diagnostics: Iterable[Diagnostic]) -> Counts:
    """The tally of one skill's diagnostics."""
    found = [each for each in diagnostics if each.suppression is None]
    severities = [each.severity for each in found]
    fixes = [each.fix.safety for each in found if each.fix]
    failing = {each.rule for each in found if each.severity == "error"}
    return Counts(
        severities.count("error"), severities.count("warning"), severities.count("info"),
        fixes.count("safe"), fixes.count("unsafe"),
        int(bool(failing) and failing <= ADDED_BY_GOLDEN),
    )  # fmt: skip


def total(tallies: Iterable[Counts]) -> Counts:
    return Counts(*map(sum, zip(Counts(), *tallies, strict=True)))


class Totals(NamedTuple):
    """What the last lines of a report say, for one that is put together from parts."""

    tally: Counts
    linted: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    notes: tuple[str, ...] = ()
    fixed: tuple[Diagnostic, ...] = ()
    baselined: tuple[Diagnostic, ...] = ()

    @property
    def counts(self) -> Mapping[Severity, int]:
        tally = self.tally
        return {"error": tally.error, "warning": tally.warning, "info": tally.info}

    def fixable(self, safety: Safety) -> int:
        return self.tally.safe if safety == "safe" else self.tally.unsafe
