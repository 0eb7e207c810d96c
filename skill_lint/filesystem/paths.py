"""The root of a run, which all paths in a report are relative to, and helpers for paths."""

import os
import stat
from collections.abc import Iterator

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path


class Root:
    """The folder that a run's paths are relative to: for the command, the working directory.

    `path` is the folder as it is opened; empty stands for the working directory. `absolute` is its
    absolute path.
    """

    def __init__(self, path: str = "") -> None:
        self.path = path
        self.absolute = os.path.abspath(path)

    def join(self, path: "str | Path") -> str:
        """The path to open, for a path relative to the root."""
        return os.path.join(self.path, path)

    def absolute_of(self, path: "str | Path") -> str:
        """The absolute path, for a path relative to the root."""
        return os.path.normpath(os.path.join(self.absolute, path))

    def shown(self, path: "str | Path") -> str:
        """A path as reports show it: POSIX, relative to the root, with `..` if it lies outside.

        `path` is absolute, or relative to the root.
        """
        return os.path.relpath(os.path.join(self.absolute, path), self.absolute).replace(
            os.sep, "/"
        )


def is_inside(path: str, folder: str) -> bool:
    """Whether an absolute path is `folder` or lies in it; links are not resolved."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def upwards(folder: str, *, with_home: bool = True) -> Iterator[str]:
    """An absolute folder and the folders above it that belong to it, the nearest first.

    The last one is the root of the checkout: the outermost one, so that nobody can end the search
    early by planting a `.git`. Outside of a checkout, the last one is the home directory, or lies
    below a folder of another owner, a folder where anyone may write (`/tmp`), another file system,
    or `/`. The folder itself is never left out. Without `with_home`, the home directory is left
    out above it, except where it is the working directory: a file there says nothing about all
    that lies below.
    """
    yield folder
    start = _status_at_or_above(folder)
    home = _status(os.path.expanduser("~"))
    for above in _related(folder, start, home):
        if with_home or not _is_same(_status(above), home) or above == os.getcwd():
            yield above


def checkouts(folder: str) -> list[str]:
    """The roots of the checkouts that an absolute folder is in, the nearest first."""
    return [each for each in upwards(folder) if is_checkout(each)]


def is_checkout(folder: str) -> bool:
    """Whether a folder is the root of a checkout, a worktree or a submodule."""
    return os.path.lexists(os.path.join(folder, ".git"))


def _related(folder: str, start: "os.stat_result", home: "os.stat_result | None") -> list[str]:
    """The folders above `folder` that `upwards` yields."""
    found: list[str] = []
    checkout = 0 if is_checkout(folder) else None
    ours = 0
    is_ours = not _is_same(start, home)
    while (above := os.path.dirname(folder)) != folder:
        now = _status_at_or_above(above)
        if now.st_dev != start.st_dev or (_is_shared(now) and not _is_own_checkout(above, now)):
            break
        found.append(above)
        if is_checkout(above) and _may_be_checkout(now, start):
            checkout = len(found)
        is_ours = is_ours and _is_trusted(now, start) and not _is_open(now, start)
        is_ours = is_ours and os.path.dirname(above) != above
        if is_ours:
            ours = len(found)
        is_ours = is_ours and not _is_same(now, home)
        folder = above
    return found[: ours if checkout is None else checkout]


def is_foreign(folder: str, root: str) -> bool:
    """Whether the names in a folder may be somebody else's: of a checkout, or of what is linted.

    `root` is the root of the run, which may be an unpacked archive. It does not count where it
    holds the home directory, which is the user's own.
    """
    home = os.path.expanduser("~")
    return is_checkout(folder) or (folder == root and not is_inside(home, root))


def _is_shared(folder: "os.stat_result") -> bool:
    """Whether anyone may make files in a folder, as in `/tmp`."""
    return bool(folder.st_mode & stat.S_ISVTX and folder.st_mode & stat.S_IWOTH)


def _is_own_checkout(path: str, folder: "os.stat_result") -> bool:
    """Whether a shared folder is a checkout of its owner; anyone may have put a `.git` there.

    A file says nothing, because whoever owns a folder can move a file of another user out of it. A
    folder cannot be moved by whoever may not write in it.
    """
    try:
        found = os.lstat(os.path.join(path, ".git"))
    except OSError:
        return False
    is_closed = stat.S_ISDIR(found.st_mode) and not found.st_mode & stat.S_IWOTH
    return is_closed and found.st_uid == folder.st_uid


def _is_trusted(folder: "os.stat_result", start: "os.stat_result") -> bool:
    """Whether a folder belongs to this user, or to the owner of the folder of the start."""
    return folder.st_uid in (start.st_uid, _user())


def _is_open(folder: "os.stat_result", start: "os.stat_result") -> bool:
    """Whether anyone may write in a folder, and not in that of the start.

    Some systems show every folder as one where anyone may write.
    """
    return bool(folder.st_mode & ~start.st_mode & stat.S_IWOTH)


def _may_be_checkout(folder: "os.stat_result", start: "os.stat_result") -> bool:
    # In a container, root works on the checkout of another user.
    return _user() == 0 or _is_trusted(folder, start)


def _user() -> int | None:
    """This user's number; None on Windows, where every folder has the owner 0."""
    return os.geteuid() if hasattr(os, "geteuid") else None


def _is_same(one: "os.stat_result | None", other: "os.stat_result | None") -> bool:
    return one is not None and other is not None and os.path.samestat(one, other)


def _status(folder: str) -> "os.stat_result | None":
    try:
        return os.stat(folder) if os.path.isabs(folder) else None
    except (OSError, ValueError):
        return None


def _status_at_or_above(folder: str) -> "os.stat_result":
    """The status of a folder, or of the nearest one above it that exists."""
    while not (found := _status(folder)):
        folder = os.path.dirname(folder)
    return found
