"""How far symbolic links are followed, wherever the run starts."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from skill_lint.discovery.roots import NothingFound
from skill_lint.filesystem.links import folders_of_links
from skill_lint.filesystem.paths import Root, checkouts, is_inside

_GIT = f"{os.sep}.git{os.sep}"


@dataclass
class Bounds:
    """The real folders that the person has named, and how far a link may lead.

    Whoever names a folder vouches for what lies in it, but not for the links in a checkout below:
    those lead out of that checkout only into a folder that is named besides. No link leads into the
    files of git, which may hold passwords.
    """

    named: tuple[str, ...]
    _checkouts: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, folders: Iterable[str]) -> "Bounds":
        return cls(tuple(dict.fromkeys(map(os.path.realpath, folders))))

    def hold(self, target: str, folder: str) -> bool:
        """Whether a link in a real folder may be followed to a real target."""
        tops = [top for top in self.named if is_inside(target, top)]
        if not tops or self._is_of_git(target, folder):
            return False
        return any(map(self._of, tops)) or any(
            not any(is_inside(each, top) for each in self._of(folder)) for top in tops
        )

    def is_in_checkout(self, target: str, folder: str) -> bool:
        """Whether a real target is in a checkout that a real folder is in."""
        is_in = any(is_inside(target, top) for top in self._of(folder))
        return is_in and not self._is_of_git(target, folder)

    def _is_of_git(self, target: str, folder: str) -> bool:
        # Some systems take `.GIT` for the same folder.
        if _GIT not in f"{target}{os.sep}".lower():
            return False
        top = next((each for each in self._of(folder) if is_inside(target, each)), "")
        return _GIT in f"{target}{os.sep}".removeprefix(top).lower()

    def _of(self, folder: str) -> list[str]:
        if folder not in self._checkouts:
            self._checkouts[folder] = checkouts(folder)
        return self._checkouts[folder]


def refuse_way_out(given: str | Path, root: Root) -> None:
    """Raise `NothingFound` if the folder that the person has named leads out of a checkout.

    The links on the way are those of the checkout: the person has seen only the name. Of a file,
    its folder counts; a SKILL.md that leads out is a finding.
    """
    path = os.path.join(root.absolute, given)  # noqa: PTH118
    path = path if os.path.isdir(path) else os.path.dirname(path)  # noqa: PTH112, PTH120
    real = os.path.realpath(path)
    for folder in folders_of_links(path):
        tops = checkouts(folder)
        if tops and not any(is_inside(real, top) for top in tops):
            raise NothingFound(
                f"{given}: it is a symbolic link out of the checkout {tops[-1]}, or lies behind "
                "one; give the path that it leads to"
            )
