"""A pyproject.toml that nobody can read takes its own table of settings away in silence."""

import os
from pathlib import Path

import pytest

from tests.security.conftest import BROKEN, GOOD, Lint, git, write
from tests.security.settings.conftest import Make, refused

OURS = '[tool.skill-lint]\nfail-on = "info"\n'
DAMAGED: dict[str, bytes] = {
    "infinite": b"[tool.skill-lint]\nrules = {broken-link = inf}\n",
    "not a number": b"[tool.skill-lint]\nlimits = {file-bytes = nan}\n",
    "half a character": b'[tool.skill-lint]\nexclude = ["\\uD800"]\n',
    "digits": b"[tool.skill-lint]\nfail-on = " + b"9" * 5_000,
    "deep": b"[tool.skill-lint]\nexclude = " + b"[" * 3_000,
    "an error below": OURS.encode() + b"[x\n",
    "an error above": b"[project\n" + OURS.encode(),
    "a conflict above": b"[tool]\n[tool]\n" + OURS.encode(),
    "tool is no table": b"tool = 3\n" + OURS.encode(),
    "no table": b"[tool]\nskill-lint = 3\n",
    "a list of tables": b'[[tool.skill-lint]]\nfail-on = "info"\n[',
    "spaces": b'[ tool . "skill-lint" ]\nfail-on = "info"\n[',
    "inline": b'tool = {skill-lint = {fail-on = "info"}}\n[',
    "inline, second": b'tool = {x = 1, "skill-lint" = {fail-on = "info"}}\n[',
    "dotted": b'tool.skill-lint.fail-on = "info"\n[',
    "in [tool]": b'[tool]\nskill-lint.fail-on = "info"\n[',
    "escapes in the name": b'[tool."skill\\u002dlint"]\nfail-on = "nono"\n',
    "long escapes in the name": b'[tool."skill\\U0000002dlint"]\nfail-on = "nono"\n',
    "Latin-1": "[project]\nauthors = ['Zoë']\n".encode("latin-1") + OURS.encode(),
    "Latin-1 in the table": OURS.encode() + "x = 'ë'\n".encode("latin-1"),
    "UTF-16": OURS.encode("utf-16"),
    "UTF-16 without a mark": OURS.encode("utf-16-le"),
    "NUL": OURS.encode() + b"\0",
    "over a megabyte": OURS.encode() + b"#" * 1_000_001,
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_table_is_left_out_in_silence(damage: str, checkout: Path, lint: Lint) -> None:
    write(checkout, {"pyproject.toml": DAMAGED[damage]})
    assert "pyproject.toml" in refused(lint, checkout, "check", ".").err


@pytest.mark.parametrize("damage", ["infinite", "an error above", "Latin-1", "over a megabyte"])
def test_a_damaged_table_of_the_base_is_left_out_in_silence(
    damage: str, repository: Make, lint: Lint
) -> None:
    folder = repository({"a/SKILL.md": GOOD.format(name="a"), "pyproject.toml": DAMAGED[damage]})
    write(folder, {"pyproject.toml": "[project]\n"})
    for name in ("HEAD", "main"):
        refused(lint, folder, "check", ".", "--trusted-config", name)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_that_this_user_may_not_read(checkout: Path, lint: Lint) -> None:
    write(checkout, {"pyproject.toml": OURS})
    (checkout / "pyproject.toml").chmod(0)
    assert "pyproject.toml" in refused(lint, checkout, "check", ".").err


def test_the_base_is_not_here_in_a_partial_clone(
    repository: Make, lint: Lint, tmp_path: Path
) -> None:
    folder = repository({"a/SKILL.md": GOOD.format(name="a"), "pyproject.toml": OURS})
    git(folder, "config", "uploadpack.allowFilter", "true")
    git(folder, "checkout", "--quiet", "-b", "change")
    write(folder, {"pyproject.toml": "[project]\n"})
    git(folder, "commit", "--quiet", "--all", "--message=Change")
    words = ("clone", "--quiet", "--filter=blob:none", "--branch=change", f"file://{folder}")
    git(tmp_path, *words, "partial")
    ran = refused(lint, tmp_path / "partial", "check", ".", "--trusted-config", "origin/main")
    assert "git does not answer" in ran.err


def test_a_change_writes_the_name_of_the_table_with_escapes(repository: Make, lint: Lint) -> None:
    folder = repository({"a/SKILL.md": GOOD.format(name="a")})
    write(folder, {"pyproject.toml": '[tool."skill\\u002dlint"]\nignore = ["links"]\n'})
    ran = lint(folder, "check", ".", "--trusted-config", "HEAD", "--strict-gate")
    assert (ran.code, "untrusted-setting" in ran.out) == (1, True), ran.said


HONEST: dict[str, bytes] = {
    "nothing of ours": b"[project\n",
    "a dependency": b'dependencies = ["skill-lint>1", "skill-lint"]\nx = ["skill-lint==2"]\n[',
    "a comment": b"# put it below [tool.skill-lint]\n# skill-lint = 1\n[",
    "a text": b'[project]\ndescription = "see [tool.skill-lint] of skill-lint."\n[',
    "a path": b'[project]\nwindows = "C:\\users"\n',
    "Latin-1 of others": "[project]\nauthors = ['Zoë']\n".encode("latin-1"),
    "a list": b"tool = [1]\nskill = 'skill-lint'\n",
}


LONG: dict[str, bytes] = {
    "blanks": b"x = {" + b" " * 900_000 + b"\n",
    "blanks between names": b"tool" + b" " * 900_000 + b"\n",
    "braces": b"{ " * 450_000 + b"\n",
    "commas": b", tool." * 120_000 + b"\n",
    "lines": b" tool .\n" * 110_000,
}


@pytest.mark.parametrize("text", LONG)
def test_a_damaged_file_is_searched_again_and_again(text: str, checkout: Path, lint: Lint) -> None:
    write(checkout, {"pyproject.toml": LONG[text] + OURS.encode()})
    refused(lint, checkout, "check", ".")


@pytest.mark.parametrize("text", HONEST)
def test_honest_a_file_of_others_ends_no_run(text: str, repository: Make, lint: Lint) -> None:
    folder = repository({"bad/SKILL.md": BROKEN.format(name="bad"), "pyproject.toml": HONEST[text]})
    ran = lint(folder, "check", ".")
    assert (ran.code, ran.err) == (1, "")
