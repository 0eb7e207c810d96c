"""A skill lies where skill-lint does not look, and the report says nothing of it."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.security.conftest import BROKEN, GOOD, Lint, write

EVIL = BROKEN.format(name="evil")
Make = Callable[..., Path]
PLACES = [
    "node_modules/evil", "node_modules/@a/b/evil", "a/b/node_modules/evil", "__pycache__/evil",
    ".hg/evil", ".svn/evil", "good/node_modules/evil", "good/__pycache__/x/y/evil",
    "node_modules/node_modules/evil", ".svn/.git/evil", "node_modules",
    "__pycache__/.claude/skills/e",
    "node_modules/objects/evil", "node_modules/refs/evil", "good/.hg",
]  # fmt: skip
VENV = {"pyvenv.cfg": "home = /usr/bin\nversion = 3.12\n", "bin/python": ""}


def of_good(**files: str) -> dict[str, str]:
    return {"good/SKILL.md": GOOD.format(name="good"), **files}


@pytest.mark.parametrize("place", PLACES)
def test_a_folder_that_is_never_searched(repository: Make, lint: Lint, place: str) -> None:
    ran = lint(repository({**of_good(), f"{place}/SKILL.md": EVIL}))
    top = next(place for place in ran.out.splitlines() if place.startswith("skipped "))
    assert "never searched, though it holds 1 skill" in top
    assert "1 skill linted, 1 skipped" in ran.out


@pytest.mark.parametrize("place", [".git/evil", ".git/objects/evil", ".skill_lint_cache/evil",
                                   "good/.skill_lint_cache/evil", "sub/.git/evil"])  # fmt: skip
@pytest.mark.parametrize("cache", [(), ("--no-cache",)])
def test_a_folder_of_git_or_of_the_cache(
    repository: Make, lint: Lint, place: str, cache: tuple[str, ...]
) -> None:
    folder = write(repository(of_good()), {f"{place}/SKILL.md": EVIL})
    assert "never searched, though it holds 1 skill" in lint(folder, *cache).out


@pytest.mark.parametrize("name", ["skill.md", "Skill.md", "SKILL.MD"])
def test_the_hidden_one_has_another_case(repository: Make, lint: Lint, name: str) -> None:
    ran = lint(repository({**of_good(), f"node_modules/evil/{name}": EVIL}))
    assert "though it holds 1 skill" in ran.out


@pytest.mark.parametrize(
    "fake",
    [
        {"pyvenv.cfg": ""},
        {"pyvenv.cfg": "home = /usr/bin\n"},
        {"pyvenv.cfg": "x = y\n", "bin/python": ""},
        {"pyvenv.cfg": "# home is where\n", "bin/python": ""},
        {"pyvenv.cfg": "HOME = /usr\n", "bin/python3": ""},
        {"pyvenv.cfg": "homes = /usr\n", "Scripts/python.exe": ""},
        {"pyvenv.cfg": "home = /usr\n", "bin/pythonx": ""},
        {"pyvenv.cfg": "home = /usr\n", "bin": ""},
        {"pyvenv.cfg/x": "home = /usr\n", "bin/python": ""},
        {"pyvenv.cfg": "home = /usr\n" + "#" * 200_000, "bin/python": ""},
        {"PYVENV.CFG": "home = /usr\n", "bin/python": ""},
    ],
)
def test_a_fake_environment(repository: Make, lint: Lint, fake: dict[str, str]) -> None:
    files = {f"skills/{name}": text for name, text in fake.items()}
    ran = lint(repository({**of_good(), **files, "skills/evil/SKILL.md": EVIL}))
    assert ran.code == 1, ran.said
    assert "broken-link" in ran.out


def test_a_link_makes_an_environment(repository: Make, lint: Lint) -> None:
    folder = repository({**of_good(), "skills/evil/SKILL.md": EVIL})
    (folder / "skills/pyvenv.cfg").symlink_to("/dev/zero")
    write(folder, {"skills/bin/python": ""})
    assert lint(folder).code == 1


def test_a_fake_environment_that_has_all(repository: Make, lint: Lint) -> None:
    files = {f"skills/{name}": text for name, text in VENV.items()}
    ran = lint(repository({**of_good(), **files, "skills/evil/SKILL.md": EVIL}))
    assert "skipped skills: never searched, though it holds 1 skill" in ran.out


def test_so_many_files_that_it_is_not_reached(repository: Make, lint: Lint) -> None:
    folder = repository(of_good())
    write(folder, {f"node_modules/a{number}/b/c": "" for number in range(1500)})
    write(folder, {"node_modules/zz/b/c/SKILL.md": EVIL, "zz/node_modules/x/SKILL.md": EVIL})
    ran = lint(folder)
    assert "1 folder never searched, and only partly looked at for skills: node_m" in ran.out
    assert "skipped zz/node_modules" in ran.out


def test_so_many_folders_that_the_rest_is_not_reached(repository: Make, lint: Lint) -> None:
    folder = repository(of_good())
    for top in "abcd":
        write(folder, {f"{top}/node_modules/{number}/x": "" for number in range(1500)})
    write(folder, {"z/node_modules/x/SKILL.md": EVIL})
    assert "z/node_modules" in lint(folder).out


def test_it_cannot_be_read(repository: Make, lint: Lint) -> None:
    folder = write(repository(of_good()), {"node_modules/a/b": ""})
    (folder / "node_modules/a").chmod(0)
    try:
        if os.access(folder / "node_modules/a", os.R_OK):
            pytest.skip("this user reads everything")
        assert "only partly looked at" in lint(folder).out
    finally:
        (folder / "node_modules/a").chmod(0o755)


def test_it_appears_after_a_run_was_kept(repository: Make, lint: Lint) -> None:
    folder = repository({**of_good(), "node_modules/a/x": ""})
    assert "0 skipped" in lint(folder).out
    write(folder, {"node_modules/a/SKILL.md": EVIL})
    assert "1 skipped" in lint(folder).out


def test_every_format_says_it(repository: Make, lint: Lint) -> None:
    folder = repository({**of_good(), "node_modules/a/SKILL.md": EVIL})
    for words in ((), ("--list-skills",), ("--output-format", "markdown")):
        assert "never searched" in lint(folder, *words).out
    report = json.loads(lint(folder, "--output-format", "json").out)
    assert [each["path"] for each in report["summary"]["skipped"]] == ["node_modules"]


def test_nothing_else_is_there(repository: Make, lint: Lint) -> None:
    ran = lint(repository({"node_modules/a/SKILL.md": EVIL, "x": ""}))
    assert ran.code == 2
    assert "node_modules" in ran.err


def test_honest_folders_without_skills(repository: Make, lint: Lint) -> None:
    """Guards honest use: the folders of tools are no news, whatever a branch is called."""
    files = {"node_modules/a/README.md": "x", "a/__pycache__/b.pyc": "x"}
    files |= {f".venv/{name}": text for name, text in VENV.items()}
    folder = repository(of_good(**files))
    write(folder, {".git/refs/heads/SKILL.md": "x", ".git/logs/refs/heads/SKILL.md": "x"})
    ran = lint(folder)
    assert (ran.code, "never searched" in ran.out) == (0, False)
    assert "1 skill linted, 0 skipped" in ran.out


def test_ten_links_are_ten_lines(repository: Make, lint: Lint) -> None:
    names = [f"s{number}" for number in range(10)]
    folder = repository({f"skills/{name}/SKILL.md": GOOD.format(name=name) for name in names})
    (folder / ".agents/skills").mkdir(parents=True)
    for name in names:
        (folder / f".agents/skills/{name}").symlink_to(f"../../skills/{name}")
    ran = lint(folder)
    lines = [line for line in ran.out.splitlines() if line.startswith("skipped")]
    expected = "skipped 10: symbolic links to skills that were found; --list-skills names them"
    assert lines == [expected]
    listed = lint(folder, "--list-skills").out
    assert listed.count("skipped .agents/skills/s") == 10
    report = json.loads(lint(folder, "--output-format", "json").out)
    assert len(report["summary"]["skipped"]) == 10


def test_many_reasons_bury_a_folder_that_must_be_named(repository: Make, lint: Lint) -> None:
    names = [f"s{number}" for number in range(20)]
    files = {f"skills/{name}/SKILL.md": GOOD.format(name=name) for name in names}
    globs = "".join(f"  - skills/{name}\n" for name in names)
    files |= {".skill-lint.yaml": f"exclude:\n{globs}", "node_modules/a/SKILL.md": EVIL}
    assert "skipped node_modules" in lint(repository({**of_good(), **files})).out


@pytest.mark.parametrize("place", [".git/ab/evil", ".git/modules/x/evil", ".git/logs/evil",
                                   ".git/y/refs/z/evil"])  # fmt: skip
def test_a_folder_named_like_those_of_git(repository: Make, lint: Lint, place: str) -> None:
    folder = repository(of_good())
    if place == ".git/logs/evil":
        (folder / ".git/HEAD").rename(folder / ".git/HEAD.was")
    write(folder, {f"{place}/SKILL.md": EVIL})
    assert "never searched, though it holds 1 skill" in lint(folder).out


# The time grew with the square of the folders, of the links, or of the names: it took minutes.


def test_folders_in_folders_are_searched_again_and_again(repository: Make, lint: Lint) -> None:
    folder = place = repository(of_good())
    for _ in range(300):
        write(place, {"a/SKILL.md": "x", "z/scripts/x": ""})
        place = place / "z"
    for number in range(2_000):
        (place / f"zz{number}").mkdir()
    assert lint(folder, "check", "--list-skills").code == 0


def test_links_into_a_chain_are_searched_again_and_again(repository: Make, lint: Lint) -> None:
    folder = repository(of_good())
    (folder / "links").mkdir()
    chain = folder / "chain"
    for number in range(400):
        chain = chain / "z"
        (folder / "links" / str(number)).symlink_to(os.path.relpath(chain, folder / "links"))
    for number in range(1_500):
        write(chain, {f"q{number}/k": ""})
    assert lint(folder, "check", "--list-skills").code == 0


def test_files_of_one_folder_are_asked_for_one_by_one(repository: Make, lint: Lint) -> None:
    names = [f"data/{number}" for number in range(8_000)]
    folder = repository({**of_good(), **dict.fromkeys(names, "")})
    assert lint(folder, "check", "--owning-skills", *names).code == 0
