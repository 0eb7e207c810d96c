"""A file, or a folder on the way to it, is swapped for a link out of the skill while it is read."""

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


@pytest.mark.parametrize("folder", ["s/references", "s/references/deep"])
def test_a_folder_becomes_a_link_out_of_the_skill(
    folder: str, repository: Make, lint: Lint, tmp_path: Path
) -> None:
    if not can_swap(tmp_path):
        pytest.skip("names cannot be exchanged here")
    text = GOOD.format(name="s") + "".join(f"\n[a]({folder[2:]}/{n}.md)\n" for n in range(60))
    files = {f"{folder}/{n}.md": "text\n" for n in range(60)}
    checkout = repository({"s/SKILL.md": text, **files})
    private = write(tmp_path / "private", {f"{n}.md": LEAK for n in range(60)})
    (checkout / "other").symlink_to(private)
    with swapping(checkout / folder, checkout / "other", 0.0004):
        said = [lint(checkout, "--no-cache", "--output-format", "full").said for _ in range(12)]
    assert not any("TOPSECRET" in each for each in said)


@pytest.mark.parametrize("paths", [(), ("skills",)], ids=["all", "a folder"])
def test_a_skill_becomes_a_link_out_of_the_checkout(
    paths: tuple[str, ...], repository: Make, lint: Lint, tmp_path: Path
) -> None:
    if not can_swap(tmp_path):
        pytest.skip("names cannot be exchanged here")
    checkout = repository({f"skills/{name}": text for name, text in FILES.items()})
    private = write(tmp_path / "private", {"SKILL.md": LEAK})
    (checkout / "other").symlink_to(private)
    with swapping(checkout / "skills/s", checkout / "other", 0.0004):
        words = ("check", *paths, "--no-cache", "--output-format", "full")
        said = [lint(checkout, *words).said for _ in range(15)]
    assert not any("TOPSECRET" in each for each in said)


@pytest.mark.parametrize("way", ["a link above", "another case", "a relative path"])
def test_honest_a_skill_is_read_however_it_is_named(
    way: str, repository: Make, lint: Lint, tmp_path: Path
) -> None:
    """Guards honest use: where a file lies is compared without links, and without case."""
    folder = repository(FILES)
    (tmp_path / "way").symlink_to(folder)
    if way == "another case" and not (tmp_path / "CHECKOUT").exists():
        pytest.skip("case counts here")
    names = {"a link above": "../way/s", "another case": "../CHECKOUT/S", "a relative path": "s/."}
    ran = lint(folder if way != "a link above" else tmp_path / "way", names[way], "--no-cache")
    assert "1 skill linted" in ran.out
    assert "moved or replaced" not in ran.said
