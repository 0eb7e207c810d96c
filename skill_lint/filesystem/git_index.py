"""The files of a checkout as git lists them: those that it tracks, and those that it does not."""

import os
from pathlib import Path
from typing import NamedTuple

from skill_lint.filesystem import git
from skill_lint.filesystem.git import GitError
from skill_lint.filesystem.git_objects import LINK, Entry


class Tracked(NamedTuple):
    """A file in git's index. A sparse checkout leaves some out of the disk."""

    entry: Entry
    is_left_out: bool


def tracked(top: Path, folder: str = "") -> dict[str, Tracked]:
    """The files in the index, or of a folder in it, by their names relative to the checkout.

    Raises `GitError`.
    """
    files = {}
    words = ("--literal-pathspecs", "ls-files", "-z", "-t", "--stage", "--")
    for line in git.run(top, *words, *([f"{folder}/"] if folder else [])).split(b"\0")[:-1]:
        head, _, name = line.partition(b"\t")
        tag, mode, object_id, _ = head.decode().split(" ")
        files[os.fsdecode(name)] = Tracked(Entry(mode, object_id), tag == "S")
    return files


def tracked_links(folder: str) -> list[str]:
    """The absolute paths of the symbolic links in the index, below a folder. Raises `GitError`."""
    lines = git.run(folder, "ls-files", "-z", "--stage").split(b"\0")
    names = (line.partition(b"\t")[2] for line in lines if line.startswith(LINK.encode()))
    return [os.path.join(folder, os.fsdecode(name)) for name in names]


def superproject_of(top: Path) -> Path | None:
    """The checkout that has this one as a submodule; None if there is none."""
    try:
        printed = git.run(top, "rev-parse", "--show-superproject-working-tree")
    except GitError:
        return None
    name = os.fsdecode(printed)[:-1]
    return Path(os.path.realpath(name)) if name else None


def untracked(top: Path) -> list[str]:
    """The files that are neither in the index nor ignored. Raises `GitError`."""
    # Where git ignores case, it takes `notes.md` for the tracked `NOTES.md`.
    options = (*git.own_excludes(top), "-c", "core.ignorecase=false")
    printed = git.run(top, *options, "ls-files", "-z", "--others", "--exclude-standard")
    return [os.fsdecode(name) for name in printed.split(b"\0")[:-1]]
