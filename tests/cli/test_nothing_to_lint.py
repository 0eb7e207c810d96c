"""The exit code when there is nothing to lint: each row of the table in docs/usage.md."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from skill_lint.cli.main import main

SKILL = "---\nname: {}\ndescription: Use when testing.\n---\n\n# Title\n"
PATHS = "paths, or the working directory"
CHANGED = "`--changed-since REV`"
OWNING = "`--owning-skills`, as in the hooks"
EDITOR = "`--stdin-filename FILE`, for editors"
LIST = "`--list-skills`"
EMPTY = "`--allow-empty`, as in `skill-lint-all`"
SINCE = "--changed-since=HEAD"
VENDOR = "vendor/SKILL.md"
ROWS = [
    (PATHS, "a path does not exist", 2, ["gone"]),
    (PATHS, "there is no skill in a path", 2, ["plain"]),
    (PATHS, "all skills are skipped, for example by `exclude`", 2, ["vendor"]),
    (EMPTY, "a path does not exist", 2, ["--allow-empty", "gone"]),
    (EMPTY, "there is no skill in a path", 0, ["--allow-empty", "plain"]),
    (EMPTY, "all skills are skipped", 0, ["--allow-empty", "vendor"]),
    (CHANGED, "nothing has changed", 0, [SINCE, "good"]),
    (CHANGED, "no changed file is in a skill", 0, [SINCE, "good"]),
    (CHANGED, "the changed skills are skipped", 0, [SINCE]),
    (CHANGED, "all skills are skipped", 0, [SINCE, "vendor"]),
    (CHANGED, "there is no skill in a path", 2, [SINCE, "plain"]),
    (OWNING, "no file is given or deleted", 0, ["--owning-skills"]),
    (OWNING, "no skill owns the files", 0, ["--owning-skills", "plain/note.txt", "gone"]),
    (OWNING, "the skills that own the files are skipped", 0, ["--owning-skills", VENDOR]),
    (EDITOR, "the skill is skipped", 0, ["-", "--stdin-filename", VENDOR]),
    (EDITOR, "no skill owns FILE", 2, ["-", "--stdin-filename", "plain/note.md"]),
    (LIST, "all skills are skipped: it lists them", 0, ["--list-skills", "vendor"]),
    (LIST, "there is no skill in a path", 2, ["--list-skills", "plain"]),
]  # fmt: skip
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A checkout in which the skill `vendor` is excluded, and has changed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    for name in ("good", "vendor"):
        Path(name).mkdir()
        Path(name, "SKILL.md").write_text(SKILL.format(name), encoding="utf-8")
    Path("plain").mkdir()
    Path("plain/note.txt").write_text("a note", encoding="utf-8")
    Path(".skill-lint.yaml").write_text("exclude: [vendor]\n", encoding="utf-8")
    git("init", "-q")
    git("add", "--all")
    git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", "first")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"text")))


def git(*words: str) -> None:
    subprocess.run(["git", "-c", "commit.gpgsign=false", *words], check=True, capture_output=True)


def change(situation: str) -> None:
    if situation == "no changed file is in a skill":
        Path("plain/note.txt").write_text("another note", encoding="utf-8")
    elif situation != "nothing has changed":
        Path(VENDOR).write_text(SKILL.format("other"), encoding="utf-8")


@pytest.mark.parametrize("output", ["text", "json"])
@pytest.mark.parametrize(("mode", "situation", "code", "words"), ROWS)
def test_the_exit_code(
    mode: str, situation: str, code: int, words: list[str], output: str, capfd: Capture
) -> None:
    change(situation)
    assert main([*words, "--output-format", output]) == code
    printed = capfd.readouterr()
    if code == 2:
        assert not printed.out
        assert re.search("no such file|no skill found|belongs to no skill|is skipped", printed.err)
    else:
        assert not printed.err
        assert output == "text" or json.loads(printed.out)
    if "skipped" in situation and output == "text":
        assert "excluded by `vendor`" in printed.out + printed.err
    if mode == EMPTY and output == "text" and not code and "skipped" not in situation:
        assert "nothing to lint: plain: no skill found" in " ".join(printed.out.split())
    if mode == CHANGED and output == "text" and not code:
        assert "nothing to lint: no skill" in printed.out


def test_the_table_is_that_of_the_docs() -> None:
    page = (Path(__file__).parents[2] / "docs" / "usage.md").read_text("utf-8")
    found = re.findall(r"^\| (.+?) \| (.+?) \| (\d) \|$", page, re.MULTILINE)
    assert found == [(mode, situation, str(code)) for mode, situation, code, _ in ROWS]


@pytest.mark.parametrize("command", ["fix", "score", "show", "graph", "migrate", "baseline"])
@pytest.mark.parametrize("path", ["gone", "plain", "vendor"])
def test_other_commands_are_as_with_paths(command: str, path: str, capfd: Capture) -> None:
    assert main([command, path]) == 2
    assert capfd.readouterr().err.count("\n") == 1


def test_a_report_in_a_file_is_written_though_there_is_nothing() -> None:
    assert main(["--owning-skills", "plain/note.txt", "--output", "json=report.json"]) == 0
    assert json.loads(Path("report.json").read_text("utf-8"))["diagnostics"] == []


@pytest.mark.parametrize("command", ["check", "validate", "fix"])
def test_a_repository_without_skills_may_be_allowed(command: str, capfd: Capture) -> None:
    assert main([command, "plain"]) == 2
    assert main([command, "plain", "--allow-empty"]) == 0
    assert "0 skills linted" in capfd.readouterr().out


def test_an_empty_path_hides_no_skill_beside_it(capfd: Capture) -> None:
    Path("good/SKILL.md").write_text("no frontmatter", encoding="utf-8")
    assert main(["--allow-empty", "plain", "good"]) == 1
    printed = " ".join(capfd.readouterr().out.split())
    assert "missing-frontmatter" in printed
    assert "nothing to lint: plain: no skill found" in printed


def test_a_skill_that_leads_out_is_not_nothing(tmp_path: Path, capfd: Capture) -> None:
    Path("plain/out").mkdir()
    Path("plain/out/SKILL.md").symlink_to("/etc/passwd")
    assert main(["--allow-empty", "plain"]) == 1
    assert "escaping-skill-file" in capfd.readouterr().out


def test_empty_reports_are_written_too() -> None:
    written = ["--output", "sarif=s.json", "--output", "json=r.json", "--output", "junit=j.xml"]
    assert main(["--allow-empty", "plain", *written]) == 0
    assert json.loads(Path("s.json").read_text("utf-8"))["runs"][0]["results"] == []
    assert json.loads(Path("r.json").read_text("utf-8"))["summary"]["linted"] == 0
    assert Path("j.xml").stat().st_size
