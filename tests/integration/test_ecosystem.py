"""`benchmarks/ecosystem.py` compares a revision with the working tree on real skills."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import ecosystem
from benchmarks.outcome import Source

ROOT = Path(__file__).parents[2]


def test_gained_lost_and_other_severities_are_counted_by_rule() -> None:
    dead = {"severity": "error", "message": "no file"}
    was = {("a/SKILL.md", 1, 1): dead, ("a/README.md", 1, 1): dead}
    now = {("a/README.md", 1, 1): {**dead, "severity": "warning"}, ("b/SKILL.md", 3, 1): dead}
    row = " ".join(ecosystem._row("broken-link", was, now).split())
    assert row == "broken-link 2 2 1 1 1 error -> warning"
    assert list(ecosystem._samples(was, now, 5)) == [
        "  + b/SKILL.md:3:1 error no file",
        "  - a/SKILL.md:1:1 error no file",
    ]


def test_a_preset_that_a_revision_lacks_is_none(tmp_path: Path) -> None:
    examples = ROOT / "examples" / "skills"
    assert ecosystem.linted(Source("here", ROOT), examples, "platinum") is None
    found = ecosystem.linted(Source("here", ROOT), examples, "golden")
    assert found is not None
    assert found.skills == len(list(examples.iterdir()))
    assert "wrong-case-link" in found.findings
    assert 0 < found.failing < found.skills


@pytest.mark.slow
def test_a_revision_differs_in_nothing_from_itself(tmp_path: Path) -> None:
    git = subprocess.run(
        ["git", "-C", str(ROOT), "status", "--porcelain", "skill_lint", "schemas"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if git.returncode or git.stdout:
        pytest.skip("the working tree is no commit")
    done = subprocess.run(
        [sys.executable, "benchmarks/ecosystem.py", "--against", "HEAD", "examples/skills"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    rows = done.stdout.partition("findings, ")[2].splitlines()[1:]
    assert rows, done.stderr
    assert all(row.split()[3:] == ["0", "0"] for row in rows)
    assert done.returncode == 0
