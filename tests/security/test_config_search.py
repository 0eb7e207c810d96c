"""A file inside of a skill tries to configure the run that lints it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.security.conftest import BROKEN, GOOD, Lint, git, write

SILENT = {
    ".skill-lint.yaml": "ignore: [all]\n",
    "skill-lint.toml": 'ignore = ["all"]\n',
    "pyproject.toml": '[tool.skill-lint]\nignore = ["all"]\n',
}
EVIL = BROKEN.format(name="evil")
WEAK = GOOD.format(name="weak").replace("## Overview", "## Else")
STRICT = "fail-on: info\n"
"""Makes the run of a weak skill fail."""
Make = Callable[..., Path]


@pytest.fixture(params=SILENT)
def checkout(repository: Make, request: pytest.FixtureRequest) -> Path:
    """A checkout with a broken skill that brings a configuration which turns all rules off."""
    silent = {f"skills/evil/{request.param}": SILENT[request.param]}
    return repository({"skills/evil/SKILL.md": EVIL, "skills/evil/scripts/a.py": "", **silent})


@pytest.mark.parametrize(
    "words",
    [
        ("skills/evil",),
        ("skills/evil/SKILL.md",),
        ("skills/evil/scripts/a.py",),
        ("--owning-skills", "skills/evil/SKILL.md"),
        ("--owning-skills", "skills/evil/scripts/a.py"),
        ("--changed-since", "HEAD~", "skills/evil"),
        ("skills/../skills/evil",),
    ],
)
def test_its_own_folder_is_named(checkout: Path, lint: Lint, words: tuple[str, ...]) -> None:
    write(checkout, {"skills/evil/more.md": "x"})
    git(checkout, "add", "--all")
    git(checkout, "commit", "--quiet", "--message=More")
    ran = lint(checkout, *words)
    assert ran.code == 1, ran.said
    assert "broken-link" in ran.out


def test_the_editor_sends_its_text(checkout: Path, lint: Lint) -> None:
    name = "skills/evil/SKILL.md"
    ran = lint(checkout, "-", "--stdin-filename", name, stdin=EVIL.encode())
    assert ran.code == 1, ran.said


def test_it_is_named_by_its_absolute_path(checkout: Path, lint: Lint) -> None:
    assert lint(checkout, str(checkout / "skills/evil")).code == 1


def test_the_run_starts_elsewhere(checkout: Path, lint: Lint, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    assert lint(tmp_path / "elsewhere", str(checkout / "skills/evil")).code == 1


def test_a_planted_git_makes_it_a_checkout(checkout: Path, lint: Lint, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    for planted in ("gitdir: nowhere", "garbage", ""):
        write(checkout, {"skills/evil/.git": planted})
        assert lint(tmp_path / "elsewhere", str(checkout / "skills/evil")).code == 1
        assert lint(checkout, "skills/evil").code == 1


def test_an_upload_without_a_checkout(lint: Lint, tmp_path: Path) -> None:
    folder = write(tmp_path, {f"in/evil/{name}": text for name, text in SILENT.items()}) / "in"
    for name in list(SILENT)[1:]:
        (folder / "evil" / name).unlink()
    write(folder, {"evil/SKILL.md": EVIL, "evil/a/b.md": "x"})
    (tmp_path / "elsewhere").mkdir()
    for path in ("evil", "evil/SKILL.md", "evil/a", "evil/a/b.md"):
        assert lint(tmp_path / "elsewhere", str(folder / path)).code == 1, path


def test_the_run_starts_below_it(checkout: Path, lint: Lint) -> None:
    ran = lint(checkout / "skills/evil/scripts")
    assert ran.code == 1, ran.said
    assert "not read" in ran.out


def test_a_baseline_of_its_own(repository: Make, lint: Lint) -> None:
    folder = repository({"skills/evil/SKILL.md": EVIL, "skills/evil/scripts/a.py": ""})
    assert lint(folder / "skills/evil", "--baseline", "x.json").code != 0
    made = lint(folder / "skills/evil", "baseline", "--update")
    assert made.code == 0, made.said
    assert lint(folder / "skills/evil/scripts").code == 1
    assert lint(folder, "skills/evil").code == 1


def test_it_is_ignored_in_silence(checkout: Path, lint: Lint) -> None:
    ran = lint(checkout)
    assert ran.code == 1
    assert "are not read: skills/evil/" in ran.out
    assert "not read" in lint(checkout, "--owning-skills", "skills/evil/SKILL.md").out


def test_a_replayed_run_says_it_too(checkout: Path, lint: Lint) -> None:
    """Guards honest use: a run again prints the same."""
    assert lint(checkout).out == lint(checkout).out


def test_honest_the_root_configures_all(repository: Make, lint: Lint) -> None:
    files = {"a/SKILL.md": EVIL.replace("evil", "a"), ".skill-lint.yaml": "ignore: [broken-link]\n"}
    folder = repository(files)
    for words in (("a",), ("a/SKILL.md",), ("--owning-skills", "a/SKILL.md"), ()):
        ran = lint(folder, *words)
        assert (ran.code, "not read" in ran.out) == (0, False), ran.said
    assert lint(folder / "a").code == 0
    assert lint(folder.parent, "checkout/a").code == 0


def test_honest_a_skill_that_is_the_working_directory_or_the_root(
    repository: Make, lint: Lint
) -> None:
    text = "ignore: [broken-link]\n"
    files = {"SKILL.md": BROKEN.format(name="checkout"), ".skill-lint.yaml": text}
    inner = {"sub/SKILL.md": BROKEN.format(name="sub"), "sub/.skill-lint.yaml": text}
    folder = repository({**files, **inner})
    assert lint(folder).code == 0
    assert lint(folder, "SKILL.md").code == 0
    assert lint(folder / "sub").code == 0


def test_honest_a_package_of_a_monorepo(repository: Make, lint: Lint) -> None:
    files = {
        "packages/a/skills/x/SKILL.md": BROKEN.format(name="x"),
        "packages/a/.skill-lint.yaml": "ignore: [broken-link]\n",
        "packages/b/skills/y/SKILL.md": GOOD.format(name="y"),
    }
    folder = repository(files)
    assert lint(folder / "packages/a").code == 0
    assert lint(folder / "packages/a/skills/x").code == 0
    assert lint(folder / "packages/b", "../a").code == 1
    ran = lint(folder, "packages/a")
    assert ran.code == 1
    assert "packages/a/.skill-lint.yaml" in ran.out


def test_honest_a_submodule_and_a_worktree(repository: Make, lint: Lint) -> None:
    files = {"a/SKILL.md": BROKEN.format(name="a"), ".skill-lint.yaml": "ignore: [broken-link]\n"}
    folder = repository(files)
    git(folder, "worktree", "add", "--quiet", "../tree")
    assert lint(folder.parent / "tree").code == 0
    write(
        folder, {"sub/.git": "gitdir: ../.git/modules/sub", "sub/s/SKILL.md": files["a/SKILL.md"]}
    )
    assert "broken-link" not in lint(folder / "sub").out


def test_a_planted_git_outdoes_the_operator(lint: Lint, tmp_path: Path) -> None:
    files = {
        "evil/SKILL.md": EVIL,
        "evil/.git": "gitdir: x",
        ".skill-lint.yaml": "fail-on: error\n",
    }
    folder = write(tmp_path, {f"in/{name}": text for name, text in files.items()}) / "in"
    write(folder, {"evil/.skill-lint.yaml": "ignore: [all]\n"})
    assert lint(folder, "evil").code == 1


def test_a_planted_git_ends_the_search_below_the_owners_configuration(
    repository: Make, lint: Lint
) -> None:
    """Guards a kind that held: the search must not end at the nearest `.git` alone."""
    text = "rules: {few-examples: error}\n"
    folder = repository({"a/b/s/SKILL.md": GOOD.format(name="s"), ".skill-lint.yaml": text})
    write(folder, {"a/b/.git": "gitdir: nowhere"})
    assert lint(folder / "a/b").code == 1


def test_a_skill_above_takes_the_configuration_away(repository: Make, lint: Lint) -> None:
    """The owner's file is no longer read once its folder is a skill; the report says so."""
    weak = GOOD.format(name="weak").replace("## Overview", "## Else")
    folder = repository(
        {"pkg/skills/weak/SKILL.md": weak, "pkg/.skill-lint.yaml": "fail-on: info\n"}
    )
    assert lint(folder / "pkg/skills").code == 1
    write(folder, {"pkg/SKILL.md": GOOD.format(name="pkg")})
    assert "../.skill-lint.yaml" in lint(folder / "pkg/skills").out
    assert lint(folder / "pkg/skills", "--trusted-config", "HEAD").code == 1


