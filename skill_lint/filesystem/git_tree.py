"""The files of a checkout as git knows them, found by name. What is on the disk does not count."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from skill_lint.filesystem import git
from skill_lint.filesystem.git import GitError
from skill_lint.filesystem.git_index import tracked
from skill_lint.filesystem.git_objects import (
    LINK,
    SUBMODULE,
    Entry,
    blobs,
    commit_of,
    files_at,
    sizes,
)

MOST_LINKS = 40
"""Symbolic links on the way to a file, as in Linux."""


class Found(NamedTuple):
    """A file, and the checkout that has its content."""

    top: Path
    entry: Entry

    def read(self, limit: int) -> bytes | None:
        """The content; None if it has over `limit` bytes. Raises `GitError` if it is not here."""
        size = sizes(self.top, [self.entry.id]).get(self.entry.id)
        if size is None:
            raise GitError(
                f"the object {self.entry.id} is not here, as in a partial clone; fetch it"
            )
        if size > limit:
            return None
        return next((data for _, data in blobs(self.top, {self.entry.id: size})), b"")


class Tree:
    """The files of a commit, or of the index. Links and submodules are those of git as well."""

    def __init__(self, top: Path, files: Mapping[str, Entry], *, is_index: bool) -> None:
        self.top, self.files, self.is_index = top, files, is_index
        self._submodules: dict[str, Tree | None] = {}
        self._targets: dict[str, str] = {}

    @classmethod
    def at(cls, top: Path, commit: str) -> "Tree":
        return cls(top, files_at(top, commit), is_index=False)

    @classmethod
    def of_index(cls, top: Path) -> "Tree":
        files = {name: each.entry for name, each in tracked(top).items()}
        return cls(top, files, is_index=True)

    def find(self, name: str, *, follow: bool = True) -> Found | None:
        """The file of a name, which counts from the checkout; None if there is none.

        Links on the way are followed inside of the checkout, and the last one with `follow`.
        Raises `GitError` if git cannot say it.
        """
        done, waiting, links = list[str](), name.split("/")[::-1], 0
        while waiting and links <= MOST_LINKS:
            if (part := waiting.pop()) in ("", "."):
                continue
            if part == "..":
                if not done:
                    return None
                done.pop()
                continue
            done.append(part)
            entry = self.files.get("/".join(done))
            if entry is None:
                continue
            if entry.mode == LINK and (follow or waiting):
                links += 1
                done.pop()
                target = self._target(entry)
                if target.startswith("/"):
                    return None
                waiting += target.split("/")[::-1]
            elif waiting:
                return self._below("/".join(done), entry, waiting, follow=follow)
            else:
                return Found(self.top, entry)
        return None

    def _target(self, entry: Entry) -> str:
        """What a link leads to; a text of over 4,096 bytes leads nowhere."""
        if entry.id not in self._targets:
            data = Found(self.top, entry).read(4_096)
            self._targets[entry.id] = "/" if data is None else os.fsdecode(data)
        return self._targets[entry.id]

    def _below(self, name: str, entry: Entry, waiting: list[str], *, follow: bool) -> Found | None:
        """A file in a submodule."""
        if entry.mode != SUBMODULE:
            return None
        if name not in self._submodules:
            self._submodules[name] = self._submodule(self.top / name, entry.id)
        nested = self._submodules[name]
        return nested.find("/".join(reversed(waiting)), follow=follow) if nested else None

    def _submodule(self, path: Path, commit: str) -> "Tree | None":
        # A folder without a `.git` of its own makes git answer for the checkout around it.
        if not os.path.lexists(path / ".git") or git.top_of(path) != path:
            return None
        if self.is_index:
            return Tree.of_index(path)
        return Tree.at(path, commit) if commit_of(path, commit) else None
