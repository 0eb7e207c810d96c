"""Measure skill-lint on 1, 100 and 1,000 real skills, beside its peers where they are installed.

    python benchmarks/run.py CORPUS [--sizes 1,100,1000] [--runs 5]

CORPUS is a folder or a .tar.gz with skills. Collections of the wanted sizes are made of its skills,
references included, again and again if it has fewer. Every command runs as a process of its own:
wall and CPU seconds and peak memory are the operating system's, medians of the runs. Compare the
ratios of one table; the seconds are the machine's.
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
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

from skill_lint import Config
from skill_lint.discover import discover


class Usage(NamedTuple):
    """Of one process: seconds, seconds, megabytes."""

    wall: float
    cpu: float
    memory: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sizes", default="1,100,1000")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        skills = find_skills(options.corpus, work)
        print(" skills      MB  command        wall s    CPU s  MB peak")
        for size in map(int, options.sizes.split(",")):
            collection, megabytes = build(skills, size, work / str(size))
            for name, command in commands(collection):
                usage = median([measure(command, collection) for _ in range(options.runs)])
                print(
                    f"{size:>7,}  {megabytes:>6.1f}  {name:<12}  {usage.wall:>7.2f}  "
                    f"{usage.cpu:>7.2f}  {usage.memory:>7.0f}",
                    flush=True,
                )


def find_skills(corpus: Path, work: Path) -> list[Path]:
    """The corpus's skills that hold no other skill, and are in no other."""
    if corpus.is_file():
        with tarfile.open(corpus) as archive:
            archive.extractall(work / "corpus", filter="data")
        corpus = work / "corpus"
    roots = [root.path for root in discover([corpus], Config()).skills]
    return [a for a in roots if not any(a in b.parents or b in a.parents for b in roots)]


def build(skills: Sequence[Path], size: int, folder: Path) -> tuple[Path, float]:
    """A collection of `size` skills, each in a folder of its own name, and its Markdown in MB."""
    for number, skill in enumerate(islice(cycle(skills), size)):
        shutil.copytree(skill, folder / f"group-{number // len(skills)}-{number}" / skill.name)
    markdown = sum(path.stat().st_size for path in folder.rglob("*.md"))
    return folder, markdown / 1e6


def commands(collection: Path) -> Iterator[tuple[str, list[str]]]:
    """What is measured: an empty Python, skill-lint, and the peers beside this Python."""
    yield "python", [sys.executable, "-c", "pass"]
    yield "skill-lint", [sys.executable, "-m", "skill_lint", str(collection), "--isolated"]
    for name, words in [("agnix", ["validate"]), ("skillsaw", ["lint"])]:
        program = Path(sys.executable).parent / name
        if program.exists():
            yield name, [str(program), *words, str(collection)]


def measure(command: Sequence[str], folder: Path) -> Usage:
    begin = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begin
    return Usage(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def median(usages: Sequence[Usage]) -> Usage:
    return Usage(*(statistics.median(column) for column in zip(*usages, strict=True)))


if __name__ == "__main__":
    main()
