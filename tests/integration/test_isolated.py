"""A bug of skill-lint that shows on one skill loses nothing of the others, in any command."""

import json
from pathlib import Path

import pytest

from skill_lint.cli.main import main
from skill_lint.skill.skill import Skill
from skill_lint.skill.tree import Tree

V1 = "---\nname: {name}\ndescription: Fills forms. Use when a form has fields.\n---\n\n# Forms\n"


@pytest.fixture(autouse=True)
def buggy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two skills in the working directory, and a bug in the search for files that `bad` shows."""
    monkeypatch.chdir(tmp_path)
    for name in ("bad", "good"):
        Path(name).mkdir()
        Path(name, "SKILL.md").write_text(V1.format(name=name))
        Path(name, "metadata.json").write_text(json.dumps({"skill_id": f"forms/{name}"}))

    def of_skill(skill: Skill) -> Tree:
        if skill.root.name == "bad":
            raise ZeroDivisionError("a bug\x1b[31m")
        return skill.directory.tree

    monkeypatch.setattr(Skill, "tree", property(of_skill))


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (["show"], "good: v1"),
        (["score"], "good (v1"),
        (["migrate", "--allow-dirty"], "migrated good"),
        (["check", "--no-cache"], "good/metadata.json"),
        (["check", "--no-cache", "--output-format=json"], '"path": "good/SKILL.md"'),
    ],
)
def test_a_bug_is_exit_2_and_loses_nothing(
    words: list[str], kept: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    printed = capfd.readouterr()
    assert kept in printed.out
    said = " ".join((printed.out + printed.err).split())
    assert "bad" in said
    assert "ZeroDivisionError: a bug" in said
    assert "Traceback" not in said
    assert "\x1b" not in printed.err


@pytest.mark.parametrize("command", ["show", "score"])
def test_json_names_what_it_lacks(command: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--output-format=json"]) == 2
    whole = json.loads(capfd.readouterr().out)
    assert [each["path"] for each in whole["skills"]] == ["good"]
    assert [each["path"] for each in whole["failed"]] == ["bad"]
    assert "ZeroDivisionError: a bug" in whole["failed"][0]["reason"]


@pytest.mark.parametrize("command", ["show", "score", "migrate"])
def test_a_bug_that_every_skill_shows(command: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main([command, "bad"]) == 2
    assert "failed on the skill bad: ZeroDivisionError" in capfd.readouterr().err
