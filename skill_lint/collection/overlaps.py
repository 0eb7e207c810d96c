"""Skills whose descriptions are alike, in groups around one of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from skill_lint.collection.facts import Facts
from skill_lint.collection.similarity import Similarity
from skill_lint.collection.terms import normalised


class Alike(NamedTuple):
    """A skill that is like another: by how much, from 0 to 1, and the words that they share."""

    skill: Facts
    score: float
    words: tuple[str, ...]


class Overlap(NamedTuple):
    """A skill and those whose description is like its own, the most alike first."""

    skill: Facts
    others: tuple[Alike, ...]


def overlaps(
    skills: Sequence[Facts], threshold: float, allowed: Callable[[Facts, Facts], bool]
) -> Iterator[Overlap]:
    """Every pair that is at least so alike and not allowed, in as few groups as show them all.

    Groups are made around the skills that come first; a pair of which both are in one group is not
    named again. Of equal descriptions one stands for all.
    """
    once: dict[str, Facts] = {}
    for each in skills:
        if each.description and (text := normalised(each.description.text)):
            once.setdefault(text, each)
    if len(once) > 1:
        yield from _Groups(list(once.values()), threshold, allowed).found()


class _Groups:
    def __init__(
        self, skills: Sequence[Facts], threshold: float, allowed: Callable[[Facts, Facts], bool]
    ) -> None:
        self.skills, self.threshold, self.allowed = skills, threshold, allowed
        self.edges: dict[int, set[int]] = {}

    def found(self) -> Iterator[Overlap]:
        self.similarity = Similarity(
            [each.description.text for each in self.skills if each.description]
        )
        for one, two, _ in self.similarity.pairs(self.threshold):
            if not self.allowed(self.skills[one], self.skills[two]):
                self.edges.setdefault(one, set()).add(two)
                self.edges.setdefault(two, set()).add(one)
        groups: list[set[int]] = [set() for _ in self.skills]
        for center in sorted(self.edges):
            new = {each for each in self.edges[center] if groups[center].isdisjoint(groups[each])}
            if new:
                members = self._family(center, new)
                for member in (center, *members):
                    groups[member].add(center)
                yield self._overlap(center, members)

    def _family(self, center: int, new: set[int]) -> Mapping[int, float]:
        """The neighbours of a text and, from one to the next, what is like it too, with the scores.

        The index keeps the latest texts of a word: of a thousand alike, each knows some.
        """
        waiting, found, seen = sorted(new), dict[int, float](), {center, *self.edges[center]}
        for each in waiting:
            score = self.similarity.score(center, each)
            if score >= self.threshold and not self.allowed(self.skills[center], self.skills[each]):
                found[each] = score
                following = sorted(self.edges[each] - seen)
                seen.update(following)
                waiting += following
        return found

    def _overlap(self, center: int, members: Mapping[int, float]) -> Overlap:
        ranked = sorted(members, key=lambda each: (-members[each], each))
        shared = (tuple(self.similarity.shared(center, each)) for each in ranked)
        others = ((self.skills[each], members[each]) for each in ranked)
        return Overlap(
            self.skills[center],
            tuple(Alike(*other, words) for other, words in zip(others, shared, strict=True)),
        )
