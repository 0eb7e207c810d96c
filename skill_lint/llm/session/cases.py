"""Which findings go to a model: those without a fix, for which there is a task."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from skill_lint.diagnostic import Diagnostic
from skill_lint.llm.tasks.all import TASKS
from skill_lint.llm.tasks.case import Case, State
from skill_lint.llm.tasks.task import Task
from skill_lint.text.possible_secrets import possible_secrets


@dataclass(frozen=True)
class NotAsked:
    """Findings of a skill that could go to a model, and the reason why they do not."""

    task: Task
    findings: tuple[Diagnostic, ...]
    path: str
    reason: str


def cases(state: State, wanted: Iterable[Diagnostic]) -> Iterator[Case | NotAsked]:
    """The questions about a skill. `wanted` are the findings that the run would report."""
    askable = [each for each in wanted if any(task.takes(each) for task in TASKS)]
    obstacle = _obstacle(state) if askable else None
    for task in TASKS:
        findings = tuple(each for each in askable if task.takes(each))
        if not findings:
            continue
        reason = obstacle or _fixable(findings) or task.obstacle(state.skill, state.active)
        if reason:
            yield NotAsked(task, findings, state.skill.source.path, reason)
        else:
            yield Case(task, findings, state)


def _fixable(findings: Sequence[Diagnostic]) -> str | None:
    if any(each.fix and each.fix.safety == "unsafe" for each in findings):
        return "it has a fix without a model: --unsafe-fixes"
    return "it has a fix without a model" if any(each.fix for each in findings) else None


def _obstacle(state: State) -> str | None:
    """Why no model is asked about this skill at all, or None."""
    skill, source = state.skill, state.skill.source
    if source.problem is not None or not skill.is_readable:
        return "SKILL.md cannot be read as text"
    if skill.directory.real_name(source.name) is None:
        return "SKILL.md is a symbolic link out of the skill"
    if skill.draft.origins or skill.draft.deleted:
        return "its fixes rename files; let `skill-lint fix` do that first"
    block = skill.frontmatter.block
    if block is None or block.unclosed or skill.frontmatter.fault or skill.frontmatter.is_late:
        return "the frontmatter must be fixed first"
    for secret in possible_secrets(source.text):
        line = source.position(secret.span.start)[0]
        return f"line {line} holds what looks like {secret.kind}, so nothing of the skill is sent"
    return None
