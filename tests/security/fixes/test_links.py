"""Attacks by links and names on where `--fix` and `migrate` write."""

import os
import shutil
import stat
from pathlib import Path

import pytest

from tests.security.conftest import Lint, write
from tests.security.fixes.conftest import FIX, MIGRATE, V1, Make, skill, state

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
    assert lint(checkout, *MIGRATE, "x").code == 2
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
