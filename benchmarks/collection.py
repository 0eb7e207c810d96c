"""Measure the collection rules alone.

    python benchmarks/collection.py CORPUS [--sizes 5000,20000]

The facts are made from the facts of real skills. Each copy gets its own name and folder, and most
words of its description are replaced by words of other real descriptions. Reading skills is not
measured. Memory is Python's peak, without the facts themselves. Seconds are processor seconds.
"""

import argparse
import random
import re
import time
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

from skill_lint import Config
from skill_lint.collection.facts import Facts, facts_of
from skill_lint.discovery.walk import discover
from skill_lint.engine.check_collection import check_collection
from skill_lint.rule import COLLECTION
from skill_lint.skill import Skill

CHANGED = 0.6
"""The share of words of a description that are replaced in a copy."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sizes", default="5000,20000")
    options = parser.parse_args()
    real = [
        facts_of(Skill(root.path, root.shown))
        for root in discover([options.corpus], Config()).skills
    ]
    active = [each for each in Config(extends="golden").active if each.rule.family == COLLECTION]
    print("skills  rule                     seconds  MB peak  findings")
    for size in map(int, options.sizes.split(",")):
        facts = made(real, size)
        for rules in [*([each] for each in active), active]:
            name = rules[0].rule.name if len(rules) == 1 else "all together"
            focus = frozenset(each.path for each in facts)
            start = time.process_time()
            found = check_collection(facts, focus, rules).diagnostics
            seconds = time.process_time() - start
            tracemalloc.start()
            check_collection(facts, focus, rules)
            peak = tracemalloc.get_traced_memory()[1] / 1e6
            tracemalloc.stop()
            print(
                f"{size:>6,}  {name:<23}  {seconds:>7.2f}  {peak:>7.0f}  {len(found):>8,}",
                flush=True,
            )


def made(real: Sequence[Facts], size: int) -> list[Facts]:
    """Facts of `size` skills in one client root; the same on every call."""
    chooser = random.Random(8)  # noqa: S311 - a sample, not a secret
    texts = [each.description.text for each in real if each.description]
    words = [word for text in texts for word in re.findall(r"\w+", text)]
    return [_varied(real[number % len(real)], number, words, chooser) for number in range(size)]


def _varied(facts: Facts, number: int, words: Sequence[str], chooser: random.Random) -> Facts:
    def other(match: re.Match[str]) -> str:
        return chooser.choice(words) if chooser.random() < CHANGED else match[0]

    name = f"{facts.directory}-{number}"
    description = facts.description and facts.description._replace(
        text=re.sub(r"\w+", other, facts.description.text)
    )
    new = facts.name and facts.name._replace(text=name)
    return facts._replace(path=f"skills/{name}", directory=name, name=new, description=description)


if __name__ == "__main__":
    main()
