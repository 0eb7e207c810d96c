"""Copies of one skill in several client roots, and the first difference between two copies."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from skill_lint.collection.facts import Facts
from skill_lint.collection.scope import locale
from skill_lint.diagnostic import Excerpt, Place, Region

ALIKE = 0.6
"""The share of common lines from which two skills count as copies of each other."""
MOST_KINDS = 10
"""Groups of copies formed among the skills of one name, groups of a single skill included."""
_OF_CLIENTS = frozenset({"agents", "evals", "eval", "tests", "test"})
"""Folders that may exist in only some of the copies."""


class Difference(NamedTuple):
    """The first difference between two copies: in words, and its place in each copy."""

    words: str
    here: Place
    there: Place


def mirrors(roots: Mapping[str, Sequence[Facts]]) -> Iterator[list[Facts]]:
    """Groups of skills that are copies of each other, each in a different root."""
    groups: dict[tuple[str, str, str], dict[str, list[Facts]]] = {}
    for root, skills in roots.items():
        for each in skills:
            if each.name:
                key = (each.name.text, each.directory, locale(each.path))
                groups.setdefault(key, {}).setdefault(root, []).append(each)
    for group in groups.values():
        if len(group) > 1:
            with_body = map(_with_body, group.values())
            # Two skills of one name in one root are another rule's finding and not compared here.
            yield from _alike([skills[0] for skills in with_body if len(skills) == 1])


def _with_body(skills: Sequence[Facts]) -> list[Facts]:
    return [each for each in skills if each.body.lines]


def _alike(skills: Sequence[Facts]) -> Iterator[list[Facts]]:
    """Groups of skills in which each skill is a copy of the first."""
    waiting = list(skills)
    for _ in range(MOST_KINDS):
        if len(waiting) < 2:
            return
        first, lines = waiting[0], Counter(waiting[0].body.hashes)
        copies, others = [first], list[Facts]()
        for each in waiting[1:]:
            (copies if _is_copy(first, lines, each) else others).append(each)
        if len(copies) > 1:
            yield copies
        waiting = others


def _is_copy(first: Facts, lines: Counter[str], other: Facts) -> bool:
    if _is_inside(first, other):
        return False
    same = first.body.digest == other.body.digest
    return same or _shared(lines, Counter(other.body.hashes)) >= ALIKE


def _is_inside(one: Facts, other: Facts) -> bool:
    """Whether the folder of one skill is inside the other's, as in a package built from it."""
    return other.path.startswith(f"{one.path}/") or one.path.startswith(f"{other.path}/")


def _shared(one: Counter[str], other: Counter[str]) -> float:
    return (one & other).total() / max(1, (one | other).total())


def first_difference(one: Facts, other: Facts) -> Difference | None:
    """The first difference between two copies: in the description, the body, or the files."""
    mine, others = one.description, other.description
    if mine and others and mine.text.split() != others.text.split():
        return Difference("in the description", mine.place, others.place)
    if one.body.digest != other.body.digest:
        return _in_body(one, other)
    here, there = _shared_files(one), _shared_files(other)
    for name in sorted(here.keys() | there.keys()):
        if here.get(name) != there.get(name):
            return Difference(_words(name, here, there), one.top, other.top)
    return None


def _in_body(one: Facts, other: Facts) -> Difference:
    pairs = enumerate(zip(one.body.hashes, other.body.hashes, strict=False))
    shorter = min(len(one.body.hashes), len(other.body.hashes))
    index = next((index for index, pair in pairs if pair[0] != pair[1]), shorter)
    line = one.body.first + index
    return Difference(f"from line {line:,} on", _line(one, index), _line(other, index))


def _line(skill: Facts, index: int) -> Place:
    """The place of a line of the body, or of its last line if the body is shorter."""
    line = skill.body.first + min(index, max(0, len(skill.body.hashes) - 1))
    return Place(skill.top.path, Region(line, 1, line, 1), Excerpt("", 1))


def _shared_files(skill: Facts) -> dict[str, int]:
    """The files that every copy should have. The metadata file may differ for each client."""
    return {
        name: size
        for name, size in skill.files.items()
        if name.lower() not in ("skill.md", "metadata.json")
        and not any(part.startswith(".") or part in _OF_CLIENTS for part in name.split("/"))
    }


def _words(name: str, mine: Mapping[str, int], others: Mapping[str, int]) -> str:
    if name not in others:
        return f"in its files: `{name}` is missing there"
    if name not in mine:
        return f"in its files: `{name}` is missing here"
    return f"in `{name}`: {mine[name]:,} bytes here, {others[name]:,} there"
