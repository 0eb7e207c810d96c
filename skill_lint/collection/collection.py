"""All skills of a run, as the rules of the family `collection` see them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from skill_lint.collection.facts import Facts, Said
from skill_lint.collection.names import SkillNames
from skill_lint.collection.scope import roots
from skill_lint.diagnostic import Place, Related

MOST_RELATED = 10
"""Other places that one finding names; a thousand skills of one name are one finding."""


class GroupFinding(NamedTuple):
    """What a rule of the family `collection` may say: one fault, however many skills share it.

    It is reported on `skill`, at `place`; `others` are the skills that are part of the fault too.
    """

    message: str
    skill: Facts
    place: Place
    others: tuple[Facts, ...] = ()
    related: tuple[Related, ...] = ()


class Extent(NamedTuple):
    """How much of a collection a run knows.

    `whole`: all of it. If not, `tops` are the folders that it knows whole. `skipped` are the paths
    of skills that exist and are not known.
    """

    whole: bool = True
    tops: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


ALL = Extent()


@dataclass(frozen=True)
class Collection:
    """The facts of every skill, sorted by path.

    `focus` holds the paths of the skills that are being linted; the rest is known, and reported on
    only as a part of their faults.
    """

    skills: Sequence[Facts]
    focus: frozenset[str]
    extent: Extent = ALL

    def ordered(self, group: Iterable[Facts]) -> list[Facts]:
        """A group with the skill to report on first: one that is being linted, if there is one."""
        return sorted(group, key=lambda each: (each.path not in self.focus, each.path))

    def concerns(self, finding: GroupFinding) -> bool:
        """Whether a skill that is being linted is part of a fault."""
        return any(each.path in self.focus for each in (finding.skill, *finding.others))

    def by_root(self, given: Sequence[str] = ()) -> Mapping[str, list[Facts]]:
        """The skills that are listed together, by the root that lists them, both sorted.

        `given` are globs of folders that are roots. Samples, templates and vendored skills are in
        no root.
        """
        # Several rules ask, most of them for the same.
        if (known := self._by_root.get(tuple(given))) is not None:
            return known
        found = roots((each.path for each in self.skills), given)
        listed: dict[str, list[Facts]] = {}
        for each in self.skills:
            if (root := found[each.path]) is not None:
                listed.setdefault(root, []).append(each)
        self._by_root[tuple(given)] = dict(sorted(listed.items()))
        return self._by_root[tuple(given)]

    @cached_property
    def _by_root(self) -> dict[tuple[str, ...], Mapping[str, list[Facts]]]:
        return {}

    @cached_property
    def names(self) -> SkillNames:
        """Who is meant by an id or a name."""
        return SkillNames(self.skills, self.extent.skipped)

    def covers(self, skill: Facts) -> bool:
        """Whether all skills that this one may name are known."""
        if self.extent.whole:
            return True
        root = self.root(skill) or "."
        inner = skill.path if root == "." else root
        return any(
            inner.startswith(f"{top}/") or (inner == top and root != ".")
            for top in self.extent.tops
        )

    def root(self, skill: Facts) -> str | None:
        """The root that lists a skill, as `by_root` finds them."""
        return self._roots[skill.path]

    @cached_property
    def _roots(self) -> Mapping[str, str | None]:
        return roots(each.path for each in self.skills)


def by_text(said: Iterable[tuple[Facts, Said]]) -> Mapping[str, list[tuple[Facts, Said]]]:
    """What skills say, grouped by what it is, in order."""
    groups: dict[str, list[tuple[Facts, Said]]] = {}
    for skill, each in said:
        groups.setdefault(each.text.strip(), []).append((skill, each))
    return groups


def and_more(others: int) -> str:
    """` and 3 more`, where a message names the first of several."""
    return f" and {others - 1:,} more" if others > 1 else ""


def related(places: Iterable[Place], message: str) -> tuple[Related, ...]:
    """The places of the others, as far as a report has room for them."""
    return tuple(Related(each.path, each.region, message) for each in islice(places, MOST_RELATED))
