"""Show that two revisions of skill-lint give the same bytes, for whoever changes how, not what.

    python benchmarks/same_bytes.py REV_A [REV_B] CORPUS... [--fixtures] [--only WORD] [--jobs 2]

A revision is what git takes for one, `.` for the working tree as it is (what REV_B is unless it is
given), or a folder that skill-lint was installed to (`pip install --target`). CORPUS is a folder
with skills; `--fixtures` takes those of `tests/rules` as well. Every command of `same_bytes.txt`
runs with both, one after the other at the same path; what it prints, its exit code and the files it
leaves must be equal. With a cache it must equal what the other revision says without. Python's
hashes are seeded at random as always, so that an order that is left to them comes out as a
difference. Exits 1 if anything differs.
"""

import argparse
import difflib
import hashlib
import io
import json
import os
import shlex
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parent.parent
TABLE = Path(__file__).with_suffix(".txt")
PARTS = ("skill_lint", "schemas")
"""What of a revision runs."""
KEPT = ("PATH", "HOME", "SYSTEMROOT", "TMPDIR", "TEMP")
"""What commands are given of this process's variables; others could change what they say."""
NO_SKILLS = "no skills"
MORE = "\nOne more line, and a [link](references/that-leads-nowhere.md).\n"
WIDTH = 160


class Source(NamedTuple):
    """A revision's code, in a folder."""

    name: str
    folder: Path


class Row(NamedTuple):
    """Commands that are run on one copy of a corpus, which side uses a cache, and who writes."""

    name: str
    steps: Sequence[str]
    corpus: Path
    is_writing: bool = True
    cached: tuple[bool, bool] = (False, False)


class Verdict(NamedTuple):
    """What was found of a row: the differences as lines, if there are any."""

    row: Row
    size: int
    codes: str
    differences: Sequence[str]


Outcome = Mapping[str, bytes]
"""Everything that a row's commands gave, each part by name."""


