"""What is linted, what is not, and that nobody is left in the dark about it."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from skill_lint import Config, NothingFound, lint

SKILL = "---\nname: {name}\ndescription: Use when testing.\n---\n\n# Title\n"


def make(*folders: str) -> None:
    for folder in folders:
        path = Path(folder)
        path.mkdir(parents=True, exist_ok=True)
        (path / "SKILL.md").write_text(SKILL.format(name=path.name), encoding="utf-8")


def linted(*paths: str, **settings: object) -> list[str]:
    return list(lint(paths or (".",), Config(**settings)).linted)  # type: ignore[arg-type]


def skipped(*paths: str, **settings: object) -> dict[str, str]:
    report = lint(paths or (".",), Config(**settings))  # type: ignore[arg-type]
    return {each.path: each.reason for each in report.skipped}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_skills_in_every_layout_are_found() -> None:
    layouts = [".claude/skills/a", ".curated/b", ".skills/c", "d", "plugins/x/skills/e", "skills/f"]
    make(*layouts)
    assert linted() == sorted(layouts)


def test_the_folder_of_skills_itself_may_be_given() -> None:
    make("skills/a", "skills/b")
    assert linted("skills") == ["skills/a", "skills/b"]
    assert linted("skills/a", "skills/b/SKILL.md") == ["skills/a", "skills/b"]


def test_a_file_stands_for_the_skill_it_is_in() -> None:
    make("skills/a")
    Path("skills/a/references").mkdir()
    Path("skills/a/references/x.md").write_text("x", encoding="utf-8")
    assert linted("skills/a/references/x.md") == ["skills/a"]
    assert linted("skills/a/references") == ["skills/a"]


def test_a_file_of_a_nested_skill_belongs_to_the_nested_one() -> None:
    make("a", "a/inner")
    assert linted("a/inner/SKILL.md") == ["a/inner"]
    assert linted() == ["a", "a/inner"]


def test_the_working_directory_may_be_the_skill_or_a_part_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make("a")
    Path("a/references").mkdir()
    monkeypatch.chdir("a")
    assert linted() == ["."]
    monkeypatch.chdir("references")
    assert linted() == [".."]


def test_folders_that_hold_no_skills_are_not_searched() -> None:
    make("a", ".git/b", "node_modules/c", "__pycache__/d", "env/lib/e")
    Path("env/pyvenv.cfg").write_text("home = /usr/bin\n", encoding="utf-8")
    Path("env/bin").mkdir()
    Path("env/bin/python").touch()
    assert linted() == ["a"]


def test_gitignore_plays_no_part_unless_asked() -> None:
    make("a", "ignored", "tracked")
    Path(".gitignore").write_text("ignored\ntracked\n", encoding="utf-8")
    git("init", "-q")
    git("add", "-f", "tracked/SKILL.md")
    assert linted() == ["a", "ignored", "tracked"]
    assert linted(respect_gitignore=True) == ["a", "tracked"]
    assert skipped(respect_gitignore=True) == {"ignored": "ignored by git"}


def test_respect_gitignore_in_several_repositories() -> None:
    make("one/a", "one/b", "two/a", "none/a")
    for name in ("one", "two"):
        subprocess.run(["git", "init", "-q", name], check=True)
        Path(name, ".gitignore").write_text("a\n", encoding="utf-8")
    Path("link").symlink_to("one")
    assert linted(respect_gitignore=True) == ["none/a", "one/b"]
    assert skipped("link", respect_gitignore=True) == {"link/a": "ignored by git"}


def test_respect_gitignore_outside_a_repository_ignores_nothing() -> None:
    make("a")
    assert linted(respect_gitignore=True) == ["a"]


def git(*words: str) -> None:
    subprocess.run(["git", *words], check=True, capture_output=True)


@pytest.mark.parametrize("glob", ["vendor", "vendor/**", "./vendor/", "**/b", "vend*/b", "*/b"])
def test_excluded_skills_are_said_to_be(glob: str) -> None:
    make("a", "vendor/b")
    assert linted(exclude=(glob,)) == ["a"]
    assert skipped(exclude=(glob,)) == {"vendor/b": f"excluded by `{glob}`"}


def test_symlinked_skills_are_linted_once() -> None:
    make("skills/a")
    Path(".claude").mkdir()
    Path(".claude/skills").symlink_to("../skills")
    Path("z").symlink_to("skills/a")
    assert linted() == ["skills/a"]
    assert linted("skills/a", "z") == ["skills/a"]
    assert skipped("z", "skills/a") == {"z": "a symbolic link to skills/a"}


def test_a_skill_file_that_is_a_symlink_to_another_skill_is_that_skill() -> None:
    make("skills/a")
    Path(".claude/skills/a").mkdir(parents=True)
    Path(".claude/skills/a/SKILL.md").symlink_to("../../../skills/a/SKILL.md")
    assert linted() == ["skills/a"]
    assert skipped() == {".claude/skills/a": "a symbolic link to skills/a"}


def test_a_symlink_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    make("inside/a", "outside/b")
    Path("inside/link").symlink_to(tmp_path / "outside")
    # From within the working directory it may be followed: both lie in it.
    assert linted("inside") == ["inside/a", "inside/link/b"]


def test_a_symlink_out_of_folder_and_working_directory_is_said_to_be_skipped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make("inside/a", "outside/b")
    Path("inside/link").symlink_to("../outside")
    monkeypatch.chdir("inside")
    assert linted() == ["a"]
    assert list(skipped()) == ["link"]
    assert "symbolic link out of the searched folder" in skipped()["link"]


def test_loops_end() -> None:
    make("a")
    Path("a/loop").symlink_to("..")
    Path("self").symlink_to(".")
    assert linted() == ["a"]


def test_a_folder_meant_as_a_skill_is_linted() -> None:
    make("skills/a")
    Path("skills/forgotten/references").mkdir(parents=True)
    Path("skills/other").mkdir()
    report = lint(["."])
    assert report.linted == ("skills/a", "skills/forgotten")
    assert [d.skill for d in report.diagnostics if d.rule == "missing-skill-file"] == [
        "skills/forgotten"
    ]


def test_a_category_of_skills_is_not_meant_as_one() -> None:
    make("skills/a", "skills/category/b")
    Path("skills/category/scripts").mkdir()
    assert linted() == ["skills/a", "skills/category/b"]


@pytest.mark.parametrize(
    ("paths", "reason"),
    [
        (["nowhere"], "nowhere: there is no such file or folder"),
        (["empty"], r"empty: no skill found: there is no SKILL.md in it, nor in a folder above"),
        (["README.md"], "README.md: belongs to no skill"),
        (["a", "nowhere"], "nowhere: there is no such file"),
        (["a", "empty"], "empty: no skill found"),
    ],
)
def test_nothing_found_is_an_error_with_its_reason(paths: Sequence[str], reason: str) -> None:
    make("a")
    Path("empty").mkdir()
    Path("README.md").write_text("text", encoding="utf-8")
    with pytest.raises(NothingFound, match=reason):
        lint(paths)


def test_a_folder_that_cannot_be_read_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    make("a", "closed/b")
    real = os.scandir
    monkeypatch.setattr(
        os, "scandir", lambda path: refuse() if "closed" in str(path) else real(path)
    )
    assert skipped() == {"closed": "the folder cannot be read"}
    assert linted() == ["a"]


def refuse() -> None:
    # As root, no mode keeps a folder from being read.
    raise PermissionError(13, "Permission denied")
