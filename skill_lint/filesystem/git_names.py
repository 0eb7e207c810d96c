"""The names of a revision or of the index, and where they lead through symbolic links."""

import os
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from skill_lint.filesystem.git import GitError
from skill_lint.filesystem.git_objects import LINK, SUBMODULE, Entry, blobs, sizes

MOST_LINKS = 40
"""Symbolic links on the way to a file, as in Linux."""
_LONGEST = 4_096
"""Bytes of the text of a symbolic link that a system may open."""


@dataclass(frozen=True)
class Names:
    """Files by their names, and the texts of the symbolic links among them, by the ids of their
    blobs, as far as they are known.
    """

    files: Mapping[str, Entry]
    texts: Mapping[str, str]

    @classmethod
    def of(cls, top: Path, files: Mapping[str, Entry], later: "Names | None" = None) -> "Names":
        """The names of files that git has stored in a checkout. Raises `GitError`.

        `later` are those of a later state: what only an earlier one has may be unknown, because a
        partial clone lacks it.
        """
        texts = dict(later.texts) if later else {}
        ids = {each.id for each in files.values() if each.mode == LINK} - texts.keys()
        try:
            found = {each: size for each, size in sizes(top, ids).items() if size <= _LONGEST}
            texts |= {each: os.fsdecode(data) for each, data in blobs(top, found)}
        except GitError:
            if later is None:
                raise
        return cls(files, texts)

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
            target, links = self.texts.get(entry.id), links + 1
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
