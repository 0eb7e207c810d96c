"""Where the results of many skills come from: the cache, this process, or workers."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from skill_lint.collection.facts import Facts
from skill_lint.discovery.roots import SkillRoot
from skill_lint.engine.result import SkillResult
from skill_lint.engine.task import LintTask
from skill_lint.filesystem.snapshot import Snapshot

if TYPE_CHECKING:
    from concurrent.futures import Executor

Spread = Callable[[int], AbstractContextManager["Executor | None"]]
"""Takes the number of skills, and gives the workers for them; None for this process."""
Progress = Callable[[int, int], None]
"""Called with the number of skills that are done, and of all skills."""


class ResultStore(Protocol):
    """Results of earlier runs."""

    def known(self, task: LintTask, roots: Sequence[SkillRoot]) -> Mapping[str, SkillResult]:
        """The results that are still current, by the path of the skill."""

    def keep(
        self, task: LintTask, fresh: Sequence[tuple[SkillRoot, SkillResult]]
    ) -> Iterable[SkillResult]:
        """Keep results; gives all of them back, with the digests that they are kept under."""


class Scheduler(NamedTuple):
    """Where results come from.

    `results` are those of earlier runs. `spread` gives the workers that lint the other skills;
    `progress` is called after each of them.
    """

    spread: Spread = lambda skills: nullcontext(None)
    results: ResultStore | None = None
    progress: Progress = lambda done, total: None

    def lint(
        self, task: LintTask, roots: Sequence[SkillRoot], inputs: Snapshot
    ) -> Iterator[SkillResult]:
        """The result of each skill, unsorted. What was read for them is added to `inputs`."""
        by_path = {root.shown: root for root in roots}
        known = self.results.known(task, roots) if self.results else {}
        fresh = list(self._fresh(task, [root for root in roots if root.shown not in known]))
        if self.results:
            pairs = [(by_path[each.info.path], each) for each in fresh]
            fresh = list(self.results.keep(task, pairs))
        for each in (*known.values(), *fresh):
            if each.inputs is None:
                yield each
                continue
            inputs.add(each.inputs)
            external = each.inputs.outside(os.fspath(by_path[each.info.path].path))
            yield replace(each, inputs=None, external_inputs=tuple(external))

    def facts(
        self, task: LintTask, roots: Sequence[SkillRoot], inputs: Snapshot
    ) -> Iterator[Facts]:
        """The facts of skills that are not linted, for the collection rules."""
        known = self.results.known(task, roots) if self.results else {}
        only_facts = task._replace(active=())
        unknown = [root for root in roots if root.shown not in known]
        for each in (*known.values(), *self.lint(only_facts, unknown, inputs)):
            if each.inputs is not None:
                inputs.add(each.inputs)
            yield each.facts

    def _fresh(self, task: LintTask, roots: Sequence[SkillRoot]) -> Iterator[SkillResult]:
        with self.spread(len(roots)) as executor:
            for done, result in enumerate(_stream(task, roots, executor), 1):
                self.progress(done, len(roots))
                yield result


def _stream(
    task: LintTask, roots: Sequence[SkillRoot], executor: "Executor | None"
) -> Iterator[SkillResult]:
    if executor is None:
        return map(task.lint, roots)
    # Lazy import: multiprocessing takes longer to import than a small skill to lint.
    from skill_lint.engine.workers import results

    return results(task, roots, executor)
