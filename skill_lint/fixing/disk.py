"""The open folder of a skill that is written: no step leaves it, whatever is swapped meanwhile."""

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from skill_lint.filesystem.folder import Folder
from skill_lint.filesystem.paths import is_inside
from skill_lint.filesystem.replace import create, replace
from skill_lint.filesystem.walk import Place, Unwritable, Walk, checkout_of, walk
from skill_lint.filesystem.write import refuse_planted

_MODE = 0o777


class SkillFolder:
    """The files of a skill by their names in it. A symbolic link to another file of the skill is
    followed. Every method raises `Unwritable` or OSError."""

    def __init__(self, folder: Folder) -> None:
        self._walk = Walk(folder, lambda _folder, _name: None, bound="skill")

    def is_folder(self, name: str) -> bool:
        """Whether it is a folder, and no symbolic link to one."""
        folder, last = self._walk.place(name, follow_last=False)
        found = folder.status(last)
        return found is not None and stat.S_ISDIR(found.st_mode)

    def names(self, name: str) -> list[str]:
        """The names in a folder."""
        return self._walk.folder(name).names()

    def obstacle(self, name: str, *, edited: bool) -> str | None:
        """Why a file could not be moved or, if `edited`, replaced."""
        folder, last = self._walk.place(name)
        if not folder.is_writable():
            return "its folder is read-only"
        if edited and not folder.is_writable(last):
            return "the file is read-only"
        return None

    def create(self, name: str, content: bytes) -> None:
        """Create a file, with the folders that it needs."""
        try:
            create(self._walk.place(name, _MODE, follow_last=False), content)
        except FileExistsError:
            raise Unwritable("a file of that name has appeared meanwhile") from None

    def undo(self, name: str) -> None:
        """Delete a new file that nothing links to yet, and its folder if that is empty."""
        self._walk.place(name, follow_last=False).folder.delete(os.path.basename(name))  # noqa: PTH119
        if above := os.path.dirname(name):  # noqa: PTH120
            with suppress(OSError):
                folder, last = self._walk.place(above, follow_last=False)
                folder.delete_folder(last)

    def replace(self, name: str, original: bytes, content: bytes) -> None:
        """Replace a file that still has its original content."""
        place = self._walk.place(name)
        self._compare(place, original)
        replace(place, content)

    def move(self, origin: str, name: str) -> None:
        """Give a file another name."""
        folder, old = self._walk.place(origin, follow_last=False)
        to, new = self._walk.place(name, _MODE, follow_last=False, beside=True)
        if _is_taken(Place(folder, old), Place(to, new)):
            raise Unwritable(f"`{name}` exists already")
        folder.rename(old, to, new)

    def delete(self, name: str, original: bytes | None) -> None:
        """Delete an empty folder, or a file that still has its original content, if it is known."""
        is_folder = self.is_folder(name)
        if original is not None and not is_folder:
            self._compare(self._walk.place(name), original)
        folder, last = self._walk.place(name, follow_last=False)
        (folder.delete_folder if is_folder else folder.delete)(last)

    def _compare(self, place: Place, original: bytes) -> None:
        folder, last = place
        found = folder.status(last)
        data = None
        if found is not None and stat.S_ISREG(found.st_mode):
            data = folder.read(last, len(original) + 1)
        if data is None:
            raise Unwritable("the file was deleted or replaced while it was linted")
        if data != original:
            raise Unwritable("the file was changed while it was linted")

    def close(self) -> None:
        self._walk.close()


@contextmanager
def opened(root: str | os.PathLike[str], tops: Sequence[str] = ()) -> Iterator[SkillFolder]:
    """The folder of a skill. `tops` are the searched folders.

    A symbolic link on the way that lies in a checkout, or else in one of the tops, must not lead
    out of it. Raises `Unwritable`, OSError.
    """
    bounds = _Bounds(tops)
    with walk(os.fspath(root), bounds.meet) as steps:
        folder = steps.folder(os.fspath(root))
        bounds.check(folder.path)
        skill = SkillFolder(folder)
        try:
            yield skill
        finally:
            skill.close()


class _Bounds:
    """What the symbolic links on the way to a skill must not lead out of."""

    def __init__(self, tops: Sequence[str]) -> None:
        self.tops = [os.path.realpath(top) for top in tops]
        self.met: list[str] = []

    def meet(self, folder: Folder, name: str) -> None:
        above = [checkout_of(folder.path), *(t for t in self.tops if is_inside(folder.path, t))]
        bound = next(filter(None, above), None)
        if bound:
            self.met.append(bound)
        else:
            refuse_planted(folder, name)

    def check(self, path: str) -> None:
        if not all(is_inside(path, bound) for bound in self.met):
            raise Unwritable(
                "a symbolic link in the checkout leads to it, out of the checkout; give the path "
                "that it leads to"
            )


def _is_taken(old: Place, new: Place) -> bool:
    """Whether the new name belongs to another file.

    `skill.md` and `SKILL.md` are one file where the file system ignores case.
    """
    found, there = (place.folder.status(place.name) for place in (old, new))
    if there is None:
        return False
    is_same = found is not None and os.path.samestat(found, there)
    return not is_same or new.name in new.folder.names()
