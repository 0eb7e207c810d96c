"""Where SKILL.md holds each field of metadata.json, so that the file can be deleted.

The home of a text is the frontmatter. The home of a list is the body section with its name.
"""

from collections.abc import Mapping
from typing import Any

from skill_lint.markdown.elements import Section
from skill_lint.skill.metadata import Given
from skill_lint.skill.skill import Skill
from skill_lint.yaml.node import Node

Reason = str
"""Why SKILL.md does not hold a field: the end of a sentence that begins with the field's name."""

_OF_FRONTMATTER = ("name", "description")


def homeless(skill: Skill) -> dict[str, Reason]:
    """The fields of metadata.json that SKILL.md does not hold, by name, with the reasons."""
    root = skill.metadata.file.root
    if root is not None and root.kind != "mapping":
        return {"metadata.json": "is no object"}
    fields = skill.metadata.from_file.items()
    nodes = {key.replace("_", "-"): each.node for key, each in skill.metadata.block.items()}
    reasons = {name: _reason(skill, name, given, nodes) for name, given in fields}
    return {name: reason for name, reason in reasons.items() if reason is not None}


def title(name: str) -> str:
    """The heading of a list's section: "See Also" for `see_also`."""
    return name.replace("_", " ").replace("-", " ").title()


def section_of(skill: Skill, name: str) -> Section | None:
    """The section whose heading is a field's name, in any case."""
    return skill.document.section_by_title.get(title(name).lower())


def texts(name: str, node: Node) -> list[tuple[str, str]] | None:
    """A scalar, or a mapping of scalars, as keys and texts for the frontmatter's `metadata`.

    None for a list with items, and for a mapping that contains one.
    """
    if node.kind == "sequence":
        return None if node.items else []
    if node.kind == "mapping":
        parts = [texts(f"{name}.{key.value}", inner) for key, inner in node.pairs]
        if any(part is None for part in parts):
            return None
        return [pair for part in parts for pair in part or ()]
    return [] if node.value in (None, "") else [(name.replace("_", "-"), text_of(node))]


def text_of(node: Node) -> str:
    """A scalar as text: numbers, booleans and dates as they are written."""
    return node.value if isinstance(node.value, str) else node.raw


def _reason(skill: Skill, name: str, given: Given, nodes: Mapping[str, Node]) -> Reason | None:
    """The reason of one field. `nodes` are the values of the frontmatter, by v2's names."""
    block, node = skill.metadata.block, given.node
    if name in skill.metadata.mistyped:
        return "is not of the type that v1 knows"
    if name in _OF_FRONTMATTER:
        if name not in block or block[name].value in (None, ""):
            return "is missing in the frontmatter" if node.value else None
        return None if block[name].value == node.value else "differs from the frontmatter's"
    if node.kind == "sequence":
        return _of_list(skill, name, node.value)
    pairs = texts(name, node)
    if pairs is None:
        return "holds lists or mappings, which have no home in SKILL.md"
    if name in block and block[name].node.kind == "mapping":
        return None if block[name].value == node.value else "differs from the frontmatter's"
    for key, text in pairs:
        if key not in nodes:
            return "is missing in the frontmatter's `metadata`"
        if nodes[key].kind != "scalar" or text_of(nodes[key]) != text:
            return "differs from the frontmatter's"
    return None


def _of_list(skill: Skill, name: str, value: list[Any]) -> Reason | None:
    if not value:
        return None
    given = skill.metadata.block.get(name)
    if given is not None:
        return None if given.value == value else "differs from the frontmatter's"
    if not all(isinstance(item, str) and needs_no_markup(item) for item in value):
        return "has items that a Markdown list cannot hold unchanged"
    section = section_of(skill, name)
    if section is None:
        return "has no section of its name in the body"
    if not are_items(skill, name, value):
        return f'is not all in the section "{section.heading.text}"'
    return None


def are_items(skill: Skill, name: str, value: list[Any]) -> bool:
    """Whether the section with the list's name holds all its items."""
    section = section_of(skill, name)
    if section is None:
        return False
    items = skill.document.items_below(section.heading)
    return all(isinstance(item, str) and item in items for item in value)


def needs_no_markup(text: str) -> bool:
    """Whether a Markdown list can hold a text as an item unchanged."""
    return text == text.strip() and bool(text) and not set(text) & set("\r\n`*[]<>\\|")
