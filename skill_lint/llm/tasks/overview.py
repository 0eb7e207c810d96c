"""The task `overview`: write one to three sentences below the title."""

from collections.abc import Sequence
from typing import Annotated

from skill_lint.diagnostic import Diagnostic, Fix
from skill_lint.llm.tasks.answer import Answer, line
from skill_lint.llm.tasks.places import below_title, point, set_in, title
from skill_lint.llm.tasks.pydantic_if_any import AfterValidator
from skill_lint.llm.tasks.reason import Reason
from skill_lint.llm.tasks.task import Change, Task
from skill_lint.skill.skill import Skill

HEADING = "Overview"
SENTENCES = 3


def _few_sentences(text: str) -> str:
    number = sum(text.count(f"{end} ") for end in ".!?") + 1
    if number > SENTENCES:
        raise ValueError(f"it has {number} sentences; {SENTENCES} at most are asked for")
    return text


class Overview(Answer):
    summary: Annotated[str, line(500, 30), AfterValidator(_few_sentences)]


class OverviewTask(Task):
    name, lm, answer = "overview", "skill_edit", Overview

    def takes(self, diagnostic: Diagnostic) -> bool:
        of_v1 = diagnostic.rule == "v1-sections" and "Overview" in diagnostic.message
        return of_v1 or diagnostic.rule == "missing-overview"

    def words(self, answer: Answer) -> Sequence[str]:
        assert isinstance(answer, Overview)
        return [answer.summary]

    def change(self, skill: Skill, answer: Answer) -> Change | Reason:
        assert isinstance(answer, Overview)
        # Prose below the title counts as an overview; only v1 needs the heading.
        is_section = skill.is_v1 or title(skill) is None
        lines = [f"## {HEADING}", "", answer.summary] if is_section else [answer.summary]
        at = below_title(skill)
        edit = skill.source.edit(point(at), set_in(skill.source, at, lines))
        headings = (HEADING,) if is_section else ()
        return Change(Fix("Write an overview", (edit,)), (point(at),), headings=headings)

    def reads_back(self, skill: Skill, answer: Answer) -> bool:
        assert isinstance(answer, Overview)
        return any(inline.content.strip() == answer.summary for inline in skill.document.inlines)
