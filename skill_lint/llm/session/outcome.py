"""The outcome of each proposal, and the report of a run as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from skill_lint.fixing.diff import diff
from skill_lint.fixing.write import Unwritten
from skill_lint.llm.gate.verdict import Passed, judge
from skill_lint.llm.models.budget import Spent
from skill_lint.llm.models.registry import TaskModel
from skill_lint.llm.session.cases import NotAsked
from skill_lint.llm.session.propose import Attempt, Proposal
from skill_lint.llm.tasks.case import State
from skill_lint.llm.tasks.reason import Reason

Decision = Literal["proposed", "applied", "unwritten", "declined", "rejected", "failed", "skipped"]
"""The gate rejects, a person declines. `failed`: no answer came. `skipped`: the budget was used up.
`unwritten`: a file could not be written."""


@dataclass(frozen=True)
class Outcome:
    """What became of a proposal, with the gate's `reasons` and the `diff` of the change.

    `unwritten` are the files that could not be written.
    """

    proposal: Proposal
    decision: Decision
    reasons: tuple[Reason, ...] = ()
    diff: str = ""
    unwritten: tuple[Unwritten, ...] = ()

    @classmethod
    def of(
        cls,
        proposal: Proposal,
        verdict: Passed | Sequence[Reason],
        *,
        decision: Decision = "proposed",
        before: State | None = None,
        unwritten: tuple[Unwritten, ...] = (),
    ) -> "Outcome":
        if isinstance(verdict, Passed):
            shown = diff(before.skill, verdict.after.skill) if before else ""
            return cls(proposal, decision, (), shown, unwritten)
        if proposal.failure:
            return cls(proposal, "failed", tuple(verdict))
        return cls(proposal, "skipped" if proposal.skipped else "rejected", tuple(verdict))


def applied(
    state: State, proposals: Sequence[Proposal]
) -> Iterator[tuple[Proposal, Passed | list[Reason]]]:
    """Apply the proposals for one skill in memory, one after another.

    Yields each proposal with its verdict. The gate judges it against the skill as the proposals
    before it left the skill.
    """
    for proposal in proposals:
        if proposal.answer is None:
            yield proposal, list(proposal.reasons)
            continue
        verdict = judge(proposal.case, proposal.answer, proposal.sent, state)
        yield proposal, verdict
        if isinstance(verdict, Passed):
            state = verdict.after


def as_json(
    outcomes: Sequence[Outcome],
    not_asked: Sequence[NotAsked],
    models: Mapping[str, TaskModel],
    spent: Spent,
) -> dict[str, Any]:
    """The report: the cost, and all questions with their attempts and reasons."""
    return {
        "spent": {
            "calls": spent.calls,
            "input_tokens": spent.input_tokens,
            "output_tokens": spent.output_tokens,
            "cost": round(spent.cost, 6),
        },
        "proposals": [_outcome(each, models[each.proposal.case.task.lm]) for each in outcomes],
        "not_asked": [
            {
                "path": each.path,
                "rules": sorted({finding.rule for finding in each.findings}),
                "question": each.task.name,
                "reason": each.reason,
            }
            for each in not_asked
        ],
    }


def _outcome(outcome: Outcome, model: TaskModel) -> dict[str, Any]:
    proposal = outcome.proposal
    case = proposal.case
    return {
        "path": case.path,
        "rules": case.rules,
        "question": case.task.name,
        "task": case.task.lm,
        "model": model.model,
        "prompt_version": case.task.prompt.version,
        "decision": outcome.decision,
        "reasons": _reasons(outcome.reasons),
        "failure": proposal.failure or proposal.skipped,
        "unwritten": [each._asdict() for each in outcome.unwritten],
        "answer": proposal.answer.model_dump() if proposal.answer else None,
        "diff": outcome.diff,
        "attempts": [_attempt(each) for each in proposal.attempts],
    }


def _attempt(attempt: Attempt) -> dict[str, Any]:
    completion = attempt.reply.completion
    return {
        "input_tokens": completion.input_tokens,
        "output_tokens": completion.output_tokens,
        "seconds": round(attempt.reply.seconds, 3),
        "cached": attempt.reply.cached,
        "reasons": _reasons(attempt.reasons),
    }


def _reasons(reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    return [{"point": each.point, "name": each.name, "text": each.text} for each in reasons]
