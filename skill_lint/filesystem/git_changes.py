"""What a git checkout has changed since a revision: files, and lines of them.

git is asked for names and stored bytes only; the files on the disk are read and compared here. So
neither attributes (`-diff`, filters) nor flags of the index (`assume-unchanged`) hide a change.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from skill_lint.filesystem import git
from skill_lint.filesystem.blob_compare import bytes_of
from skill_lint.filesystem.changed_lines import changed_lines
from skill_lint.filesystem.git import GitError
from skill_lint.filesystem.git_comparison import Comparison, read_stored
from skill_lint.filesystem.git_index import superproject_of
from skill_lint.filesystem.git_objects import commit_of
from skill_lint.filesystem.links import places_on_way
from skill_lint.filesystem.paths import is_inside

MOST_FILES = 200_000
"""Files that may differ. A tree of a few objects can name any number."""


@dataclass(frozen=True)
class Changes:
    """What differs between a revision's merge base with HEAD and the working tree.

    `files` are absolute paths; they include deleted files, and both names of renamed files. `new`
    are those whose every line is new, symbolic links among them. `stored` are the blobs, by the
    root of their checkout, that the other files are compared with.
    """

    files: frozenset[Path] = field(default=frozenset())
    new: frozenset[Path] = field(default=frozenset())
    stored: Mapping[Path, Mapping[Path, str]] = field(default_factory=dict)

    @cached_property
    def _lines(self) -> dict[Path, set[int] | None]:
        """The changed lines of each file that differs; None if all are, or nobody knows."""
        found: dict[Path, set[int] | None] = {}
        for top, ids in self.stored.items():
            found |= dict.fromkeys(ids)
            for path, before in read_stored(top, ids):
                after = bytes_of(str(path))
                # Of a text with NUL only the first line is read, and reported on.
                if after is not None and 0 not in after:
                    found[path] = changed_lines(before, after)
        return found

    @cached_property
    def _links(self) -> frozenset[str]:
        return frozenset(str(path) for path in self.new if path.is_symlink())

    def has_line(self, path: Path, line: int) -> bool:
        """Whether a 1-based line of a file is new or changed.

        All lines are, if a symbolic link on the way to the file is new or changed.
        """
        real = Path(os.path.realpath(path))
        if real in self.new or self.leads_through_link(path):
            return True
        if real not in self.files or real not in self._lines:
            return False
        lines = self._lines[real]
        return lines is None or line in lines

    @cached_property
    def _with_new(self) -> frozenset[Path]:
        """The folders with new files below."""
        return frozenset(folder for path in self.new for folder in path.parents)

    def touches(self, path: Path) -> bool:
        """Whether a file or a link has changed, or what a link leads to, or a folder has got
        something new.
        """
        real = Path(os.path.realpath(path.parent), path.name)
        if real in self.files or real in self._with_new:
            return True
        return any(Path(each) in self.files for each in places_on_way(os.fspath(path)))

    def leads_through_link(self, path: Path) -> bool:
        """Whether a path is, or passes through, a symbolic link that is new or changed."""
        links = self._links
        return bool(links) and any(each in links for each in places_on_way(os.fspath(path)))


class _Unknown(GitError):
    """git has answered, but not with a revision to compare with; the message says what to do."""


def changes_since(revision: str, folders: Sequence[Path], root: Path) -> Changes:
    """What changed since `revision` in the checkouts that these folders are in.

    `root` is the root of the run: a submodule of its checkout is compared with that checkout.
    Raises `GitError`.
    """
    found = Comparison()
    starts = {git.checkout_of(each): each for each in reversed(folders)}
    for top in dict.fromkeys(_top(each, root) for each in starts.values()):
        try:
            found.compare(top, _base(top, revision))
        except _Unknown:
            raise
        except GitError as error:
            raise GitError(f"--changed-since: git does not answer: {error.reason}") from None
    if len(found.files) > MOST_FILES:
        raise GitError(
            f"--changed-since: more than {MOST_FILES:,} files differ from `{revision}`; name a "
            "nearer revision, or lint everything"
        )
    return Changes(frozenset(found.files), frozenset(found.new), found.stored)


def _base(top: Path, revision: str) -> str:
    if not commit_of(top, "HEAD"):
        raise _Unknown("--changed-since needs a commit, and this repository has none yet")
    if not commit_of(top, revision):
        raise _Unknown(f"git knows no revision `{revision}` here; fetch it, or check its name")
    try:
        return git.run(top, "merge-base", revision, "HEAD").decode().strip()
    except GitError as error:
        if error.code != 1:
            raise
    raise _Unknown(
        f"`{revision}` and HEAD have no common commit here; if this is a shallow clone, "
        "fetch more of the history (actions/checkout: fetch-depth: 0)"
    )


def _top(folder: Path, root: Path) -> Path:
    """The checkout that a folder is in; for a submodule, the one around it if `root` is in that."""
    top, last = _own_top(folder), git.checkout_of(root)
    while last and str(top) != last and is_inside(str(top), last):
        if not (outer := superproject_of(top)):
            break
        top = outer
    return top


def _own_top(folder: Path) -> Path:
    if git.checkout_of(folder) is None:
        raise GitError(f"--changed-since needs a git checkout, and {folder} is in none")
    try:
        return git.top_of(folder)
    except GitError as error:
        raise GitError(f"--changed-since needs git, but {error.reason}") from None
