"""Readers of the files and names of a skill."""

import contextlib
import json
import os
import random
import shutil
from collections.abc import Mapping
from pathlib import Path

from skill_lint.migration.plan import Stop, plan
from skill_lint.scoring.score import score
from skill_lint.showing.describe import describe
from skill_lint.skill import Skill
from skill_lint.skill.draft import Draft
from tests.fuzz.outside.command import run
from tests.fuzz.outside.workshop import V1, inside
from tests.support.promises import check_places

COMMANDS = [
    ["check", "--no-cache"], ["show"], ["show", "--output-format=json"], ["score"], ["graph"],
    ["score", "--output-format=json"], ["migrate", "--dry-run"], ["fix", "--diff", "--no-cache"],
    ["validate", "--no-cache"], ["baseline"], ["check", "--no-cache", "--output-format=sarif"],
]  # fmt: skip


def metadata(data: bytes, rng: random.Random) -> None:
    """A metadata.json."""
    _skill({"SKILL.md": V1.encode(), "metadata.json": data}, rng)


def block(data: bytes, rng: random.Random) -> None:
    """The YAML at the top of SKILL.md."""
    text = b"---\n" + data + b"\n---\n\n# PDF forms\n\nFill them.\n"
    _skill({"SKILL.md": text}, rng)


def name(data: bytes, rng: random.Random) -> None:
    """The name of a skill's folder, and of a file in it."""
    bare = bytes(each for each in data if each not in b"/\0")[:200]
    if bare in (b"", b".", b".."):
        return
    shown = os.fsdecode(bare)
    folder = shown if rng.random() < 0.7 else "pdf-forms"
    files = {"SKILL.md": V1.encode().replace(b"pdf-forms", data, 1), f"a{shown}": b"# A\n"}
    _command(folder, files, rng)


def _skill(files: dict[str, bytes], rng: random.Random) -> None:
    skill = Skill(Path("none"), "pdf-forms", Draft(files))
    check_places(skill)
    json.dumps(describe(skill))
    assert 0 <= score(skill).total <= 1
    if skill.is_v1:
        with contextlib.suppress(Stop):
            plan(skill)
    if rng.random() < 0.02:
        _command("pdf-forms", files, rng)


def _command(folder: str, files: Mapping[str, bytes], rng: random.Random) -> None:
    shutil.rmtree("names", ignore_errors=True)
    root = Path("names", folder)
    root.mkdir(parents=True)
    for each, content in files.items():
        (root / each).write_bytes(content)
    with inside("names", {}):
        run(*rng.choice(COMMANDS))
