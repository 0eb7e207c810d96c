"""A changed file is overlooked, because the skill that it is part of is not seen."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.security.conftest import BROKEN, GOOD, Lint, git, write

Make = Callable[[Mapping[str, str]], Path]
BAD = "\n[x](gone.md)\n"
OTHER = {"skills/b/SKILL.md": GOOD.format(name="b")}


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Change")


@pytest.fixture
def shared(repository: Make) -> Path:
    """A checkout with a SKILL.md that is a link to a page of the documentation."""
    folder = repository({**OTHER, "docs/a.md": GOOD.format(name="a"), "skills/a/x": ""})
    (folder / "way").symlink_to("docs")
    (folder / "skills/a/SKILL.md").symlink_to("../../docs/a.md")
    commit(folder)
    return folder


@pytest.mark.parametrize("target", ["../../docs/a.md", "../../way/a.md", "next.md"])
@pytest.mark.parametrize("words", [(), ("--new-only",)])
def test_the_text_of_a_skill_lies_elsewhere(
    target: str, words: tuple[str, ...], shared: Path, lint: Lint
) -> None:
    (shared / "skills/a/SKILL.md").unlink()
    (shared / "skills/a/SKILL.md").symlink_to(target)
    (shared / "skills/a/next.md").symlink_to("../../docs/a.md")
    commit(shared)
    write(shared, {"docs/a.md": GOOD.format(name="a") + BAD})
    commit(shared)
    ran = lint(shared, "check", ".", "--changed-since", "HEAD~1", *words)
    assert (ran.code, "1 skill linted" in ran.out) == (1, True), ran.said


def test_the_text_of_a_skill_lies_in_a_submodule(
    repository: Make, lint: Lint, tmp_path: Path
) -> None:
    inner = repository({"a.md": GOOD.format(name="a")})
    outer = write(tmp_path / "outer", {**OTHER, "skills/a/x": ""})
    git(outer, "init", "--quiet")
    words = ("-c", "protocol.file.allow=always", "submodule", "--quiet", "add")
    git(outer, *words, str(inner), "docs")
    (outer / "skills/a/SKILL.md").symlink_to("../../docs/a.md")
    commit(outer)
    write(outer / "docs", {"a.md": GOOD.format(name="a") + BAD})
    assert lint(outer, "check", ".", "--changed-since", "HEAD").code == 1


@pytest.mark.parametrize("names", [("docs/a.md",), ("docs/a.md", "skills/b/SKILL.md")])
def test_a_hook_names_the_text_of_a_skill(names: tuple[str, ...], shared: Path, lint: Lint) -> None:
    write(shared, {"docs/a.md": GOOD.format(name="a") + BAD})
    ran = lint(shared, "check", "--owning-skills", *names)
    assert (ran.code, f"{len(names)} skill" in ran.out) == (1, True), ran.said


@pytest.mark.parametrize("rest", ["metadata.json", "references/a.md", "scripts/a.sh"])
def test_the_skill_file_is_deleted(rest: str, repository: Make, lint: Lint) -> None:
    files = {"skills/a/SKILL.md": GOOD.format(name="a"), f"skills/a/{rest}": '{"skill_id": "x/a"}'}
    folder = repository({**OTHER, **files})
    (folder / "skills/a/SKILL.md").unlink()
    commit(folder)
    ran = lint(folder, "check", ".", "--changed-since", "HEAD~1")
    assert ran.code == 1, ran.said
    assert "missing-skill-file" in ran.out


def test_honest_changes_of_other_skills(repository: Make, lint: Lint) -> None:
    """Guards honest use: what did not change is not linted, wherever skills lie in each other."""
    files = {"SKILL.md": BROKEN.format(name="x"), "in/SKILL.md": GOOD.format(name="in"),
             "out/SKILL.md": GOOD.format(name="out"), ".skill-lint.yaml": "exclude: [out]\n",
             "docs/a.md": "text\n"}  # fmt: skip
    folder = repository({**OTHER, **files})
    write(folder, {"in/references/a.md": "text\n", "out/references/a.md": "text\n"})
    commit(folder)
    ran = lint(folder, "check", ".", "--changed-since", "HEAD~1")
    assert ("1 skill linted" in ran.out, ran.code) == (True, 0), ran.said
    ran = lint(folder, "check", "--owning-skills", "out/references/a.md")
    assert ran.code == 0, ran.said


def test_honest_pages_that_are_no_skill(shared: Path, lint: Lint) -> None:
    """Guards honest use: a hook that names other files has nothing to say."""
    write(shared, {"README.md": BAD, "docs/b.md": BAD, "skills/README.md": BAD})
    names = ("README.md", "docs/b.md", "skills/README.md")
    ran = lint(shared, "check", "--owning-skills", *names)
    assert (ran.code, ran.said) == (0, "")
