"""What a commit does, or a range of commits, that hooks are not told by names: the files that it
deletes, and the submodules that it adds or moves on.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from skill_lint.filesystem import git
from skill_lint.filesystem.git import GitError
from skill_lint.filesystem.git_comparison import Comparison
from skill_lint.filesystem.git_environment import index_of_hook
from skill_lint.filesystem.git_objects import SUBMODULE, commit_of
from skill_lint.filesystem.paths import is_checkout, is_inside

# By `--ignore-submodules`, no setting of the repository hides a submodule.
_RAW = ("-z", "--raw", "--no-abbrev", "--no-renames", "--no-ext-diff", "--ignore-submodules=none")
MOST_FILES = 200_000
"""Files that may be deleted. A tree of a few objects can name any number."""
_SKILL_FILES = ":(icase,glob)**/SKILL.md"


class Unnamed(NamedTuple):
    """Absolute paths of deleted files, and of submodules with the commit that each was at.

    The commit is None if it was no submodule.
    """

    deleted: frozenset[str] = frozenset()
    submodules: Mapping[str, str | None] = MappingProxyType({})


def staged(top: Path) -> Unnamed:
    """What the next commit does. Raises `GitError`."""
    index = _index_of_commit(top)
    if head := commit_of(top, "HEAD"):
        return _parsed(top, git.run(top, "diff-index", "--cached", *_RAW, head, "--", index=index))
    lines = git.run(top, "ls-files", "-z", "--stage", index=index).split(b"\0")
    names = (line.partition(b"\t")[2] for line in lines if line.startswith(SUBMODULE.encode()))
    return Unnamed(submodules={os.path.join(top, os.fsdecode(name)): None for name in names})


def between(top: Path, before: str, after: str) -> Unnamed:
    """What `after` does since its merge base with `before`. Raises `GitError`."""
    old, new = _commit(top, before), _commit(top, after)
    try:
        old = git.run(top, "merge-base", old, new).decode().strip()
    except GitError as error:
        # Without a common commit, pre-commit compares the two as well.
        if error.code != 1:
            raise
    return _parsed(top, git.run(top, "diff-tree", "-r", *_RAW, old, new, "--"))


def changed_in(submodule: str, before: str | None) -> frozenset[Path] | None:
    """The files that differ in a submodule since a commit; None if it is not checked out.

    All do if that commit is not here. Raises `GitError`.
    """
    path = Path(submodule)
    # A folder without a `.git` of its own makes git answer for the checkout around it.
    if not is_checkout(submodule) or git.top_of(path) != path:
        return None
    found = Comparison()
    found.compare(path, before if before and commit_of(path, before) else None)
    return frozenset(found.files)


def tracked_skill_files(folder: str) -> list[str]:
    """The absolute paths of each SKILL.md that git tracks below a folder. Raises `GitError`."""
    printed = git.run(folder, "ls-files", "-z", "--", _SKILL_FILES)
    names = dict.fromkeys(map(os.fsdecode, printed.split(b"\0")[:-1]))
    return [os.path.join(folder, name) for name in names]


def _commit(top: Path, revision: str) -> str:
    if found := commit_of(top, revision):
        return found
    raise GitError(f"it knows no commit `{revision}` here; fetch it, or check its name")


def _index_of_commit(top: Path) -> str:
    """The index that git has made for the commit of this hook; empty for the checkout's own.

    `git commit FILE` makes one. That of another repository, whose hook this is, does not count.
    """
    if not (given := index_of_hook()):
        return ""
    folder = os.fsdecode(git.run(top, "rev-parse", "--absolute-git-dir"))[:-1]
    index = os.path.realpath(os.path.join(top, given))
    return index if is_inside(index, os.path.realpath(folder)) else ""


def _parsed(top: Path, printed: bytes) -> Unnamed:
    words = printed.split(b"\0")[:-1]
    deleted, submodules = set[str](), dict[str, str | None]()
    for head, name in zip(words[::2], words[1::2], strict=True):
        old_mode, mode, old, _, status = head.decode().removeprefix(":").split(" ")
        path = os.path.join(top, os.fsdecode(name))
        if status == "D":
            deleted.add(path)
        elif mode == SUBMODULE:
            submodules[path] = old if old_mode == SUBMODULE else None
    if len(deleted) > MOST_FILES:
        raise GitError(f"they are more than {MOST_FILES:,}; lint the whole repository")
    return Unnamed(frozenset(deleted), submodules)
