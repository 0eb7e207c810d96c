"""What a graph of skills is: skills with their files, and how they refer to each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Reached = Literal["by SKILL.md", "by another file", "orphan", "not judged"]
Kind = Literal["link", "mention", "dependency", "see-also"]
KINDS: tuple[Kind, ...] = ("link", "mention", "dependency", "see-also")


class File(NamedTuple):
    """A file of a skill, how an agent gets to it, and the files of the skill that it links to."""

    name: str
    reached: Reached
    links: tuple[str, ...] = ()


class Reference(NamedTuple):
    """One skill names another, `times` times.

    `target` is a path, or what is written where no skill is called so: `missing`.
    """

    source: str
    target: str
    kind: Kind
    times: int
    missing: bool = False


class Likeness(NamedTuple):
    """Two skills, by path, whose descriptions overlap, with the score and the shared words."""

    one: str
    two: str
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class SkillNode:
    """A skill. `root` is the client root that lists it, empty for a sample or template."""

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
    """Everything that is drawn. `cycles` are dependencies in a circle; `orphans` skills, by path,
    that no other names and that name no other. All are sorted."""

    skills: Sequence[SkillNode]
    references: Sequence[Reference]
    overlaps: Sequence[Likeness]
    cycles: Sequence[Sequence[str]]
    orphans: Sequence[str]
