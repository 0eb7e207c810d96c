"""A file is swapped for a link out of the skill while it is read."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.security.conftest import GOOD, Lint, write
from tests.security.fixes.test_races import can_swap, swapping

Make = Callable[[Mapping[str, str]], Path]
LEAK = GOOD.format(name="s") + "\n[x](gone-TOPSECRET.md)\n"
FILES = {"s/SKILL.md": GOOD.format(name="s") + "\n[a](a.md)\n", "s/a.md": "text\n", "b.md": LEAK}


@pytest.mark.parametrize("name", ["SKILL.md", "a.md"])
@pytest.mark.parametrize("is_link", [False, True])
def test_it_becomes_a_link_out_of_the_skill(
    name: str, is_link: bool, repository: Make, lint: Lint, tmp_path: Path
) -> None:
    if not can_swap(tmp_path):
        pytest.skip("names cannot be exchanged here")
    folder = repository({**FILES, "s/real.md": FILES[f"s/{name}"]})
    private = write(tmp_path / "private", {"SKILL.md": LEAK})
    if is_link:
        (folder / "s" / name).unlink()
        (folder / "s" / name).symlink_to("real.md")
    (folder / "other").symlink_to(private / "SKILL.md")
    with swapping(folder / "s" / name, folder / "other", 0.0004):
        said = [lint(folder, "--no-cache", "--output-format", "full").said for _ in range(25)]
    assert not any("TOPSECRET" in each for each in said)
