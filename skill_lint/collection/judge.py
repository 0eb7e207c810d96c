"""All facts × the rules of the family `collection` → diagnostics."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from skill_lint.checker import ACROSS, Allowance, report
from skill_lint.collection.collection import ALL, Collection, Extent, GroupFinding
from skill_lint.collection.facts import Facts
from skill_lint.collection.looked_into import LookedInto
from skill_lint.config import ActiveRule
from skill_lint.diagnostic import Diagnostic
from skill_lint.rule import Crash
from skill_lint.skill.source import Source


class Judgement(NamedTuple):
    """The diagnostics of a collection, in no particular order; those that comments allow say so.

    `looked_into` are the paths of the skills of which it mattered what they contain, their body
    and their files; of the others, only what they say of themselves did.
    """

    diagnostics: list[Diagnostic]
    looked_into: frozenset[str]


def judge(
    facts: Sequence[Facts],
    focus: frozenset[str],
    active: Sequence[ActiveRule],
    allowances: Sequence[Allowance] = (),
    *,
    extent: Extent = ALL,
) -> Judgement:
    """Judge a collection. `focus` are the skills that are linted, `facts` those of all.

    An allowance that allows nothing is reported where the whole collection is known: what a part
    does not have, the rest may.
    """
    looked_into = LookedInto()
    skills = looked_into.noting(sorted(facts, key=lambda each: each.path))
    collection = Collection(skills, focus, extent)
    rules = [each for each in active if each.rule.family == ACROSS]
    found = [diagnostic for rule in rules for diagnostic in _findings(collection, rule, active)]
    used: set[Allowance] = set()
    index = _index(allowances)
    judged = [_allowed(each, index, used) for each in dict.fromkeys(found)]
    unused = [each for each in allowances if each not in used] if extent.whole else []
    diagnostics = [*judged, *(diagnostic for each in unused for diagnostic in each.unused)]
    return Judgement(diagnostics, frozenset(looked_into.paths))


def _findings(
    collection: Collection, active: ActiveRule, all_active: Sequence[ActiveRule]
) -> Iterator[Diagnostic]:
    try:
        findings: list[GroupFinding] = list(active.rule.check(collection, **active.options))
    except Exception as error:  # A bug in one rule must not lose the run.
        # Late, for a run without a bug needs none of it.
        import traceback

        place = next((each.top.path for each in collection.skills), "")
        words = f"{type(error).__name__}: {error}"
        crash = Crash(active.rule.name, Source(place, place), words, traceback.format_exc())
        skill = next((each.path for each in collection.skills), ".")
        yield from report([("internal-error", crash)], skill, all_active)
        return
    for finding in findings:
        if collection.concerns(finding):
            yield _stamp(finding, active)


def _stamp(finding: GroupFinding, active: ActiveRule) -> Diagnostic:
    return Diagnostic(
        rule=active.rule.name,
        family=active.rule.family,
        severity=active.severity,
        message=finding.message,
        path=finding.place.path,
        skill=finding.skill.path,
        region=finding.place.region,
        url=active.rule.url,
        remedy=active.rule.remedy,
        excerpt=finding.place.excerpt,
        related=finding.related,
    )


_Index = Mapping[tuple[str, str, int | None], Sequence[Allowance]]


def _index(allowances: Sequence[Allowance]) -> _Index:
    """The allowances by rule, file and line; the line is None where the whole file is meant."""
    index: dict[tuple[str, str, int | None], list[Allowance]] = {}
    for each in allowances:
        for line in [None] if each.lines is None else each.lines:
            index.setdefault((each.rule, each.path, line), []).append(each)
    return index


def _allowed(diagnostic: Diagnostic, index: _Index, used: set[Allowance]) -> Diagnostic:
    """The diagnostic; where comments allow it, with the reason of the first."""
    covering = [
        each
        for line in (diagnostic.region.line, None)
        for each in index.get((diagnostic.rule, diagnostic.path, line), ())
    ]
    used.update(covering)
    return diagnostic._replace(suppression=covering[0].reason) if covering else diagnostic
