"""Measure `overlapping-description` on pairs of real skills that people judged by reading.

    python benchmarks/overlap.py CORPUS            print the precision at several thresholds
    python benchmarks/overlap.py CORPUS --candidates NUMBER    print pairs to judge, as JSON
    python benchmarks/overlap.py CORPUS --common   print the table of common words, as JSON

CORPUS is a folder with one folder per repository. The pairs are in
tests/collection/overlap-pairs.json.
`hesitate` is true if an agent that reads both descriptions would not know which skill to take.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from skill_lint import Config
from skill_lint.collection.facts import Facts, facts_of
from skill_lint.collection.scope import locale, roots
from skill_lint.collection.similarity import Similarity
from skill_lint.collection.terms import is_unspaced, words
from skill_lint.discovery.walk import discover
from skill_lint.skill import Skill

PAIRS = Path(__file__).parent.parent / "tests" / "collection" / "overlap-pairs.json"
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8)
BANDS = (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 1.01)


class Judged(NamedTuple):
    """Two skills, each as `repository/path`, and whether an agent would hesitate between them.

    `score` is their similarity when the pair was chosen.
    """

    one: str
    two: str
    hesitate: bool
    score: float


class Row(NamedTuple):
    """Of the judged pairs, how many reach a threshold (`found`), and how many of those are true."""

    threshold: float
    found: int
    right: int
    recall: float

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--candidates", type=int, metavar="NUMBER")
    parser.add_argument("--common", action="store_true")
    options = parser.parse_args()
    repositories = read(options.corpus)
    if options.common:
        print(json.dumps(common(repositories), ensure_ascii=False, indent=0))
    elif options.candidates:
        print(json.dumps(list(candidates(repositories, options.candidates)), indent=1))
    else:
        print("threshold  found  right  precision  recall")
        for row in table(repositories, load()):
            print(
                f"{row.threshold:>9.2f}  {row.found:>5}  {row.right:>5}  "
                f"{row.precision:>9.2f}  {row.recall:>6.2f}"
            )


def load() -> list[Judged]:
    return [Judged(**each) for each in json.loads(PAIRS.read_text(encoding="utf-8"))["pairs"]]


def read(corpus: Path) -> dict[str, list[Facts]]:
    """By repository, its skills that have a description; paths are relative to the repository."""
    found: dict[str, list[Facts]] = {}
    for folder in sorted(path for path in corpus.iterdir() if path.is_dir()):
        for root in discover([folder], Config()).skills:
            facts = facts_of(Skill(root.path, root.path.relative_to(folder).as_posix()))
            if facts.description:
                found.setdefault(folder.name, []).append(facts)
    return found


def common(repositories: Mapping[str, Sequence[Facts]]) -> dict[str, float]:
    """By word, the share of descriptions that contain it, for words that several repositories use.

    If the word belongs to a script without blanks, only descriptions in such scripts are counted.
    """
    texts, unspaced = Counter[str](), 0
    homes = Counter[str]()
    every = {name: _texts(skills) for name, skills in repositories.items()}
    for sets in every.values():
        texts.update(word for each in sets for word in each)
        homes.update({word for each in sets for word in each})
        unspaced += sum(sum(map(is_unspaced, each)) >= 5 for each in sets)
    whole = sum(map(len, every.values()))
    shares = {
        word: round(count / (unspaced if is_unspaced(word) else whole), 2)
        for word, count in texts.items()
        if homes[word] >= (3 if is_unspaced(word) else 6)
    }
    kept = {word: share for word, share in shares.items() if share >= 0.02}
    return dict(sorted(kept.items(), key=lambda item: (-item[1], item[0])))


def _texts(skills: Sequence[Facts]) -> list[set[str]]:
    texts = {each.description.text for each in skills if each.description}
    return [set(words(text)) for text in sorted(texts)]


def scored(repositories: Mapping[str, Sequence[Facts]]) -> Iterator[tuple[float, str, str]]:
    """Score every pair of skills that is listed together, and every pair across repositories."""
    for name, skills in repositories.items():
        yield from _scored([(f"{name}/{each.path}", each) for each in skills], together=True)
    firsts = [
        (f"{name}/{each.path}", each) for name, skills in repositories.items() for each in skills
    ]
    yield from _scored(firsts, together=False)


def _scored(
    skills: Sequence[tuple[str, Facts]], *, together: bool
) -> Iterator[tuple[float, str, str]]:
    found = roots(each.path for _, each in skills)
    similarity = Similarity([each.description.text for _, each in skills if each.description])
    for (one, (name, mine)), (two, (other, others)) in combinations(enumerate(skills), 2):
        same_root = found[mine.path] == found[others.path]
        same_repository = name.partition("/")[0] == other.partition("/")[0]
        is_meant = same_root if together else not same_repository
        if is_meant and locale(mine.path) == locale(others.path):
            yield similarity.score(one, two), name, other


def candidates(
    repositories: Mapping[str, Sequence[Facts]], number: int
) -> Iterator[dict[str, object]]:
    """Pairs to judge from each band of scores, chosen at random with a fixed seed."""
    bands: dict[float, list[tuple[float, str, str]]] = {}
    for pair in scored(repositories):
        bands.setdefault(max(band for band in BANDS if band <= pair[0]), []).append(pair)
    chooser, left = random.Random(8), number  # noqa: S311 - a sample, not a secret
    for index, band in enumerate(sorted(bands, reverse=True)):
        share = left // (len(bands) - index)
        chosen = chooser.sample(sorted(bands[band]), min(share, len(bands[band])))
        left -= len(chosen)
        yield from ({"score": round(s, 3), "one": one, "two": two} for s, one, two in chosen)


def table(repositories: Mapping[str, Sequence[Facts]], judged: Sequence[Judged]) -> list[Row]:
    scores = {(one, two): score for score, one, two in scored(repositories)}
    known = [(scores[each.one, each.two], each.hesitate) for each in judged]
    right = sum(hesitate for _, hesitate in known)
    rows = []
    for threshold in THRESHOLDS:
        found = [hesitate for score, hesitate in known if score >= threshold]
        rows.append(Row(threshold, len(found), sum(found), sum(found) / right))
    return rows


if __name__ == "__main__":
    main()
