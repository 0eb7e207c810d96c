"""`skill-lint fix` has a parser of its own: what it makes no use of, it refuses."""

from collections.abc import Callable
from pathlib import Path

import pytest

SKILL = "---\nname: pdf\ndescription: Use when testing.\n---\n\n# T\n\n[x](references\\g.md)\n"


@pytest.fixture
def skill(tmp_path: Path) -> Path:
    file = tmp_path / "pdf" / "SKILL.md"
    (file.parent / "references").mkdir(parents=True)
    file.write_text(SKILL)
    (file.parent / "references" / "g.md").write_text("# G\n")
    return file


@pytest.mark.parametrize(
    "words",
    [
        ["--list-skills"],
        ["--new-only", "--changed-since", "HEAD"],
        ["--stdin-filename", "pdf/SKILL.md"],
        ["--fix"],
        ["--show-baselined"],
    ],
)
def test_options_of_check_without_a_use_are_refused(
    words: list[str], skill: Path, inside: Callable[..., tuple[int, str]]
) -> None:
    code, said = inside("fix", *words)
    assert code == 2
    assert f"there is no option `{words[0]}`" in said
    assert skill.read_text() == SKILL


@pytest.mark.parametrize(
    "words",
    [
        ["--diff"],
        ["--show-fixes"],
        ["--output-format", "json"],
        ["--output", "json=report.json"],
        ["--statistics"],
        ["--quiet"],
        ["--show-suppressed"],
        ["--sarif-category", "x"],
        ["--verbose"],
        ["--jobs", "2"],
        ["--executor", "dask://127.0.0.1:1"],
        ["--no-cache"],
        ["--cache-dir", "x"],
        ["--exit-zero"],
    ],
)
def test_options_without_a_use_beside_a_model_are_refused(
    words: list[str], skill: Path, inside: Callable[..., tuple[int, str]]
) -> None:
    code, said = inside("fix", "--llm", *words)
    assert code == 2
    assert f"{words[0]} does not go with --llm" in said
    assert skill.read_text() == SKILL


@pytest.mark.parametrize(
    "words", [["--apply"], ["--show-prompt"], ["--max-calls", "3"], ["--models", "x"]]
)
def test_options_of_the_model_step_need_it(
    words: list[str], skill: Path, inside: Callable[..., tuple[int, str]]
) -> None:
    code, said = inside("fix", *words)
    assert code == 2
    assert f"{words[0]} goes with --llm" in said
    assert skill.read_text() == SKILL


def test_it_fixes_without_being_asked_to(
    skill: Path, inside: Callable[..., tuple[int, str]]
) -> None:
    code, said = inside("fix", "--select", "backslash-link", "--show-fixes", "--exit-zero")
    assert (code, "fixed pdf/SKILL.md:8: backslash-link: Write slashes" in said) == (0, True)
    assert skill.read_text() == SKILL.replace("\\", "/")


def test_a_diff_writes_nothing(skill: Path, inside: Callable[..., tuple[int, str]]) -> None:
    code, said = inside("fix", "--select", "backslash-link", "--diff")
    assert (code, "+[x](references/g.md)" in said) == (1, True)
    assert skill.read_text() == SKILL
