"""What honest users write into files of settings goes on working."""

from pathlib import Path

import pytest

from tests.security.conftest import BROKEN, Lint, git, write
from tests.security.settings.conftest import Make

# What honest users do goes on working.


def never(lint: Lint, folder: Path, *words: str) -> None:
    """The configuration counts: nothing fails."""
    ran = lint(folder, "check", *words)
    assert (ran.code, ran.err) == (0, "")


@pytest.fixture
def broken(repository: Make) -> Path:
    return repository({"bad/SKILL.md": BROKEN.format(name="bad")})


def test_honest_a_link_that_stays_in_the_checkout(broken: Path, lint: Lint) -> None:
    write(broken, {"shared/lint.yaml": "fail-on: never\n"})
    (broken / ".skill-lint.yaml").symlink_to("shared/lint.yaml")
    never(lint, broken)
    (broken / "linked").symlink_to("shared")
    (broken / ".skill-lint.yaml").unlink()
    never(lint, broken, "--config", "linked/lint.yaml")


def test_honest_a_link_of_the_persons_own(broken: Path, home: Path, lint: Lint) -> None:
    """Dotfiles are linked, and lie in a checkout of their own."""
    write(home, {"dotfiles/lint.yaml": "fail-on: never\n"})
    git(home / "dotfiles", "init", "--quiet")
    (home / "lint.yaml").symlink_to("dotfiles/lint.yaml")
    never(lint, broken, "--config", str(home / "lint.yaml"))


def test_honest_a_checkout_behind_a_link(broken: Path, lint: Lint) -> None:
    write(broken, {".skill-lint.yaml": "fail-on: never\n"})
    (broken.parent / "link").symlink_to(broken)
    never(lint, broken.parent / "link")
    never(lint, broken, "--config", str(broken.parent / "link" / ".skill-lint.yaml"))


@pytest.mark.parametrize(
    "content",
    [b"\xef\xbb\xbffail-on: never\n", b"fail-on: never\r\n", b"# a\rfail-on: never\r",
     b"---\nfail-on: never\n", b"{fail-on: never}", b'"fail-on": never',
     b"score-weights: {}\nfail-on: &n never\nexclude: []\n",
     b"rules:\n  long-body: &x {severity: warning}\n  few-examples: {<<: *x}\nfail-on: never\n",
     b"fail-on: never\n" + b"# comment\n" * 50_000,
     b"fail-on: never\nexclude:\n" + b"- vendor/**\n" * 5_000],
)  # fmt: skip
def test_honest_ways_to_write_a_configuration(broken: Path, lint: Lint, content: bytes) -> None:
    write(broken, {".skill-lint.yaml": content})
    never(lint, broken)


def test_honest_a_pyproject_of_others(broken: Path, lint: Lint) -> None:
    write(
        broken, {"pyproject.toml": "[project]\nname = 'x'\n[tool.skill-lint]\nfail-on = 'never'\n"}
    )
    never(lint, broken)
    write(broken, {"pyproject.toml": "[project\n"})
    assert lint(broken, "check").code == 1


def test_honest_a_baseline_of_many_findings(broken: Path, lint: Lint) -> None:
    assert lint(broken, "baseline", ".").code == 0
    never(lint, broken)
    text = (broken / ".skill-lint-baseline.json").read_text()
    more = "".join(
        f'    {{"path": "gone/{n}.md", "rule": "no-such-rule", "line": "{n}", "count": 1}},\n'
        for n in range(100_000)
    )
    write(
        broken,
        {".skill-lint-baseline.json": text.replace('"findings": [\n', f'"findings": [\n{more}')},
    )
    never(lint, broken)
