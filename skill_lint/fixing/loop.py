"""Fix a skill in memory, pass after pass, until no fixable finding is left."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from skill_lint.config.config import Config
from skill_lint.diagnostic import Diagnostic, Edit
from skill_lint.discovery.roots import Discovery, SkillRoot
from skill_lint.edits.apply import compatible
from skill_lint.edits.gate import tried_on
from skill_lint.engine.check import check
from skill_lint.rule import ActiveRule
from skill_lint.skill.skill import Skill

MAX_PASSES = 10

Eligible = Callable[[Skill, Sequence[Diagnostic]], Iterable[Diagnostic]]
"""Chooses from a skill's sorted diagnostics those to fix. Each of them has a fix."""


@dataclass(frozen=True)
class Refusal:
    """A fix that was not applied, and why."""

    diagnostic: Diagnostic
    reason: str


@dataclass(frozen=True)
class FixResult:
    """A skill before and after its fixes, the findings that were fixed, and the refused fixes.

    A fixed finding has its region in the pass that fixed it; earlier passes may have moved it.
    """

    before: Skill
    after: Skill
    fixed: tuple[Diagnostic, ...] = ()
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True)
class _State:
    skill: Skill
    found: list[Diagnostic]


def fix_all(found: Discovery, config: Config, eligible: Eligible) -> Iterator[FixResult]:
    """The result of each skill, sorted by path; skills without a fix are left out."""
    for root in sorted(found.skills, key=lambda root: root.shown):
        result = fix_skill(root, config.active, eligible)
        if result.fixed or result.refused:
            yield result


def fix_skill(root: SkillRoot, active: Sequence[ActiveRule], eligible: Eligible) -> FixResult:
    """Fix one skill in memory. Nothing is written."""
    before = root.open()
    state = _checked(before, active)
    fixed: list[Diagnostic] = []
    refused: dict[tuple[str, ...], Refusal] = {}
    for _ in range(MAX_PASSES):
        wanted = [each for each in eligible(state.skill, state.found) if _key(each) not in refused]
        chosen = compatible(state.skill, wanted)
        if not chosen:
            break
        done, state, failed = _pass(state, chosen, active)
        fixed += done
        refused |= {_key(each.diagnostic): each for each in failed}
    return FixResult(before, state.skill, tuple(fixed), tuple(refused.values()))


def _checked(skill: Skill, active: Sequence[ActiveRule]) -> _State:
    return _State(skill, sorted(check(skill, active), key=lambda each: each.sort_key))


def _pass(
    state: _State, chosen: list[Diagnostic], active: Sequence[ActiveRule]
) -> tuple[list[Diagnostic], _State, list[Refusal]]:
    """Apply the fixes together; if that does harm, only those that are harmless by themselves."""
    outcome = _try(state, chosen, active)
    if isinstance(outcome, _State):
        return chosen, outcome, []
    harmless, failed = _split(state, chosen, outcome, active)
    for group in (harmless, harmless[:1]) if harmless else ():
        outcome = _try(state, group, active)
        if isinstance(outcome, _State):
            return group, outcome, failed
    return [], state, failed


def _split(
    state: _State, chosen: list[Diagnostic], reason: str, active: Sequence[ActiveRule]
) -> tuple[list[Diagnostic], list[Refusal]]:
    """Split fixes that do harm together into the harmless ones and the refused ones.

    By halving: to find one in a thousand takes ten tries. `reason` is why all together fail.
    """
    if len(chosen) == 1:
        return [], [Refusal(chosen[0], reason)]
    harmless, failed = list[Diagnostic](), list[Refusal]()
    middle = len(chosen) // 2
    for half in (chosen[:middle], chosen[middle:]):
        outcome = _try(state, half, active)
        if isinstance(outcome, _State):
            harmless += half
        else:
            parts = _split(state, half, outcome, active)
            harmless += parts[0]
            failed += parts[1]
    return harmless, failed


def _try(state: _State, chosen: Sequence[Diagnostic], active: Sequence[ActiveRule]) -> _State | str:
    """The skill with these fixes, checked again; or why they must not be applied."""
    fixes = [each.fix for each in chosen if each.fix]
    after = tried_on(state.skill, fixes)
    if isinstance(after, str):
        return after
    result = _checked(after, active)
    counts_before = Counter(map(_fault, state.found))
    counts_after = Counter(map(_fault, result.found))
    to_fix = Counter(map(_fault, chosen))
    places = {(*_fault(each), *each.region[:2]) for each in result.found}
    for each, place in _places_after(chosen, state.skill, after):
        fault = _fault(each)
        # An equal finding at this place may have been hidden by this one, or have moved here.
        expected = counts_before[fault] - to_fix[fault]
        if (*fault, *place) in places and counts_after[fault] > expected:
            return "the finding would remain"
    return result


def _fault(diagnostic: Diagnostic) -> tuple[str, str, str]:
    return diagnostic.rule, diagnostic.message, diagnostic.path


def _places_after(
    chosen: Sequence[Diagnostic], before: Skill, after: Skill
) -> Iterator[tuple[Diagnostic, tuple[int, int]]]:
    """Where each finding would start (1-based line and column) after the fixes before it."""
    edits: dict[str, list[Edit]] = {}
    for edit in (edit for each in chosen if each.fix for edit in each.fix.edits):
        edits.setdefault(edit.path, []).append(edit)
    for path, group in groupby(sorted(chosen, key=lambda each: each.path), lambda each: each.path):
        name = before.name_of(path)
        source, result = before.read(name), after.read(name)
        waiting = sorted(edits.get(path, []), key=lambda edit: edit.region, reverse=True)
        shift = 0
        for each in sorted(group, key=lambda each: each.region):
            start = each.region[:2]
            while waiting and waiting[-1].region[:2] < start >= waiting[-1].region[2:]:
                edit = waiting.pop()
                shift += len(edit.text) - len(source.slice(source.span(edit.region)))
            yield each, result.position(source.offset(*start) + shift)


def _key(diagnostic: Diagnostic) -> tuple[str, ...]:
    """What identifies a refused finding in the next pass, when lines may have moved."""
    line = diagnostic.excerpt.text if diagnostic.excerpt else ""
    return *_fault(diagnostic), line
