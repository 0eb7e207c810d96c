"""The task `description`: write the frontmatter's `description`."""

import re
from collections.abc import Sequence
from typing import Annotated

from skill_lint.diagnostic import Diagnostic, Fix
from skill_lint.edits.quote import scalar
from skill_lint.llm.tasks.answer import Answer, line
from skill_lint.llm.tasks.reason import Reason
from skill_lint.llm.tasks.task import Change, Task
from skill_lint.rule import ActiveRule
from skill_lint.schema import load
from skill_lint.skill.skill import Skill
from skill_lint.text.source import Span

MOST = load("skill-frontmatter")["properties"]["description"]["maxLength"]
_RULES = frozenset(
    "missing-description empty-description long-description untriggered-description "
    "description-markup".split()
)
_COLON = re.compile(r"[ \t]*:")


class Description(Answer):
    description: Annotated[str, line(MOST, 30)]


class DescriptionTask(Task):
    name, lm, answer = "description", "skill_edit", Description

    def takes(self, diagnostic: Diagnostic) -> bool:
        is_placeholder = diagnostic.rule == "placeholder-text"
        return diagnostic.rule in _RULES or (
            is_placeholder and diagnostic.message.startswith("`description`")
        )

    def obstacle(self, skill: Skill, active: Sequence[ActiveRule]) -> str | None:
        if _place(skill) is None:
            return "the description cannot be written at its place in this frontmatter"
        if "description" in skill.metadata.from_file:
            return "metadata.json has a description too; `skill-lint migrate` makes one of the two"
        return None

    def words(self, answer: Answer) -> Sequence[str]:
        assert isinstance(answer, Description)
        return [answer.description]

    def change(self, skill: Skill, answer: Answer) -> Change | Reason:
        assert isinstance(answer, Description)
        place = _place(skill)
        assert place is not None
        span, before, after = place
        text = f"{before}{scalar(answer.description)}{after}"
        edit = skill.source.edit(span, text)
        return Change(Fix("Write the description", (edit,)), (span,))

    def reads_back(self, skill: Skill, answer: Answer) -> bool:
        assert isinstance(answer, Description)
        return skill.frontmatter.text("description") == answer.description


def _place(skill: Skill) -> tuple[Span, str, str] | None:
    """The span that the text replaces, and what is written before and after the text.

    None if the frontmatter has no such place.
    """
    frontmatter = skill.frontmatter
    root, block = frontmatter.root, frontmatter.block
    if block is None or block.unclosed or frontmatter.fault is not None:
        return None
    if root is not None and (root.kind != "mapping" or root.flow):
        return None
    entry = frontmatter.get("description")
    if entry is None:
        return _below_name(skill)
    node = entry.node
    keys = [each.key for each in frontmatter.entries]
    if node is None or node.kind != "scalar" or node.tag or node.anchor or node.alias:
        return None
    if keys.count("description") > 1:
        return None
    if node.span.start < node.span.end:
        return node.span, "", ""
    colon = _COLON.match(skill.source.text, entry.key_span.end)
    return (Span(colon.end(), colon.end()), " ", "") if colon else None


def _below_name(skill: Skill) -> tuple[Span, str, str]:
    """The place of a missing description: a new line below the name, else at the top."""
    source, block, name = skill.source, skill.frontmatter.block, skill.frontmatter.get("name")
    assert block is not None
    at = block.content.start
    if name is not None and name.node is not None:
        line = source.position(name.span.end)[0]
        # The closing `---` follows, so there is a next line.
        at = source.line_starts[line]
    return Span(at, at), "description: ", source.line_end
