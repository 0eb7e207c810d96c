"""Ways to keep a finding about the change out of the report of `--new-only`, or of a baseline."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.security.conftest import BROKEN, GOOD, Lint, git, write

Make = Callable[[Mapping[str, str | bytes]], Path]

NEW = (
    "check", ".", "--changed-since", "main", "--new-only", "--output-format=concise",
    "--min-severity=info",
)  # fmt: skip
MANY = GOOD.format(name="a") + "".join(f"\n[x](gone{number}.md)\n" for number in range(30))
LIMIT = {".skill-lint.yaml": "limits: {findings-per-file: 20}\n"}


@pytest.fixture
def folder(repository: Make) -> Path:
    old: dict[str, str | bytes] = {
        "a/SKILL.md": GOOD.format(name="a"), "a/stuff/x": "x\n", "a/references/x.md": "# X\n",
    }  # fmt: skip
    checkout = repository(old)
    git(checkout, "checkout", "--quiet", "-b", "change")
    return checkout


def test_findings_above_the_limit_are_left_out(repository: Make, lint: Lint) -> None:
    folder = repository({"a/SKILL.md": MANY, "b/SKILL.md": GOOD.format(name="b"), **LIMIT})
    write(folder, {"a/SKILL.md": MANY + "\n[x](evil.md)\n"})
    assert "too-many-findings" in lint(folder, *NEW).out


def test_honest_files_above_the_limit_did_not_change(repository: Make, lint: Lint) -> None:
    folder = repository({"a/SKILL.md": MANY, "a/references/x.md": "# X\n", **LIMIT})
    write(folder, {"a/references/x.md": "# Y\n"})
    assert "too-many-findings" not in lint(folder, *NEW).out


def test_findings_above_the_limit_are_in_the_baseline(repository: Make, lint: Lint) -> None:
    folder = repository({"a/SKILL.md": MANY, **LIMIT})
    assert lint(folder, "baseline", ".").code == 0
    write(folder, {"a/SKILL.md": MANY + "\n[x](evil.md)\n"})
    words = ("check", ".", "--output-format=concise")
    assert "too-many-findings" in lint(folder, *words).out
    assert "stale-baseline" not in lint(folder, *words).out


def test_a_file_that_leads_out_is_in_the_baseline(repository: Make, lint: Lint) -> None:
    folder = repository({"a/SKILL.md": GOOD.format(name="a")})
    (folder / "b").mkdir()
    (folder / "b/SKILL.md").symlink_to("/etc/passwd")
    lint(folder, "baseline", ".")
    ran = lint(folder, "check", ".", "--output-format=concise")
    assert (ran.code, "escaping-skill-file" in ran.out) == (1, True), ran.said


def test_edited_settings_are_on_no_changed_line(folder: Path, lint: Lint) -> None:
    write(folder, {".skill-lint.yaml": "ignore: [links]\n", "z/SKILL.md": GOOD.format(name="z")})
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Change")
    ran = lint(folder, *NEW, "--trusted-config", "main", "--strict-gate")
    assert (ran.code, "untrusted-setting" in ran.out) == (1, True), ran.said


LINKS = {"escaping-symlink": "/etc/passwd", "dangling-symlink": "nowhere"}


@pytest.mark.parametrize("rule", LINKS)
def test_a_link_is_on_no_changed_line(rule: str, folder: Path, lint: Lint) -> None:
    (folder / "a/x.md").symlink_to(LINKS[rule])
    assert rule in lint(folder, *NEW).out


FOLDERS = {
    "unknown-subdirectory": "a/odd/x", "nested-subdirectory": "a/references/deep/x.md",
    "legacy-subdirectory": "a/resources/x.md",
}  # fmt: skip


@pytest.mark.parametrize("rule", FOLDERS)
def test_a_folder_is_on_no_changed_line(rule: str, folder: Path, lint: Lint) -> None:
    write(folder, {FOLDERS[rule]: "x"})
    assert rule in lint(folder, *NEW).out


def test_many_files_that_nothing_leads_to_are_on_no_changed_line(folder: Path, lint: Lint) -> None:
    write(folder, {f"a/references/y{number}.md": "# Y\n" for number in range(9)})
    assert "orphan-file" in lint(folder, *NEW).out


def test_honest_faults_of_folders_were_there_before(folder: Path, lint: Lint) -> None:
    write(folder, {"a/references/x.md": "# X\n\nMore.\n", "a/stuff/x": "x\ny\n"})
    ran = lint(folder, *NEW)
    assert (ran.code, "no findings" in ran.out) == (0, True), ran.said


def test_a_broken_skill_is_new(folder: Path, lint: Lint) -> None:
    write(folder, {"b/SKILL.md": BROKEN.format(name="b")})
    assert "broken-link" in lint(folder, *NEW).out
