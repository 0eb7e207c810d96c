"""Readers of the files and names of a skill."""

import contextlib
import json
import os
import random
import shutil
from collections.abc import Mapping
from pathlib import Path

from skill_lint.migration.plan import Stop, plan
from skill_lint.reporters.formats import RENDERERS
from skill_lint.scoring.score import score
from skill_lint.showing.describe import describe
from skill_lint.skill import Skill
from skill_lint.skill.draft import Draft
from tests.fuzz.outside.command import run
from tests.fuzz.outside.workshop import V1, inside
from tests.support.promises import check_places

COMMANDS = [
    ["check", "--no-cache"], ["show"], ["show", "--output-format=json"], ["score"], ["graph"],
    ["score", "--output-format=json"], ["score", "--output-format=markdown"], ["baseline"],
    ["graph", "--output-format=json"], ["graph", "--output-format=dot"], ["migrate", "--dry-run"],
    ["migrate", "--allow-dirty"], ["fix", "--diff", "--no-cache"], ["validate", "--no-cache"],
    ["fix", "--unsafe-fixes", "--no-cache"], ["check", "--no-cache", "--select=all", "--verbose"],
    *(["check", "--no-cache", f"--output-format={each}"] for each in RENDERERS),
]  # fmt: skip
_LINKS = "\n[a](../a{0}/SKILL.md) [b](a{0}) `references/{0}.md` skills/{0}/SKILL.md\n"


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
    shown, text = os.fsdecode(bare), V1
    if rng.random() < 0.5:
        text = text.replace("pdf-forms", shown.swapcase(), 1)
    if rng.random() < 0.5:
        text += _LINKS.format(shown)
    content = text.encode("utf-8", rng.choice(["replace", "surrogateescape", "backslashreplace"]))
    folder = shown if rng.random() < 0.7 else "pdf-forms"
    _command(folder, {"SKILL.md": content, f"a{shown}": b"# A\n"}, rng)


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
