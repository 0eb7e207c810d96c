"""Copies of one skill in several client roots, and the first difference between two copies."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from skill_lint.collection.body import Body
from skill_lint.collection.collection import Collection
from skill_lint.collection.facts import Content, Facts
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


def mirrors(collection: Collection, roots: Sequence[str] = ()) -> Iterator[list[Facts]]:
    """Groups of skills that are copies of each other, each in a different root.

    `roots` are those of `Collection.by_root`.
    """
    groups: dict[tuple[str, str, str], dict[str, list[Facts]]] = {}
    for root, skills in collection.by_root(roots).items():
        for each in skills:
            if each.name:
                key = (each.name.text, each.directory, locale(each.path))
                groups.setdefault(key, {}).setdefault(root, []).append(each)
    for group in groups.values():
        if len(group) > 1:
            with_body = [
                [(each, body) for each in skills if (body := collection.content(each).body).lines]
                for skills in group.values()
            ]
            # Two skills of one name in one root are another rule's finding and not compared here.
            yield from _alike([skills[0] for skills in with_body if len(skills) == 1])


def _alike(skills: Sequence[tuple[Facts, Body]]) -> Iterator[list[Facts]]:
    """Groups of skills in which each skill is a copy of the first."""
    waiting = list(skills)
    for _ in range(MOST_KINDS):
        if len(waiting) < 2:
            return
        (first, body), lines = waiting[0], Counter(waiting[0][1].hashes)
        copies, others = [first], list[tuple[Facts, Body]]()
        for other, its_body in waiting[1:]:
            is_alike = its_body.digest == body.digest or _is_alike(lines, its_body)
            if is_alike and not _is_inside(first, other):
                copies.append(other)
            else:
                others.append((other, its_body))
        if len(copies) > 1:
            yield copies
        waiting = others


def _is_alike(lines: Counter[str], body: Body) -> bool:
    return _shared(lines, Counter(body.hashes)) >= ALIKE


def _is_inside(one: Facts, other: Facts) -> bool:
    """Whether the folder of one skill is inside the other's, as in a package built from it."""
    return other.path.startswith(f"{one.path}/") or one.path.startswith(f"{other.path}/")


def _shared(one: Counter[str], other: Counter[str]) -> float:
    return (one & other).total() / max(1, (one | other).total())


def first_difference(collection: Collection, one: Facts, other: Facts) -> Difference | None:
    """The first difference between two copies: in the description, the body, or the files."""
    mine, others = one.description, other.description
    if mine and others and mine.text.split() != others.text.split():
        return Difference("in the description", mine.place, others.place)
    first, second = collection.content(one), collection.content(other)
    if first.body.digest != second.body.digest:
        return _in_body((one, first.body), (other, second.body))
    here, there = _shared_files(first), _shared_files(second)
    for name in sorted(here.keys() | there.keys()):
        if here.get(name) != there.get(name):
            return Difference(_words(name, here, there), one.top, other.top)
    return None


def _in_body(one: tuple[Facts, Body], other: tuple[Facts, Body]) -> Difference:
    mine, others = one[1].hashes, other[1].hashes
    pairs = enumerate(zip(mine, others, strict=False))
    shorter = min(len(mine), len(others))
    index = next((index for index, pair in pairs if pair[0] != pair[1]), shorter)
    line = one[1].first + index
    return Difference(f"from line {line:,} on", _line(*one, index), _line(*other, index))


def _line(skill: Facts, body: Body, index: int) -> Place:
    """The place of a line of the body, or of its last line if the body is shorter."""
    line = body.first + min(index, max(0, len(body.hashes) - 1))
    return Place(skill.top.path, Region(line, 1, line, 1), Excerpt("", 1))


def _shared_files(content: Content) -> dict[str, int]:
    """The files that every copy should have. The metadata file may differ for each client."""
    return {
        name: size
        for name, size in content.files.items()
        if name.lower() not in ("skill.md", "metadata.json")
        and not any(part.startswith(".") or part in _OF_CLIENTS for part in name.split("/"))
    }


def _words(name: str, mine: Mapping[str, int], others: Mapping[str, int]) -> str:
    if name not in others:
        return f"in its files: `{name}` is missing there"
    if name not in mine:
        return f"in its files: `{name}` is missing here"
    return f"in `{name}`: {mine[name]:,} bytes here, {others[name]:,} there"
