"""Measure skill-lint on 1, 100 and 1,000 real skills, and other linters if they are installed.

    python benchmarks/run.py CORPUS [--sizes 1,100,1000] [--runs 5] [--no-peers]

CORPUS is a folder or a .tar.gz with skills. Its skills, with their references, are repeated until a
collection has the wanted size. Every command runs as its own process. Wall seconds, CPU seconds and
peak memory (of the largest process) come from the operating system, and are medians of the runs.
Compare the ratios within one table, because the seconds depend on the machine. Sizes up to 20000
show how time and memory grow.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

from skill_lint import Config
from skill_lint.discovery.walk import discover


class Usage(NamedTuple):
    """What one process used: wall and CPU seconds, and peak memory in megabytes."""

    wall: float
    cpu: float
    memory: float


class Subject(NamedTuple):
    """A command to measure. `prepare` runs before each run and is not measured."""

    name: str
    command: Sequence[str]
    prepare: Callable[[], None] = lambda: None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sizes", default="1,100,1000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--no-peers", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        skills = find_skills(options.corpus, work)
        print("| skills | MB | command | wall s | CPU s | MB peak | CPU, by Python's |")
        print("|---|---|---|---|---|---|---|")
        show("", small(), work, options.runs)
        for size in map(int, options.sizes.split(",")):
            collection, megabytes = build(skills, size, work / str(size))
            start = f"{size:,} | {megabytes:.1f}"
            show(start, subjects(collection, not options.no_peers), collection, options.runs)


def show(start: str, measured: Iterable[Subject], folder: Path, runs: int) -> None:
    """Print a row for each subject, with its CPU time relative to the first subject."""
    first = 0.0
    for subject in measured:
        usage = median([measure(subject, folder) for _ in range(runs)])
        first = first or usage.cpu
        print(
            f"| {start or '| '} | {subject.name} | {usage.wall:.3f} | {usage.cpu:.3f} | "
            f"{usage.memory:.0f} | {usage.cpu / first:.1f} |",
            flush=True,
        )


def find_skills(corpus: Path, work: Path) -> list[Path]:
    """The skills of the corpus that neither contain another skill nor lie in one."""
    if corpus.is_file():
        with tarfile.open(corpus) as archive:
            archive.extractall(work / "corpus", filter="data")
        corpus = work / "corpus"
    roots = [root.path for root in discover([corpus], Config()).skills]
    return [a for a in roots if not any(a in b.parents or b in a.parents for b in roots)]


def build(skills: Sequence[Path], size: int, folder: Path) -> tuple[Path, float]:
    """Make a collection of `size` skills. Returns its folder and the size of its Markdown in MB."""
    for number, skill in enumerate(islice(cycle(skills), size)):
        shutil.copytree(skill, folder / f"group-{number // len(skills)}-{number}" / skill.name)
    markdown = sum(path.stat().st_size for path in folder.rglob("*.md"))
    return folder, markdown / 1e6


def subjects(collection: Path, peers: bool) -> Iterator[Subject]:
    """An empty Python, skill-lint with and without its cache, and the installed peers."""
    lint = [sys.executable, "-m", "skill_lint", str(collection), "--isolated"]
    kept = [*lint, "--cache-dir", str(collection.parent / f"cache-{collection.name}")]
    skills = sorted(collection.glob("*/*/SKILL.md"))
    yield Subject("python", [sys.executable, "-c", "pass"])
    yield Subject("anew", [*lint, "--no-cache"])
    yield Subject("anew, 1 job", [*lint, "--no-cache", "--jobs", "1"])
    subprocess.run(kept, cwd=collection, stdout=subprocess.DEVNULL, check=False)
    yield Subject("cached", kept)
    yield Subject("one changed", kept, lambda: _change(skills[0]))
    for name, words in [("agnix", ["validate"]), ("skillsaw", ["lint"])] if peers else ():
        program = Path(sys.executable).parent / name
        if program.exists():
            yield Subject(name, [str(program), *words, str(collection)])


def _change(skill: Path) -> None:
    with skill.open("a", encoding="utf-8") as file:
        file.write("\nOne more line.\n")


def small() -> Iterator[Subject]:
    """Commands that need no skill."""
    yield Subject("python", [sys.executable, "-c", "pass"])
    for words in (["--version"], ["--help"], ["explain", "broken-link"]):
        yield Subject(words[0], [sys.executable, "-m", "skill_lint", *words])


def measure(subject: Subject, folder: Path) -> Usage:
    subject.prepare()
    begin = time.perf_counter()
    with subprocess.Popen(
        subject.command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begin
    return Usage(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def median(usages: Sequence[Usage]) -> Usage:
    return Usage(*(statistics.median(column) for column in zip(*usages, strict=True)))


if __name__ == "__main__":
    main()
