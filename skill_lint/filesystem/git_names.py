"""The names of a revision or of the index, and where they lead through symbolic links."""

import os
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from skill_lint.filesystem.git_objects import LINK, SUBMODULE, Entry, blobs, sizes

MOST_LINKS = 40
"""Symbolic links on the way to a file, as in Linux."""
_LONGEST = 4_096
"""Bytes of the text of a symbolic link that a system may open."""


@dataclass(frozen=True)
class Names:
    """Files by their names, and the text of each symbolic link among them that is known."""

    files: Mapping[str, Entry]
    targets: Mapping[str, str]

    @classmethod
    def of(cls, top: Path, files: Mapping[str, Entry]) -> "Names":
        """The names of files that git has stored in a checkout. Raises `GitError`."""
        ids = {name: each.id for name, each in files.items() if each.mode == LINK}
        found = sizes(top, ids.values())
        texts = dict(blobs(top, {each: size for each, size in found.items() if size <= _LONGEST}))
        known = {name: os.fsdecode(texts[each]) for name, each in ids.items() if each in texts}
        return cls(files, known)

    def leads_to(self, name: str) -> str | None:
        """The file or folder that a name leads to; None if there is none, or nobody knows.

        A name that leads out of the checkout, or into a submodule, is given as far as it is known.
        """
        folder, waiting, links = "", _parts(name), 0
        while waiting:
            part = waiting.pop()
            up = part == ".."
            step = posixpath.dirname(folder) if up else posixpath.join(folder, part)
            entry = self.files.get(step)
            if (up and not folder) or (entry and entry.mode == SUBMODULE):
                return "/".join([part if up else step, *reversed(waiting)])
            if up or not entry or entry.mode != LINK:
                folder = step
                continue
            target, links = self.targets.get(step), links + 1
            if target is None or links > MOST_LINKS:
                return None
            if target.startswith("/"):
                return "/".join([target, *reversed(waiting)])
            waiting += _parts(target)
        return folder if folder in self.files or folder in self._folders else None

    @cached_property
    def _folders(self) -> frozenset[str]:
        found = {""}
        for name in self.files:
            while (name := name.rpartition("/")[0]) not in found:
                found.add(name)
        return frozenset(found)


def _parts(path: str) -> list[str]:
    """The names in a path, the last first."""
    return [name for name in reversed(path.split("/")) if name not in ("", ".")]
