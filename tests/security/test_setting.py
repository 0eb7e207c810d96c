"""That the attacks are run against something: the setting finds what it should find."""

from collections.abc import Callable, Mapping
from pathlib import Path

from tests.security.conftest import BROKEN, GOOD, Lint


def test_a_good_skill_passes_and_a_broken_one_fails(
    repository: Callable[[Mapping[str, str]], Path], lint: Lint
) -> None:
    folder = repository(
        {"good/SKILL.md": GOOD.format(name="good"), "bad/SKILL.md": BROKEN.format(name="bad")}
    )
    assert lint(folder, "check", "good").code == 0
    ran = lint(folder, "check", "bad", "--output-format", "concise")
    assert ran.code == 1
    assert "broken-link" in ran.out
