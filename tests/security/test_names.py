"""Names of files that read as options, given to the command as a hook gives them."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.security.conftest import BROKEN, GOOD, Lint, write

Make = Callable[[Mapping[str, str | bytes]], Path]

BAD = "bad/SKILL.md"
OPTIONS = [
    "--fail-on=never", "--exit-zero", "--diff", "--config=x", "--list-skills", "-h", "--help",
    "--fix", "--unsafe-fixes", "--no-cache", "--cache-dir=x", "--isolated", "--preset=agentskills",
    "--ignore=broken-link", "--ignore=all", "--select=name-format", "--severity=broken-link=off",
    "--baseline=x", "--no-baseline", "--quiet", "-q", "--statistics", "--new-only",
    "--changed-since=HEAD", "--stdin-filename=x", "--output-format=json", "--executor=dask:/x:1",
    "--jobs=2", "--show-fixes", "--verbose", "--color=always", "--output=json=x", "--version", "-V",
    "--exit-zero=", "-hq", "--", "-", "-1", "---", "--owning-skills", "--no-such-option",
    "--fail-on=never\n", "--exit-zero/SKILL.md", "--output=text=bad/SKILL.md", "-h/x", "--fix/a/b",
]  # fmt: skip
"""Names of files. A name with a slash is a file in a folder that reads as an option."""


def names(folder: Path) -> list[str]:
    """The names of a checkout as git prints them, with which a hook is called."""
    files = (each for each in sorted(folder.rglob("*")) if each.is_symlink() or each.is_file())
    shown = (str(each.relative_to(folder)) for each in files)
    return [name for name in shown if not name.startswith(".git/")]


def refused(folder: Path, lint: Lint, name: str, *words: str) -> None:
    ran = lint(folder, *words)
    assert ran.code == 2, ran.said
    assert f"`{name.encode('unicode_escape').decode()}`" in ran.err
    assert "ename" in ran.err
    assert "exclude: ^-" in ran.err
    assert not ran.out
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("name", OPTIONS)
@pytest.mark.parametrize("command", [["check", "--owning-skills"], ["--owning-skills"]])
def test_a_file_named_like_an_option_turns_the_gate_off(
    repository: Make, lint: Lint, name: str, command: list[str]
) -> None:
    folder = repository({BAD: BROKEN.format(name="bad"), name: "x"})
    before = (folder / BAD).read_bytes()
    refused(folder, lint, name, *command, *names(folder))
    assert (folder / BAD).read_bytes() == before
    assert not (folder / "x").exists()
    assert not (folder / ".skill_lint_cache").exists()


@pytest.mark.parametrize("name", ["--exit-zero", "--list-skills", "-h", "--fix"])
@pytest.mark.parametrize("command", ["fix", "check"])
def test_a_checking_hook_of_another_order_obeys_a_name(
    repository: Make, lint: Lint, name: str, command: str
) -> None:
    folder = repository({BAD: BROKEN.format(name="bad"), name: "x"})
    refused(folder, lint, name, command, name, BAD, "--owning-skills")
    refused(folder, lint, name, command, "--preset", "agentskills", "--owning-skills", BAD, name)


@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit"])
def test_a_folder_overwrites_a_file_anywhere(
    repository: Make, lint: Lint, tmp_path: Path, form: str
) -> None:
    victim = write(tmp_path, {"victim": "precious"}) / "victim"
    name = f"--output={form}={victim}"
    folder = repository({BAD: BROKEN.format(name="bad"), name: "x"})
    refused(folder, lint, name, "check", "--owning-skills", *names(folder))
    assert victim.read_text() == "precious"


@pytest.mark.parametrize("option", ["--cache-dir", "--output=json"])
def test_a_name_makes_a_folder_elsewhere(
    repository: Make, lint: Lint, tmp_path: Path, option: str
) -> None:
    name = f"{option}={tmp_path}/made/x"
    folder = repository({BAD: BROKEN.format(name="bad"), name: "x"})
    refused(folder, lint, name, "check", "--owning-skills", *names(folder))
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("target", ["bad/SKILL.md", "nowhere", "bad", "--exit-zero", "/"])
def test_a_link_named_like_an_option_turns_the_gate_off(
    repository: Make, lint: Lint, target: str
) -> None:
    folder = repository({BAD: BROKEN.format(name="bad")})
    (folder / "--exit-zero").symlink_to(target)
    refused(folder, lint, "--exit-zero", "check", "--owning-skills", "--exit-zero", BAD)


def test_a_name_relative_to_the_root_is_read_as_an_option_in_a_folder_below(
    repository: Make, lint: Lint
) -> None:
    folder = repository({BAD: BROKEN.format(name="bad"), "--exit-zero": "", "a/b/x": ""})
    words = ("check", "--owning-skills", "--exit-zero", "../../bad/SKILL.md")
    refused(folder / "a" / "b", lint, "--exit-zero", *words)


def test_a_run_before_lets_a_name_pass(repository: Make, lint: Lint) -> None:
    folder = repository({BAD: BROKEN.format(name="bad")})
    words = ("check", "--owning-skills", "--exit-zero", BAD)
    assert lint(folder, *words).code == 0
    write(folder, {"--exit-zero": ""})
    refused(folder, lint, "--exit-zero", *words)


def test_a_name_that_is_no_utf_8_is_an_option(repository: Make, lint: Lint) -> None:
    folder = repository({BAD: BROKEN.format(name="bad")})
    name = "--config=\udcff"
    (folder / name).write_text("x")
    ran = lint(folder, "check", "--owning-skills", name, BAD)
    assert ran.code == 2
    assert "`--config=\\udcff`" in ran.err


def test_many_names_are_counted(repository: Make, lint: Lint) -> None:
    folder = repository({BAD: BROKEN.format(name="bad"), "-h": "", "--fix": "", "--diff": ""})
    ran = lint(folder, "check", "--owning-skills", *names(folder))
    assert ran.code == 2
    assert "2 other names" in ran.err


@pytest.mark.parametrize("option", ["--no-cache", "--cache-dir=x", "--cache-dir=/proc/x"])
def test_a_name_after_the_end_of_the_options_decides_about_the_cache(
    repository: Make, lint: Lint, option: str
) -> None:
    folder = repository({"a/SKILL.md": GOOD.format(name="a"), f"a/{option}": ""})
    assert lint(folder, "check", "--", "a", option).code == 2
    ran = lint(folder / "a", "check", "--", option, SKILL_LINT_CACHE_DIR="../../kept")
    assert ran.code == 0, ran.said
    assert (folder.parent / "kept").exists()
    assert not (folder / "a" / "x").exists()


COMMANDS = ["check", "fix", "show", "score", "graph", "migrate", "baseline"]


@pytest.mark.parametrize("name", ["--help", "--isolated", "-h", "--fix", "help", "fix"])
@pytest.mark.parametrize("command", [[], *([each] for each in COMMANDS)])
def test_honest_names_after_the_end_of_the_options_are_paths(
    repository: Make, lint: Lint, command: list[str], name: str
) -> None:
    """Held before: `--` ends the options of every command."""
    folder = repository({f"{name}/SKILL.md": GOOD.format(name="a")})
    ran = lint(folder, *command, "--", name)
    assert ran.code in (0, 1), ran.said
    assert "usage:" not in ran.out


@pytest.mark.parametrize(
    "words",
    [["explain", "--", "--help"], ["init", "--", "--help"], ["rules", "--", "--help"],
     ["models", "--", "--check"], ["cache", "--", "--help"]],
)  # fmt: skip
def test_honest_other_commands_end_their_options_as_well(
    repository: Make, lint: Lint, words: list[str]
) -> None:
    """Held before."""
    ran = lint(repository({"x": ""}), *words)
    assert ran.code == 2, ran.said
    assert "usage:" not in ran.out


@pytest.mark.parametrize(
    "options",
    [[], ["--preset", "strict"], ["--quiet"], ["-q", "--color=never"], ["--exit-zero"],
     ["--fail-on=error", "--no-cache"], ["--config", "lint.yaml"], ["--output=json=out.json"],
     ["--"], ["--quiet", "--"]],
)  # fmt: skip
def test_honest_options_of_a_hook_go_on_working(
    repository: Make, lint: Lint, options: list[str]
) -> None:
    folder = repository({
        BAD: BROKEN.format(name="bad"), "x-y/SKILL.md": GOOD.format(name="x-y"),
        "lint.yaml": "extends: golden\n", "a--fix": "", "sub/--diff": "", "sub/-h": "",
    })  # fmt: skip
    ran = lint(folder, "check", "--owning-skills", *options, *names(folder))
    assert ran.code == (0 if "--exit-zero" in options else 1), ran.said
    assert "gone.md" in ran.out


def test_honest_names_need_no_check_after_the_end_of_the_options(
    repository: Make, lint: Lint
) -> None:
    folder = repository({BAD: BROKEN.format(name="bad"), "--exit-zero": "", "-h": ""})
    ran = lint(folder, "check", "--owning-skills", "--", *names(folder))
    assert ran.code == 1, ran.said
    assert "broken-link" in ran.out


def test_honest_files_above_a_checkout_are_none_of_its_names(
    repository: Make, lint: Lint, tmp_path: Path
) -> None:
    folder = repository({BAD: BROKEN.format(name="bad")})
    write(tmp_path, {"--exit-zero": ""})
    assert lint(folder, "check", "--owning-skills", "--exit-zero", BAD).code == 0


@pytest.mark.parametrize("response", ["@args", "@/etc/hostname"])
def test_honest_names_with_an_at_sign_are_names(
    repository: Make, lint: Lint, response: str
) -> None:
    """Held before: no file holds more words."""
    folder = repository({BAD: BROKEN.format(name="bad"), "@args": "--exit-zero\n"})
    assert lint(folder, "check", "--owning-skills", response, BAD).code == 1


EVIL = "x\n::error::forged\r::stop-commands::y\x1b[2J"


@pytest.mark.parametrize(
    "words",
    [["check", EVIL], ["check", "--", f"--{EVIL}"], ["check", f"--{EVIL}"], ["show", EVIL],
     ["check", "--config", EVIL], ["check", "--preset", EVIL], ["check", "--output", EVIL],
     ["check", "--severity", EVIL], ["check", "--fail-on", EVIL], ["check", "--baseline", EVIL],
     ["check", "--jobs", EVIL], ["explain", EVIL], ["init", EVIL], ["score", "--fail-under", EVIL],
     ["check", "--owning-skills", f"a/{EVIL}"], ["migrate", EVIL], ["graph", EVIL],
     ["check", "--output", f"json={EVIL}/x"],
     ["baseline", "--prune", "--baseline", EVIL],
     ["baseline", "--baseline", EVIL]],
)  # fmt: skip
def test_a_name_in_a_message_is_a_command_of_the_build_server(
    repository: Make, lint: Lint, words: list[str]
) -> None:
    ran = lint(repository({BAD: BROKEN.format(name="bad")}), *words, GITHUB_ACTIONS="true")
    shown = f"\n{ran.said}"
    assert "\n::error::forged" not in shown
    assert "::stop-commands" not in [line[:15] for line in shown.splitlines()]
    assert "\x1b" not in shown
    assert "\r" not in shown
