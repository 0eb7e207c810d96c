"""Skills with similar descriptions, in groups around one of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from skill_lint.collection.facts import Facts
from skill_lint.collection.similarity import Similarity
from skill_lint.collection.terms import normalised


class Alike(NamedTuple):
    """A skill that is similar to another: the score from 0 to 1, and the shared words."""

    skill: Facts
    score: float
    words: tuple[str, ...]


class Overlap(NamedTuple):
    """A skill, and the skills with similar descriptions, the most similar first."""

    skill: Facts
    others: tuple[Alike, ...]


def overlaps(
    skills: Sequence[Facts], threshold: float, allowed: Callable[[Facts, Facts], bool]
) -> Iterator[Overlap]:
    """Every pair with at least this similarity that is not allowed, in as few groups as possible.

    Groups are made around the skills that come first. A pair inside of a group is not reported
    again. Of several equal descriptions, only the first is compared.
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
        """The texts similar to `center`, with their scores, found by following edges from `new`.

        Edges are followed because the index keeps only the latest texts of a word: among a thousand
        similar texts, each has edges to some of the others.
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
