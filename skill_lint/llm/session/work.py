"""What a run of `fix --llm` has to do, and whom it may ask."""

import argparse
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from skill_lint.cli.commands import models
from skill_lint.cli.error import UsageError
from skill_lint.cli.options import fixes as fixing
from skill_lint.config.config import Config
from skill_lint.discovery.roots import Discovery
from skill_lint.filesystem.git_changes import is_dirty
from skill_lint.fixing.loop import FixResult, fix_skill
from skill_lint.fixing.write import Unwritten, write
from skill_lint.llm.models.budget import Budget
from skill_lint.llm.models.client import OpenAICompleter, Refused, api_key
from skill_lint.llm.models.registry import TaskModel
from skill_lint.llm.session.answers import AnswerCache
from skill_lint.llm.session.ask import Asker
from skill_lint.llm.session.cases import NotAsked, cases
from skill_lint.llm.session.optional import BACKGROUND, JUDGE
from skill_lint.llm.session.outcome import Outcome
from skill_lint.llm.session.propose import Proposal
from skill_lint.llm.tasks.case import Case, State
from skill_lint.report.baseline import Baseline
from skill_lint.reporters.escape import visible
from skill_lint.skill.skill import Skill

MAX_CALLS = 20


@dataclass
class Work:
    """What a run has found to do, and what became of it."""

    cases: list[Case] = field(default_factory=list)
    not_asked: list[NotAsked] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    unwritten: list[Unwritten] = field(default_factory=list)
    mended: int = 0

    def by_skill(self, proposals: Sequence[Proposal]) -> Iterator[tuple[State, list[Proposal]]]:
        """The proposals of each skill, with the state that they were made from."""
        groups: dict[str, list[Proposal]] = {}
        for each in proposals:
            groups.setdefault(each.case.state.skill.path, []).append(each)
        for group in groups.values():
            yield group[0].case.state, group


def gather(
    found: Discovery, config: Config, baseline: Baseline | None, options: argparse.Namespace
) -> Work:
    """What no fix mends, by skill and task. Where the run writes, the fixes are written first."""
    work, writes = Work(), bool(options.apply or options.interactive)
    eligible = fixing.eligibility(baseline, options)
    all_repairs = [
        fix_skill(root, config.active, eligible)
        for root in sorted(found.skills, key=lambda root: root.shown)
    ]
    if writes and not options.allow_dirty:
        _refuse_dirty(all_repairs)
    for repair in all_repairs:
        state = _state(repair, config, work, writes=writes)
        wanted = fixing.would_report(state.skill, state.found, baseline)
        for each in cases(state, wanted):
            if isinstance(each, Case):
                work.cases.append(each)
            else:
                work.not_asked.append(each)
    return work


def _refuse_dirty(repairs: Sequence[FixResult]) -> None:
    dirty = [repair.before.path for repair in repairs if is_dirty(repair.before.root)]
    if dirty:
        more = f" and {len(dirty) - 1} more have" if len(dirty) > 1 else " has"
        raise UsageError(
            f"{visible(dirty[0])}{more} uncommitted changes; commit them, or give --allow-dirty"
        )


def _state(repair: FixResult, config: Config, work: Work, *, writes: bool) -> State:
    """The skill after its fixes: on the disk where the run writes, else in memory."""
    disk, skill = repair.before, repair.after
    work.mended += len(repair.fixed)
    if writes and repair.fixed:
        work.unwritten += write(repair.before, repair.after)
        disk = skill = Skill(disk.root, disk.path, limits=disk.limits)
    return State.of(skill, disk, config.active)


def asker(work: Work, config: Config, options: argparse.Namespace) -> Asker:
    """What asks the models of the tasks at hand. Raises `Failure` where one cannot be asked."""
    resolved = _models(work, config, options) if work.cases else []
    try:
        for model in resolved:
            api_key(model, os.environ)
    except Refused as error:
        raise UsageError(visible(str(error))) from None
    unpriced = [model.key for model in resolved if model.prices is None]
    if options.max_cost is not None and unpriced:
        raise UsageError(f"--max-cost needs the prices of the model `{visible(unpriced[0])}`")
    budget = Budget(options.max_calls or MAX_CALLS, options.max_tokens, options.max_cost)
    by_task = {model.task: model for model in resolved}
    return Asker(by_task, OpenAICompleter(os.environ), AnswerCache(_cache_folder()), budget)


def _models(work: Work, config: Config, options: argparse.Namespace) -> list[TaskModel]:
    """The models of the tasks at hand, and of the optional ones that the models' file names."""
    configured = models.configured(options, config)
    tasks = sorted({case.task.lm for case in work.cases})
    tasks += [name for name in (*BACKGROUND, JUDGE) if name in configured.tasks]
    return models.task_models(configured, tasks)


def optional_tasks(config: Config, options: argparse.Namespace) -> list[str]:
    """The optional tasks that are asked about each skill, if the models' file names any."""
    try:
        named = models.configured(options, config).tasks
    except models.NothingConfigured:
        return []
    return [lm for lm in BACKGROUND if lm in named]


def _cache_folder() -> Path | None:
    base = os.environ.get("XDG_CACHE_HOME", "")
    try:
        home = Path(base) if base.startswith("/") else Path.home() / ".cache"
    except RuntimeError:
        return None
    return home / "skill-lint" / "answers"
