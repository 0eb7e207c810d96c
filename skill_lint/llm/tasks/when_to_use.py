"""The task `when_to_use`: write the section "When to Use", a list of three to six situations."""

from collections.abc import Sequence
from typing import Annotated

from skill_lint.diagnostic import Diagnostic, Fix
from skill_lint.llm.tasks.answer import Answer, Phrase
from skill_lint.llm.tasks.places import below_opening, line_after, point, set_in
from skill_lint.llm.tasks.pydantic_if_any import AfterValidator, Field
from skill_lint.llm.tasks.reason import Reason
from skill_lint.llm.tasks.task import Change, Task
from skill_lint.markdown.headings import sections_for_use
from skill_lint.skill.skill import Skill

HEADING = "When to Use This Skill"


def _different(items: list[str]) -> list[str]:
    if len({each.casefold() for each in items}) < len(items):
        raise ValueError("two items are the same")
    return items


class WhenToUse(Answer):
    bullets: Annotated[list[Phrase], Field(min_length=3, max_length=6), AfterValidator(_different)]


class WhenToUseTask(Task):
    name, lm, answer = "when_to_use", "skill_edit", WhenToUse

    def takes(self, diagnostic: Diagnostic) -> bool:
        of_v1 = diagnostic.rule == "v1-sections" and "When to Use" in diagnostic.message
        return of_v1 or diagnostic.rule in ("missing-when-to-use", "empty-when-to-use")

    def words(self, answer: Answer) -> Sequence[str]:
        assert isinstance(answer, WhenToUse)
        return answer.bullets

    def change(self, skill: Skill, answer: Answer) -> Change | Reason:
        assert isinstance(answer, WhenToUse)
        source, items = skill.source, [f"- {each}" for each in answer.bullets]
        empty = sections_for_use(skill.document)
        if empty:
            at, lines = line_after(source, empty[0].heading.end_line), items
        else:
            at, lines = below_opening(skill), [f"## {HEADING}", "", *items]
        edit = source.edit(point(at), set_in(source, at, lines))
        title = f'Write the section "{HEADING}"'
        headings = () if empty else (HEADING,)
        return Change(Fix(title, (edit,)), (point(at),), headings=headings)

    def reads_back(self, skill: Skill, answer: Answer) -> bool:
        assert isinstance(answer, WhenToUse)
        sections = sections_for_use(skill.document)
        if not sections:
            return False
        start, end = sections[0].span
        items = [
            skill.source.slice(item).strip()
            for item in skill.document.list_items
            if start <= item.start and item.end <= end
        ]
        return items[: len(answer.bullets)] == [f"- {each}" for each in answer.bullets]
