"""The step that writes the lists of v1 as sections at the end of the body."""

from collections.abc import Iterator
from itertools import dropwhile

from skill_lint.diagnostic import Edit, Fix
from skill_lint.skill.metadata import Given
from skill_lint.skill.skill import Skill
from skill_lint.skill.v1_homes import needs_no_markup, section_of, title
from skill_lint.text.source import Span


def write(skill: Skill) -> Fix | None:
    """Add a section for each list that has none, and remove those lists from the frontmatter."""
    lists = {
        name: given[0]
        for name in skill.metadata.fields
        if (given := skill.metadata.given(name))
        and all(_is_movable(each) and each.value == given[0].value for each in given)
        and section_of(skill, name) is None
    }
    if not lists:
        return None
    end = len(skill.source.text)
    edits = [skill.source.edit(Span(end, end), _text(skill, lists)), *_removals(skill, lists)]
    names = ", ".join(f'"{title(name)}"' for name in lists)
    return Fix(f"wrote the sections {names}", tuple(edits))


def _is_movable(given: Given) -> bool:
    items = given.value
    return (
        isinstance(items, list)
        and bool(items)
        and all(isinstance(item, str) and needs_no_markup(item) for item in items)
    )


def _text(skill: Skill, lists: dict[str, Given]) -> str:
    lines: list[str] = []
    for name, given in lists.items():
        lines += ["", f"## {title(name)}", "", *(f"- {item}" for item in given.value)]
    text = skill.source.text
    if not text.endswith(("\n", "\r")):
        lines.insert(0, "")
    if text.endswith(("\n\n", "\r\n\r\n")):
        lines = list(dropwhile(lambda line: not line, lines))
    return "".join(f"{line}{skill.source.line_end}" for line in lines)


def _removals(skill: Skill, lists: dict[str, Given]) -> Iterator[Edit]:
    """Edits that delete the lists' lines in the frontmatter, except lists with a comment."""
    entry = skill.frontmatter.get("metadata")
    if entry is None or entry.node is None or entry.node.flow:
        return
    source = skill.source
    for given in lists.values():
        if given.origin != "frontmatter":
            continue
        first = source.position(given.key_span.start)[0]
        last = source.position(given.node.span.end)[0]
        lines = Span(source.line_starts[first - 1], source.line_starts[last])
        if "#" not in source.slice(lines):
            yield source.edit(lines, "")
