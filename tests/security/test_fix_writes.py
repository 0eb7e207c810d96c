"""Attacks on where `--fix` and `migrate` write: links, swapped folders, planted names."""

import ctypes
import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.security.conftest import GOOD, Lint, git, write

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


# Links that lie there.


@pytest.mark.parametrize("name", ["SKILL.md", "references", "references/a.md"])
@pytest.mark.parametrize("absolute", [True, False])
def test_held_a_link_out_of_the_skill_is_written(
    name: str, absolute: bool, repository: Make, outside: Path, lint: Lint
) -> None:
    checkout = repository(skill("x", {"references/c.md": "# C\n"}))
    place, target = checkout / "x" / name, outside / "x" / name
    if place.is_dir():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    place.symlink_to(target if absolute else os.path.relpath(target, place.parent))
    before = state(outside)
    lint(checkout, *FIX, ".")
    assert state(outside) == before


@pytest.mark.parametrize("way", ["named", "by a glob", "by a folder", "through a chain"])
def test_a_link_of_the_checkout_makes_a_skill_outside_its_own(
    way: str, repository: Make, outside: Path, lint: Lint
) -> None:
    """`skill-lint fix skills/*`: the shell names what the repository has put there."""
    checkout = repository(skill("good"))
    words = ["skills/x"]
    if way == "by a folder":
        (checkout / "skills").symlink_to(outside)
        words = ["skills"]
    else:
        (checkout / "skills").mkdir()
        target = outside / "x"
        if way == "through a chain":
            (checkout / "one").symlink_to(target)
            target = Path("../one")
        (checkout / "skills" / "x").symlink_to(target)
        if way == "by a glob":
            words = [f"skills/{each.name}" for each in (checkout / "skills").iterdir()]
    before = state(outside)
    ran = lint(checkout, *FIX, *words)
    assert state(outside) == before
    assert ran.code == 2
    assert "give the path that it leads to" in ran.err


def test_a_link_of_the_checkout_makes_migrate_move_files_outside(
    repository: Make, tmp_path: Path, lint: Lint
) -> None:
    outside = write(tmp_path / "outside", {f"x/{name}": text for name, text in V1.items()})
    checkout = repository(skill("good"))
    (checkout / "x").symlink_to(outside / "x")
    before = state(outside)
    assert lint(checkout, *MIGRATE, "x").code == 1
    assert state(outside) == before


def test_a_link_of_an_archive_leads_out_of_what_is_searched(
    tmp_path: Path, outside: Path, lint: Lint
) -> None:
    """Held before: a link out of the searched folder is not followed."""
    archive = write(tmp_path / "archive", skill("good"))
    (archive / "x").symlink_to(outside / "x")
    before = state(outside)
    lint(tmp_path / "home", *FIX, str(archive))
    assert state(outside) == before


# Other names of a file, and things that are no file.


@pytest.mark.parametrize("name", ["SKILL.md", "references/a.md"])
def test_held_a_second_name_of_a_file_outside_is_written(
    name: str, repository: Make, outside: Path, lint: Lint
) -> None:
    """A hard link: the name in the skill is replaced, the other keeps its text."""
    checkout = repository(skill("x", {"references/c.md": "# C\n"}))
    place = checkout / "x" / name
    place.unlink(missing_ok=True)
    os.link(outside / "x" / name, place)
    before = state(outside)
    lint(checkout, *FIX, "x")
    assert state(outside) == before
    assert place.stat().st_ino != (outside / "x" / name).stat().st_ino


@pytest.mark.parametrize("mode", [0o4755, 0o2755, 0o6755])
def test_a_fixed_file_keeps_the_right_to_run_as_another(
    mode: int, repository: Make, lint: Lint
) -> None:
    file = repository(skill("x")) / "x" / "SKILL.md"
    file.chmod(mode)
    assert lint(file.parent.parent, *FIX, "x").code == 0
    assert stat.S_IMODE(file.stat().st_mode) == mode & 0o777


@pytest.mark.parametrize("kind", ["link", "folder", "link to a folder", "pipe"])
def test_what_is_named_like_a_temporary_file_is_deleted(
    kind: str, repository: Make, outside: Path, lint: Lint
) -> None:
    checkout = repository(skill("x"))
    planted = checkout / "x" / ".skill-lint-old.tmp"
    if kind == "folder":
        planted.mkdir()
    elif kind == "pipe":
        os.mkfifo(planted)
    else:
        planted.symlink_to(outside if "folder" in kind else outside / "x" / "SKILL.md")
    os.utime(planted, (0, 0), follow_symlinks=False)
    before = state(outside)
    lint(checkout, *FIX, "x")
    assert '"' in (checkout / "x" / "SKILL.md").read_text()
    assert os.path.lexists(planted)
    assert state(outside) == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make the files of another user")
def test_the_temporary_file_of_another_user_is_deleted(repository: Make, lint: Lint) -> None:
    checkout = repository(skill("x"))
    planted = checkout / "x" / ".skill-lint-old.tmp"
    planted.touch()
    os.utime(planted, (0, 0))
    os.chown(planted, 65534, 65534)
    lint(checkout, *FIX, "x")
    assert planted.exists()


