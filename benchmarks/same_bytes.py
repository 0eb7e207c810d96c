"""Show that two revisions of skill-lint give the same bytes, for whoever changes how, not what.

    python benchmarks/same_bytes.py REV_A [REV_B] CORPUS... [--fixtures] [--only WORD] [--jobs 2]

A revision is what git takes for one, `.` for the working tree as it is (which is REV_B unless
another is given), or a folder that skill-lint was installed to with `pip install --target`. CORPUS
is a folder with skills; `--fixtures` takes those of `tests/rules` as well. Every row of
`same_bytes.txt` runs with both, one after the other at the same path: what it prints, its exit
codes and the files it leaves must be equal, and with a cache they must be what the other revision
gives without. Every process has its sets in another order, as always: what depends on it comes out.
Exits 1 if anything differs.
"""

import argparse
import difflib
import io
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parent.parent
# For `benchmarks` below, which must be the one beside this file, not that of an installed checkout.
sys.path.insert(0, str(REPOSITORY))

from benchmarks.outcome import Benches, Parts, Row, Source, imported, outcomes, run, tree  # noqa: E402

TABLE = Path(__file__).with_suffix(".txt")
CODE = ("skill_lint", "schemas")
NO_SKILLS = "no skills"
NO_PART = b"(not there)"
WIDTH = 160


class Verdict(NamedTuple):
    """What came of a row: how many bytes were compared, and what differs, as lines to show."""

    row: Row
    size: int
    codes: str
    differences: Sequence[str]


def main() -> int:
    options = _arguments()
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="same-bytes-") as folder:
        work = Path(folder).resolve()
        pairs = zip(options.revisions, ("a", "b"), strict=True)
        sources = [source(revision, work / side) for revision, side in pairs]
        corpora = list(_corpora(options, work / "corpora"))
        for each in sources:
            _make_sure_it_runs(each, corpora)
        verdicts = list(_compared(options, sources, corpora, work))
    different = sum(bool(verdict.differences) for verdict in verdicts)
    size = sum(verdict.size for verdict in verdicts)
    seconds = time.monotonic() - start
    print(f"{len(verdicts)} rows, {size:,} bytes, {different} different; {seconds:.0f} s")
    return int(different > 0)


def _arguments() -> argparse.Namespace:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("words", nargs="+", metavar="REV_A [REV_B] CORPUS")
    parser.add_argument("--fixtures", action="store_true", help="the skills of tests/rules as well")
    parser.add_argument("--only", default="", metavar="WORD", help="only rows with WORD in them")
    parser.add_argument("--lines", type=int, default=20, help="to show of a difference; default 20")
    parser.add_argument("--jobs", type=int, default=1, help="how many rows run side by side")
    options = parser.parse_args()
    first, *others = options.words
    has_second = others and (_is_installed(others[0]) or not Path(others[0]).is_dir())
    options.revisions = [first, others.pop(0) if has_second else "."]
    options.corpora = [Path(word).resolve() for word in others]
    for corpus in options.corpora:
        if not corpus.is_dir():
            parser.error(f"{corpus} is no folder")
    return options


def _is_installed(word: str) -> bool:
    return word == "." or Path(word, "skill_lint").is_dir()


def source(revision: str, folder: Path) -> Source:
    """A revision's code. The working tree is copied as well, for it may change under way."""
    if revision == ".":
        for name in CODE:
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(REPOSITORY / name, folder / name, ignore=ignored)
        return Source("the working tree", folder)
    if _is_installed(revision):
        return Source(revision, Path(revision).resolve())
    git = ["git", "-C", str(REPOSITORY), "archive", revision, *CODE]
    archive = subprocess.run(git, capture_output=True, check=False)
    if archive.returncode:
        raise SystemExit(f"{revision}: {archive.stderr.decode(errors='replace').strip()}")
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(folder, filter="data")
    return Source(revision, folder)


def _corpora(options: argparse.Namespace, folder: Path) -> Iterator[Path]:
    """Copies of the corpora, and an empty folder for what needs no skills."""
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
    """The skills of all cases of the rules, without what is said of them."""
    for case in (REPOSITORY / "tests" / "rules").glob("*/*/"):
        copy = folder / case.parent.name / case.name
        shutil.copytree(case, copy, symlinks=True)
        shutil.rmtree(copy / "fixed", ignore_errors=True)
        for name in ("expected.txt", ".skill-lint.yaml"):
            (copy / name).unlink(missing_ok=True)
    return folder


