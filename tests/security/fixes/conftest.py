"""What the attacks on where `--fix` and `migrate` write share: skills with something to write."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.security.conftest import GOOD, write

Make = Callable[[Mapping[str, str | bytes]], Path]

FIXABLE = "---\nname: {name}\ndescription: Fills forms. Use when: a PDF has fields\n---\n\n# A\n"
"""A SKILL.md whose description is put in quotes by `--fix`."""
REFERENCE = "[up](../skill.MD)\n"
"""A file of `references/` whose link is changed by `--fix`."""
V1 = {
    "SKILL.md": "# Forms\n\nFills in forms.\n",
    "metadata.json": '{"skill_id": "x", "name": "x", "version": "1.0.0", '
    '"description": "Fills in forms. Use when a form is empty."}\n',
    "resources/a.md": "# A\n",
}
TOP: dict[str, str | bytes] = {"SKILL.md": GOOD.format(name="checkout")}
"""Ends the search upwards where the only skill below is gone for a moment."""
FIX = ["fix", "--unsafe-fixes", "--isolated", "--quiet", "--fail-on", "never"]
MIGRATE = ["migrate", "--allow-dirty"]


def skill(name: str, files: Mapping[str, str | bytes] | None = None) -> dict[str, str | bytes]:
    texts = {"SKILL.md": FIXABLE.format(name=name), **(files or {})}
    return {f"{name}/{each}": text for each, text in texts.items()}


def state(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Everything below a folder: the inode, mode and content of each file."""
    return {
        str(path.relative_to(folder)): (
            path.lstat().st_ino, path.lstat().st_mode,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in folder.rglob("*")
    }  # fmt: skip


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A skill of somebody else, in which there is as much to fix."""
    folder = tmp_path / "outside"
    write(folder, skill("x", {"references/a.md": REFERENCE, "references/b.md": "# B\n"}))
    return folder
