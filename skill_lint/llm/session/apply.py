"""Proposals, one after another, onto a skill in memory: each is judged again on what is there."""

from collections.abc import Iterator, Sequence

from skill_lint.llm.gate.gate import Passed, judge
from skill_lint.llm.session.propose import Proposal
from skill_lint.llm.tasks.case import State
from skill_lint.llm.tasks.reason import Reason


def applied(
    state: State, proposals: Sequence[Proposal]
) -> Iterator[tuple[Proposal, Passed | list[Reason]]]:
    """Each proposal with its verdict on the skill as those before it leave it."""
    for proposal in proposals:
        if proposal.answer is None:
            yield proposal, list(proposal.reasons)
            continue
        verdict = judge(proposal.case, proposal.answer, proposal.told, state)
        yield proposal, verdict
        if isinstance(verdict, Passed):
            state = verdict.after
