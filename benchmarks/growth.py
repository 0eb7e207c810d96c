"""Measure how the time of each command grows: `python benchmarks/growth.py [NAME ...]`.

Every command gets each of the worst inputs (`benchmarks/worst.py`), or those named, at sizes n, 2n
and 4n; `check` reports in every format. The exponent is 1 if the time grows with the bytes of the
input, and 2 if it grows with their square. An exponent over 1.4, which is 2.6 times the time for
twice the bytes, is marked `steep`, and the exit code is then 1.

`--hostile` first gives every hostile case (`tests/hostile/`) to every command, and prints the
slowest. Times are processor seconds of a process of its own, the best of three runs.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import log2
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.worst import HEAD, WORST, Files
from skill_lint.cli.main import main as skill_lint
from skill_lint.reporters.formats import RENDERERS
from skill_lint.rules.registry import load_rules
from tests.hostile.cases import CASES

STEEP = 1.4
ENOUGH = 0.2
"""Seconds: shorter runs are mostly noise, so the size is doubled until a run takes this long."""
MOST_BYTES = 2_000_000
"""A command that needs less time than `ENOUGH` for so large an input is not slow."""
LIMIT = 120
"""Processor seconds after which a run is ended."""
SHOWN = 3
"""Inputs of each command that are shown: the steepest. With names, all are shown."""

_LINT = ("--isolated", "--no-cache", "--jobs", "1")
_FORMATS = [f"--output={name}=../out/report.{name}" for name in RENDERERS]
COMMANDS = {
    "check": ["check", ".", *_LINT, "--select", "all", *_FORMATS],
    "validate": ["validate", ".", *_LINT],
    "fix": ["fix", ".", *_LINT, "--unsafe-fixes", "--diff"],
    "baseline": ["baseline", ".", "--isolated", "--baseline", "../out/baseline.json", "--update"],
    "show": ["show", ".", "--isolated"],
    "score": ["score", ".", "--isolated"],
    "migrate": ["migrate", ".", "--isolated", "--dry-run", "--allow-dirty"],
    "graph": [
        "graph", ".", "--isolated", "--output-format", "text",
        *(f"--output={name}=../out/graph.{name}" for name in ("json", "dot", "html")),
    ],
}  # fmt: skip
EXPLAIN = "explain"
"""It reads no skill, so that its only input is the word behind it."""


class Curve(NamedTuple):
    """The time of a command on growing inputs: their bytes, and the seconds for each."""

    command: str
    name: str
    sizes: Sequence[int]
    seconds: Sequence[float]

    @property
    def exponent(self) -> float:
        """The growth of the last step, or of the one before if that was less: one step, such as a
        limit that is reached, is not growth.
        """
        ends = range(2, len(self.sizes))
        return min(self._growth(end) for end in ends) if ends else 0.0

    def _growth(self, end: int) -> float:
        bytes_ = log2(self.sizes[end] / self.sizes[end - 1])
        return log2(self.seconds[end] / self.seconds[end - 1]) / max(bytes_, 0.5)

    @property
    def row(self) -> str:
        mark = " steep" if self.exponent > STEEP else ""
        cells = " | ".join(f"{each:.2f}" for each in self.seconds[:3])
        start = f"| {self.command} | {self.name} | {self.sizes[0]:,} |"
        return f"{start} {cells} | {self.exponent:.2f}{mark} |"


def processor_seconds(words: Sequence[str], folder: Path) -> float:
    """The seconds that a command takes in a folder, in a process of its own."""
    child = os.fork()
    if child == 0:
        _run(words, folder)
    _, status, used = os.wait4(child, 0)
    if os.WIFSIGNALED(status) or os.WEXITSTATUS(status) > 2:
        print(f"{' '.join(words)[:80]}: ended by {status}", file=sys.stderr)
    return used.ru_utime + used.ru_stime


def _run(words: Sequence[str], folder: Path) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    code = 3
    try:
        os.chdir(folder)
        code = skill_lint(list(words))
    finally:
        os._exit(code)


class Input(NamedTuple):
    """An input on the disk: a command runs in `folder` with `words`; `size` is in bytes."""

    folder: Path
    words: Sequence[str]
    size: int


def written(content: Files, top: Path) -> int:
    """Write the files of an input, and a folder for what a command writes. Returns the bytes."""
    (top / "out").mkdir(parents=True)
    for name, text in content.items():
        # A baseline lies above the skill.
        path = top / "in" / name if name.startswith(".") else top / "in" / "grown" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    # The path of a file counts, because a thousand empty files are an input, too.
    return sum(len(name) + len(text) for name, text in content.items())


def curve(command: str, name: str, top: Path) -> Curve:
    """The curve of one command on one input, at sizes n, 2n and 4n, and at 8n if it is steep."""
    size, make = (5_000, None) if command == EXPLAIN else WORST[name]
    made: dict[int, Input] = {}

    def seconds(number: int, times: int) -> float:
        if number not in made:
            folder = top / str(number)
            length = number
            if make is not None and not folder.exists():
                written(make(number), folder)
            if make is not None:
                length = sum(len(key) + len(text) for key, text in make(number).items())
            words = COMMANDS.get(command) or [EXPLAIN, "a-" * number]
            made[number] = Input(folder / "in" if make else top, words, length)
        return min(processor_seconds(made[number].words, made[number].folder) for _ in range(times))

    least = _base(top, command) + ENOUGH
    while seconds(size, 1) < least:
        if made[size].size > MOST_BYTES or (make is None and size > 50_000):
            return Curve(command, name, [made[size].size], [seconds(size, 1)])
        size *= 2
    taken = {factor * size: seconds(factor * size, 2) for factor in (1, 2, 4)}
    found = Curve(command, name, [made[each].size for each in taken], list(taken.values()))
    if found.exponent > STEEP:
        taken = {each: seconds(each, 3) for each in taken}
        taken[8 * size] = seconds(8 * size, 1)
        found = Curve(command, name, [made[each].size for each in taken], list(taken.values()))
    return found


def _base(top: Path, command: str) -> float:
    """The seconds of a command on next to nothing."""
    folder = top / "base"
    if not folder.exists():
        written({"SKILL.md": f"{HEAD}---\n"}, folder)
    return processor_seconds(COMMANDS.get(command) or [EXPLAIN, "a"], folder / "in")


def curves(names: Iterable[str], commands: Sequence[str]) -> Iterator[Curve]:
    """The curves of the commands on the inputs."""
    for name in names:
        top = Path(tempfile.mkdtemp())
        try:
            yield from (curve(each, name, top) for each in commands if each != EXPLAIN)
        finally:
            subprocess.run(["rm", "-rf", str(top)], check=True)
    if EXPLAIN in commands:
        with tempfile.TemporaryDirectory() as folder:
            yield curve(EXPLAIN, "long-word", Path(folder))


def hostile(commands: Sequence[str]) -> Iterator[tuple[float, str, str]]:
    """The seconds of each command on each hostile case, with the names of both."""
    for name, case in CASES.items():
        top = Path(tempfile.mkdtemp())
        try:
            written({"SKILL.md": f"{HEAD}---\n"}, top)
            (top / "in" / "hostile").mkdir()
            case.make(top / "in" / "hostile")
            for each in commands:
                words = COMMANDS.get(each) or [EXPLAIN, name]
                yield processor_seconds(words, top / "in"), each, name
        finally:
            subprocess.run(["rm", "-rf", str(top)], check=True)


def _by_command(found: Sequence[Curve], shown: int | None) -> Iterator[str]:
    """The rows of each command, the steepest inputs first."""
    steepness: Callable[[Curve], float] = lambda each: -each.exponent  # noqa: E731
    for command in dict.fromkeys(each.command for each in found):
        own = sorted((each for each in found if each.command == command), key=steepness)
        long = [each for each in own if len(each.sizes) > 1]
        yield from (each.row for each in long[:shown])
        short = len(own) - len(long)
        if short:
            yield f"| {command} | {short} inputs of {MOST_BYTES:,} bytes take no time | | | | | |"


def main() -> int:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("names", nargs="*", metavar="NAME", help="default: all inputs")
    known = [*COMMANDS, EXPLAIN]
    parser.add_argument("--command", action="append", choices=known, help="default: all commands")
    parser.add_argument("--hostile", action="store_true", help="also time the hostile cases")
    options = parser.parse_args()
    load_rules()  # Each process is a copy of this one, which has imported what it needs.
    commands = options.command or known
    if options.hostile:
        print("| slowest | hostile case | s |\n|---|---|---|")
        for seconds, command, name in sorted(hostile(commands), reverse=True)[:20]:
            print(f"| {command} | {name} | {seconds:.2f} |")
        print()
    found = []
    for each in curves(options.names or WORST, commands):
        found.append(each)
        print(f"{each.name}: {each.command}", file=sys.stderr, flush=True)
    print("| command | worst input | bytes | n, s | 2n, s | 4n, s | exponent |")
    print("|---|---|---|---|---|---|---|")
    print(*_by_command(found, None if options.names else SHOWN), sep="\n")
    steep = [f"{each.command} of {each.name}" for each in found if each.exponent > STEEP]
    print(f"\n{len(steep)} steep: {', '.join(steep)}" if steep else "\nall about linear")
    return int(bool(steep))


if __name__ == "__main__":
    sys.exit(main())
