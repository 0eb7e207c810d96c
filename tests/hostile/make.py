"""What hostile skills are made of."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

GOOD = b"""---
name: %s
description: Fills PDF forms. Use when a PDF has fields to fill.
---

# PDF forms

Fills PDF forms.

## When to Use This Skill

- A PDF has fields to fill

## Quick Start

```bash
fill form.pdf
```
"""
FRONTMATTER = b"---\nname: hostile\ndescription: Use when testing.\n---\n\n"

Make = Callable[[Path], None]
"""Puts a skill into its folder, which is empty."""


@dataclass(frozen=True)
class Case:
    """A skill, and the rules of which at least one must speak; none: nothing need be said.

    `linted` is how many skills are, with the sound one beside it. `meanwhile` names what
    `every.py` does to SKILL.md when it is about to be read. Where it `is_large`,
    only `test_case_in_every_command` tries it.
    """

    make: Make
    wanted: frozenset[str] = frozenset()
    linted: int = 2
    meanwhile: str = ""
    is_large: bool = False


def case(
    make: Make, *wanted: str, linted: int = 2, meanwhile: str = "", large: bool = False
) -> Case:
    return Case(make, frozenset(wanted), linted, meanwhile, large)


def skill(content: bytes) -> Make:
    def make(root: Path) -> None:
        (root / "SKILL.md").write_bytes(content)

    return make


def body(content: bytes) -> Make:
    return skill(FRONTMATTER + content)


def text(content: str) -> Make:
    return body(content.encode())


def keys(content: bytes) -> Make:
    return skill(
        b"---\nname: hostile\ndescription: Use when testing.\n" + content + b"\n---\n# T\n"
    )


def metadata(content: bytes) -> Make:
    def make(root: Path) -> None:
        (root / "SKILL.md").write_bytes(GOOD % b"hostile")
        (root / "metadata.json").write_bytes(content)

    return make


def good(*steps: Callable[[Path], object]) -> Make:
    """A sound skill, and what is done in its folder."""

    def make(root: Path) -> None:
        (root / "SKILL.md").write_bytes(GOOD % b"hostile")
        for step in steps:
            step(root)

    return make


def files(names: Collection[str | bytes], content: bytes = b"# Text\n") -> Callable[[Path], None]:
    """Files with these names, in folders that are made for them."""

    def make(root: Path) -> None:
        for name in names:
            path = root / (
                name if isinstance(name, str) else name.decode("utf-8", "surrogateescape")
            )
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    return make


def link(name: str, target: str) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).symlink_to(target)

    return make


def sparse(name: str, size: int) -> Callable[[Path], None]:
    """A file of so many bytes that takes no room on the disk."""

    def make(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        with (root / name).open("wb") as file:
            file.truncate(size)

    return make
