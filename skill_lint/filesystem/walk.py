"""Walks to the place of a file through open folders, so that every symbolic link is decided on."""

import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from skill_lint.filesystem.folder import HELD, Folder
from skill_lint.filesystem.links import MOST_LINKS
from skill_lint.filesystem.paths import is_inside, upwards

_DESCRIPTORS = re.compile(r"/proc/\d+(?:/task/\d+)?/fd")
"""Folders of open files. Their links have no text that could be followed."""

Follow = Callable[[Folder, str], None]
"""Decides on the symbolic link of a name in a folder: raises `Unwritable` if it is not followed."""


class Unwritable(Exception):
    """A file cannot or must not be written. The message says why, to end a sentence."""


class Place(NamedTuple):
    """A name in an open folder. There may be nothing of that name, but no link to follow."""

    folder: Folder
    name: str


class Walk:
    """Walks that begin at one open folder, by names that may lead through symbolic links.

    If `bound` is set, no walk leaves the first folder, and `bound` says what that folder is. The
    folders on the way stay open until the next walk, or `close`.
    """

    def __init__(self, start: Folder, follow: Follow, bound: str | None = None) -> None:
        self.start, self.follow, self.bound = start, follow, bound
        self._opened: list[Folder] = []

    def close(self) -> None:
        for folder in self._opened:
            folder.close()
        self._opened.clear()

    def place(self, path: str, make: int | None = None, *, follow_last: bool = True,
              beside: bool = False) -> Place:  # fmt: skip
        """The place of a file. Absent folders are made if `make` is their mode.

        Without `follow_last`, it may be the place of a symbolic link. With `beside`, the place that
        was asked for before stays open. Raises `Unwritable`, OSError.
        """
        if not beside:
            self.close()
        stack, waiting, links = [self.start], _parts(path)[::-1], 0
        while waiting:
            name = waiting.pop()
            if name == "..":
                self._up(stack)
                continue
            folder = stack[-1]
            found = folder.status(name)
            if _is_link(found, folder) and (waiting or follow_last):
                links += 1
                if links > MOST_LINKS:
                    raise Unwritable("too many symbolic links lead to it")
                self.follow(folder, name)
                waiting += self._target(folder, name, stack)[::-1]
            elif waiting:
                if found is None and make is not None:
                    folder.make(name, make)
                stack.append(self._enter(folder, name))
            else:
                return Place(folder, name)
        return Place(stack[-1], ".")

    def folder(self, path: str, make: int | None = None) -> Folder:
        """A folder, opened."""
        return self.place(os.path.join(path, "x"), make).folder

    def _enter(self, folder: Folder, name: str) -> Folder:
        return self._keep(folder.enter(name))

    def _keep(self, folder: Folder) -> Folder:
        self._opened.append(folder)
        return folder

    def _up(self, stack: list[Folder]) -> None:
        if len(stack) > 1:
            stack.pop()
        elif self.bound:
            raise Unwritable(f"it is a symbolic link out of the {self.bound}")
        else:
            stack[0] = self._enter(stack[0], "..")

    def _target(self, folder: Folder, name: str, stack: list[Folder]) -> list[str]:
        text = folder.link_text(name)
        if not os.path.isabs(text):
            return _parts(text)
        if not self.bound:
            stack[:] = [self._keep(Folder(_top(text)))]
            return _parts(text)
        del stack[1:]
        # Only where to look: the walk goes on from the first folder, and decides on each link.
        real = os.path.realpath(text)
        if not is_inside(real, self.start.path):
            raise Unwritable(f"it is a symbolic link out of the {self.bound}")
        return _parts(os.path.relpath(real, self.start.path))


@contextmanager
def walk(path: str, follow: Follow) -> Iterator[Walk]:
    """A walk to a path that is absolute or relative to the working directory.

    It begins there, because this user may be allowed into it, but not into what is above it.
    """
    start = Folder(_top(path) if os.path.isabs(path) else os.getcwd())
    found = Walk(start, follow)
    try:
        yield found
    finally:
        found.close()
        start.close()


def checkout_of(folder: str) -> str | None:
    """The checkout that an absolute folder lies in: the nearest folder with `.git`, or else the
    working directory; None if it lies in neither."""
    for each in upwards(folder):
        if os.path.lexists(os.path.join(each, ".git")):
            return each
    here = os.getcwd()
    # A container often works in the root of the file system, which is no checkout.
    return here if is_inside(folder, here) and os.path.dirname(here) != here else None


def lies_at(handle: int, path: str) -> bool:
    """Whether an open file is the one at an absolute path, with no symbolic link on the way.

    Always true where the system cannot hold folders open.
    """
    if not HELD:
        return True
    try:
        with walk(path, _refuse_link) as steps:
            folder, name = steps.place(path)
            found = folder.status(name)
            return found is not None and os.path.samestat(found, os.fstat(handle))
    except (OSError, Unwritable):
        return False


def _refuse_link(folder: Folder, name: str) -> None:
    raise Unwritable(f"`{name}` is a symbolic link")


def is_descriptor(folder: Folder) -> bool:
    """Whether the entries of a folder are open files of a process: `/dev/fd` and what it is."""
    return folder.path == "/dev/fd" or bool(_DESCRIPTORS.fullmatch(folder.path))


def _is_link(found: os.stat_result | None, folder: Folder) -> bool:
    return found is not None and stat.S_ISLNK(found.st_mode) and not is_descriptor(folder)


def _top(path: str) -> str:
    return os.path.splitdrive(path)[0] + os.sep


def _parts(path: str) -> list[str]:
    normal = os.path.splitdrive(path)[1].replace(os.sep, "/")
    return [part for part in normal.split("/") if part not in ("", ".")]
