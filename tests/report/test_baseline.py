"""The baseline: what is known is left out, and the list only ever shrinks unless asked."""

import json
import os
from pathlib import Path

import pytest

from skill_lint.cli.main import main

FILE = Path(".skill-lint-baseline.json")
SKILL = "---\nname: {name}\ndescription: Use when testing.\n---\n\n# Title\n\n{body}\n"
SELECT = ["--isolated", "--select", "broken-link,stale-baseline"]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    skill("a", "[x](gone.md)")
    skill("b", "[x](gone.md)")


def skill(name: str, body: str) -> None:
    Path(name).mkdir(exist_ok=True)
    Path(name, "SKILL.md").write_text(SKILL.format(name=name, body=body), encoding="utf-8")


def baseline(*words: str) -> int:
    return main(["baseline", *SELECT, *words])


def found(capfd: pytest.CaptureFixture[str], *words: str) -> list[str]:
    capfd.readouterr()
    main([*SELECT, "--output-format", "concise", "-q", *words])
    return [line.split(": ")[0] for line in capfd.readouterr().out.splitlines()]


@pytest.mark.parametrize("command", ["check", "baseline"])
@pytest.mark.parametrize("kind", ["a folder", "a pipe", "a link to nothing"])
def test_a_baseline_that_is_no_file_is_refused(
    kind: str, command: str, capfd: pytest.CaptureFixture[str]
) -> None:
    if kind == "a folder":
        FILE.mkdir()
    elif kind == "a pipe":
        os.mkfifo(FILE)
    else:
        FILE.symlink_to("gone.json")
    assert main([command]) == 2
    assert f"{FILE}: cannot be " in capfd.readouterr().err


@pytest.mark.smoke
def test_known_findings_are_not_reported(capfd: pytest.CaptureFixture[str]) -> None:
    assert baseline() == 0
    assert found(capfd) == []
    assert main(SELECT) == 0
    assert "no findings (2 more in the baseline)" in capfd.readouterr().out
    assert found(capfd, "--show-baselined") == ["a/SKILL.md:8:5", "b/SKILL.md:8:5"]
    assert found(capfd, "--no-baseline") == ["a/SKILL.md:8:5", "b/SKILL.md:8:5"]


def test_a_new_finding_is_reported_and_a_moved_one_is_not(
    capfd: pytest.CaptureFixture[str],
) -> None:
    baseline()
    skill("a", "Some text above.\n\n[x](gone.md)\n\n[y](lost.md)\n\n[x](gone.md)")
    assert found(capfd) == ["a/SKILL.md:12:5", "a/SKILL.md:14:5"]


def test_a_mended_finding_is_stale_until_it_is_pruned(capfd: pytest.CaptureFixture[str]) -> None:
    baseline()
    skill("a", "text")
    assert found(capfd) == [".skill-lint-baseline.json:4:1"]
    assert found(capfd, "b") == [], "of a skill that was not linted nothing is known"
    assert baseline("--prune") == 0
    assert found(capfd) == []
    assert [each["path"] for each in json.loads(FILE.read_text("utf-8"))["findings"]] == [
        "b/SKILL.md"
    ]


def test_it_only_shrinks_unless_it_is_updated(capfd: pytest.CaptureFixture[str]) -> None:
    baseline()
    skill("a", "[y](lost.md)")
    baseline()
    assert found(capfd) == ["a/SKILL.md:8:5"]
    baseline("--update")
    assert capfd.readouterr().out == f"{FILE}: 2 findings in the baseline\n"
    assert found(capfd) == []


def test_nothing_to_do_is_said(capfd: pytest.CaptureFixture[str]) -> None:
    baseline()
    before = FILE.read_bytes()
    capfd.readouterr()
    assert baseline() == 0
    assert capfd.readouterr().out == f"{FILE}: 2 findings in the baseline, as before\n"
    assert FILE.read_bytes() == before


def test_it_counts_what_it_does_not_take_in(capfd: pytest.CaptureFixture[str]) -> None:
    baseline()
    skill("a", "[y](lost.md)\n\n[z](away.md)")
    capfd.readouterr()
    assert baseline() == 0
    assert capfd.readouterr().out == (
        f"{FILE}: 1 finding in the baseline; 1 finding removed, because it is fixed\n"
        "2 new findings are not in the baseline: `check` reports them, and `baseline --update` "
        "takes them in\n"
    )


def test_it_counts_findings_as_check_does(capfd: pytest.CaptureFixture[str]) -> None:
    skill("a", "[x](gone.md) [y](gone.md)")
    baseline()
    assert "2 findings in the baseline" in capfd.readouterr().out
    entries = json.loads(FILE.read_text(encoding="utf-8"))["findings"]
    assert sum(each["count"] for each in entries) == 3
    main(SELECT)
    assert "no findings (2 more in the baseline)" in capfd.readouterr().out


def test_entries_of_a_deleted_skill_are_stale(capfd: pytest.CaptureFixture[str]) -> None:
    baseline()
    Path("b/SKILL.md").unlink()
    Path("b").rmdir()
    assert found(capfd) == [".skill-lint-baseline.json:5:1"]


def test_rules_that_did_not_run_leave_nothing_stale(capfd: pytest.CaptureFixture[str]) -> None:
    baseline()
    main(["--isolated", "--select", "long-body,stale-baseline", "-q"])
    assert capfd.readouterr().out.splitlines()[1:] == []


def test_it_is_found_from_a_folder_below(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    baseline()
    monkeypatch.chdir("a")
    assert found(capfd) == []


def test_the_file_is_sorted_and_one_line_a_finding() -> None:
    baseline()
    first = FILE.read_bytes()
    assert first.decode().count("\n") == 7
    baseline("--update")
    assert FILE.read_bytes() == first


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is no baseline; write it again with `skill-lint baseline --update`"),
        ("[]", "is no baseline"),
        ('{"version": 1}', "is no baseline"),
        ('{"version": 2, "findings": []}', "version 2 of a baseline, and this skill-lint reads 1"),
    ],
)
def test_what_is_no_baseline_is_exit_2(
    text: str, message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    FILE.write_text(text, encoding="utf-8")
    assert main(SELECT) == 2
    assert message in capfd.readouterr().err
    assert main(["--baseline", "nowhere.json"]) == 2
    assert "nowhere.json: cannot be read: no such file" in capfd.readouterr().err