def _make_sure_it_runs(source: Source, corpora: Sequence[Path]) -> None:
    """That a revision's own code runs, wherever its commands do."""
    for corpus in corpora:
        found = imported(source, corpus)
        if not found.is_relative_to(source.folder):
            raise SystemExit(f"{source.name}: {found} would run in {corpus}, not {source.folder}")


def table(source: Source, corpora: Sequence[Path]) -> Iterator[Row]:
    """The rows, for each corpus."""
    rules = json.loads(run(["rules", "--output-format", "json"], source, corpora[0]).stdout)
    section = ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            steps = line.split(" ; ")
            if "{rule}" in line:
                steps = [line.replace("{rule}", rule["name"]) for rule in rules]
            for corpus in corpora:
                if (section == NO_SKILLS) == (corpus == corpora[0]):
                    yield from _rows(section, Row(line, steps, corpus))


def _rows(section: str, row: Row) -> Iterator[Row]:
    if section == "cached":
        yield row._replace(name=f"with a cache, and without: {row.name}", cached=(True, False))
        yield row._replace(name=f"without a cache, and with: {row.name}", cached=(False, True))
    else:
        yield row._replace(is_writing=section != "reads")


def _compared(
    options: argparse.Namespace, sources: Sequence[Source], corpora: Sequence[Path], work: Path
) -> Iterator[Verdict]:
    """What comes of each row, which is printed as soon as it is known."""
    before = [tree(corpus) for corpus in corpora]
    benches = Benches(work)

    def compared(row: Row) -> Verdict:
        a, b = outcomes(row, sources, benches)
        return compare(row, a, b, options.lines)

    rows = [row for row in table(sources[0], corpora) if options.only in row.name]
    if not rows:
        raise SystemExit(f"no row has `{options.only}` in it: nothing is proven")
    with ThreadPoolExecutor(options.jobs) as pool:
        for verdict in pool.map(compared, rows):
            word = "DIFFERS" if verdict.differences else "same"
            facts = f"exit {verdict.codes}; {verdict.size:,} bytes"
            first = f"{word:8}{verdict.row.corpus.name}: {verdict.row.name} ({facts})"
            print(first, *verdict.differences, sep="\n        ", flush=True)
            yield verdict
    if before != [tree(corpus) for corpus in corpora] or not benches.are_clean():
        raise SystemExit("a command that only reads has written to the skills: nothing is proven")


def compare(row: Row, a: Parts, b: Parts, lines: int) -> Verdict:
    names = [name for name in {**a, **b} if a.get(name) != b.get(name)]
    shown = [line for name in names for line in islice(excerpt(name, a, b), lines)]
    if len(shown) > lines:
        shown[lines:] = [f"… {len(names)} parts of {len(a)} differ"]
    codes = dict.fromkeys(a[name].decode() for name in a if name.endswith(" exit code"))
    size = sum(len(part) for part in a.values())
    return Verdict(row, size, ",".join(codes), shown)


def excerpt(name: str, *sides: Parts) -> Iterator[str]:
    """The first lines of a part that differ, and of long lines the place."""
    texts = [side.get(name, NO_PART).decode("utf-8", "backslashreplace") for side in sides]
    old, new = (text.split("\n") for text in texts)
    first = _alike(old, new)
    pair = ["".join(each[first : first + 1]) for each in (old, new)]
    column = max(0, _alike(*pair) - WIDTH // 2)
    near = slice(max(0, first - 1), first + 50)
    yield visible(f"{name}, line {first + 1}:")
    for line in islice(difflib.unified_diff(old[near], new[near], lineterm="", n=1), 3, None):
        cut = line if len(line) <= WIDTH else f"{line[0]}…{line[1:][column:][:WIDTH]}"
        yield visible(cut)


def visible(text: str) -> str:
    """A text that shows even what ends a line, and that does nothing to a terminal."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def _alike(a: Sequence[str], b: Sequence[str]) -> int:
    """How much of two beginnings is equal."""
    pairs = enumerate(zip(a, b, strict=False))
    return next((i for i, (x, y) in pairs if x != y), min(len(a), len(b)))


if __name__ == "__main__":
    raise SystemExit(main())
