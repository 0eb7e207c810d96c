"""Attacks by folders that are swapped for links while a command runs."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.security.conftest import write
from tests.security.fixes.conftest import (
    FIX,
    FIXABLE,
    MIGRATE,
    REFERENCE,
    TOP,
    V1,
    Make,
    skill,
    state,
)

# Folders that are swapped for links while the command runs.

_SWAP = """
import ctypes, os, sys, time
libc = ctypes.CDLL(None, use_errno=True)
one, two = (os.fsencode(each) for each in sys.argv[1:])
while os.getppid() == {parent}:
    libc.renameat2(-100, one, -100, two, 2)
    time.sleep({pause})
"""


def can_swap(folder: Path) -> bool:
    """Whether two names can be exchanged in one step here."""
    one, two = folder / "swap-1", folder / "swap-2"
    one.mkdir()
    two.symlink_to("swap-1")
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except AttributeError:
        return False
    done = bool(call(-100, os.fsencode(one), -100, os.fsencode(two), 2) == 0)
    for each in (one, two):
        each.unlink() if each.is_symlink() else each.rmdir()
    return done


@contextmanager
def swapping(one: Path, two: Path, pause: float) -> Iterator[None]:
    """Exchange two names for as long as this lasts."""
    script = _SWAP.format(parent=os.getpid(), pause=pause)
    words = [sys.executable, "-I", "-c", script, str(one), str(two)]
    with subprocess.Popen(words) as process:
        try:
            yield
        finally:
            process.kill()


_LOOP = """
import os, shutil, subprocess, sys, time
from skill_lint.cli.main import main
sys.stdout = sys.stderr = open(os.devnull, "w")
end = time.monotonic() + {seconds}
while time.monotonic() < end:
    {prepare}
    try:
        main({words!r})
    except SystemExit:
        pass
"""


def race(folder: Path, prepare: str, words: list[str], environment: dict[str, str]) -> None:
    """Run a command again and again for some seconds. `prepare` undoes what it has done."""
    seconds = float(os.environ.get("SKILL_LINT_RACE", "8"))
    script = _LOOP.format(seconds=seconds, prepare=prepare, words=words)
    done = subprocess.run(
        [sys.executable, "-P", "-c", script], cwd=folder, env=environment, check=False,
        capture_output=True, timeout=seconds + 60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.slow
@pytest.mark.parametrize("swapped", ["references", "the skill", "the folder of skills"])
@pytest.mark.parametrize("pause", [0, 0.0002, 0.003])
def test_a_folder_is_swapped_for_a_link_while_it_is_fixed(
    swapped: str, pause: float, repository: Make, outside: Path, environment: dict[str, str]
) -> None:
    texts = {**skill("x", {"references/a.md": REFERENCE}), **skill("other")}
    checkout = repository({f"skills/{name}": text for name, text in texts.items()} | TOP)
    if not can_swap(checkout):
        pytest.skip("names cannot be exchanged here")
    real, target = {
        "references": (checkout / "skills/x/references", outside / "x" / "references"),
        "the skill": (checkout / "skills/x", outside / "x"),
        "the folder of skills": (checkout / "skills", outside),
    }[swapped]
    link = checkout / "link"
    link.symlink_to(target)
    # By open folders, because their paths are being swapped.
    files = {checkout / "skills/x/SKILL.md": FIXABLE.format(name="x"),
             checkout / "skills/x/references/a.md": REFERENCE}  # fmt: skip
    handles = {path: os.open(path.parent, os.O_RDONLY) for path in files}
    for path, text in files.items():
        (checkout / f"{path.name}.was").write_text(text)
    prepare = "; ".join(
        f"shutil.copyfile({str(checkout / path.name)!r} + '.was', "
        f"'/proc/{os.getpid()}/fd/{handle}/{path.name}')"
        for path, handle in handles.items()
    )
    before = state(outside)
    with swapping(real, link, pause):
        race(checkout, prepare, [*FIX, "skills"], environment)
    for handle in handles.values():
        os.close(handle)
    assert state(outside) == before


@pytest.mark.slow
@pytest.mark.parametrize("pause", [0, 0.0005])
def test_a_folder_is_swapped_for_a_link_while_it_is_migrated(
    pause: float, repository: Make, tmp_path: Path, environment: dict[str, str]
) -> None:
    checkout = repository({f"x/{name}": text for name, text in V1.items()} | TOP)
    outside = write(tmp_path / "outside", {f"x/{name}": text for name, text in V1.items()})
    if not can_swap(checkout):
        pytest.skip("names cannot be exchanged here")
    shutil.copytree(checkout / "x", checkout.parent / "was")
    (checkout / "link").symlink_to(outside / "x")
    before = state(outside)
    handle = os.open(checkout / "x", os.O_RDONLY)
    here = f"/proc/{os.getpid()}/fd/{handle}"
    prepare = (
        f"shutil.rmtree('{here}/references', ignore_errors=True); "
        f"shutil.copytree({str(checkout.parent / 'was')!r}, '{here}/.', dirs_exist_ok=True)"
    )
    with swapping(checkout / "x", checkout / "link", pause):
        race(checkout, prepare, [*MIGRATE, "."], environment)
    os.close(handle)
    assert state(outside) == before
