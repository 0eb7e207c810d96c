"""Where each field of metadata.json stands in SKILL.md, so that the file may be deleted.

A text has its home in the frontmatter, a list in a section of the body that bears its name.
"""

import json
from collections.abc import Iterator
from typing import Any

from skill_lint.skill.blocks import Section
from skill_lint.skill.skill import Skill

Reason = str
"""Why a field has no home, as the end of a sentence that begins with its name."""

_OF_FRONTMATTER = ("name", "description")


def homeless(skill: Skill) -> dict[str, Reason]:
    """The fields of metadata.json that SKILL.md does not hold, by name, with the reason."""
    fields = skill.metadata.from_file.items()
    reasons = {name: _reason(skill, name, given.value) for name, given in fields}
    return {name: reason for name, reason in reasons.items() if reason is not None}


def title(name: str) -> str:
    """The heading of a list's section: `see_also` has "See Also"."""
    return name.replace("_", " ").replace("-", " ").title()


def section_of(skill: Skill, name: str) -> Section | None:
    """The section that bears a field's name, in whatever case."""
    wanted = title(name).lower()
    sections = skill.document.sections
    return next((each for each in sections if each.heading.text.strip().lower() == wanted), None)


def texts(name: str, value: Any) -> list[tuple[str, str]] | None:
    """A scalar, or a mapping of scalars, as keys and texts for the frontmatter's `metadata`.

    None for what is no such thing: a list, or anything that holds one.
    """
    if isinstance(value, list):
        return [] if not value else None
    if isinstance(value, dict):
        parts = [texts(f"{name}.{key}", inner) for key, inner in value.items()]
        if any(part is None for part in parts):
            return None
        return [pair for part in parts for pair in part or ()]
    if value is None or value == "":
        return []
    return [(name.replace("_", "-"), value if isinstance(value, str) else json.dumps(value))]


def _reason(skill: Skill, name: str, value: Any) -> Reason | None:
    block = skill.metadata.block
    if name in skill.metadata.mistyped:
        return "is not of the type that v1 knows"
    if name in _OF_FRONTMATTER:
        if name not in block:
            return "is missing in the frontmatter" if value else None
        return None if same(block[name].value, value) else "differs from the frontmatter's"
    if isinstance(value, list):
        return _of_list(skill, name, value)
    pairs = texts(name, value)
    if pairs is None:
        return "holds lists or mappings, which have no home in SKILL.md"
    known = {key.replace("_", "-"): given.value for key, given in block.items()}
    for key, text in pairs:
        if key not in known:
            return "is missing in the frontmatter's `metadata`"
        if not same(known[key], text):
            return "differs from the frontmatter's"
    return None


def _of_list(skill: Skill, name: str, value: list[Any]) -> Reason | None:
    if not value:
        return None
    given = skill.metadata.block.get(name)
    if given is not None and given.value == value:
        return None
    if not all(isinstance(item, str) and is_plain(item) for item in value):
        return "has items that are no plain text"
    section = section_of(skill, name)
    if section is None:
        return "has no section of its name in the body"
    missing = [item for item in value if item not in _items(skill, section)]
    return f'is not all in the section "{section.heading.text}"' if missing else None


def _items(skill: Skill, section: Section) -> set[str]:
    """The texts of a section's lines, without the marks of a list."""
    lines = skill.source.slice(section.span).splitlines()
    return {line.strip().lstrip("-*+ ").strip("` ") for line in lines}


def is_plain(text: str) -> bool:
    """Whether a text stays itself as an item of a Markdown list."""
    return text == text.strip() and bool(text) and not set(text) & set("\r\n`*[]<>\\|")


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same text: line breaks and the kind of a scalar do not count."""
    return list(_words(one)) == list(_words(other))


def _words(value: Any) -> Iterator[str]:
    yield from (json.dumps(value) if isinstance(value, bool) else str(value)).split()
