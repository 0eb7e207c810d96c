"""What an honest person writes goes on working."""

import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.security.conftest import BROKEN, PATIENCE, TREE, Lint, git
from tests.security.writes.conftest import (
    OLD,
    WRITERS,
    Make,
    into,
)

# What an honest person does. Each of these held before, but for what its docstring says.


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("where", ["old", "absolute", "above"])
def test_honest_a_file_is_written(
    writer: str, where: str, checkout: Path, tmp_path: Path, lint: Lint
) -> None:
    if where == "old" and writer != "baseline":
        (checkout / "out").write_bytes(OLD)
    path = {"absolute": str(checkout / "out"), "above": "../out"}
    ran = lint(checkout, *into(WRITERS[writer], path.get(where, "out")), "a")
    assert ran.code in (0, 1), ran
    written = checkout / path.get(where, "out")
    assert written.read_bytes() not in (b"", OLD)
    assert not list(tmp_path.rglob("*.tmp"))


def test_honest_links_outside_of_a_checkout_are_followed(
    checkout: Path, tmp_path: Path, lint: Lint
) -> None:
    """`/tmp` is one on macOS; a person's home may be full of them."""
    real = tmp_path / "real"
    real.mkdir()
    (tmp_path / "link").symlink_to(real)
    (real / "latest.json").symlink_to("dated.json")
    assert lint(checkout, "a", "--output", f"json={tmp_path}/link/latest.json").code == 1
    assert (real / "latest.json").is_symlink()
    assert json.loads((real / "dated.json").read_bytes())


def test_honest_the_checkout_is_reached_by_a_link(
    checkout: Path, tmp_path: Path, lint: Lint
) -> None:
    (tmp_path / "work").symlink_to(checkout)
    path = tmp_path / "work" / "out.json"
    assert lint(tmp_path / "work", "a", "--output", f"json={path}").code == 1
    assert json.loads((checkout / "out.json").read_bytes())


@pytest.mark.parametrize("device", ["/dev/null", "/dev/stderr", "/dev/fd/2", "/proc/self/fd/2"])
def test_honest_devices_are_written(device: str, checkout: Path, lint: Lint) -> None:
    ran = lint(checkout, "a", "--output", f"json={device}", "--output", f"concise={device}")
    assert ran.code == 1
    assert ("broken-link" in ran.err) == (device != "/dev/null")
    assert Path(device).exists()


def test_honest_standard_output_is_a_file(checkout: Path, environment: dict[str, str]) -> None:
    """Before, the report and what was printed overwrote each other."""
    script = f"{sys.executable} -P -m skill_lint a --output json=/dev/stdout --quiet > out"
    subprocess.run(["sh", "-c", script], cwd=checkout, env=environment, check=False)
    text = (checkout / "out").read_text()
    end = text.rindex("}") + 1
    assert json.loads(text[:end])
    assert "broken-link" in text[end:]


def test_honest_process_substitution(checkout: Path, environment: dict[str, str]) -> None:
    command = (
        f"{sys.executable} -P -m skill_lint a --quiet --output json=>(cat > got); wait; cat got"
    )
    done = subprocess.run(
        ["bash", "-c", command], cwd=checkout, env=environment, capture_output=True, check=True
    )
    assert b'"diagnostics"' in done.stdout


def test_honest_a_pipe_outside_of_the_checkout(checkout: Path, tmp_path: Path, lint: Lint) -> None:
    os.mkfifo(tmp_path / "pipe")
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    assert lint(checkout, "a", "--output", f"json={tmp_path}/pipe").code == 1
    reader.join(PATIENCE)
    assert json.loads(got[0])


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("directory", "is a directory"),
        ("no folder", "no such file or directory"),
        ("file as folder", "not a directory"),
        ("long name", "file name too long"),
        ("long path", "name too long"),
        ("full", "no space left"),
    ],
)
@pytest.mark.parametrize("writer", ["json", "badge"])
def test_honest_what_cannot_be_written_is_said(
    writer: str, kind: str, reason: str, checkout: Path, lint: Lint
) -> None:
    path = {
        "directory": "a",
        "no folder": "no/such/out",
        "file as folder": "a/SKILL.md/out",
        "long name": "x" * 300,
        "long path": "a/../" * 1200 + "x" * 300,
        "full": "/dev/full",
    }[kind]
    ran = lint(checkout, *into(WRITERS[writer], path), "a")
    assert ran.code == 2
    assert reason in ran.err
    assert not (checkout / "no").exists()


def test_honest_mode_and_owner_are_kept(checkout: Path, lint: Lint) -> None:
    out = checkout / "out"
    out.write_bytes(OLD)
    out.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(out, 1234, 1234)
    before = out.stat()
    assert lint(checkout, "a", "--output", "json=out").code == 1
    after = out.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        before.st_mode, before.st_uid, before.st_gid,
    )  # fmt: skip


def test_honest_a_new_file_has_the_mode_of_the_umask(
    checkout: Path, environment: dict[str, str]
) -> None:
    script = f"umask 027; {sys.executable} -P -m skill_lint a --output json=out"
    subprocess.run(["sh", "-c", script], cwd=checkout, env=environment, check=False)
    assert stat.S_IMODE((checkout / "out").stat().st_mode) == 0o640


def test_honest_a_file_that_is_mounted_is_written(
    checkout: Path, tmp_path: Path, lint: Lint
) -> None:
    """As by `docker run -v $PWD/out.json:/work/out.json`: it cannot be replaced."""
    inside, mounted = checkout / "out.json", tmp_path / "mounted.json"
    inside.touch()
    mounted.write_bytes(OLD)
    try:
        words = ["mount", "--bind", str(mounted), str(inside)]
        if subprocess.run(words, capture_output=True, check=False).returncode:
            pytest.skip("nothing can be mounted here")
    except OSError:
        pytest.skip("nothing can be mounted here")
    try:
        assert lint(checkout, "a", "--output", "json=out.json").code == 1
        assert json.loads(mounted.read_bytes())
    finally:
        subprocess.run(["umount", str(inside)], check=True)


@pytest.mark.skipif(not (TREE / "skill_lint").is_dir(), reason="not in a checkout")
def test_honest_a_worktree_and_a_submodule(repository: Make, tmp_path: Path, lint: Lint) -> None:
    checkout = repository({"a/SKILL.md": BROKEN.format(name="a")})
    git(checkout, "worktree", "add", "--quiet", str(tmp_path / "tree"))
    assert lint(tmp_path / "tree", "a", "--output", "json=out").code == 1
    assert json.loads((tmp_path / "tree" / "out").read_bytes())
