"""Optional tasks, which are asked only if the person's models file names them in `tasks`.

`skill_understand` says what a skill is for, `skill_gather_examples` in which words people ask for
it. Both answers go into the questions that ask for new text. `skill_validate` is the second
opinion on an answer that passed the gate, and can only reject it.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal

from skill_lint.llm.gate.invented import invented, leaked, parroted, texts
from skill_lint.llm.gate.letters import disguised
from skill_lint.llm.gate.verdict import first_object
from skill_lint.llm.models.budget import OutOfBudget
from skill_lint.llm.models.client import Message, Unanswered
from skill_lint.llm.prompt.material import about
from skill_lint.llm.session.ask import Asker
from skill_lint.llm.tasks.answer import Answer, Phrase, line
from skill_lint.llm.tasks.case import Case
from skill_lint.llm.tasks.pydantic_if_any import Field
from skill_lint.llm.tasks.reason import Reason
from skill_lint.llm.tasks.task import prompt

JUDGE = "skill_validate"
_WRITING = "skill_edit"


class Understanding(Answer):
    purpose: Annotated[str, line(300, 20)]
    situations: Annotated[list[Phrase], Field(min_length=1, max_length=5)]


class Examples(Answer):
    phrases: Annotated[list[Phrase], Field(min_length=2, max_length=8)]


class Opinion(Answer):
    verdict: Literal["accept", "reject"]
    reason: Annotated[str, line(300)]


BACKGROUND: dict[str, type[Answer]] = {
    "skill_understand": Understanding,
    "skill_gather_examples": Examples,
}


def is_helped(case: Case) -> bool:
    """Whether the optional tasks are asked for a case: its task writes text."""
    return case.task.lm == _WRITING


def first_question(lm: str, case: Case) -> list[Message]:
    """The messages that ask an optional task about a skill, exactly as they are sent."""
    return _question(lm, about(case.state.skill, ()))


def _question(lm: str, data: dict[str, Any]) -> list[Message]:
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return [Message("system", prompt(lm).text), Message("user", text)]


async def with_background(case: Case, asker: Asker) -> Case:
    """The case with the usable answers of the optional tasks about its skill."""
    if not is_helped(case):
        return case
    data, background = about(case.state.skill, ()), dict[str, Any]()
    for lm, form in BACKGROUND.items():
        if lm in asker.models and (answer := await _answer_or_none(lm, form, data, asker)):
            words = _words(answer.model_dump())
            instructions, text = prompt(lm).text, case.state.skill.source.text
            told = texts(data)
            faults = [*disguised(words, told), *invented(words, told), *leaked(words, told)]
            # The gate accepts all facts that were sent, so an invented fact must not be sent.
            if not faults and not list(parroted(words, instructions, text)):
                background[lm.removeprefix("skill_")] = answer.model_dump()
    return replace(case, background=background)


async def opinion(case: Case, answer: Answer, asker: Asker) -> list[Reason]:
    """Why the judge rejects an answer; empty if it accepts it, or if no judge is configured."""
    if JUDGE not in asker.models:
        return []
    data = {**case.material, "question": case.task.name, "proposal": answer.model_dump()}
    judgement = await _answer(JUDGE, Opinion, data, asker)
    if judgement is None:
        return [Reason("judged", "the judge has given no answer that can be read")]
    assert isinstance(judgement, Opinion)
    return [Reason("judged", judgement.reason)] if judgement.verdict == "reject" else []


async def _answer_or_none(
    lm: str, form: type[Answer], data: dict[str, Any], asker: Asker
) -> Answer | None:
    try:
        # Several questions about one skill share the answer.
        async with asker.lock(f"{lm} {data}"):
            return await _answer(lm, form, data, asker)
    except (Unanswered, OutOfBudget):
        return None


async def _answer(lm: str, form: type[Answer], data: dict[str, Any], asker: Asker) -> Answer | None:
    reply = await asker.ask(lm, prompt(lm).version, _question(lm, data))
    try:
        return form.model_validate(first_object(reply.completion.text))
    except ValueError:  # Of pydantic, or for a key that is named twice.
        return None


def _words(data: dict[str, Any]) -> Sequence[str]:
    return texts(data).splitlines()
