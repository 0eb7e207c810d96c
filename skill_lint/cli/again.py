"""A run since which few skills have changed: only those are linted, the rest is put together.

Which skills there are, and how they are judged, is as it was; where a skill appears or goes, the
run is an ordinary one.
"""

import argparse
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from skill_lint import tally
from skill_lint.cache import parts
from skill_lint.cache.codec import of_plain, plain
from skill_lint.cache.parts import Part, Parts
from skill_lint.cache.results import Results
from skill_lint.cache.runs import Run
from skill_lint.checker import Examined, Task
from skill_lint.cli import jobs, output
from skill_lint.cli.progress import Progress
from skill_lint.cli.replay import Keeping
from skill_lint.config import Config
from skill_lint.diagnostic import Diagnostic
from skill_lint.discover import Discovery, SkillRoot
from skill_lint.examiner import Examiner
from skill_lint.runner import Outcome, extent_of, judges
from skill_lint.watch import Watch


def parts_of(found: Discovery, outcome: Outcome, texts: Mapping[str, str]) -> Parts:
    """The parts of an ordinary run's report."""
    tallies = tally.by_skill(outcome.report.diagnostics)
    judged = _by_skill(outcome.judged)
    skills = [
        Part(
            str(root.path), root.shown, outcome.told[root.shown], outcome.beyond[root.shown],
            judged.get(root.shown, []), texts.get(root.shown, ""),
            tallies.get(root.shown, tally.Tally()),
        )
        for root in sorted(found.skills, key=lambda each: each.shown)
    ]  # fmt: skip
    return Parts(extent_of(found), outcome.report.skipped, skills)


def _by_skill(judged: Sequence[Diagnostic]) -> dict[str, list[Any]]:
    """What rules across skills say of each, as it is kept."""
    found: dict[str, list[Any]] = {}
    for each in judged:
        found.setdefault(each.skill, []).append(plain(each))
    return found


def _has_bug(found: Sequence[Diagnostic]) -> bool:
    return any(each.rule == "internal-error" for each in found)


class Renewed(NamedTuple):
    """The parts of a report, and what they depend on, as `skill_lint.cache.runs.Run` has it."""

    parts: Parts
    found: Watch
    skills: Watch


def renewed(
    before: Run, keeping: Keeping, config: Config, options: argparse.Namespace
) -> Renewed | None:
    """What an earlier run printed, brought up to date; None where that needs an ordinary run."""
    found = keeping.around.copy()
    found.add(before.found)
    known = parts.of_bytes(before.parts)
    if known is None or found.torn:
        return None
    again = _Again(known, config, options, keeping.results)
    new = again.renewed(known.depending_on(before.changed))
    if new is None:
        return None
    skills = before.skills.without(before.changed)
    skills.add(again.watch)
    return Renewed(new, found, skills)


class _Again:
    """The parts of an earlier run, to be brought up to date.

    `watch` is what was looked at for it.
    """

    def __init__(
        self, known: Parts, config: Config, options: argparse.Namespace, results: Results
    ) -> None:
        self.known, self.options, self.results = known, options, results
        self.task = Task(config.active, {}, watching=True)
        self.limits = config.effective_limits
        self.watch = Watch()
        self.examined: dict[str, Examined] = {}

    def renewed(self, changed: Collection[str]) -> Parts | None:
        """The parts after these skills have changed; None where that needs an ordinary run."""
        self._examine(changed)
        judged = self._judged()
        if judged is None:
            return None
        skills = self.known.skills
        self._examine([each.path for each in skills if judged.get(each.path, []) != each.judged])
        if any(_has_bug(each.diagnostics) for each in self.examined.values()):
            return None
        return self.known._replace(
            skills=[self._part(each, judged.get(each.path, [])) for each in skills]
        )

    def _examine(self, skills: Collection[str]) -> None:
        roots = [self._root(each) for each in self.known.skills if each.path in skills]
        missing = [root for root in roots if root.shown not in self.examined]
        progress = Progress()
        examiner = Examiner(partial(jobs.executor, self.options), self.results, progress)
        try:
            found = examiner.examine(self.task, missing, self.watch)
            self.examined |= {each.info.path: each for each in found}
        finally:
            progress.close()

    def _root(self, part: Part) -> SkillRoot:
        return SkillRoot(Path(part.root), part.path, limits=self.limits)

    def _judged(self) -> dict[str, list[Any]] | None:
        """What the rules across skills say of each, as it is kept; None if that is not known."""
        skills = self.known.skills
        new = {path: each.known_as for path, each in self.examined.items()}
        if not judges(self.task) or all(
            new.get(each.path, each.known_as) == each.known_as for each in skills
        ):
            return {each.path: list(each.judged) for each in skills}
        others = [each for each in skills if each.path not in self.examined]
        known_as = {each.path: each.known_as for each in others}
        told = self.results.told(self.task, list(map(self._root, others)), known_as)
        if len(told) < len(others):
            return None
        told |= {path: (each.facts, each.allowances) for path, each in self.examined.items()}
        # Late, for where the others are told nothing new, they are not judged again.
        from skill_lint.collection.judge import judge

        everything = [told[each.path] for each in skills]
        found = judge(
            [facts for facts, _ in everything],
            frozenset(told),
            self.task.active,
            [each for _, allowances in everything for each in allowances],
            extent=self.known.extent,
        )
        return None if _has_bug(found) else _by_skill(found)

    def _part(self, part: Part, judged: list[Any]) -> Part:
        new = self.examined.get(part.path)
        if new is None:
            return part
        across = of_plain(tuple[Diagnostic, ...], judged)
        found = [each for each in (*new.diagnostics, *across) if each.suppression is None]
        found.sort(key=lambda each: each.sort_key)
        text = output.part(found, self.options) if found else ""
        return Part(
            part.root, part.path, new.known_as, new.beyond, judged, text, tally.of_skill(found)
        )
