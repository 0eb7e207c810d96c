"""How many attacks of `tests/security` succeed, for each revision.

    python benchmarks/doors.py REV... [-- PYTEST ARGUMENTS]

A revision is what git takes for one, or `.` for the working tree. The tests are those of this
checkout; only the skill-lint under test is another. An attack succeeds if its test fails. All of
them take a while: `-- -n auto` uses every core, and `-- -m "not long"` tries one case of each.
Exits 1 if one succeeds against the last revision.
"""

import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

REPOSITORY = Path(__file__).resolve().parent.parent


def main() -> int:
    words = sys.argv[1:]
    split = words.index("--") if "--" in words else len(words)
    revisions, more = words[:split], words[split + 1 :]
    if not revisions or revisions[0].startswith("-"):
        print(__doc__, end="", file=sys.stderr)
        return 2
    succeeded = 0
    with tempfile.TemporaryDirectory(prefix="doors-") as folder:
        for number, revision in enumerate(revisions):
            place = Path(folder).resolve() / str(number)
            tried, done = _attacks(_tree(revision, place), place.with_suffix(".xml"), more)
            succeeded = done.total()
            print(f"{revision}: {succeeded:,} of {tried:,} attacks succeed")
            for subject, times in sorted(done.items()):
                print(f"  {times:>5,}  {subject}")
    return int(succeeded > 0)


def _tree(revision: str, folder: Path) -> Path:
    """The files of a revision, in a folder."""
    if revision == ".":
        return REPOSITORY
    folder.mkdir()
    archive = folder.with_suffix(".tar")
    command = ["git", "archive", "--format=tar", f"--output={archive}", "--end-of-options"]
    subprocess.run([*command, revision], cwd=REPOSITORY, check=True)
    subprocess.run(["tar", "-xf", str(archive), "-C", str(folder)], check=True)
    return folder


def _attacks(tree: Path, report: Path, more: list[str]) -> tuple[int, Counter[str]]:
    """The number of attacks tried, and of those that succeeded, by the file of their test."""
    command = [sys.executable, "-m", "pytest", "tests/security", "-q", "--tb=no", "--no-header"]
    every = ["-m", "long or not long"]
    variables = {**os.environ, "SKILL_LINT_TREE": str(tree)}
    subprocess.run(
        [*command, "-p", "no:cacheprovider", f"--junit-xml={report}", *every, *more],
        cwd=REPOSITORY, env=variables, check=False, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    cases = list(ElementTree.parse(report).iter("testcase"))  # noqa: S314 - pytest's own
    failed = [each for each in cases if {"failure", "error"} & {child.tag for child in each}]
    return len(cases), Counter(_subject(each.get("classname", "")) for each in failed)


def _subject(module: str) -> str:
    return module.removeprefix("tests.security.").replace("test_", "").replace(".", " ")


if __name__ == "__main__":
    raise SystemExit(main())
