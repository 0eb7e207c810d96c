"""The task `split`: choose sections of a long SKILL.md that move to files of their own.

The model chooses the sections, names each file and summarises it. skill-lint moves the sections,
byte for byte.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any

from skill_lint.diagnostic import Diagnostic, Edit, Fix
from skill_lint.llm.prompt.material import Material, scrubbed
from skill_lint.llm.tasks.answer import Answer, Phrase
from skill_lint.llm.tasks.movable import Movable, movable
from skill_lint.llm.tasks.pydantic_if_any import Field
from skill_lint.llm.tasks.reason import Reason
from skill_lint.llm.tasks.task import Change, Task
from skill_lint.rule import ActiveRule
from skill_lint.skill.skill import Skill
from skill_lint.text.source import Span

SLUG = r"^[a-z0-9-]{1,40}$"
_MARKUP = re.compile(r"[\[\]()<>`*_]")


class Move(Answer):
    section: Annotated[int, Field(ge=1)]
    slug: Annotated[str, Field(pattern=SLUG)]
    summary: Phrase


class Split(Answer):
    moves: Annotated[list[Move], Field(min_length=1, max_length=30)]


class SplitTask(Task):
    name, lm, answer = "split", "skill_plan", Split

    def takes(self, diagnostic: Diagnostic) -> bool:
        return diagnostic.rule == "long-body"

    def obstacle(self, skill: Skill, active: Sequence[ActiveRule]) -> str | None:
        lines, tokens = _surplus(skill, active)
        sections = movable(skill)
        # Each moved section leaves a link, which takes 3 lines and about 150 characters.
        most_lines = sum(_lines(skill, each.span) - 3 for each in sections)
        most_tokens = sum(each.span.end - each.span.start - 150 for each in sections) // 4
        if lines > most_lines or tokens > most_tokens:
            return (
                f"its sections that can move, {len(sections)}, have too little text; some have "
                "links or are linked to, and stay"
            )
        return None

    def material(
        self, skill: Skill, findings: Sequence[Diagnostic], active: Sequence[ActiveRule]
    ) -> Material:
        lines, tokens = _surplus(skill, active)
        sections: list[dict[str, Any]] = [
            {
                "section": number,
                "heading": scrubbed(each.section.heading.text)[:200],
                "lines": _lines(skill, each.span),
                "characters": each.span.end - each.span.start,
                "tokens": (each.span.end - each.span.start) // 4,
            }
            for number, each in enumerate(movable(skill), 1)
        ]
        return {
            "name": scrubbed(skill.frontmatter.text("name") or skill.tree.directory_name)[:200],
            "findings": [scrubbed(f"{each.rule}: {each.message}") for each in findings],
            "sections": sections,
            "at_least": {"lines": max(0, lines), "tokens": max(0, tokens)},
        }

    def words(self, answer: Answer) -> Sequence[str]:
        assert isinstance(answer, Split)
        return [move.summary for move in answer.moves]

    def change(self, skill: Skill, answer: Answer) -> Change | Reason:
        assert isinstance(answer, Split)
        sections = movable(skill)
        if fault := _fault(skill, answer, sections):
            return Reason("malformed", fault)
        edits: list[Edit] = []
        files = []
        for move in sorted(answer.moves, key=lambda move: move.section):
            each = sections[move.section - 1]
            name = f"references/{move.slug}.md"
            edits.append(skill.source.edit(each.section.span, _link(skill, each, move)))
            files.append((name, skill.source.slice(each.span)))
        title = f"Move {', '.join(f'`{name}`' for name, _ in files)} out of SKILL.md"
        spans = tuple(sections[move.section - 1].section.span for move in answer.moves)
        return Change(Fix(title, tuple(edits)), spans, files=tuple(files))

    def reads_back(self, skill: Skill, answer: Answer) -> bool:
        assert isinstance(answer, Split)
        targets = {link.target for link in skill.document.links}
        return {f"references/{move.slug}.md" for move in answer.moves} <= targets


def _fault(skill: Skill, answer: Split, sections: Sequence[Movable]) -> str | None:
    numbers = Counter(move.section for move in answer.moves)
    slugs = Counter(move.slug for move in answer.moves)
    for number in numbers:
        if number > len(sections):
            return f"there is no section {number}"
    if max(numbers.values()) > 1 or max(slugs.values()) > 1:
        return "a section or a slug is named twice"
    for slug in slugs:
        name = f"references/{slug}.md"
        if skill.tree.exists(name) or skill.tree.in_other_case(name):
            return f"`{name}` exists already; choose another slug"
    if "references" in skill.tree.symlinks or skill.tree.is_nested("references/x.md"):
        return "`references/` is a symbolic link or a skill of its own"
    return None


def _link(skill: Skill, each: Movable, move: Move) -> str:
    """The link that replaces the text below a heading."""
    end = skill.source.line_end
    label = " ".join(_MARKUP.sub("", each.section.heading.text).split()) or move.slug
    link = f"[{label}](references/{move.slug}.md): {move.summary}"
    last = end if each.section.span.end < len(skill.source.text) else ""
    return f"{end}{end}{link}{end}{last}"


def _lines(skill: Skill, span: Span) -> int:
    text = skill.source.slice(span)
    return len(text.splitlines())


def _surplus(skill: Skill, active: Sequence[ActiveRule]) -> tuple[int, int]:
    """The lines and tokens of the body above the limits of the rule `long-body`."""
    rule = next(each for each in active if each.rule.name == "long-body")
    defaults = {name.replace("-", "_"): value for name, value in rule.rule.options.items()}
    limits = {**defaults, **rule.options}
    body = skill.document.body.strip()
    return (
        len(body.splitlines()) - limits["max_lines"],
        len(body) // 4 - limits["max_tokens"],
    )
