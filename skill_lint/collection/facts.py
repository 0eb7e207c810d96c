"""What the rules of the family `collection` may know of one skill.

Small and plain, so that twenty thousand of them fit into memory, travel between processes, and can
be kept in the cache: whoever judges a collection reads no skill again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from skill_lint.diagnostic import Place
from skill_lint.skill.metadata import Given
from skill_lint.skill.skill import Skill
from skill_lint.skill.source import START
from skill_lint.skill.yaml_nodes import Node


class Said(NamedTuple):
    """A text as a skill says it, and where."""

    text: str
    place: Place


@dataclass(frozen=True)
class Facts:
    """One skill, as others see it.

    `path` is its folder, POSIX and relative to the working directory; `top` where to point at it
    as a whole.
    """

    path: str
    top: Place
    name: Said | None = None
    description: Said | None = None
    skill_id: Said | None = None
    dependencies: tuple[Said, ...] = ()
    see_also: tuple[Said, ...] = ()


def facts_of(skill: Skill) -> Facts:
    """The facts of one skill; what it does not say, or not as text, is left out."""
    return Facts(
        path=skill.path,
        top=skill.source.place(START),
        name=_first(skill, "name"),
        description=_first(skill, "description"),
        skill_id=_first(skill, "skill_id"),
        dependencies=tuple(_list(skill, "dependencies")),
        see_also=tuple(_list(skill, "see_also")),
    )


def _first(skill: Skill, field: str) -> Said | None:
    """A field as it counts, where it is a text."""
    for given in skill.metadata.given(field):
        if isinstance(given.value, str) and given.value.strip():
            return _said(given, given.node)
    return None


def _list(skill: Skill, field: str) -> Iterator[Said]:
    """The texts of a field that holds a list of them, or one."""
    for given in skill.metadata.given(field)[:1]:
        nodes = given.node.items if given.node.kind == "sequence" else [given.node]
        yield from (_said(given, node) for node in nodes if isinstance(node.value, str))


def _said(given: Given, node: Node) -> Said:
    return Said(node.value, given.source.place(node.span))
