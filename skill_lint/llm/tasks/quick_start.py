"""The task `quick_start`: write a sentence, and choose code blocks of the skill by number."""

from collections.abc import Sequence
from typing import Annotated

from skill_lint.diagnostic import Diagnostic, Fix
from skill_lint.llm.prompt.material import Material, about, blocks, scrubbed
from skill_lint.llm.tasks.answer import Answer, line
from skill_lint.llm.tasks.places import below_use, point, set_in
from skill_lint.llm.tasks.pydantic_if_any import Field
from skill_lint.llm.tasks.reason import Reason
from skill_lint.llm.tasks.task import Change, Task
from skill_lint.rule import ActiveRule
from skill_lint.skill.skill import Skill

HEADING = "Quick Start"


class QuickStart(Answer):
    intro: Annotated[str, line(300, 20)]
    blocks: Annotated[list[Annotated[int, Field(ge=1)]], Field(max_length=3)]


class QuickStartTask(Task):
    name, lm, answer = "quick_start", "skill_edit", QuickStart

    def takes(self, diagnostic: Diagnostic) -> bool:
        return diagnostic.rule == "missing-quick-start"

    def material(
        self, skill: Skill, findings: Sequence[Diagnostic], active: Sequence[ActiveRule]
    ) -> Material:
        shown = [
            {"block": number, "language": fence.language, "code": scrubbed(code)}
            for number, fence in enumerate(blocks(skill), 1)
            for code in [skill.source.slice(fence.content)]
        ]
        return {**about(skill, findings), "blocks": shown}

    def words(self, answer: Answer) -> Sequence[str]:
        assert isinstance(answer, QuickStart)
        return [answer.intro]

    def change(self, skill: Skill, answer: Answer) -> Change | Reason:
        assert isinstance(answer, QuickStart)
        fences, source = blocks(skill), skill.source
        if wrong := [number for number in answer.blocks if number > len(fences)]:
            return Reason("malformed", f"there is no code block {wrong[0]}")
        if len(set(answer.blocks)) < len(answer.blocks):
            return Reason("malformed", "a code block is named twice")
        if fences and not answer.blocks:
            return Reason("malformed", "it names none of the code blocks")
        codes = [source.slice(fences[number - 1].span) for number in answer.blocks]
        lines = [f"## {HEADING}", "", answer.intro]
        for code in codes:
            lines += ["", code]
        at = below_use(skill)
        edit = source.edit(point(at), set_in(source, at, lines))
        fix = Fix(f'Write the section "{HEADING}"', (edit,))
        return Change(fix, (point(at),), headings=(HEADING,), blocks=tuple(codes))

    def reads_back(self, skill: Skill, answer: Answer) -> bool:
        assert isinstance(answer, QuickStart)
        return any(inline.content.strip() == answer.intro for inline in skill.document.inlines)
