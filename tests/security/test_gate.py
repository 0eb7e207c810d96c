"""A change tries to turn off the gate that it has to pass."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.security.conftest import BROKEN, GOOD, Lint, git, write

Make = Callable[[Mapping[str, str]], Path]

TRUSTED = ("check", ".", "--trusted-config", "main", "--output-format", "json")
ALLOW = "<!-- skill-lint: allow-file broken-link -->\n"


@pytest.fixture
def fork(repository: Make) -> Path:
    """A checkout of a branch, whose `main` is that of the owner."""
    folder = repository({"good/SKILL.md": GOOD.format(name="good")})
    git(folder, "checkout", "--quiet", "-b", "change")
    return folder


def change(folder: Path, files: Mapping[str, str]) -> None:
    write(folder, files)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Change")


def rules(out: str) -> list[str]:
    return [each["rule"] for each in json.loads(out)["diagnostics"]]


@pytest.mark.parametrize(
    "files",
    [
        {".skill-lint.yaml": "ignore: [broken-link]\n"},
        {".skill-lint.yaml": "fail-on: never\nrules: {broken-link: off}\n"},
        {".skill-lint.yaml": "exclude: [bad]\n"},
        {".skill-lint.yaml": "select: [frontmatter]\n"},
        {"skill-lint.toml": 'ignore = ["links"]\n'},
        {"pyproject.toml": '[tool.skill-lint]\nignore = ["links"]\n'},
        {".gitignore": "bad\n", ".skill-lint.yaml": "respect-gitignore: true\n"},
        {"bad/.skill-lint.yaml": "ignore: [links]\n"},
    ],
    ids="+".join,
)
def test_a_configuration_in_the_change_turns_the_rule_off(
    files: Mapping[str, str], fork: Path, lint: Lint
) -> None:
    change(fork, {"bad/SKILL.md": BROKEN.format(name="bad"), ".gitignore": "", **files})
    ran = lint(fork, *TRUSTED)
    assert ran.code == 1, ran.said
    assert "broken-link" in rules(ran.out)


def test_a_configuration_of_the_base_is_weakened(repository: Make, lint: Lint) -> None:
    strict = "rules: {broken-link: error}\n"
    folder = repository({"good/SKILL.md": GOOD.format(name="good"), ".skill-lint.yaml": strict})
    git(folder, "checkout", "--quiet", "-b", "change")
    weak = "rules: {broken-link: info}\n"
    change(folder, {"bad/SKILL.md": BROKEN.format(name="bad"), ".skill-lint.yaml": weak})
    ran = lint(folder, *TRUSTED)
    assert ran.code == 1, ran.said
    assert {"broken-link", "untrusted-setting"} <= {*rules(ran.out)}


def test_a_configuration_of_the_base_is_deleted(repository: Make, lint: Lint) -> None:
    strict = "fail-on: warning\nrules: {broken-link: warning}\n"
    folder = repository({"good/SKILL.md": GOOD.format(name="good"), ".skill-lint.yaml": strict})
    git(folder, "checkout", "--quiet", "-b", "change")
    (folder / ".skill-lint.yaml").unlink()
    change(folder, {"bad/SKILL.md": BROKEN.format(name="bad")})
    assert lint(folder, *TRUSTED).code == 1


def test_a_configuration_of_the_base_becomes_a_link(repository: Make, lint: Lint) -> None:
    strict = "fail-on: warning\nrules: {broken-link: warning}\n"
    folder = repository({"good/SKILL.md": GOOD.format(name="good"), ".skill-lint.yaml": strict})
    git(folder, "checkout", "--quiet", "-b", "change")
    (folder / ".skill-lint.yaml").unlink()
    (folder / ".skill-lint.yaml").symlink_to("weak.yaml")
    change(folder, {"bad/SKILL.md": BROKEN.format(name="bad"), "weak.yaml": "fail-on: never\n"})
    assert lint(folder, *TRUSTED).code == 1


def test_the_named_configuration_is_edited(repository: Make, lint: Lint) -> None:
    folder = repository({"good/SKILL.md": GOOD.format(name="good"), "ci/lint.yaml": "{}\n"})
    git(folder, "checkout", "--quiet", "-b", "change")
    change(folder, {"bad/SKILL.md": BROKEN.format(name="bad"), "ci/lint.yaml": "ignore: [links]\n"})
    ran = lint(folder, *TRUSTED, "--config", "ci/lint.yaml")
    assert ran.code == 1, ran.said


def test_a_baseline_in_the_change_takes_the_finding(fork: Path, lint: Lint) -> None:
    change(fork, {"bad/SKILL.md": BROKEN.format(name="bad")})
    assert lint(fork, "baseline", ".").code == 0
    change(fork, {})
    ran = lint(fork, *TRUSTED)
    assert ran.code == 1, ran.said
    assert {"broken-link", "untrusted-setting"} <= {*rules(ran.out)}


@pytest.mark.parametrize(
    "comment",
    [
        ALLOW,
        "<!-- skill-lint: allow broken-link -->",
        "<!-- skill-lint: allow broken-link -- it is generated -->",
        "<!-- skill-lint: allow missing-overview broken-link -->",
        "<!-- skill-lint: allow-skill broken-link -->",
    ],
)
def test_a_comment_in_the_change_silences_the_finding(comment: str, fork: Path, lint: Lint) -> None:
    text = GOOD.format(name="bad") + f"\n{comment}\n[x](gone.md)\n"
    change(fork, {"bad/SKILL.md": text})
    ran = lint(fork, *TRUSTED)
    assert ran.code == 1, ran.said
    assert {"broken-link", "untrusted-suppression"} <= {*rules(ran.out)}


def test_a_comment_that_was_an_example_in_a_fence_becomes_one(repository: Make, lint: Lint) -> None:
    text = GOOD.format(name="bad")
    folder = repository({"bad/SKILL.md": f"{text}\n```html\n{ALLOW}```\n"})
    git(folder, "checkout", "--quiet", "-b", "change")
    change(folder, {"bad/SKILL.md": f"{text}\n{ALLOW}\n[x](gone.md)\n"})
    ran = lint(folder, *TRUSTED)
    assert ran.code == 1, ran.said


def test_a_second_comment_hides_behind_one_of_the_base(repository: Make, lint: Lint) -> None:
    allow = "<!-- skill-lint: allow broken-link -->\n[x](gone.md)\n"
    text = GOOD.format(name="bad")
    folder = repository({"bad/SKILL.md": f"{text}\n{allow}"})
    git(folder, "checkout", "--quiet", "-b", "change")
    change(folder, {"bad/SKILL.md": f"{text}\n{allow}\nMore.\n\n{allow}"})
    ran = lint(folder, *TRUSTED)
    assert ran.code == 1, ran.said


def test_a_comment_of_the_base_counts(repository: Make, lint: Lint) -> None:
    """Honest use: what a maintainer has merged stays."""
    text = GOOD.format(name="bad") + f"\n{ALLOW}\n[x](gone.md)\n"
    folder = repository({"bad/SKILL.md": text})
    git(folder, "checkout", "--quiet", "-b", "change")
    change(folder, {"bad/SKILL.md": text + "\nOne more line.\n"})
    ran = lint(folder, *TRUSTED)
    assert ran.code == 0, ran.said


def test_a_skill_is_added_where_the_base_excludes(repository: Make, lint: Lint) -> None:
    config = "exclude: ['vendor/**']\n"
    folder = repository({"good/SKILL.md": GOOD.format(name="good"), ".skill-lint.yaml": config,
                         "vendor/old/SKILL.md": BROKEN.format(name="old")})  # fmt: skip
    git(folder, "checkout", "--quiet", "-b", "change")
    assert lint(folder, *TRUSTED).code == 0, "what the base excludes stays excluded"
    change(folder, {"vendor/bad/SKILL.md": BROKEN.format(name="bad")})
    ran = lint(folder, *TRUSTED)
    assert ran.code == 1, ran.said
    assert "vendor/old" not in {each["path"] for each in json.loads(ran.out)["diagnostics"]}


def test_a_skill_is_moved_to_where_the_base_excludes(repository: Make, lint: Lint) -> None:
    config = "exclude: ['vendor/**']\n"
    folder = repository({"bad/SKILL.md": BROKEN.format(name="bad"), ".skill-lint.yaml": config,
                         "good/SKILL.md": GOOD.format(name="good")})  # fmt: skip
    git(folder, "checkout", "--quiet", "-b", "change")
    (folder / "vendor").mkdir()
    git(folder, "mv", "bad", "vendor/bad")
    change(folder, {})
    assert lint(folder, *TRUSTED).code == 1


@pytest.mark.parametrize("revision", ["nothing", "--all", "-h", "HEAD:good", "HEAD^{tree}", ""])
def test_a_trusted_revision_that_is_none_passes(revision: str, fork: Path, lint: Lint) -> None:
    ran = lint(fork, "check", ".", f"--trusted-config={revision}")
    assert ran.code == 2, ran.said


def test_without_a_repository_it_passes(tmp_path: Path, lint: Lint) -> None:
    folder = write(tmp_path / "plain", {"good/SKILL.md": GOOD.format(name="good")})
    assert lint(folder, "check", ".", "--trusted-config", "main").code == 2


def test_added_silence_passes_a_strict_gate(fork: Path, lint: Lint) -> None:
    change(fork, {"new/SKILL.md": GOOD.format(name="new") + f"\n{ALLOW}"})
    assert lint(fork, *TRUSTED).code == 0
    ran = lint(fork, "check", ".", "--trusted-config", "main", "--strict-gate")
    assert ran.code == 1, ran.said
    assert "a maintainer reviews it" in ran.said


def test_a_strict_gate_is_no_matter_of_the_configuration(fork: Path, lint: Lint) -> None:
    change(fork, {".skill-lint.yaml": "strict-gate: false\n"})
    assert lint(fork, "check", ".").code == 2
    assert lint(fork, *TRUSTED, "--strict-gate").code == 1


def test_an_unrelated_edit_of_pyproject_is_no_setting(repository: Make, lint: Lint) -> None:
    """Honest use: a version bump is no added silence."""
    project = '[project]\nname = "x"\nversion = "{}"\n[tool.skill-lint]\nfail-on = "error"\n'
    folder = repository(
        {"good/SKILL.md": GOOD.format(name="good"), "pyproject.toml": project.format("1")}
    )
    git(folder, "checkout", "--quiet", "-b", "change")
    change(folder, {"pyproject.toml": project.format("2")})
    ran = lint(folder, *TRUSTED, "--strict-gate")
    assert ran.code == 0, ran.said
