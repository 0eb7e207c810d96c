"""What a run of the fix step has to do, and whom it may ask."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from skill_lint.config.config import Config
from skill_lint.discovery.roots import Discovery
from skill_lint.filesystem import git
from skill_lint.filesystem.uncommitted import why_not_restorable
from skill_lint.fixing.eligible import eligible, would_report
from skill_lint.fixing.loop import FixResult, fix_skill
from skill_lint.fixing.write import Unwritten, write
from skill_lint.llm.models.budget import Budget
from skill_lint.llm.models.client import OpenAICompleter, Refused, api_key
from skill_lint.llm.models.registry import Models, TaskModel
from skill_lint.llm.models.resolution import resolve
from skill_lint.llm.session.answers import AnswerCache
from skill_lint.llm.session.ask import Asker
from skill_lint.llm.session.cases import NotAsked, cases
from skill_lint.llm.session.optional import BACKGROUND, JUDGE
from skill_lint.llm.session.outcome import Outcome
from skill_lint.llm.session.propose import Proposal
from skill_lint.llm.tasks.case import Case, State
from skill_lint.report.baseline import Baseline
from skill_lint.reporters.escape import visible

MAX_CALLS = 20
"""Calls of a run, unless the person says otherwise."""


class CannotStart(Exception):
    """The fix step cannot begin; the message says what to do."""


@dataclass(frozen=True)
class Bounds:
    """The most that a run may take: calls, tokens sent and received, money."""

    calls: int = MAX_CALLS
    tokens: int | None = None
    cost: float | None = None


@dataclass(frozen=True)
class Rights:
    """What a run may do: write, even where changes are uncommitted, and apply unsafe fixes."""

    write: bool
    write_dirty: bool = False
    unsafe: bool = False


@dataclass
class Work:
    """What a run has found to do, and what became of it."""

    cases: list[Case] = field(default_factory=list)
    not_asked: list[NotAsked] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    unwritten: list[Unwritten] = field(default_factory=list)
    tops: tuple[str, ...] = ()
    """The folders that were searched for skills."""
    fixed: int = 0
    """How many findings were fixed without a model."""

    def by_skill(self, proposals: Sequence[Proposal]) -> Iterator[tuple[State, list[Proposal]]]:
        """The proposals of each skill, with the state that they were made from."""
        groups: dict[str, list[Proposal]] = {}
        for each in proposals:
            groups.setdefault(each.case.state.skill.path, []).append(each)
        for group in groups.values():
            yield group[0].case.state, group


def gather(found: Discovery, config: Config, baseline: Baseline | None, rights: Rights) -> Work:
    """What no fix can do, by skill and task. Where the run writes, fixes are written first.

    Raises `CannotStart`.
    """
    work, chosen = Work(tops=found.tops), eligible(baseline, unsafe=rights.unsafe)
    results = [
        fix_skill(root, config.active, chosen)
        for root in sorted(found.skills, key=lambda root: root.shown)
    ]
    if rights.write and not rights.write_dirty:
        _refuse_dirty(results)
    for result in results:
        state = _state(result, config, work, writes=rights.write)
        wanted = would_report(state.skill, state.found, baseline)
        for each in cases(state, wanted):
            if isinstance(each, Case):
                work.cases.append(each)
            else:
                work.not_asked.append(each)
    return work


def _refuse_dirty(results: Sequence[FixResult]) -> None:
    unanswered = dict[str, str]()
    reasons = {
        each.before.path: reason
        for each in results
        # A person may try models in a folder of no repository, as ever.
        if git.checkout_of(each.before.root) is not None
        and (reason := why_not_restorable(each.before.root, _writable(each), unanswered))
    }
    for path, reason in reasons.items():
        more = f" ({len(reasons) - 1} more skills cannot be written either)"
        raise CannotStart(f"{visible(path)} {reason}{more if len(reasons) > 1 else ''}")


def _writable(result: FixResult) -> set[str]:
    """The files of a skill that its fixes change, or that a model's answer may change."""
    return {*result.before.markdown_files, *result.after.draft.touched}


def _state(result: FixResult, config: Config, work: Work, *, writes: bool) -> State:
    """The skill after its fixes: on the disk where the run writes, else in memory."""
    disk, skill = result.before, result.after
    work.fixed += len(result.fixed)
    if writes and result.fixed:
        work.unwritten += write(result.before, result.after, work.tops)
        disk = skill = disk.reopened()
    return State.of(skill, disk, config.active)


def asker(
    work: Work,
    models: Models | None,
    bounds: Bounds,
    environ: Mapping[str, str],
    answers: Path | None,
) -> Asker:
    """What asks the models of the tasks at hand. `answers` is the folder of kept answers.

    Raises `CannotStart` where a model cannot be asked, `ConfigError` where none is configured.
    """
    resolved = _task_models(work, models, environ) if models else []
    try:
        for model in resolved:
            api_key(model, environ)
    except Refused as error:
        raise CannotStart(str(error)) from None
    unpriced = [model.key for model in resolved if model.prices is None]
    if bounds.cost is not None and unpriced:
        raise CannotStart(f"--max-cost needs the prices of the model `{unpriced[0]}`")
    budget = Budget(bounds.calls, bounds.tokens, bounds.cost)
    by_task = {model.task: model for model in resolved}
    return Asker(by_task, OpenAICompleter(environ), AnswerCache(answers), budget)


def _task_models(work: Work, models: Models, environ: Mapping[str, str]) -> list[TaskModel]:
    """The models of the tasks at hand, and of the optional ones that the person's file names."""
    tasks = sorted({case.task.lm for case in work.cases})
    tasks += [name for name in (*BACKGROUND, JUDGE) if name in models.own.tasks]
    return [resolve(task, models, environ) for task in tasks]


def optional_tasks(models: Models) -> list[str]:
    """The optional tasks that are asked about each skill, if the person's file names any."""
    return [lm for lm in BACKGROUND if lm in models.own.tasks]
