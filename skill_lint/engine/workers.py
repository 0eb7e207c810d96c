"""Spread a task over processes or machines. If a worker dies, its skills are linted again."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from pathlib import Path

from skill_lint.discovery.roots import SkillRoot
from skill_lint.engine.result import SkillResult
from skill_lint.engine.task import LintTask

CHUNK = 8
"""Skills that a worker gets at a time: few, so that all workers end at about the same time."""


def results(
    task: LintTask, roots: Sequence[SkillRoot], executor: Executor
) -> Iterator[SkillResult]:
    """The result of each skill, unsorted."""
    # Workers on other machines may run in another folder.
    roots = [root._replace(path=Path(os.path.abspath(root.path))) for root in roots]  # noqa: PTH100
    chunks = [roots[start : start + CHUNK] for start in range(0, len(roots), CHUNK)]
    futures: dict[Future[list[SkillResult]], Sequence[SkillRoot]] = {}
    lost: list[SkillRoot] = []
    for chunk in chunks:
        try:
            futures[executor.submit(task.lint_all, chunk)] = chunk
        except Exception:  # The workers are gone, whatever the reason.
            lost += chunk
    for future in as_completed(futures):
        try:
            yield from future.result()
        except Exception:
            lost += futures[future]
    for root in lost:
        yield _alone(task, root)


def _alone(task: LintTask, root: SkillRoot) -> SkillResult:
    """Lint one skill in its own process. If that process dies, the skill gets a finding."""
    with pool(1) as executor:
        try:
            return executor.submit(task.lint_all, [root]).result()[0]
        except Exception as error:
            return task.crashed(root, f"the process that examined it died: {error}")


def pool(jobs: int) -> ProcessPoolExecutor:
    """Processes on this machine: forked where possible, because a fork imports nothing again."""
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    if not can_fork:
        # A new Python would import modules from the working directory, which a stranger may fill.
        os.environ["PYTHONSAFEPATH"] = "1"
    context = multiprocessing.get_context("fork" if can_fork else None)
    return ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(os.getpid(),))


def _begin(parent: int) -> None:
    # Ctrl-C reaches every process of the terminal; only the first one reports it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """End this process once its parent was killed, because nothing else would end it."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
