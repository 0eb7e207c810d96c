"""The interactive review: each proposal is shown, and a person decides on it.

An approved change is written at once, so that an interrupted review loses nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import yaml

from skill_lint.fixing.write import Unwritten
from skill_lint.llm.gate.verdict import Passed, judge, validated
from skill_lint.llm.session.outcome import Decision, Outcome
from skill_lint.llm.session.propose import Proposal
from skill_lint.llm.tasks.answer import Answer
from skill_lint.llm.tasks.case import State
from skill_lint.llm.tasks.reason import Reason

KEYS = "ynaderq?"
HELP = """\
y  write this change
n  leave it
a  write this and all other changes of this file
d  leave this and all other changes of this file
e  edit the words in your editor; the gate judges them again
r  ask the model again, with a word about what should be different
q  stop here; what was written stays, and answers are kept for the next run
?  this help"""
_NOTE = "# The words of the change. Leave out all of them to keep the change as it was.\n"


class Screen(Protocol):
    """The terminal: shows text and reads the person's decisions. End of input counts as `q`."""

    def show(self, text: str) -> None: ...

    def propose(self, proposal: Proposal, before: State, passed: Passed) -> None: ...

    def rejected(self, outcome: Outcome) -> None: ...

    def key(self) -> str: ...

    def line(self, question: str) -> str: ...

    def edit(self, text: str) -> str | None: ...


Again = Callable[[Proposal, str], Proposal]
"""Asks the model again, with the change that the person asks for."""
Write = Callable[[State, Passed], Sequence[Unwritten]]
"""Writes a change, and returns the files that could not be written."""


@dataclass
class Review:
    """The review of a run. `outcomes` grows with each proposal that was decided."""

    screen: Screen
    again: Again
    write: Write
    outcomes: list[Outcome] = field(default_factory=list)
    stopped: bool = False

    def of_skill(self, state: State, proposals: Iterable[Proposal]) -> None:
        """Review the proposals for one skill, one after another."""
        rest = ""
        for proposal in proposals:
            if proposal.answer is None:
                self._rejected(Outcome.of(proposal, list(proposal.reasons)))
                continue
            state, rest = self._one(state, proposal, rest)
            if self.stopped:
                return

    def _one(self, state: State, proposal: Proposal, rest: str) -> tuple[State, str]:
        """Review one proposal. Returns the skill after it, and the key for the rest of the file.

        That key, and `rest`, is `a`, `d` or empty.
        """
        assert proposal.answer is not None
        verdict = judge(proposal.case, proposal.answer, proposal.sent, state)
        while isinstance(verdict, Passed):
            self.screen.propose(proposal, state, verdict)
            key = rest or self.screen.key()
            if key in "ya":
                return self._written(state, proposal, verdict), "a" if key == "a" else ""
            if key in "ndq":
                self.stopped = key == "q"
                self.outcomes.append(Outcome.of(proposal, verdict, decision="declined"))
                return state, "d" if key == "d" else ""
            if key == "?":
                self.screen.show(HELP)
                continue
            change = self._edited if key == "e" else self._asked
            proposal = change(proposal, state)
            assert proposal.answer is not None
            verdict = judge(proposal.case, proposal.answer, proposal.sent, state)
        self._rejected(Outcome.of(proposal, verdict))
        return state, rest

    def _rejected(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        self.screen.rejected(outcome)

    def _written(self, state: State, proposal: Proposal, passed: Passed) -> State:
        unwritten = tuple(self.write(state, passed))
        decision: Decision = "unwritten" if unwritten else "applied"
        self.outcomes.append(
            Outcome.of(proposal, passed, decision=decision, before=state, unwritten=unwritten)
        )
        if unwritten:
            return state
        fresh = state.skill.reopened()
        return State.of(fresh, fresh, state.active)

    def _edited(self, proposal: Proposal, state: State) -> Proposal:
        """The proposal with the person's edits, or unchanged if the gate rejects them."""
        assert proposal.answer is not None
        text = self.screen.edit(_NOTE + _as_yaml(proposal.answer))
        data = _from_yaml(text or "")
        if data is None:
            return proposal
        answer = validated(proposal.case.task, data)
        if not isinstance(answer, list):
            verdict = judge(proposal.case, answer, proposal.sent, state)
            if isinstance(verdict, Passed):
                return replace(proposal, answer=answer)
            answer = verdict
        self.screen.show(_objections(answer))
        return proposal

    def _asked(self, proposal: Proposal, state: State) -> Proposal:
        """The model's next proposal, or this one if no new answer passed the gate."""
        word = self.screen.line("what should be different? ")
        if not word:
            return proposal
        # The new question must see the changes that were written since the first one.
        now = replace(proposal, case=replace(proposal.case, state=state))
        new = self.again(now, word)
        merged = replace(new, attempts=(*proposal.attempts, *new.attempts))
        if new.answer is not None:
            return merged
        self.screen.show(new.failure or new.skipped or _objections(new.reasons))
        return replace(proposal, attempts=merged.attempts)


def _objections(reasons: Sequence[Reason]) -> str:
    return "not possible:\n" + "\n".join(f"  {reason}" for reason in reasons)


def _as_yaml(answer: Answer) -> str:
    return yaml.safe_dump(answer.model_dump(), sort_keys=False, allow_unicode=True, width=88)


def _from_yaml(text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError:
        return {}