def test_a_skill_at_the_root_takes_that_of_the_working_directory_away(
    repository: Make, lint: Lint
) -> None:
    weak = GOOD.format(name="weak").replace("## Overview", "## Else")
    folder = repository(
        {"pkg/skills/weak/SKILL.md": weak, "pkg/.skill-lint.yaml": "fail-on: info\n"}
    )
    write(folder, {"SKILL.md": GOOD.format(name="checkout")})
    assert lint(folder / "pkg").code == 1
    assert lint(folder / "pkg", "--trusted-config", "HEAD").code == 1


def test_a_link_out_is_a_configuration_that_hides_the_real_one(
    repository: Make, lint: Lint, tmp_path: Path
) -> None:
    folder = repository({"pkg/weak/SKILL.md": WEAK, "pkg/pyproject.toml": "[project]\n",
                         ".skill-lint.yaml": STRICT})  # fmt: skip
    (folder / "pkg/pyproject.toml").unlink()
    write(tmp_path, {"other.toml": "[project]\n"})
    (folder / "pkg/pyproject.toml").symlink_to(tmp_path / "other.toml")
    ran = lint(folder / "pkg", "--trusted-config", "HEAD")
    assert ran.code == 1
    assert "missing-overview" in ran.out


def test_the_working_directory_becomes_a_link(repository: Make, lint: Lint) -> None:
    weak = GOOD.format(name="weak").replace("## Overview", "## Else")
    folder = repository(
        {"pkg/skills/weak/SKILL.md": weak, "pkg/.skill-lint.yaml": "fail-on: info\n"}
    )
    (folder / "pkg/.skill-lint.yaml").unlink()
    (folder / "pkg").rename(folder / "other")
    (folder / "pkg").symlink_to("other")
    ran = lint(folder / "pkg", "--trusted-config", "HEAD")
    assert ran.code == 2
    assert "no folder at `HEAD`" in ran.err


