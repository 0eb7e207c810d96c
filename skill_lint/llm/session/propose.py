"""Turns questions into proposals: ask, read the answer, judge it, and retry once with the reasons.

An answer of the wrong form can be retried once as well.
"""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from skill_lint.llm.gate.invented import texts
from skill_lint.llm.gate.verdict import Passed, judge, read
from skill_lint.llm.models.budget import OutOfBudget
from skill_lint.llm.models.client import Message, Unanswered
from skill_lint.llm.models.last_look import held_back
from skill_lint.llm.prompt.material import scrubbed
from skill_lint.llm.session.ask import Asker, Reply
from skill_lint.llm.session.optional import opinion, with_background
from skill_lint.llm.tasks.answer import Answer
from skill_lint.llm.tasks.case import Case
from skill_lint.llm.tasks.reason import Reason

MOST_CALLS = 3
"""Calls for one question: the first, one because of a wrong form, one with the gate's reasons."""
_ECHO = 4_000
"""Characters of a rejected answer that are sent back with the reasons."""


@dataclass(frozen=True)
class Attempt:
    """One answer and the reasons against it; it passed if there are none."""

    reply: Reply
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """The result of a question. `answer` is the answer that passed the gate, if any did.

    `failure` is the reason why no answer came, `skipped` the limit of the budget that was reached.
    """

    case: Case
    sent: str
    """All text that the model was given about the skill, and by the person."""
    attempts: tuple[Attempt, ...] = ()
    answer: Answer | None = None
    failure: str = ""
    skipped: str = ""

    @property
    def tokens(self) -> int:
        """The tokens of all attempts, cached answers included."""
        replies = (each.reply.completion for each in self.attempts)
        return sum(each.input_tokens + each.output_tokens for each in replies)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why the last attempt did not pass."""
        return self.attempts[-1].reasons if self.attempts else ()


@dataclass
class _Conversation:
    """The messages and attempts of one question."""

    case: Case
    messages: list[Message] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def to_send(self) -> list[Message]:
        """The question, and the last answer with the objections to it."""
        return [*self.messages[:2], *self.messages[2:][-2:]]

    def object_to(self, reply: Reply, text: str) -> None:
        answer = reply.completion.text[:_ECHO] or "{}"
        # The last look would stop the question for a secret that is the model's own invention.
        self.messages.append(Message("assistant", "{}" if held_back([answer]) else answer))
        self.messages.append(Message("user", text))


def question(case: Case) -> list[Message]:
    """The first messages of a question, exactly as they are sent."""
    data = json.dumps(case.material, ensure_ascii=False, indent=1)
    return [Message("system", case.task.prompt.text), Message("user", data)]


async def propose(
    cases: Sequence[Case], asker: Asker, done: Callable[[Proposal], None]
) -> list[Proposal]:
    """Ask all questions, and return the proposals in the order of the cases.

    `done` is called with each proposal as it comes. Raises `Refused`, which ends the run; the
    answers until then are in the cache.
    """

    async def one(case: Case) -> Proposal:
        proposal = await answered(await with_background(case, asker), asker)
        done(proposal)
        return proposal

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(case)) for case in cases]
    except ExceptionGroup as errors:
        # The group has stopped the others; the first error says why.
        raise errors.exceptions[0] from None
    return [task.result() for task in tasks]


async def answered(case: Case, asker: Asker, *, wish: tuple[Answer, str] | None = None) -> Proposal:
    """Ask one question until an answer passes or the calls for it are used up.

    `wish` is an answer that the person has seen, and the change to it that they ask for.
    """
    talk = _Conversation(case, question(case))
    sent = "\n".join([texts(case.material), *([wish[1]] if wish else [])])
    if wish:
        talk.messages.append(Message("assistant", wish[0].model_dump_json()))
        quoted = json.dumps(wish[1], ensure_ascii=False)
        talk.messages.append(Message("user", f"Write it again. What should be different: {quoted}"))
    proposal = Proposal(case, sent)
    try:
        passed = await _until_it_passes(talk, sent, asker)
        proposal = replace(proposal, answer=passed)
    except Unanswered as error:
        proposal = replace(proposal, failure=str(error))
    except OutOfBudget as error:
        proposal = replace(proposal, skipped=str(error))
    return replace(proposal, attempts=tuple(talk.attempts))


async def _until_it_passes(talk: _Conversation, sent: str, asker: Asker) -> Answer | None:
    case, repaired, retried = talk.case, False, False
    while True:
        reply = await asker.ask(case.task.lm, case.task.prompt.version, talk.to_send)
        answer, reasons = await _judged(case, reply, sent, asker)
        talk.attempts.append(Attempt(reply, tuple(reasons)))
        if answer is not None and not reasons:
            return answer
        is_used_up = repaired if answer is None else retried
        if is_used_up or any(each.point == 6 for each in reasons):
            return None
        repaired, retried = repaired or answer is None, retried or answer is not None
        talk.object_to(reply, _feedback(reasons))


async def _judged(
    case: Case, reply: Reply, sent: str, asker: Asker
) -> tuple[Answer | None, list[Reason]]:
    """The answer in a reply, None if the reply has the wrong form, and the reasons against it."""
    answer = read(case.task, reply.completion.text, cut=reply.completion.cut)
    if isinstance(answer, list):
        return None, answer
    verdict = judge(case, answer, sent)
    if isinstance(verdict, Passed):
        return answer, await opinion(case, answer, asker)
    return answer, verdict


def _feedback(reasons: Sequence[Reason]) -> str:
    # A reason may hold an absolute path, if the person has given one.
    told = [scrubbed(each.text) for each in reasons[:10]]
    # The last look would stop the question if a reason quotes what looks like a secret.
    lines = "\n".join(f"- {each}" for each in told if not held_back([each]))
    return (
        f"This answer cannot be used:\n{lines}\n"
        "Answer again, with a JSON object of the form that was asked for and nothing else."
    )
