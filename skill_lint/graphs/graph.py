"""The data of the graph: skills with their files, and the references between skills."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Reached = Literal["by SKILL.md", "by another file", "orphan", "not judged"]
Kind = Literal["link", "mention", "dependency", "see-also"]
KINDS: tuple[Kind, ...] = ("link", "mention", "dependency", "see-also")


class File(NamedTuple):
    """A file of a skill, how an agent reaches it, and the files of the skill that it links to."""

    name: str
    reached: Reached
    links: tuple[str, ...] = ()


class Reference(NamedTuple):
    """`source` refers to `target`, `times` times. Both are paths of skills.

    If no skill has the name that is written, `missing` is set and `target` is that name.
    """

    source: str
    target: str
    kind: Kind
    times: int
    missing: bool = False


class Likeness(NamedTuple):
    """Two skills, by path, whose descriptions overlap; the similarity and the shared words."""

    one: str
    two: str
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class SkillNode:
    """A skill. `root` is the client root that lists it; empty for a sample or template."""

    path: str
    name: str
    description: str
    root: str
    files: tuple[File, ...]

    @property
    def orphans(self) -> list[str]:
        return [each.name for each in self.files if each.reached == "orphan"]


@dataclass(frozen=True)
class SkillGraph:
    """Everything that is drawn, sorted.

    `cycles` are cycles of dependencies, as paths. `orphans` are the paths of skills without a
    reference to or from another skill.
    """

    skills: Sequence[SkillNode]
    references: Sequence[Reference]
    overlaps: Sequence[Likeness]
    cycles: Sequence[Sequence[str]]
    orphans: Sequence[str]
