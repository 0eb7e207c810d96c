"""A skill, or a part of one, passes for another skill that is linted already."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.security.conftest import BROKEN, GOOD, Lint, git, write

Make = Callable[[Mapping[str, str]], Path]
LEAK = "key = AKIAIOSFODNN7EXAMPLQ\n"
BASE = {f"skills/{name}/SKILL.md": GOOD.format(name=name) for name in ("a", "b")}
COPY = "a symbolic link to"


def linked(folder: Path, links: Mapping[str, str]) -> Path:
    for name, target in links.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)
    return folder


@pytest.mark.parametrize(
    ("files", "links"),
    [
        ({"skills/evil/references/x.md": LEAK}, {"skills/evil/SKILL.md": "../a/SKILL.md"}),
        ({"skills/evil/x.sh": LEAK}, {"skills/evil/SKILL.md": "../a/SKILL.md"}),
        ({"skills/evil/.hidden/x.md": LEAK}, {"skills/evil/SKILL.md": "../a/SKILL.md"}),
        ({"skills/evil/skill.md": BROKEN.format(name="evil")}, {"skills/evil/SKILL.md":
          "../a/SKILL.md"}),
        ({"skills/a/references/x.md": LEAK}, {"skills/a/references/SKILL.md": "../../b/SKILL.md"}),
        ({"skills/a/sub/x.md": LEAK}, {"skills/a/sub/SKILL.md": "../SKILL.md"}),
        ({"references/x.md": LEAK}, {"SKILL.md": "skills/a/SKILL.md"}),
        ({"skills/a/evil.txt": BROKEN.format(name="evil")}, {"skills/evil/SKILL.md":
          "../a/evil.txt"}),
        ({"skills/a/skill.md": BROKEN.format(name="a")}, {"skills/evil/skill.md":
          "../a/skill.md"}),
        ({"docs/x.md": GOOD.format(name="x"), "docs/y.md": BROKEN.format(name="y")},
         {"skills/x/SKILL.md": "../../docs/x.md", "skills/y/SKILL.md": "../../docs/y.md"}),
        ({"more/x.md": LEAK}, {"skills/evil/SKILL.md": "../a/SKILL.md",
                                 "skills/evil/x.md": "../../more/x.md"}),
        ({"more/references/x.md": LEAK}, {"skills/evil/SKILL.md": "../a/SKILL.md",
                                            "skills/evil/references": "../../more/references"}),
        ({"skills/a/x.md": "[x](#top)\n", "skills/b/SKILL.txt": BROKEN.format(name="b")},
         {"skills/evil/x.md": "../a/x.md", "skills/evil/SKILL.md": "../b/SKILL.txt"}),
    ],
)  # fmt: skip
def test_its_skill_file_leads_to_another_skill(
    files: Mapping[str, str], links: Mapping[str, str], repository: Make, lint: Lint
) -> None:
    folder = linked(repository({**BASE, **files}), links)
    ran = lint(folder)
    assert ran.code == 1, ran.said
    assert COPY not in ran.out


@pytest.fixture
def fork(repository: Make) -> Path:
    """A branch of a repository whose owner leaves `examples` out, which a link leads to as well."""
    files = {**BASE, "examples/demo/SKILL.md": GOOD.format(name="demo"),
             ".skill-lint.yaml": "exclude: [examples]\n"}  # fmt: skip
    folder = linked(repository(files), {"shown/demo": "../examples/demo"})
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Link")
    git(folder, "checkout", "--quiet", "-b", "change")
    return folder


def judged(folder: Path, lint: Lint, *words: str) -> int:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Change")
    ran = lint(folder, "check", *words, "--trusted-config", "main", "--strict-gate")
    assert ran.code in (0, 1), ran.said
    return ran.code


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("skills/demo", "../examples/demo"),
        ("skills/demo/SKILL.md", "../../examples/demo/SKILL.md"),
        ("skills/demo", "../shown/demo"),
        ("skills/demo", "/proc/self/cwd/examples/demo"),
        ("live", "examples"),
        ("shown/more", "../examples/demo"),
    ],
)
@pytest.mark.parametrize("changed", [(), ("--changed-since", "main")])
def test_a_link_puts_into_use_what_the_owner_leaves_out(
    name: str, target: str, changed: tuple[str, ...], fork: Path, lint: Lint
) -> None:
    write(fork, {"examples/demo/SKILL.md": BROKEN.format(name="demo")})
    linked(fork, {name: target})
    assert judged(fork, lint, ".", *changed) == 1


def test_a_link_of_the_base_is_turned_to_what_the_owner_leaves_out(
    repository: Make, lint: Lint
) -> None:
    files = {**BASE, "examples/demo/SKILL.md": BROKEN.format(name="demo"),
             ".skill-lint.yaml": "exclude: [examples]\n"}  # fmt: skip
    links = {"live/x": "../way", "way": "skills/a"}
    folder = linked(repository(files), links)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Link")
    git(folder, "checkout", "--quiet", "-b", "change")
    linked(folder, {"way": "examples/demo"})
    assert judged(folder, lint, ".") == 1


@pytest.mark.parametrize(
    ("name", "target"),
    [("skills/c", "../../hidden/c"), ("skills/c/SKILL.md", "../../../hidden/c/SKILL.md"),
     ("skills", "../hidden")],
)  # fmt: skip
def test_a_link_hides_a_skill_above_the_working_directory(
    name: str, target: str, repository: Make, lint: Lint
) -> None:
    files = {f"pkg/{each}": text for each, text in BASE.items()}
    folder = repository({**files, "pkg/more/d/SKILL.md": GOOD.format(name="d")})
    git(folder, "checkout", "--quiet", "-b", "change")
    write(folder, {"hidden/c/SKILL.md": BROKEN.format(name="c")})
    if name == "skills":
        git(folder, "rm", "-rq", "pkg/skills")
    linked(folder, {f"pkg/{name}": target})
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Change")
    ran = lint(folder / "pkg", "check", ".", "--trusted-config", "main")
    assert ran.code == 1, ran.said
    assert "broken-link" in ran.out


@pytest.mark.parametrize(
    "links",
    [
        {".agents/skills/a": "../../skills/a", ".agents/skills/b": "../../skills/b"},
        {".claude/skills": "../skills"},
        {".agents": ".claude", ".claude/skills": "../skills"},
        {".codex/a/SKILL.md": "../../skills/a/SKILL.md"},
        {".codex/a/SKILL.md": "../../skills/a/SKILL.md",
         ".codex/a/references": "../../skills/a/references"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("settings", [{}, {".skill-lint.yaml": "exclude: [skills/a]\n"}], ids=str)
def test_honest_links_of_several_clients(
    links: Mapping[str, str], settings: Mapping[str, str], repository: Make, lint: Lint
) -> None:
    """Guards honest use: a skill under several names is linted once, or left out once."""
    text = GOOD.format(name="a") + "\n[x](references/x.md)\n"
    files = {**BASE, "skills/a/SKILL.md": text, "skills/a/references/x.md": "text\n", **settings}
    folder = linked(repository(files), links)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Links")
    for words in ((), ("--trusted-config", "HEAD", "--strict-gate")):
        ran = lint(folder, "check", ".", *words)
        assert ran.code == 0, ran.said
        assert f"{1 if settings else 2} skill" in ran.out
        assert COPY in ran.out or "skipped 2: symbolic links to skills that were found" in ran.out


def test_honest_links_of_the_base_to_what_its_owner_leaves_out(fork: Path, lint: Lint) -> None:
    """Guards honest use: whoever leaves a skill out leaves it out under all its names."""
    write(fork, {"examples/demo/SKILL.md": BROKEN.format(name="demo"), "README.md": "x"})
    assert judged(fork, lint, ".") == 0
    assert lint(fork).code == 0


def test_honest_links_that_a_build_makes(fork: Path, lint: Lint) -> None:
    """Guards honest use: what git does not track is no change of anybody."""
    write(fork, {".gitignore": "made\n"})
    assert judged(fork, lint, ".") == 0
    linked(fork, {"made/demo": "../examples/demo"})
    write(fork, {"examples/demo/SKILL.md": BROKEN.format(name="demo")})
    ran = lint(fork, "check", ".", "--trusted-config", "main", "--strict-gate")
    assert ran.code == 0, ran.said


def test_honest_clone_without_what_links_were(repository: Make, lint: Lint, tmp_path: Path) -> None:
    """Guards honest use: a partial clone does not know where a link has led."""
    folder = linked(repository(BASE), {"way": "skills/a", "same": "skills"})
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Links")
    git(folder, "config", "uploadpack.allowfilter", "true")
    git(folder, "checkout", "--quiet", "-b", "change")
    linked(folder, {"way": "skills/b"})
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Change")
    words = ("-c", "protocol.file.allow=always", "clone", "--quiet", "--filter=blob:none")
    git(tmp_path, *words, "--branch=change", folder.as_uri(), "clone")
    trusted = ("--trusted-config", "origin/main", "--strict-gate")
    ran = lint(tmp_path / "clone", "check", ".", *trusted)
    assert (ran.code, "2 skills linted" in ran.out) == (0, True), ran.said
