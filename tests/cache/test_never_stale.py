"""Whatever happens to the files between two runs, the cache gives no stale answer."""

import os
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from skill_lint.filesystem import snapshot as watch
from tests.support.cached import Capture, same_with_and_without

# What may happen to a tree between two runs. Each takes the random numbers it decides by.


def any_file(rng: random.Random) -> Path:
    files = sorted(path for path in Path().rglob("*") if path.is_file())
    return rng.choice(files)


def folders_of_skills() -> list[Path]:
    return sorted(path for path in Path("skills").iterdir() if path.is_dir())


def change_a_byte(rng: random.Random) -> None:
    path = any_file(rng)
    data = bytearray(path.read_bytes() or b"x")
    data[rng.randrange(len(data))] = rng.choice(b"ax#[](`\n- \xff")
    kept = path.stat()
    path.write_bytes(data)
    if rng.random() < 0.5:
        os.utime(path, ns=(kept.st_atime_ns, kept.st_mtime_ns))


def add_text(rng: random.Random) -> None:
    with any_file(rng).open("a") as file:
        file.write(rng.choice(["\n[x](gone.md)\n", "\n## When to Use\n", "\n```\n", " "]))


def rename(rng: random.Random) -> None:
    path = any_file(rng)
    new = path.with_name(rng.choice(["guide.md", "table.md", "skill.md", "SKILL.md", "other.txt"]))
    if not new.exists():
        path.rename(new)


def delete(rng: random.Random) -> None:
    path = any_file(rng)
    if len(list(Path().rglob("SKILL.md"))) > 1:
        path.unlink()


def copy_a_skill(rng: random.Random) -> None:
    name = f"skills/new{rng.randrange(3)}"
    if not Path(name).exists():
        shutil.copytree(rng.choice(folders_of_skills()), name, symlinks=True)


def add_a_file(rng: random.Random) -> None:
    folder = rng.choice(sorted(path for path in Path("skills").rglob("*") if path.is_dir()))
    folder.joinpath(rng.choice(["table.md", "metadata.json", "pyvenv.cfg", ".git"])).write_text(
        rng.choice(["", "# T\n", '{"skill_id": "a/b"}'])
    )


def add_a_link(rng: random.Random) -> None:
    place = rng.choice(folders_of_skills()) / rng.choice(["linked", "references/l.md"])
    if not os.path.lexists(place) and place.parent.is_dir():
        place.symlink_to(rng.choice(["../a", "nowhere", "guide.md", "../references"]))


def change_the_mode(rng: random.Random) -> None:
    any_file(rng).chmod(rng.choice([0o644, 0o600, 0o000]))


def touch(rng: random.Random) -> None:
    os.utime(any_file(rng))


def configure(rng: random.Random) -> None:
    Path(rng.choice([".", "skills"]), ".skill-lint.yaml").write_text(
        rng.choice(["ignore: [broken-link]\n", "extends: agentskills\n", "fail-on: never\n"])
    )


def leave_a_baseline(rng: random.Random) -> None:
    if rng.random() < 0.5:
        Path(".skill-lint-baseline.json").unlink(missing_ok=True)
    else:
        Path(".skill-lint-baseline.json").write_text('{"version": 1, "findings": []}')


def describe(rng: random.Random) -> None:
    """Say what another skill says too, perhaps, or allow that."""
    path = rng.choice([each for each in folders_of_skills() if (each / "SKILL.md").is_file()])
    lines = (path / "SKILL.md").read_bytes().split(b"\n")
    lines[min(2, len(lines) - 1)] = rng.choice(
        [
            b"description: Fills forms of the tax office. Use when a form is to be filled.",
            b"description: Fills forms of the tax office. Use when a form is to be filled. "
            b"# skill-lint: allow duplicate-description, overlapping-description -- on purpose",
            b"description: Fills tax office forms and reads them. Use when a form is to be filled.",
        ]
    )
    (path / "SKILL.md").write_bytes(b"\n".join(lines))


EVENTS: list[Callable[[random.Random], None]] = [
    change_a_byte, change_a_byte, add_text, rename, delete, copy_a_skill, add_a_file, add_a_link,
    change_the_mode, touch, configure, leave_a_baseline, describe, describe, add_text,
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("trusting", [False, True], ids=["young files", "old files"])
@pytest.mark.parametrize("seed", range(4))
def test_never_a_stale_answer(
    seed: int, trusting: bool, capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    if trusting:
        # Files of this test are never old enough to be known by their status alone.
        monkeypatch.setattr(watch, "RACY", 0)
    rng = random.Random(seed)
    Path("skills/a/scripts").mkdir()
    Path("skills/a/scripts/run.py").write_text("print()\n")
    shutil.copytree("skills/a", ".claude/skills/a")
    formats = ([], ["-q"], *(["--output-format", name] for name in ("full", "json", "sarif")))
    for _ in range(25):
        for event in rng.choices(EVENTS, k=rng.randint(1, 2)):
            event(rng)
        if trusting:
            time.sleep(0.01)  # The file system's clock must have ticked.
        same_with_and_without(capfdbinary, *rng.choice(formats))
