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
