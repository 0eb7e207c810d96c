"""Tasks that are asked only where the models' file names them in `tasks`.

`skill_understand` says what a skill is for, and `skill_gather_examples` with which words people ask
for it: both go into the questions about its words. `skill_validate` is a second opinion on what has
passed the gate, and can only reject.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from skill_lint.llm.gate.invented import invented, leaked, parroted, texts
from skill_lint.llm.gate.verdict import first_object
from skill_lint.llm.models.budget import OutOfBudget
from skill_lint.llm.models.client import Message, Unanswered
from skill_lint.llm.prompt.material import about
from skill_lint.llm.session.ask import Asker
from skill_lint.llm.tasks.answer import Answer, Phrase, line
from skill_lint.llm.tasks.case import Case
from skill_lint.llm.tasks.reason import Reason
from skill_lint.llm.tasks.task import prompt

JUDGE = "skill_validate"
_OF_WORDS = "skill_edit"


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
    """Whether the optional tasks are asked for a case: where words are to be written."""
    return case.task.lm == _OF_WORDS


def first_question(lm: str, case: Case) -> list[Message]:
    """Exactly what an optional task is sent about a skill."""
    return _question(lm, about(case.state.skill, ()))


def _question(lm: str, told: dict[str, Any]) -> list[Message]:
    text = json.dumps(told, ensure_ascii=False, indent=1)
    return [Message("system", prompt(lm).text), Message("user", text)]


async def with_background(case: Case, asker: Asker) -> Case:
    """The case with what the optional tasks say of its skill; what is unusable is left out."""
    if not is_helped(case):
        return case
    told, found = about(case.state.skill, ()), dict[str, Any]()
    for lm, form in BACKGROUND.items():
        if lm in asker.models and (answer := await _asked(lm, form, told, asker)):
            words = _words(answer.model_dump())
            instructions, text = prompt(lm).text, case.state.skill.source.text
            faults = [*invented(words, texts(told)), *leaked(words, texts(told))]
            # What is invented here would count as known in the questions that follow.
            if not faults and not list(parroted(words, instructions, text)):
                found[lm.removeprefix("skill_")] = answer.model_dump()
    return replace(case, background=found)


async def opinion(case: Case, answer: Answer, asker: Asker) -> list[Reason]:
    """Why the judge is against an answer; nothing where there is no judge, or it is for it."""
    if JUDGE not in asker.models:
        return []
    told = {**case.material, "question": case.task.name, "proposal": answer.model_dump()}
    said = await _answer(JUDGE, Opinion, told, asker)
    if said is None:
        return [Reason("judged", "the judge has given no answer that can be read")]
    assert isinstance(said, Opinion)
    return [Reason("judged", said.reason)] if said.verdict == "reject" else []


async def _asked(lm: str, form: type[Answer], told: dict[str, Any], asker: Asker) -> Answer | None:
    try:
        # Several questions about one skill share the answer.
        async with asker.lock(f"{lm} {told}"):
            return await _answer(lm, form, told, asker)
    except (Unanswered, OutOfBudget):
        return None


async def _answer(lm: str, form: type[Answer], told: dict[str, Any], asker: Asker) -> Answer | None:
    reply = await asker.ask(lm, prompt(lm).version, _question(lm, told))
    try:
        return form.model_validate(first_object(reply.completion.text))
    except ValidationError:
        return None


def _words(data: dict[str, Any]) -> Sequence[str]:
    return texts(data).splitlines()
