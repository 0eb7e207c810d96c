"""Attacks on a write in its middle: a full disk, pipes, devices, files that are more than one."""

import json
import os
import resource
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.security.conftest import BROKEN, PATIENCE, Lint
from tests.security.writes.conftest import (
    OLD,
    REPORTS,
    WRITERS,
    Make,
    files,
    into,
    unchanged,
)

# A full disk, and other ends in the middle of a write.


@pytest.fixture
def short_of_space(environment: dict[str, str]) -> Lint:
    """Runs the command where no file may pass 1 KB: it fails where a full disk would."""

    def run(folder: Path, *words: str, stdin: bytes = b"", **variables: str) -> object:
        return subprocess.run(
            [sys.executable, "-P", "-m", "skill_lint", *words],
            cwd=folder, env={**environment, **variables}, input=stdin, capture_output=True,
            check=False, timeout=PATIENCE,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024)),
        )  # fmt: skip

    return run  # type: ignore[return-value]


@pytest.mark.parametrize("writer", ["json", "sarif", "the second of two", "baseline", "graph"])
@pytest.mark.parametrize("exists", [True, False])
def test_a_full_disk_costs_the_older_file(
    writer: str, exists: bool, repository: Make, short_of_space: Lint
) -> None:
    texts = {f"{n}/SKILL.md": BROKEN.format(name=f"s{n}") + "\n[y](z.md)" * 40 for n in range(30)}
    checkout = repository(texts)
    old = json.dumps({"version": 1, "entries": {}}).encode()
    if exists:
        (checkout / "out").write_bytes(old)
    ran = short_of_space(checkout, *into(WRITERS[writer], "out"))
    assert ran.returncode == 2, ran  # type: ignore[attr-defined]
    assert b"file too large" in ran.stderr  # type: ignore[attr-defined]
    assert b"Traceback" not in ran.stderr  # type: ignore[attr-defined]
    if exists:
        assert (checkout / "out").read_bytes() == old
    else:
        assert not (checkout / "out").exists()
    assert not list(checkout.rglob("*.tmp"))


def can_mount(folder: Path) -> bool:
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(folder)]
    try:
        return subprocess.run(words, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@pytest.mark.parametrize("writer", ["json", "baseline", "graph"])
def test_a_disk_that_is_really_full_costs_the_older_file(
    writer: str, repository: Make, tmp_path: Path, lint: Lint
) -> None:
    checkout = repository(
        {f"{n}/SKILL.md": BROKEN.format(name=f"s{n}") + "\n[y](z.md)" * 40 for n in range(30)}
    )
    disk = tmp_path / "disk"
    if not can_mount(disk):
        pytest.skip("no disk can be mounted here")
    try:
        old = json.dumps({"version": 1, "entries": {}}).encode()
        (disk / "out").write_bytes(old)
        (disk / "filler").write_bytes(bytes(8192))
        ran = lint(checkout, *into(WRITERS[writer], disk / "out"))
        assert ran.code == 2
        assert "no space left" in ran.err
        assert (disk / "out").read_bytes() == old
        assert sorted(each.name for each in disk.iterdir()) == ["filler", "out"]
    finally:
        subprocess.run(["umount", str(disk)], check=True)


# Pipes and devices.


@pytest.mark.parametrize("writer", REPORTS)
def test_a_pipe_in_the_checkout_stops_the_run_for_ever(
    writer: str, checkout: Path, lint: Lint
) -> None:
    os.mkfifo(checkout / "out")
    ran = lint(checkout, *into(WRITERS[writer], "out"), "a")
    assert ran.code == 2
    assert "named pipe in the checkout" in ran.err


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a device")
@pytest.mark.parametrize("kind", ["block", "character"])
def test_a_device_is_written(kind: str, checkout: Path, tmp_path: Path, lint: Lint) -> None:
    """A device that this system does not have: to open it fails, too."""
    mode = stat.S_IFBLK if kind == "block" else stat.S_IFCHR
    device = tmp_path / "device"
    try:
        # /dev/kmsg would put the report into the kernel's log.
        os.mknod(device, mode | 0o600, os.makedev(1, 11) if kind == "character" else 0)
    except PermissionError:
        pytest.skip("no device can be made here")
    ran = lint(checkout, "a", "--output", f"json={device}")
    assert ran.code == 2
    assert "it is a device" in ran.err
    assert not stat.S_ISREG(device.stat().st_mode)


@pytest.mark.parametrize("number", ["9" * 20, "99999", "-1", "x"])
def test_a_file_that_is_not_open_ends_in_a_traceback(
    number: str, checkout: Path, lint: Lint
) -> None:
    ran = lint(checkout, "a", "--output", f"json=/dev/fd/{number}")
    assert ran.code == 2
    assert f"/dev/fd/{number}" in ran.err


# Files that are more than one.


def test_a_second_name_of_a_file_outside_is_written(
    checkout: Path, victim: Path, lint: Lint
) -> None:
    """A hard link: the name in the checkout is replaced, the other keeps its text."""
    os.link(victim, checkout / "out")
    before = files(victim.parent)
    assert lint(checkout, "a", "--output", "json=out").code == 1
    assert unchanged(victim.parent, before)
    assert json.loads((checkout / "out").read_bytes())


@pytest.mark.parametrize("other", ["out", "./out", "a/../out", "{}/out"])
@pytest.mark.parametrize("command", ["check", "graph"])
def test_two_outputs_to_one_file_lose_the_first(
    other: str, command: str, checkout: Path, lint: Lint
) -> None:
    second = other.format(checkout)
    ran = lint(checkout, command, "a", "--output", "json=out", "--output", f"text={second}")
    assert ran.code == 2
    assert "two outputs" in ran.err
    assert not (checkout / "out").exists()


@pytest.mark.parametrize("writer", REPORTS)
def test_a_report_replaces_the_skill_that_it_is_about(
    writer: str, checkout: Path, lint: Lint
) -> None:
    ran = lint(checkout, *into(WRITERS[writer], "a/SKILL.md"), "a")
    assert ran.code == 2
    assert (checkout / "a" / "SKILL.md").read_text() == BROKEN.format(name="a")


@pytest.mark.parametrize("mode", [0o4755, 0o2755, 0o6777])
def test_a_report_inherits_the_right_to_run_as_another(
    mode: int, checkout: Path, lint: Lint
) -> None:
    (checkout / "out").write_bytes(OLD)
    (checkout / "out").chmod(mode)
    lint(checkout, "a", "--output", "json=out")
    assert stat.S_IMODE((checkout / "out").stat().st_mode) == mode & 0o777


def test_names_of_temporary_files_are_planted(checkout: Path, victim: Path, lint: Lint) -> None:
    """Held before: a planted name is not used, and what is no file of ours is not deleted."""
    links = [checkout / f".skill-lint-{n:016x}.tmp" for n in range(50)]
    for link in links:
        link.symlink_to(victim)
        os.utime(link, (0, 0), follow_symlinks=False)
    (checkout / ".skill-lint-x.tmp").mkdir()
    os.utime(checkout / ".skill-lint-x.tmp", (0, 0))
    before = files(victim.parent)
    assert lint(checkout, "a", "--output", "json=out").code == 1
    assert unchanged(victim.parent, before)
    assert all(link.is_symlink() for link in links)
    assert (checkout / ".skill-lint-x.tmp").is_dir()