def main() -> int:
    options = _arguments()
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="same-bytes-") as folder:
        work = Path(folder).resolve()
        sources = [
            source(rev, work / side) for rev, side in zip(options.revisions, "ab", strict=True)
        ]
        corpora = list(_corpora(options, work / "corpora"))
        for each in sources:
            _make_sure_it_runs(each, corpora)
        before = [fingerprint(corpus) for corpus in corpora]
        rows = [row for row in table(sources[0], corpora) if options.only in row.name]
        compared = partial(compare, sources=sources, work=work, lines=options.lines)
        with ThreadPoolExecutor(options.jobs) as pool:
            verdicts = [_shown(verdict) for verdict in pool.map(compared, rows)]
        if before != [fingerprint(corpus) for corpus in corpora]:
            raise SystemExit("a command that should only read has written to its corpus")
    different = sum(bool(verdict.differences) for verdict in verdicts)
    size = sum(verdict.size for verdict in verdicts)
    print(
        f"{len(verdicts)} commands, {size:,} bytes compared, {different} different, "
        f"{time.monotonic() - start:.0f} s"
    )
    return int(different > 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("words", nargs="+", metavar="REV_A [REV_B] CORPUS")
    parser.add_argument("--fixtures", action="store_true", help="the skills of tests/rules as well")
    parser.add_argument("--only", default="", metavar="WORD", help="rows with WORD in them alone")
    parser.add_argument("--lines", type=int, default=20, help="of each difference; default: 20")
    parser.add_argument("--jobs", type=int, default=1, help="rows to run side by side")
    options = parser.parse_args()
    first, *others = options.words
    has_second = bool(others) and (others[0] == "." or not Path(others[0]).is_dir())
    has_second = has_second or (bool(others) and Path(others[0], "skill_lint").is_dir())
    options.revisions = [first, others.pop(0) if has_second else "."]
    options.corpora = [Path(word).resolve() for word in others]
    for corpus in options.corpora:
        if not corpus.is_dir():
            parser.error(f"{corpus} is no folder")
    return options


def source(revision: str, folder: Path) -> Source:
    """A revision's code, copied, for the working tree may change under way."""
    if revision != "." and Path(revision, "skill_lint").is_dir():
        return Source(revision, Path(revision).resolve())
    if revision == ".":
        for part in PARTS:
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(REPOSITORY / part, folder / part, ignore=ignored)
        return Source("the working tree", folder)
    git = ["git", "-C", str(REPOSITORY)]
    archive = subprocess.run([*git, "archive", revision, *PARTS], capture_output=True, check=False)
    if archive.returncode:
        raise SystemExit(f"{revision}: {archive.stderr.decode(errors='replace').strip()}")
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(folder, filter="data")
    return Source(revision, folder)


def _corpora(options: argparse.Namespace, folder: Path) -> Iterator[Path]:
    """Copies of the corpora, and a folder without skills for what needs none."""
    empty = folder / NO_SKILLS
    empty.mkdir(parents=True)
    yield empty
    for number, corpus in enumerate(options.corpora):
        copy = folder / str(number) / corpus.name
        ignored = shutil.ignore_patterns(".git", ".skill_lint_cache")
        yield shutil.copytree(corpus, copy, symlinks=True, ignore=ignored)
    if options.fixtures:
        yield _fixtures(folder / "fixtures")


def _fixtures(folder: Path) -> Path:
    """The skills of all cases of the rules' fixtures, without what is said of them."""
    for case in sorted((REPOSITORY / "tests" / "rules").glob("*/*/")):
        copy = folder / case.parent.name / case.name
        shutil.copytree(case, copy, symlinks=True)
        shutil.rmtree(copy / "fixed", ignore_errors=True)
        for name in ("expected.txt", ".skill-lint.yaml"):
            (copy / name).unlink(missing_ok=True)
    return folder


def _make_sure_it_runs(source: Source, corpora: Sequence[Path]) -> None:
    """That it is this revision's code that runs, wherever a command does."""
    for corpus in corpora:
        words = ["-c", "import skill_lint; print(skill_lint.__file__)"]
        found = Path(os.fsdecode(_run(words, source, corpus).stdout).strip())
        if not found.is_relative_to(source.folder):
            raise SystemExit(f"{source.name}: in {corpus} {found} would run, not {source.folder}")
    print(f"{source.name}: {source.folder}")


def table(source: Source, corpora: Sequence[Path]) -> Iterator[Row]:
    """The rows of the table for each corpus."""
    section = ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            for corpus in corpora:
                if (section == NO_SKILLS) == (corpus.name == NO_SKILLS):
                    yield from _rows(section, line, corpus, source)


def _rows(section: str, line: str, corpus: Path, source: Source) -> Iterator[Row]:
    steps = line.split(" ; ")
    if "{rule}" in line:
        listed = json.loads(
            _run(["-m", "skill_lint", "rules", "--output-format", "json"], source, corpus).stdout
        )
        steps = [line.replace("{rule}", rule["name"]) for rule in listed]
    if section == "cached":
        yield Row(f"A cached: {line}", steps, corpus, cached=(True, False))
        yield Row(f"B cached: {line}", steps, corpus, cached=(False, True))
    else:
        yield Row(line, steps, corpus, is_writing=section != "reads")


def compare(row: Row, sources: Sequence[Source], work: Path, lines: int) -> Verdict:
    """Run a row with both revisions, at the same path."""
    with tempfile.TemporaryDirectory(dir=work) as folder:
        a, b = (
            outcome(row, source, Path(folder), is_cached)
            for source, is_cached in zip(sources, row.cached, strict=True)
        )
    names = sorted(a.keys() | b.keys())
    different = [name for name in names if a.get(name) != b.get(name)]
    excerpts = [
        line
        for name in different
        for line in excerpt(name, a.get(name, b"(none)"), b.get(name, b"(none)"))
    ]
    codes = ",".join(dict.fromkeys(a[name].decode() for name in a if name.endswith(" exit code")))
    return Verdict(row, sum(map(len, a.values())), codes, excerpts[:lines] if different else ())


def outcome(row: Row, source: Source, folder: Path, is_cached: bool) -> Outcome:
    """What a row's commands print and return with a revision, and the files they leave."""
    place = row.corpus
    if row.is_writing:
        place = folder / row.corpus.name
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(row.corpus, place, symlinks=True)
    skill = min(place.rglob("SKILL.md"), default=place)
    gave: dict[str, bytes] = {}
    for number, step in enumerate(row.steps, 1):
        if step == "CHANGE":
            skill.write_bytes(skill.read_bytes() + MORE.encode())
            continue
        words = shlex.split(step.format(skill=skill.relative_to(place).as_posix()))
        if words[0] == "check":
            words += [] if "--jobs" in words else ["--jobs", "1"]
            words += ["--cache-dir", str(folder / "cache")] if is_cached else ["--no-cache"]
        given = skill.read_bytes() + MORE.encode() if "-" in words else b""
        done = _run(["-m", "skill_lint", *words], source, place, given, is_cached)
        start = f"{number}. {step}:"
        gave[f"{start} stdout"], gave[f"{start} stderr"] = done.stdout, done.stderr
        gave[f"{start} exit code"] = b"%d" % done.returncode
    return gave | (tree(place) if row.is_writing else {})


def _run(
    words: Sequence[str], source: Source, place: Path, given: bytes = b"", is_cached: bool = False
) -> subprocess.CompletedProcess[bytes]:
    """Run this Python, in an environment that holds little."""
    environment = {name: os.environ[name] for name in KEPT if name in os.environ} | {
        "PYTHONPATH": str(source.folder),
        "PYTHONUTF8": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        **({} if is_cached else {"SKILL_LINT_NO_CACHE": "1"}),
    }
    command = [sys.executable, *words]
    return subprocess.run(
        command, cwd=place, env=environment, input=given, capture_output=True, check=False
    )


def tree(folder: Path) -> dict[str, bytes]:
    """Everything below a folder: bytes of files, aims of symbolic links, and the permissions."""
    found = {}
    for path in folder.rglob("*"):
        name = f"left behind: {path.relative_to(folder).as_posix()}"
        if path.is_symlink():
            found[name] = b"a link to " + os.fsencode(path.readlink())
        else:
            found[name] = path.read_bytes() if path.is_file() else b"a folder"
            found[f"{name}: permissions"] = oct(path.stat().st_mode).encode()
    return found


def fingerprint(folder: Path) -> str:
    """What changes if anything below a folder does."""
    digest = hashlib.sha256()
    for name, content in sorted(tree(folder).items()):
        digest.update(f"{name} {len(content)} ".encode("utf-8", "surrogateescape") + content)
    return digest.hexdigest()


def excerpt(name: str, a: bytes, b: bytes) -> Iterator[str]:
    """The first lines that differ, and of long lines the part that does."""
    old, new = (each.decode("utf-8", "backslashreplace").splitlines() for each in (a, b))
    first = _alike(old, new)
    pair = [each[first] if first < len(each) else "" for each in (old, new)]
    column = max(0, _alike(*pair) - WIDTH // 2)
    near = slice(max(0, first - 1), first + 50)
    yield f"{name}, from line {first + 1}:"
    for line in list(difflib.unified_diff(old[near], new[near], lineterm="", n=1))[3:]:
        yield line if len(line) <= WIDTH else f"{line[0]}…{line[1:][column:][:WIDTH]}"


def _alike(a: Sequence[str], b: Sequence[str]) -> int:
    """How much of the two beginnings is equal."""
    pairs = enumerate(zip(a, b, strict=False))
    return next((i for i, (x, y) in pairs if x != y), min(len(a), len(b)))


def _shown(verdict: Verdict) -> Verdict:
    row = verdict.row
    word = "DIFFERS" if verdict.differences else "same"
    print(
        f"{word:8}{row.corpus.name}: {row.name}  (exit {verdict.codes}; {verdict.size:,} bytes)",
        *verdict.differences,
        sep="\n        ",
        flush=True,
    )
    return verdict


if __name__ == "__main__":
    raise SystemExit(main())