@pytest.mark.parametrize("target", ["SKILL.md", "references"])
def test_held_migrate_moves_files_through_a_link(
    target: str, repository: Make, tmp_path: Path, lint: Lint
) -> None:
    checkout = repository({f"x/{name}": text for name, text in V1.items()})
    outside = write(tmp_path / "outside", {"a.md": "# Other\n", "SKILL.md": V1["SKILL.md"]})
    place = checkout / "x" / target
    place.unlink(missing_ok=True)
    place.symlink_to(outside / "SKILL.md" if target == "SKILL.md" else outside)
    before = state(outside)
    lint(checkout, *MIGRATE, "x")
    assert state(outside) == before


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


# What an honest person does. Each of these held before.


@pytest.mark.parametrize("absolute", [True, False])
def test_honest_a_link_to_another_file_of_the_skill_is_followed(
    absolute: bool, repository: Make, lint: Lint
) -> None:
    """As AGENTS.md is often a link to CLAUDE.md."""
    checkout = repository(skill("x", {"text/real.md": FIXABLE.format(name="x")}))
    file = checkout / "x" / "SKILL.md"
    file.unlink()
    file.symlink_to(checkout / "x/text/real.md" if absolute else "text/real.md")
    assert lint(checkout, *FIX, "x", "--select", "invalid-yaml").code == 0
    assert file.is_symlink()
    assert '"' in (checkout / "x" / "text" / "real.md").read_text()


@pytest.mark.parametrize("words", [[], [".agents/skills"], [".agents/skills/x"], [".claude/x"]])
def test_honest_links_within_the_checkout_lead_to_the_skill(
    words: list[str], repository: Make, lint: Lint
) -> None:
    checkout = repository({f"skills/{name}": text for name, text in skill("x").items()})
    (checkout / ".agents" / "skills").mkdir(parents=True)
    (checkout / ".agents" / "skills" / "x").symlink_to("../../skills/x")
    (checkout / ".claude").symlink_to(".agents/skills")
    git(checkout, "add", "--all")
    assert lint(checkout, *FIX, *words).code == 0
    assert '"' in (checkout / "skills" / "x" / "SKILL.md").read_text()


@pytest.mark.parametrize("where", ["home", "checkout"])
def test_honest_links_outside_of_a_checkout_lead_to_the_skill(
    where: str, repository: Make, tmp_path: Path, lint: Lint
) -> None:
    checkout = repository(skill("x"))
    (tmp_path / "work").symlink_to(checkout)
    (tmp_path / "mine").symlink_to(checkout / "x")
    here = tmp_path / where
    assert lint(here, *FIX, str(tmp_path / "work" / "x")).code == 0
    assert '"' in (checkout / "x" / "SKILL.md").read_text()
    write(checkout, skill("x"))
    assert lint(here, *FIX, str(tmp_path / "mine")).code == 0
    assert '"' in (checkout / "x" / "SKILL.md").read_text()


def test_honest_the_files_of_another_user(repository: Make, lint: Lint) -> None:
    """As in a container, where root lints what belongs to the user outside."""
    if os.geteuid() != 0:
        pytest.skip("only root can make the files of another user")
    checkout = repository(skill("x"))
    for path in (checkout, *checkout.rglob("*")):
        os.chown(path, 1234, 1234)
    assert lint(checkout, *FIX, "x").code == 0
    found = (checkout / "x" / "SKILL.md").stat()
    assert (found.st_uid, found.st_gid) == (1234, 1234)


def test_honest_a_skill_that_is_the_checkout(repository: Make, lint: Lint) -> None:
    checkout = repository({"SKILL.md": FIXABLE.format(name="checkout")})
    assert lint(checkout, *FIX).code == 0
    assert '"' in (checkout / "SKILL.md").read_text()


def test_honest_a_folder_of_a_skill_is_mounted(
    repository: Make, tmp_path: Path, lint: Lint
) -> None:
    checkout = repository(skill("x", {"references/a.md": "# A\n"}))
    mounted = write(tmp_path / "mounted", {"a.md": REFERENCE})
    words = ["mount", "--bind", str(mounted), str(checkout / "x" / "references")]
    try:
        if subprocess.run(words, capture_output=True, check=False).returncode:
            pytest.skip("nothing can be mounted here")
    except OSError:
        pytest.skip("nothing can be mounted here")
    try:
        assert lint(checkout, *FIX, "x").code == 0
        assert (mounted / "a.md").read_text() == "[up](../SKILL.md)\n"
    finally:
        subprocess.run(["umount", str(checkout / "x" / "references")], check=True)


def test_honest_good_skills_are_not_touched(repository: Make, lint: Lint) -> None:
    checkout = repository({"a/SKILL.md": GOOD.format(name="a")})
    before = state(checkout / "a")
    begin = time.time()
    assert lint(checkout, *FIX).code == 0
    assert state(checkout / "a") == before
    assert (checkout / "a" / "SKILL.md").stat().st_mtime <= begin
