"""All skills of a run, as the rules of the family `collection` see them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from skill_lint.collection.facts import Facts
from skill_lint.diagnostic import Place, Related

MOST_RELATED = 10
"""Other places that one finding names; a thousand skills of one name are one finding."""


@dataclass(frozen=True)
class GroupFinding:
    """What a rule of the family `collection` may say: one fault, however many skills share it.

    It is reported on `skill`, at `place`; `others` are the skills that are part of the fault too.
    """

    message: str
    skill: Facts
    place: Place
    others: tuple[Facts, ...] = ()
    related: tuple[Related, ...] = ()


@dataclass(frozen=True)
class Collection:
    """The facts of every skill, sorted by path.

    `focus` holds the paths of the skills that are being linted; the rest is known, and reported on
    only as a part of their faults.
    """

    skills: Sequence[Facts]
    focus: frozenset[str]

    def ordered(self, group: Iterable[Facts]) -> list[Facts]:
        """A group with the skill to report on first: one that is being linted, if there is one."""
        return sorted(group, key=lambda each: (each.path not in self.focus, each.path))

    def concerns(self, finding: GroupFinding) -> bool:
        """Whether a skill that is being linted is part of a fault."""
        return any(each.path in self.focus for each in (finding.skill, *finding.others))


def related(places: Iterable[Place], message: str) -> tuple[Related, ...]:
    """The places of the others, as far as a report has room for them."""
    return tuple(Related(each.path, each.region, message) for each in _first(places))


def _first(places: Iterable[Place]) -> Iterator[Place]:
    for _, place in zip(range(MOST_RELATED), places, strict=False):
        yield place
