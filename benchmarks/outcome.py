"""What commands of a revision of skill-lint print and leave behind; `same_bytes.py` compares it."""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

KEPT = ("PATH", "HOME", "SYSTEMROOT", "TMPDIR", "TEMP")
"""What commands are given of this process's variables; others could change what they say."""
MORE = b"\nOne more line, and a [link](references/that-leads-nowhere.md).\n"

Parts = Mapping[str, bytes]
"""Everything that was given, each part by name."""


class Source(NamedTuple):
    """A revision's code, in a folder."""

    name: str
    folder: Path


class Row(NamedTuple):
    """Commands that run on one copy of a corpus, and which of the two sides has a cache."""

    name: str
    steps: Sequence[str]
    corpus: Path
    is_writing: bool = True
    cached: tuple[bool, bool] = (False, False)


class Bench:
    """A copy of a corpus that commands may write to. To put it back is faster than to copy anew."""

    def __init__(self, corpus: Path, folder: Path) -> None:
        self.corpus, self.place = corpus, folder / corpus.name
        shutil.copytree(corpus, self.place, symlinks=True)
        self.before = tree(self.place)

    def is_clean(self) -> bool:
        return tree(self.place) == self.before

    def put_back(self, now: Parts) -> None:
        """Undo whatever was done to the copy, the times of files and folders included."""
        shutil.rmtree(self.place / ".git", ignore_errors=True)
        names = now.keys() | self.before.keys()
        changed = sorted(name for name in names if now.get(name) != self.before.get(name))
        for name in reversed(changed):
            copy, original = self.place / name, self.corpus / name
            if not _is_folder(copy):
                copy.unlink(missing_ok=True)
            elif not _is_folder(original):
                copy.rmdir()
        for name in changed:
            copy, original = self.place / name, self.corpus / name
            if _is_folder(original):
                copy.mkdir(exist_ok=True)
            elif name in self.before:
                shutil.copy2(original, copy, follow_symlinks=False)
        for folder in {around for name in changed for around in (Path(name), *Path(name).parents)}:
            if _is_folder(self.corpus / folder):
                shutil.copystat(self.corpus / folder, self.place / folder)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


class Benches:
    """As many copies of each corpus as are needed at once."""

    def __init__(self, work: Path) -> None:
        self._work = work
        self._idle: dict[Path, list[Bench]] = defaultdict(list)

    @contextmanager
    def borrowed(self, corpus: Path) -> Iterator[Bench]:
        idle = self._idle[corpus]
        try:
            bench = idle.pop()
        except IndexError:
            bench = Bench(corpus, Path(tempfile.mkdtemp(dir=self._work)))
        yield bench
        idle.append(bench)

    def are_clean(self) -> bool:
        return all(bench.is_clean() for idle in self._idle.values() for bench in idle)


def outcomes(row: Row, sources: Sequence[Source], benches: Benches) -> list[Parts]:
    """What a row gives with each of two revisions, run one after the other at the same path."""
    if not row.is_writing:
        return [_outcome(row, source, row.corpus, None) for source in sources]
    gave: list[Parts] = []
    with benches.borrowed(row.corpus) as bench:
        for source, is_cached in zip(sources, row.cached, strict=True):
            with tempfile.TemporaryDirectory(dir=bench.place.parent) as cache:
                printed = _outcome(row, source, bench.place, cache if is_cached else None)
            left = tree(bench.place)
            bench.put_back(left)
            gave.append({**printed, **left})
    return gave


def _outcome(row: Row, source: Source, place: Path, cache: str | None) -> dict[str, bytes]:
    """What a row's commands print and return."""
    skills = sorted(place.rglob("SKILL.md"))
    skill = skills[0] if skills else place
    names = {"skill": shlex.quote(skill.relative_to(place).as_posix())}
    tenth = [path.parent.relative_to(place).as_posix() for path in skills[::10]]
    names["tenth"] = shlex.join(tenth)
    gave: dict[str, bytes] = {}
    for number, step in enumerate(row.steps, 1):
        if step == "CHANGE":
            skill.write_bytes(skill.read_bytes() + MORE)
        elif step == "COMMIT":
            commit(place)
        else:
            words = shlex.split(step.format_map(names))
            given = skill.read_bytes() + MORE if "-" in words else b""
            done = run([*words, *_more(words, cache)], source, place, given, cache)
            start = f"{number}. {step}:"
            gave[f"{start} stdout"], gave[f"{start} stderr"] = done.stdout, done.stderr
            gave[f"{start} exit code"] = b"%d" % done.returncode
    return gave


def _more(words: Sequence[str], cache: str | None) -> list[str]:
    """The options that every `check` gets."""
    if words[0] != "check":
        return []
    jobs = [] if "--jobs" in words else ["--jobs", "1"]
    return [*jobs, *(["--cache-dir", cache] if cache else [])]


def run(
    words: Sequence[str],
    source: Source,
    place: Path,
    given: bytes = b"",
    cache: str | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run a revision's skill-lint, in an environment that holds little."""
    environment = {**_environment(), "PYTHONPATH": str(source.folder)}
    if cache is None:
        environment["SKILL_LINT_NO_CACHE"] = "1"
    command = [sys.executable, "-m", "skill_lint", *words]
    return subprocess.run(
        command, cwd=place, env=environment, input=given, capture_output=True, check=False
    )


def imported(source: Source, place: Path) -> Path:
    """The file that this Python imports as skill_lint, for whoever runs it in a folder."""
    command = [sys.executable, "-c", "import skill_lint; print(skill_lint.__file__)"]
    environment = {**_environment(), "PYTHONPATH": str(source.folder)}
    shown = subprocess.check_output(command, cwd=place, env=environment, text=True)
    return Path(shown.strip()).resolve()


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, "PYTHONUTF8": "1", "GIT_CONFIG_GLOBAL": os.devnull}


def commit(place: Path) -> None:
    """Make a folder a git checkout without changes."""
    who = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "gc.auto=0"]
    for words in (["init", "-q"], ["add", "-A", "-f"], ["commit", "-q", "-m", "All"]):
        subprocess.run(["git", *who, *words], cwd=place, env=_environment(), check=True)


def tree(folder: Path) -> dict[str, bytes]:
    """Everything below a folder but `.git`: bytes of files, aims of links, and the permissions."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = b"a link to " + os.fsencode(path.readlink())
        elif name.partition("/")[0] != ".git":
            content = path.read_bytes() if path.is_file() else b"a folder"
            found[name] = content + b"\n(permissions %o)" % path.stat().st_mode
    return found
