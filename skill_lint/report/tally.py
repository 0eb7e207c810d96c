"""How many findings of each kind the skills have."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from skill_lint.diagnostic import Diagnostic, Safety, Severity


class Kind(NamedTuple):
    """What findings are counted by. `fix` is the safety of their fix; empty if they have none."""

    severity: Severity
    rule: str
    fix: Safety | str = ""


Tally = Mapping[Kind, int]
"""The number of findings of each kind in one skill."""


def tallies(diagnostics: Iterable[Diagnostic]) -> dict[str, Counter[Kind]]:
    """The findings of each skill that has some, by its path, without the suppressed ones."""
    found: dict[str, Counter[Kind]] = {}
    for each in diagnostics:
        if each.suppression is None:
            kind = Kind(each.severity, each.rule, each.fix.safety if each.fix else "")
            found.setdefault(each.skill, Counter())[kind] += 1
    return found


def tally(diagnostics: Iterable[Diagnostic]) -> Counter[Kind]:
    """The findings of one skill, without the suppressed ones."""
    return sum(tallies(diagnostics).values(), Counter())
