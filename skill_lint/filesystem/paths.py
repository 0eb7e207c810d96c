"""The root of a run, which all paths in a report are relative to, and helpers for paths."""

import os
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


def upwards(folder: str) -> Iterator[str]:
    """An absolute folder and all folders above it, the nearest first."""
    while True:
        yield folder
        above = os.path.dirname(folder)
        if above == folder:
            return
        folder = above


def is_checkout(folder: str) -> bool:
    """Whether a folder is the root of a git checkout: a repository, a worktree or a submodule."""
    return os.path.lexists(os.path.join(folder, ".git"))


def is_foreign(folder: str, root: str) -> bool:
    """Whether the names in a folder may be somebody else's: of a checkout, or of what is linted.

    `root` is the root of the run, which may be an unpacked archive. It does not count where it
    holds the home directory, which is the user's own.
    """
    home = os.path.expanduser("~")
    return is_checkout(folder) or (folder == root and not is_inside(home, root))


def leads_out(path: str, root: str) -> bool:
    """Whether a path, through symbolic links in a checkout, leads out of that checkout.

    `path` and `root`, the root of the run, are absolute. A link that lies in no checkout, and not
    in the root either, is the user's own and may lead anywhere.
    """
    real = os.path.realpath(path)
    if real == path:
        return False
    return any(
        is_foreign(folder, root) and not is_inside(real, os.path.realpath(folder))
        for folder in upwards(os.path.dirname(path))
    )