@pytest.mark.parametrize("words", [("skills",), ("skills", "more"), ("more/../skills",)])
@pytest.mark.parametrize("way", ["skills", "above"])
def test_a_named_path_becomes_a_link(
    words: tuple[str, ...], way: str, repository: Make, lint: Lint
) -> None:
    folder = repository({"pkg/.skill-lint.yaml": STRICT, "pkg/in/skills/weak/SKILL.md": WEAK,
                         "pkg/in/more/weak/SKILL.md": WEAK, "other/README": ""})  # fmt: skip
    git(folder, "checkout", "--quiet", "-b", "change")
    moved = folder / ("pkg/in/skills" if way == "skills" else "pkg/in")
    moved.rename(folder / "other" / moved.name)
    moved.symlink_to(Path("../../other/skills" if way == "skills" else "../other/in"))
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Change")
    paths = [f"in/{word}" for word in words]
    for trust in ((), ("--trusted-config", "main")):
        ran = lint(folder / "pkg", "check", *paths, *trust)
        assert (ran.code, "missing-overview" in ran.out) == (1, True), ran.said


def test_honest_a_checkout_that_is_named_through_a_link(
    repository: Make, lint: Lint, tmp_path: Path
) -> None:
    folder = repository({"pkg/.skill-lint.yaml": STRICT, "pkg/skills/weak/SKILL.md": WEAK})
    (tmp_path / "link").symlink_to("checkout")
    (tmp_path / "package").symlink_to("link/pkg/../pkg")
    for path in ("link/pkg/skills", "link/pkg", "package", "package/skills/weak/SKILL.md"):
        for trust in ((), ("--trusted-config", "main")):
            ran = lint(folder / "pkg", "check", str(tmp_path / path), *trust)
            assert (ran.code, "missing-overview" in ran.out) == (1, True), ran.said
