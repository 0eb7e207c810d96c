"""A run since which few skills have changed: only those are linted, the rest is put together.

Which skills there are, and how they are judged, is as it was; where a skill appears or goes, the
run is an ordinary one.
"""

import argparse
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from skill_lint.cache import report_parts as parts
from skill_lint.cache.codec import from_json, to_json
from skill_lint.cache.replay import Keeping
from skill_lint.cache.report_parts import Part, Parts
from skill_lint.cache.runs import Run
from skill_lint.cache.skill_results import Results
from skill_lint.cli.options import jobs, output
from skill_lint.cli.terminal.progress import Progress
from skill_lint.config.config import Config
from skill_lint.diagnostic import Diagnostic
from skill_lint.discovery.roots import Discovery, SkillRoot
from skill_lint.engine.lint import LintResult, extent_of, has_collection_rules
from skill_lint.engine.result import SkillResult
from skill_lint.engine.scheduler import Scheduler
from skill_lint.engine.task import LintTask
from skill_lint.filesystem.snapshot import Snapshot
from skill_lint.report import counts as tally


def parts_of(found: Discovery, outcome: LintResult, texts: Mapping[str, str]) -> Parts:
    """The parts of an ordinary run's report."""
    tallies = tally.counts_by_skill(outcome.report.diagnostics)
    judged = _by_skill(outcome.of_collection)
    skills = [
        Part(
            str(root.path),
            path,
            known_as=outcome.facts_digests[path],
            looked_into=path in outcome.content_used,
            beyond=outcome.external_inputs[path],
            judged=judged.get(path, []),
            text=texts.get(path, ""),
            tally=tallies.get(path, tally.Counts()),
        )
        for path, root in sorted((root.shown, root) for root in found.skills)
    ]
    return Parts(extent_of(found), outcome.report.skipped, skills)


def _by_skill(judged: Sequence[Diagnostic]) -> dict[str, list[Any]]:
    """What rules across skills say of each, as it is kept."""
    found: dict[str, list[Any]] = {}
    for each in judged:
        found.setdefault(each.skill, []).append(to_json(each))
    return found


def _has_bug(found: Sequence[Diagnostic]) -> bool:
    return any(each.rule == "internal-error" for each in found)


def renewed(
    before: Run, keeping: Keeping, config: Config, options: argparse.Namespace
) -> Parts | None:
    """The parts of an earlier run, brought up to date; None where that needs an ordinary run.

    What the run depends on now is put into `before`.
    """
    known = parts.of_bytes(before.parts)
    if known is None or not keeping.around.is_subset(before.found):
        return None
    again = _Again(known, config, options, keeping.results)
    new = again.renewed(known.depending_on(before.changed))
    if new is not None:
        before.skills = before.skills.without(before.changed)
        before.skills.add(again.watch)
    return new


class _Again:
    """The parts of an earlier run, to be brought up to date.

    `watch` is what was looked at for it.
    """

    def __init__(
        self, known: Parts, config: Config, options: argparse.Namespace, results: Results
    ) -> None:
        self.known, self.options, self.results = known, options, results
        self.task = LintTask(config.active, {}, recording=True)
        self.limits = config.effective_limits
        self.watch = Snapshot()
        self.examined: dict[str, SkillResult] = {}

    def renewed(self, changed: Collection[str]) -> Parts | None:
        """The parts after these skills have changed; None where that needs an ordinary run."""
        self._examine(changed)
        parts = self.known.skills if self._tell_the_same() else self._judged()
        if parts is None:
            return None
        # Of others too, the rules across skills may say something else now.
        before = zip(parts, self.known.skills, strict=True)
        self._examine([new.path for new, old in before if new.judged != old.judged])
        if any(_has_bug(each.diagnostics) for each in self.examined.values()):
            return None
        return self.known._replace(skills=list(map(self._part, parts)))

    def _tell_the_same(self) -> bool:
        """Whether the rules across skills, if any run, would say what they said."""
        now = {path: each.facts_digest for path, each in self.examined.items()}
        return not has_collection_rules(self.task) or all(
            each.tells_the_same(now.get(each.path, each.known_as)) for each in self.known.skills
        )

    def _examine(self, skills: Collection[str]) -> None:
        roots = [self._root(each) for each in self.known.skills if each.path in skills]
        missing = [root for root in roots if root.shown not in self.examined]
        progress = Progress()
        examiner = Scheduler(partial(jobs.executor, self.options), self.results, progress)
        try:
            found = examiner.lint(self.task, missing, self.watch)
            self.examined |= {each.info.path: each for each in found}
        finally:
            progress.close()

    def _root(self, part: Part) -> SkillRoot:
        return SkillRoot(Path(part.root), part.path, limits=self.limits)

    def _judged(self) -> list[Part] | None:
        """The parts with what the rules across skills say now; None if too little is known."""
        # Late, for where they are told nothing new, nothing is judged.
        from skill_lint.engine.check_collection import check_collection

        parts = self.known.skills
        others = [each for each in parts if each.path not in self.examined]
        known_as = {each.path: each.known_as for each in others}
        told = self.results.told(self.task, list(map(self._root, others)), known_as)
        if len(told) < len(others):
            return None
        told |= {path: (each.facts, each.suppressions) for path, each in self.examined.items()}
        judgement = check_collection(
            [told[each.path][0] for each in parts],
            frozenset(told),
            self.task.active,
            [allowance for each in parts for allowance in told[each.path][1]],
            extent=self.known.extent,
        )
        if _has_bug(judgement.diagnostics):
            return None
        judged, looked_into = _by_skill(judgement.diagnostics), judgement.content_used
        return [
            each._replace(judged=judged.get(each.path, []), looked_into=each.path in looked_into)
            for each in parts
        ]

    def _part(self, part: Part) -> Part:
        new = self.examined.get(part.path)
        if new is None:
            return part
        judged = from_json(tuple[Diagnostic, ...], part.judged)
        found = [each for each in (*new.diagnostics, *judged) if each.suppression is None]
        found.sort(key=lambda each: each.sort_key)
        return part._replace(
            known_as=new.facts_digest,
            beyond=new.external_inputs,
            text=output.part(found, self.options) if found else "",
            tally=tally.skill_counts(found),
        )
