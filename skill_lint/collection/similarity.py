"""The similarity of descriptions: the cosine of TF-IDF vectors of words and of pieces of words.

The pairs above a threshold are found without comparing all pairs: an index of the telling words
gives the candidates. Source: Bayardo, Ma and Srikant, Scaling up all pairs similarity search, 2007.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from skill_lint.collection.terms import counted, grams, is_telling, phrases, weights

OF_WORDS = 0.75
"""The share of whole words in the score; the rest is the share of pieces of words."""
MOST_OF_PIECES = 0.1
"""The most that pieces of words may add to the similarity of whole words."""
LEFT_OUT = 0.15
"""The length, of 1, of the part of a text's vector that is left out of the index."""
MOST_LISTED = 48
"""Texts compared for one word: the latest. Of a thousand similar texts, each finds some others."""
LEAST_SHARED = 3
"""Telling words that two texts must share to be similar; with fewer they may only begin alike."""
MOST_WORDS = 4
"""Shared words in a message."""

Vector = Mapping[str, float]


class Pair(NamedTuple):
    """The indices of two texts, the smaller first, and their similarity from 0 to 1."""

    one: int
    two: int
    score: float


class _Posting(NamedTuple):
    """The texts that contain a word, and the word's weight in each."""

    numbers: list[int]
    weights: list[float]


class Similarity:
    """The texts of one collection, compared with each other."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        each, counts = counted(texts)
        self._weights = weights(counts, len(texts))
        self._counts = counts
        self.vectors = [self._vector(one) for one in each]
        self._pieces = lru_cache(maxsize=4_000)(self._piece_vector)

    def score(self, one: int, two: int) -> float:
        """The similarity of two texts, from 0 to 1; 0 if they share too few telling words."""
        return self._score(one, two, 0.0)

    def _score(self, one: int, two: int, least: float) -> float:
        """The score; also 0 if the similarity of whole words is below `least`."""
        whole = _dot(self.vectors[one], self.vectors[two])
        if whole < least or len(self._shared(one, two)) < LEAST_SHARED:
            return 0.0
        pieces = _dot(self._pieces(one), self._pieces(two))
        both = OF_WORDS * whole + (1 - OF_WORDS) * pieces
        # Rounded, because the last digits of a sum depend on its order.
        return round(min(both, whole + MOST_OF_PIECES), 6)

    def pairs(self, threshold: float) -> Iterator[Pair]:
        """The pairs with at least this score, ordered by their second text."""
        least = threshold - MOST_OF_PIECES
        index: dict[str, _Posting] = {}
        sums = [0.0] * len(self.texts)
        for two, vector in enumerate(self.vectors):
            telling = self._telling(vector)
            for one in _candidates(index, sums, telling, least - LEFT_OUT):
                score = self._score(one, two, least)
                if score >= threshold:
                    yield Pair(one, two, score)
            for word, weight in telling.items():
                numbers, others = index.setdefault(word, _Posting([], []))
                numbers.append(two)
                others.append(weight)

    def _telling(self, vector: Vector) -> Vector:
        """The rarest words of a text; the words left out are too few for a candidate."""
        left, telling = 1.0, dict[str, float]()
        for word in sorted(vector, key=lambda each: (self._counts[each], each)):
            if left < LEFT_OUT**2:
                break
            telling[word] = vector[word]
            left -= vector[word] ** 2
        return telling

    def shared(self, one: int, two: int) -> list[str]:
        """The words that make two texts similar, the most telling first."""
        mine, others = self.vectors[one], self.vectors[two]
        both = sorted(self._shared(one, two), key=lambda each: (-mine[each] * others[each], each))
        return phrases(self.texts[one], both[: 3 * MOST_WORDS])[:MOST_WORDS]

    def _shared(self, one: int, two: int) -> list[str]:
        """The telling words that two texts share."""
        return list(filter(is_telling, self.vectors[one].keys() & self.vectors[two].keys()))

    def _vector(self, counts: Counter[str]) -> Vector:
        raw = {word: (1 + math.log(count)) * self._weights[word] for word, count in counts.items()}
        return _unit(raw)

    def _piece_vector(self, number: int) -> Vector:
        pieces: dict[str, float] = {}
        for word, weight in self.vectors[number].items():
            parts = grams(word)
            share = weight / math.sqrt(len(parts))
            for part in parts:
                pieces[part] = pieces.get(part, 0.0) + share
        return _unit(pieces)


def _candidates(
    index: Mapping[str, _Posting], sums: list[float], words: Vector, least: float
) -> list[int]:
    """The texts in the index that share enough with `words`. `sums` is zero before and after."""
    touched = set[int]()
    for word, weight in words.items():
        if posting := index.get(word):
            numbers, others = posting.numbers[-MOST_LISTED:], posting.weights[-MOST_LISTED:]
            touched.update(numbers)
            for number, other in zip(numbers, others, strict=True):
                sums[number] += weight * other
    found = sorted(number for number in touched if sums[number] >= least)
    for number in touched:
        sums[number] = 0.0
    return found


def _unit(vector: Mapping[str, float]) -> Vector:
    length = math.sqrt(sum(each * each for each in vector.values()))
    return {word: each / length for word, each in vector.items()} if length else {}


def _dot(one: Vector, two: Vector) -> float:
    if len(one) > len(two):
        one, two = two, one
    return sum([one[word] * two[word] for word in one.keys() & two.keys()])
