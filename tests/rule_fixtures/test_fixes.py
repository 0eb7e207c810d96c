"""Every fix, proved by the `fixed/` folders of the rules' fixtures: byte for byte."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from skill_lint import Config, lint
from skill_lint.cli.main import main
from skill_lint.rules.registry import load_rules
from tests.support.fixtures import CASES, IS_UPDATE, copied, options, tree

MARK = "\ufeff".encode()
FIXED = [case for case in CASES if (case / "fixed").is_dir()]


def case_id(case: Path) -> str:
    return f"{case.parent.name}/{case.name}"


def fix(folder: Path, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert main([".", "--fix", *words, "--quiet"]) in (0, 1)


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_fixes(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = copied(case, tmp_path)
    before = tree(copy)
    fix(copy, [*options(case), "--unsafe-fixes"], monkeypatch)
    after = tree(copy)
    if IS_UPDATE:
        shutil.rmtree(case / "fixed", ignore_errors=True)
        if after != before:
            shutil.copytree(copy, case / "fixed", symlinks=True)
    assert after == (tree(case / "fixed") if (case / "fixed").is_dir() else before)


def crlf(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", b"\r\n")


def marked(data: bytes) -> bytes:
    return MARK + data.removeprefix(MARK)


def transformed(folder: Path, change: Callable[[bytes], bytes]) -> None:
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink() and path.name.lower() == "skill.md":
            path.write_bytes(change(path.read_bytes()))


CHANGED = [
    pytest.param(case, change, id=f"{case_id(case)}-{change.__name__}")
    for case in FIXED
    for change in (crlf, marked)
    # Of late-frontmatter the byte order mark is the fault.
    if not (case.parent.name == "late-frontmatter" and change is marked)
]


@pytest.mark.slow
@pytest.mark.parametrize(("case", "change"), CHANGED)
def test_line_ends_and_marks_are_kept(
    case: Path,
    change: Callable[[bytes], bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    copy = copied(case, tmp_path)
    transformed(copy, change)
    words = options(case)
    if change is marked and "--select" not in words:
        words = [*words, "--ignore", "late-frontmatter"]
    fix(copy, [*words, "--unsafe-fixes"], monkeypatch)
    shutil.copytree(case / "fixed", tmp_path / "wanted", symlinks=True)
    transformed(tmp_path / "wanted", change)
    assert tree(copy) == tree(tmp_path / "wanted")


@pytest.mark.slow
@pytest.mark.parametrize("case", FIXED, ids=case_id)
def test_safe_fixes_alone(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without `--unsafe-fixes`, what is unsafe stays, and a second run changes nothing."""
    copy = copied(case, tmp_path)
    before = tree(copy)
    fix(copy, options(case), monkeypatch)
    after = tree(copy)
    config = Config.find(copy) or Config(select=(case.parent.name,))
    left = [each.fix for each in lint([copy], config).diagnostics if each.fix]
    assert all(each.safety == "unsafe" for each in left)
    assert after != before or left
    fix(copy, options(case), monkeypatch)
    assert tree(copy) == after


def test_every_fixable_rule_has_a_fixture() -> None:
    fixable = {name for name, rule in load_rules().items() if rule.fixable}
    fixed = {case.parent.name for case in FIXED}
    assert fixable <= fixed
    # Where all rules run, those of the family `run` see what others fix.
    assert {load_rules()[name].family for name in fixed - fixable} <= {"run"}
