"""Attacks by links on where a report, a badge, a graph, the baseline or a configuration goes."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.security.conftest import GOOD, Lint, write
from tests.security.writes.conftest import OLD, WRITERS, commit, files, into, unchanged

# Symbolic links in the checkout.


def link_itself(checkout: Path, victim: Path) -> str:
    (checkout / "out").symlink_to(victim)
    return "out"


def relative_link(checkout: Path, victim: Path) -> str:
    (checkout / "out").symlink_to(os.path.relpath(victim, checkout))
    return "out"


def folder_on_the_way(checkout: Path, victim: Path) -> str:
    (checkout / "reports").symlink_to(victim.parent)
    return f"reports/{victim.name}"


def new_file_in_a_linked_folder(checkout: Path, victim: Path) -> str:
    (checkout / "reports").symlink_to(victim.parent)
    return "reports/new"


def link_to_nothing_yet(checkout: Path, victim: Path) -> str:
    (checkout / "out").symlink_to(victim.parent / "new")
    return "out"


def chain_of_links(checkout: Path, victim: Path) -> str:
    (checkout / "one").symlink_to("two")
    (checkout / "two").symlink_to("sub/three")
    (checkout / "sub").mkdir()
    (checkout / "sub" / "three").symlink_to(victim)
    return "one"


def link_behind_dots(checkout: Path, victim: Path) -> str:
    (checkout / "sub").mkdir()
    (checkout / "out").symlink_to(victim)
    return "sub/../out"


def dots_behind_a_link(checkout: Path, victim: Path) -> str:
    below = victim.parent / "below"
    below.mkdir()
    (checkout / "sub").symlink_to(below)
    return f"sub/../{victim.name}"


def by_its_absolute_path(checkout: Path, victim: Path) -> str:
    (checkout / "out").symlink_to(victim)
    return str(checkout / "out")


def from_outside_by_a_link_of_the_person(checkout: Path, victim: Path) -> str:
    (checkout / "out").symlink_to(victim)
    link = checkout.parent / "my-work"
    link.symlink_to(checkout)
    return str(link / "out")


def link_into_git(checkout: Path, victim: Path) -> str:
    (checkout / "out").symlink_to(".git/hooks/post-checkout")
    return "out"


def link_to_a_source(checkout: Path, victim: Path) -> str:
    (checkout / "out").symlink_to("a/SKILL.md")
    return "out"


def link_in_a_submodule(checkout: Path, victim: Path) -> str:
    (checkout / "module").mkdir()
    (checkout / "module" / ".git").write_text("gitdir: ../.git/modules/module\n")
    (checkout / "module" / "out").symlink_to(victim)
    return "module/out"


PLANTED = [
    link_itself, relative_link, folder_on_the_way, new_file_in_a_linked_folder,
    link_to_nothing_yet, chain_of_links, link_behind_dots, dots_behind_a_link,
    by_its_absolute_path, from_outside_by_a_link_of_the_person, link_into_git, link_to_a_source,
    link_in_a_submodule,
]  # fmt: skip


@pytest.mark.parametrize("plant", PLANTED)
@pytest.mark.parametrize("writer", ["json", "baseline"])
def test_a_link_in_the_checkout_leads_the_file_elsewhere(
    plant: Callable[[Path, Path], str], writer: str, checkout: Path, victim: Path, lint: Lint
) -> None:
    path = plant(checkout, victim)
    everything = [files(checkout), files(victim.parent)]
    ran = lint(checkout, *into(WRITERS[writer], path), "a")
    assert [files(checkout), files(victim.parent)] == everything
    assert ran.code == 2
    assert "cannot be written" in ran.err or "cannot be read" in ran.err or "baseline" in ran.err


@pytest.mark.parametrize("writer", WRITERS)
def test_each_writer_is_led_out_by_a_committed_link(
    writer: str, checkout: Path, victim: Path, lint: Lint
) -> None:
    (checkout / "out.txt").symlink_to(victim)
    commit(checkout)
    before = files(victim.parent)
    ran = lint(checkout, *into(WRITERS[writer], "out.txt"), "a")
    assert unchanged(victim.parent, before)
    assert ran.code == 2


def test_a_link_of_an_archive_without_git_leads_the_file_out(
    tmp_path: Path, victim: Path, lint: Lint
) -> None:
    folder = write(tmp_path / "archive", {"a/SKILL.md": GOOD.format(name="a")})
    (folder / "out.json").symlink_to(victim)
    before = files(victim.parent)
    assert lint(folder, "a", "--output", "json=out.json").code == 2
    assert unchanged(victim.parent, before)


def test_a_link_of_the_default_name_leads_the_baseline_out(
    checkout: Path, victim: Path, lint: Lint
) -> None:
    names = [".skill-lint-baseline.json", "skill-lint-baseline.json"]
    for name in names:
        (checkout / name).symlink_to(victim)
    before = files(victim.parent)
    lint(checkout, "baseline", "--update", "a")
    assert unchanged(victim.parent, before)


@pytest.mark.parametrize("kind", ["file", "folder", "dangling"])
def test_a_link_leads_the_new_configuration_out(
    kind: str, checkout: Path, victim: Path, lint: Lint
) -> None:
    words = ["init"]
    if kind == "folder":
        (checkout / "sub").symlink_to(victim.parent)
        words = ["init", "sub"]
    else:
        target = victim if kind == "file" else victim.parent / ".skill-lint.yaml"
        (checkout / ".skill-lint.yaml").symlink_to(target)
    before = files(victim.parent)
    assert lint(checkout, *words).code == 2
    assert unchanged(victim.parent, before)


# Other users, in folders where everybody may write.


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make the files of another user")
@pytest.mark.parametrize("kind", ["link", "link to nothing", "file", "pipe"])
def test_another_user_plants_the_name_in_a_shared_folder(
    kind: str, checkout: Path, victim: Path, tmp_path: Path, lint: Lint
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    place = shared / "x.json"
    if kind == "file":
        place.write_bytes(OLD)
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        place.symlink_to(victim if kind == "link" else victim.parent / "new")
    os.chown(place, 65534, 65534, follow_symlinks=False)
    before = files(victim.parent)
    ran = lint(checkout, "a", "--output", f"json={place}")
    assert ran.code == 2
    assert "belongs to another user" in ran.err
    assert unchanged(victim.parent, before)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make the files of another user")
@pytest.mark.parametrize("mode", [0o755, 0o777, 0o1777])
@pytest.mark.parametrize("kind", ["link", "link to nothing", "link above", "pipe"])
def test_another_user_owns_the_folder_as_well(
    kind: str, mode: int, checkout: Path, victim: Path, tmp_path: Path, lint: Lint
) -> None:
    theirs = tmp_path / "shared" / "theirs"
    theirs.mkdir(parents=True)
    theirs.chmod(mode)
    place, planted = theirs / "x.json", theirs / "x.json"
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "link above":
        planted = theirs / "below"
        planted.symlink_to(victim.parent)
        place = planted / victim.name
    else:
        place.symlink_to(victim if kind == "link" else victim.parent / "new")
    for each in (theirs, planted):
        os.chown(each, 65534, 65534, follow_symlinks=False)
    before = files(victim.parent)
    ran = lint(checkout, "a", "--output", f"json={place}")
    assert ran.code == 2
    assert "belongs to another user" in ran.err
    assert unchanged(victim.parent, before)
