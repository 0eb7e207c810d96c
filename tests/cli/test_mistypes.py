"""What a person gets who mistypes a word, or does not know the commands yet."""

from pathlib import Path

import pytest

from skill_lint.cli.commands import COMMANDS
from skill_lint.cli.main import main
from skill_lint.rules.registry import families, load_rules
from skill_lint.scoring.described import METRICS, page_name

SKILL = "---\nname: a\ndescription: Use when testing.\n---\n\n# Title\n"
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    for name in ("a", "plain"):
        Path(name).mkdir()
    Path("a/SKILL.md").write_text(SKILL, encoding="utf-8")


def refused(capfd: Capture, *words: str) -> str:
    assert main(words) == 2
    printed = capfd.readouterr()
    assert not printed.out
    assert printed.err.count("\n") == 1
    return printed.err


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["--selct", "links", "a"], "--select"),
        (["migrate", "--dry"], "--dry-run"),
        (["--versoin"], "--version"),
        (["a", "--select", "brokn-link"], "broken-link"),
        (["a", "--ignore", "lnks"], "links"),
        (["a", "--severity", "brokn-link=off"], "broken-link"),
        (["a", "--severity", "broken-link=eror"], "error"),
        (["a", "--fail-on", "warnings"], "warning"),
        (["a", "--preset", "agentskill"], "agentskills"),
        (["a", "--output-format", "sarfi"], "sarif"),
        (["a", "--output", "jsn=report"], "json"),
        (["graph", "a", "--output-format", "dto"], "dot"),
        (["graph", "a", "--output", "htm=page"], "html"),
        (["score", "a", "--output-format", "jso"], "json"),
        (["cache", "claen"], "clean"),
        (["explain", "brokn-link"], "broken-link"),
        (["explain", "metadta"], "metadata"),
    ],
)
def test_a_mistyped_word_is_guessed(words: list[str], meant: str, capfd: Capture) -> None:
    assert f"did you mean `{meant}`?" in refused(capfd, *words)


@pytest.mark.parametrize("words", [["exlain"], ["exlain", "broken-link"], ["exlain", "a"]])
def test_a_mistyped_command_is_guessed(words: list[str], capfd: Capture) -> None:
    assert "did you mean the command `explain`?" in refused(capfd, *words)


def test_a_path_that_is_there_is_no_command(capfd: Capture) -> None:
    said = refused(capfd, "plain")
    assert "plain: no skill found" in said
    assert "command" not in said
    assert "command" not in refused(capfd, "a", "exlain")


def test_the_cache_says_what_it_can_do(capfd: Capture) -> None:
    said = refused(capfd, "cache")
    assert "`info` shows where it is" in said
    assert "`clean` deletes it" in said


@pytest.mark.parametrize("command", COMMANDS)
def test_help_with_a_command_is_its_help(command: str, capfd: Capture) -> None:
    with pytest.raises(SystemExit) as end:
        main(["help", command])
    assert end.value.code == 0
    assert capfd.readouterr().out.startswith(f"usage: skill-lint {command} ")


@pytest.mark.parametrize("family", families())
def test_a_family_is_explained(family: str, capfd: Capture) -> None:
    assert main(["explain", family]) == 0
    printed = capfd.readouterr().out
    titles = [line for line in printed.splitlines() if line.endswith(f" ({family})")]
    of_family = [rule.name for rule in load_rules().values() if rule.family == family]
    assert titles == [f"{name} ({family})" for name in of_family]


def test_all_rules_and_metrics_are_explained(capfd: Capture) -> None:
    pages = []
    for name in sorted([*load_rules(), *map(page_name, METRICS)]):
        main(["explain", name])
        pages.append(capfd.readouterr().out)
    assert main(["explain", "--all"]) == 0
    assert capfd.readouterr().out == "\n---\n\n".join(pages)


def test_explain_needs_to_know_what(capfd: Capture) -> None:
    assert "name a rule or a family, or give --all" in refused(capfd, "explain")
    assert "leave out RULE or --all" in refused(capfd, "explain", "broken-link", "--all")
