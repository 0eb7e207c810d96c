"""All skills of a run, as collection rules see them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from skill_lint.collection.facts import Content, Facts, Said
from skill_lint.collection.names import SkillNames
from skill_lint.collection.scope import roots
from skill_lint.diagnostic import Place, Related

MOST_RELATED = 10
"""Related places of one finding; a thousand skills of one name are still one finding."""


class GroupFinding(NamedTuple):
    """A finding of a collection rule: one fault that several skills may share.

    It is reported on `skill`, at `place`. `others` are the other skills that share the fault.
    `is_out_of_reach`: no SKILL.md leads to a file with the fault. `cause` is as in `Finding`.
    """

    message: str
    skill: Facts
    place: Place
    others: tuple[Facts, ...] = ()
    related: tuple[Related, ...] = ()
    is_out_of_reach: bool = False
    cause: str = ""


class Extent(NamedTuple):
    """Which part of a collection a run has read.

    `whole`: all of it. Otherwise, `tops` are the folders that were read completely. `skipped` are
    the paths of existing skills that were not read.
    """

    whole: bool = True
    tops: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


ALL = Extent()


@dataclass(frozen=True)
class Collection:
    """The facts of every skill, sorted by path.

    `focus` contains the paths of the skills that are linted. A finding on the other skills is
    reported only if a linted skill shares it.
    """

    skills: Sequence[Facts]
    focus: frozenset[str]
    extent: Extent = ALL
    content_used: set[str] = field(default_factory=set, compare=False)
    """The paths of the skills whose content a rule asked for."""

    def content(self, skill: Facts) -> Content:
        """The body and the files of a skill. That they were used is recorded, for the cache."""
        self.content_used.add(skill.path)
        return skill.unrecorded_content

    def ordered(self, group: Iterable[Facts]) -> list[Facts]:
        """A group with the skill to report on first: a linted one, if there is one."""
        return sorted(group, key=lambda each: (each.path not in self.focus, each.path))

    def concerns(self, finding: GroupFinding) -> bool:
        """Whether a linted skill shares the fault of a finding."""
        return any(each.path in self.focus for each in (finding.skill, *finding.others))

    def by_root(self, given: Sequence[str] = ()) -> Mapping[str, list[Facts]]:
        """The skills of each root, both sorted.

        `given` are globs of folders that are roots. Samples, templates and vendored skills are in
        no root.
        """
        # Cached, because several rules need the same roots.
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
        """The index of all skills by id, name and path."""
        return SkillNames(self.skills, self.extent.skipped)

    def covers(self, skill: Facts) -> bool:
        """Whether the run has read all skills that this one may name."""
        if self.extent.whole:
            return True
        root = self.root(skill) or "."
        inner = skill.path if root == "." else root
        return any(
            inner.startswith(f"{top}/") or (inner == top and root != ".")
            for top in self.extent.tops
        )

    def root(self, skill: Facts) -> str | None:
        """The root of a skill, as in `by_root` without `given`."""
        return self._roots[skill.path]

    @cached_property
    def _roots(self) -> Mapping[str, str | None]:
        return roots(each.path for each in self.skills)


def by_text(entries: Iterable[tuple[Facts, Said]]) -> Mapping[str, list[tuple[Facts, Said]]]:
    """Texts of skills, grouped by equal text, in order."""
    groups: dict[str, list[tuple[Facts, Said]]] = {}
    for skill, each in entries:
        groups.setdefault(each.text.strip(), []).append((skill, each))
    return groups


def and_more(others: int) -> str:
    """The end of a message that names the first of several others: ` and 3 more`."""
    return f" and {others - 1:,} more" if others > 1 else ""


def related(places: Iterable[Place], message: str) -> tuple[Related, ...]:
    """The places of the other skills in a finding, at most `MOST_RELATED`."""
    return tuple(Related(each.path, each.region, message) for each in islice(places, MOST_RELATED))
