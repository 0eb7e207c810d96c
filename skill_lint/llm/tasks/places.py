"""Where a new section goes in SKILL.md, and how it is inserted there. Offsets are characters."""

from collections.abc import Sequence

from skill_lint.markdown.elements import Heading
from skill_lint.markdown.headings import sections_for_use
from skill_lint.skill.skill import Skill
from skill_lint.text.source import Source, Span


def title(skill: Skill) -> Heading | None:
    """The first heading of level 1."""
    return next((each for each in skill.document.headings if each.level == 1), None)


def below_title(skill: Skill) -> int:
    """The offset after the title; without a title, of the first heading or the body's beginning."""
    heading, document = title(skill), skill.document
    if heading is not None:
        return line_after(skill.source, heading.end_line)
    return _first_heading(skill) if document.headings else document.start


def below_opening(skill: Skill) -> int:
    """The offset before the first section, after the title and its prose."""
    heading, source = title(skill), skill.source
    if heading is None:
        return below_title(skill)
    following = [each.line for each in skill.document.headings if each.line > heading.line]
    return source.line_starts[following[0] - 1] if following else len(source.text)


def below_use(skill: Skill) -> int:
    """The offset after the section that says when to use the skill, or where it would be."""
    sections = sections_for_use(skill.document)
    return sections[0].span.end if sections else below_opening(skill)


def _first_heading(skill: Skill) -> int:
    return skill.source.line_starts[skill.document.headings[0].line - 1]


def line_after(source: Source, line: int) -> int:
    """The offset of the line after a 1-based line, or of the end of the text."""
    return source.line_starts[line] if line < len(source.line_starts) else len(source.text)


def set_in(source: Source, at: int, lines: Sequence[str]) -> str:
    """The text to insert at an offset: the lines, with an empty line before and after them.

    The offset must be the beginning of a line, or the end of the text.
    """
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
