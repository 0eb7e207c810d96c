"""The files of a checkout as git knows them, found by name. What is on the disk does not count."""

import os
from collections.abc import Mapping
from functools import cached_property
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
from skill_lint.filesystem.links import MOST_LINKS

_LONGEST = 4_096
"""Bytes of the text of a symbolic link that a system may open."""


class Found(NamedTuple):
    """A file, and the checkout that has its content."""

    top: Path
    entry: Entry

    def read(self, limit: int) -> bytes | None:
        """The content; None if it has over `limit` bytes. Raises `GitError` if it is not here."""
        size = sizes(self.top, [self.entry.id]).get(self.entry.id)
        if size is None:
            raise _not_here(self.entry)
        if size > limit:
            return None
        return next((data for _, data in blobs(self.top, {self.entry.id: size})), b"")


class Tree:
    """The files of a commit, or of the index. Links and submodules are those of git as well."""

    def __init__(self, top: Path, files: Mapping[str, Entry], *, is_index: bool) -> None:
        self.top, self.files, self.is_index = top, files, is_index
        self._submodules: dict[str, Tree | None] = {}

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
        place, rest = self._walk(name, follow=follow)
        entry = self.files.get(place)
        if entry is None:
            return None
        return self._below(place, entry, rest, follow=follow) if rest else Found(self.top, entry)

    def leads_to(self, name: str) -> str | None:
        """The file or folder that a name leads to through links; None if there is none.

        A name that leads out of the checkout, or into a submodule, is given as far as it is known.
        Raises `GitError` if git cannot say it.
        """
        place, rest = self._walk(name, follow=True)
        if rest:
            return "/".join(filter(None, (place, *rest)))
        return place if place in self.files or place in self._folders else None

    def around(self, place: str) -> dict[str, Entry]:
        """The file of a name, or all files in a folder, and a submodule that they are in."""
        return {
            name: entry
            for name, entry in self.files.items()
            if not place or f"{name}/".startswith(f"{place}/") or place.startswith(f"{name}/")
        }

    def _walk(self, name: str, *, follow: bool) -> tuple[str, list[str]]:
        """Where a name leads in this checkout, and the names that are left at its edge.

        The edge is a submodule, a file that is taken for a folder, `..` at the top, an absolute
        link, or too many links.
        """
        place, waiting, links = "", _parts(name), 0
        while waiting:
            part = waiting.pop()
            if part == "..":
                if not place:
                    return place, [part, *reversed(waiting)]
                place = place.rpartition("/")[0]
                continue
            step = f"{place}/{part}" if place else part
            entry = self.files.get(step)
            if entry and entry.mode == LINK and (follow or waiting):
                links += 1
                target = self._target(entry)
                if target.startswith("/") or links > MOST_LINKS:
                    return "", [target, *reversed(waiting)]
                waiting += _parts(target)
            elif entry and waiting:
                return step, waiting[::-1]
            else:
                place = step
        return place, []

    def _target(self, entry: Entry) -> str:
        """What a link leads to; a text that is too long for one leads nowhere."""
        target = self._targets.get(entry.id)
        if target is None:
            raise _not_here(entry)
        return target

    @cached_property
    def _targets(self) -> dict[str, str]:
        """The texts of all links that are here, by the ids of their blobs."""
        ids = {each.id for each in self.files.values() if each.mode == LINK}
        found = sizes(self.top, ids)
        short = {each: size for each, size in found.items() if size <= _LONGEST}
        texts = {each: os.fsdecode(data) for each, data in blobs(self.top, short)}
        return {**dict.fromkeys(found, "/"), **texts}

    @cached_property
    def _folders(self) -> frozenset[str]:
        found = {""}
        for name in self.files:
            while (name := name.rpartition("/")[0]) not in found:
                found.add(name)
        return frozenset(found)

    def _below(self, name: str, entry: Entry, rest: list[str], *, follow: bool) -> Found | None:
        """A file in a submodule."""
        nested = self.nested(name) if entry.mode == SUBMODULE else None
        return nested.find("/".join(rest), follow=follow) if nested else None

    def nested(self, name: str) -> "Tree | None":
        """The files of a submodule; None if it is none, or what it held is not here.

        Raises `GitError`.
        """
        entry = self.files.get(name)
        if entry is None or entry.mode != SUBMODULE:
            return None
        if name not in self._submodules:
            self._submodules[name] = self._submodule(self.top / name, entry.id)
        return self._submodules[name]

    def _submodule(self, path: Path, commit: str) -> "Tree | None":
        # A folder without a `.git` of its own makes git answer for the checkout around it.
        if not os.path.lexists(path / ".git") or git.top_of(path) != path:
            return None
        if self.is_index:
            return Tree.of_index(path)
        return Tree.at(path, commit) if commit_of(path, commit) else None


def _not_here(entry: Entry) -> GitError:
    return GitError(f"the object {entry.id} is not here, as in a partial clone; fetch it")


def _parts(path: str) -> list[str]:
    """The names in a path, the last first."""
    return [name for name in reversed(path.split("/")) if name not in ("", ".")]
