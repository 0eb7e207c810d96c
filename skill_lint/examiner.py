"""How the results of many skills are come by: kept from earlier, or made here or by workers."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from skill_lint.checker import Examined, Task
from skill_lint.collection.facts import Facts
from skill_lint.discover import SkillRoot
from skill_lint.watch import Watch

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from skill_lint.cache.results import Results

Spread = Callable[[int], AbstractContextManager["Executor | None"]]
"""Takes a number of skills, and gives the workers to spread them over; None for this process."""
Progress = Callable[[int, int], None]
"""Takes the number of skills that are done, and how many there are."""


class Examiner(NamedTuple):
    """By which workers skills are examined, what is known of them, and who is told of progress."""

    spread: Spread = lambda skills: nullcontext(None)
    results: "Results | None" = None
    progress: Progress = lambda done, total: None

    def examine(self, task: Task, roots: Sequence[SkillRoot], watch: Watch) -> Iterator[Examined]:
        """The result for each skill, in no particular order.

        What they depend on is added to `watch`.
        """
        by_path = {root.shown: root for root in roots}
        known = self.results.known(task, roots) if self.results else {}
        fresh = list(self._fresh(task, [root for root in roots if root.shown not in known]))
        if self.results:
            pairs = [(by_path[each.info.path], each) for each in fresh]
            fresh = list(self.results.keep(task, pairs))
        for each in (*known.values(), *fresh):
            if each.watch is None:
                yield each
                continue
            watch.add(each.watch)
            beyond = each.watch.beyond(os.fspath(by_path[each.info.path].path))
            yield replace(each, watch=None, beyond=tuple(beyond))

    def facts(self, task: Task, roots: Sequence[SkillRoot], watch: Watch) -> Iterator[Facts]:
        """What rules across skills know of skills that are not linted."""
        known = self.results.known(task, roots) if self.results else {}
        light = task._replace(active=())
        unknown = [root for root in roots if root.shown not in known]
        for each in (*known.values(), *self.examine(light, unknown, watch)):
            if each.watch is not None:
                watch.add(each.watch)
            yield each.facts

    def _fresh(self, task: Task, roots: Sequence[SkillRoot]) -> Iterator[Examined]:
        with self.spread(len(roots)) as executor:
            for done, examined in enumerate(_stream(task, roots, executor), 1):
                self.progress(done, len(roots))
                yield examined


def _stream(
    task: Task, roots: Sequence[SkillRoot], executor: "Executor | None"
) -> Iterator[Examined]:
    if executor is None:
        return map(task.examine, roots)
    # Late, for what it imports takes longer than to lint a small skill.
    from skill_lint.workers import examined

    return examined(task, roots, executor)
