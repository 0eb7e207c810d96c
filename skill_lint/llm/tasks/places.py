"""Where a section belongs in SKILL.md, and how it is set into the text around it."""

from collections.abc import Sequence

from skill_lint.markdown.elements import Heading
from skill_lint.markdown.headings import sections_for_use
from skill_lint.skill.skill import Skill
from skill_lint.text.source import Source, Span


def title(skill: Skill) -> Heading | None:
    """The first heading of level 1."""
    return next((each for each in skill.document.headings if each.level == 1), None)


def below_title(skill: Skill) -> int:
    """Behind the title's line; without a title, where the first heading is, or the body begins."""
    heading, document = title(skill), skill.document
    if heading is not None:
        return line_after(skill.source, heading.end_line)
    return _first_heading(skill) if document.headings else document.start


def below_opening(skill: Skill) -> int:
    """Before the first section: behind the title and the prose that follows it."""
    heading, source = title(skill), skill.source
    if heading is None:
        return below_title(skill)
    following = [each.line for each in skill.document.headings if each.line > heading.line]
    return source.line_starts[following[0] - 1] if following else len(source.text)


def below_use(skill: Skill) -> int:
    """Behind the section that says when to use the skill, or where that would stand."""
    sections = sections_for_use(skill.document)
    return sections[0].span.end if sections else below_opening(skill)


def _first_heading(skill: Skill) -> int:
    return skill.source.line_starts[skill.document.headings[0].line - 1]


def line_after(source: Source, line: int) -> int:
    """Where the line behind a 1-based line begins; at the end of the text if there is none."""
    return source.line_starts[line] if line < len(source.line_starts) else len(source.text)


def set_in(source: Source, at: int, lines: Sequence[str]) -> str:
    """Lines as they stand at an offset that begins a line, with an empty line around them."""
    before, after = source.text[:at], source.text[at:]
    block = list(lines)
    if before and not before.endswith(("\n", "\r")):
        block = ["", *block]
    if before.strip() and not _ends_empty(before):
        block = ["", *block]
    if after.strip() and not after.startswith(("\n", "\r")):
        block = [*block, ""]
    return "".join(f"{each}{source.line_end}" for each in block)


def _ends_empty(text: str) -> bool:
    lines = text.splitlines()
    return bool(lines) and text.endswith(("\n", "\r")) and not lines[-1].strip()


def point(at: int) -> Span:
    return Span(at, at)
