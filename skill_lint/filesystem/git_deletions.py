"""The files that a commit deletes, or a range of commits. Hooks are never told their names."""

import os
from pathlib import Path

from skill_lint.filesystem import git
from skill_lint.filesystem.git import GitError
from skill_lint.filesystem.git_environment import index_of_hook
from skill_lint.filesystem.git_objects import commit_of
from skill_lint.filesystem.paths import is_inside

_DELETED = ("-z", "--name-only", "--diff-filter=D", "--no-renames", "--no-ext-diff")
MOST_FILES = 200_000
"""Files that may be deleted. A tree of a few objects can name any number."""
_SKILL_FILES = ":(icase,glob)**/SKILL.md"


def staged(top: Path) -> frozenset[str]:
    """The absolute paths of the files that the next commit deletes. Raises `GitError`."""
    if not (head := commit_of(top, "HEAD")):
        return frozenset()
    index = _index_of_commit(top)
    return _paths(top, git.run(top, "diff-index", "--cached", *_DELETED, head, "--", index=index))


def between(top: Path, before: str, after: str) -> frozenset[str]:
    """The absolute paths of the files that `after` deletes since its merge base with `before`.

    Raises `GitError`.
    """
    old, new = _commit(top, before), _commit(top, after)
    try:
        old = git.run(top, "merge-base", old, new).decode().strip()
    except GitError as error:
        # Without a common commit, pre-commit compares the two as well.
        if error.code != 1:
            raise
    return _paths(top, git.run(top, "diff-tree", "-r", *_DELETED, old, new, "--"))


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


def _paths(top: Path, printed: bytes) -> frozenset[str]:
    if printed.count(b"\0") > MOST_FILES:
        raise GitError(f"they are more than {MOST_FILES:,}; lint the whole repository")
    return frozenset(os.path.join(top, os.fsdecode(each)) for each in printed.split(b"\0")[:-1])
