"""What on the disk a result was made from, so that it can be told whether all of it still holds.

Imports little, for it decides whether anything else need be imported.
"""

import os
from collections.abc import Callable, Container, Iterator, Sequence

from skill_lint.filesystem.status import (
    UNKNOWN,
    Seen,
    Status,
    digest_of_file,
    digest_of_folder,
    exists_exact_case,
    resolved_link,
    status,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

RACY = 2_000_000_000
"""Nanoseconds: what changed so shortly before it was read may change again within one tick of the
file system's clock, so its status proves nothing. The coarsest clock, that of FAT, ticks in 2 s."""


class Snapshot:
    """Everything on the disk that one result depends on; paths are those that were used."""

    def __init__(self) -> None:
        self.files: dict[str, Seen] = {}
        self.folders: dict[str, Seen] = {}
        self.links: dict[str, str] = {}
        """Where symbolic links lead, as `resolved_link` has it."""
        self.names: dict[str, bool] = {}
        """Which paths exist, as `exists_exact_case` has it."""
        self.is_complete = True
        """Whether everything that decided is in here: what git says, for one, is not."""
        self.torn = False
        """Whether something changed between two looks at it."""
        self.renewed = False
        """Whether statuses had to be brought up to date."""

    def add(self, other: "Snapshot") -> None:
        """Take in what another one has seen. Where both saw the same, the first look counts."""
        for mine, theirs in ((self.files, other.files), (self.folders, other.folders)):
            for path, seen in theirs.items():
                self._record(mine, path, seen)
        self.is_complete &= other.is_complete
        self.torn |= (
            other.torn
            or any(self.links.get(path, end) != end for path, end in other.links.items())
            or any(self.names.get(path, end) != end for path, end in other.names.items())
        )
        self.links |= other.links
        self.names |= other.names

    def record_file(self, path: str, seen: Seen) -> None:
        """Take in what a file was when it was read."""
        self._record(self.files, path, seen)

    def record_folder(self, path: str, seen: Seen) -> None:
        """Take in what a folder was when it was listed."""
        self._record(self.folders, path, seen)

    def _record(self, part: dict[str, Seen], path: str, seen: Seen) -> None:
        was = part.setdefault(path, seen)
        if was[1] != seen[1]:
            part[path] = self._both(was, seen)

    def _both(self, was: Seen, seen: Seen) -> Seen:
        """Of two looks that differ, the one that tells more; if both tell all, it has changed."""
        for some, more in ((was, seen), (seen, was)):
            if some[1].startswith("!size") and not more[1].startswith("!"):
                return more
        self.torn = True
        return was

    @property
    def is_conclusive(self) -> bool:
        """Whether all was seen, and nothing changed between two looks: else nothing is kept."""
        seen = (*self.files.values(), *self.folders.values())
        return (
            self.is_complete
            and not self.torn
            and not any(digest.startswith(UNKNOWN) for _, digest in seen)
        )

    def is_current(self) -> bool:
        """Whether all is as it was; statuses are brought up to date where nothing else differs."""
        listed: dict[str, frozenset[str]] = {}
        folders: dict[str, str] = {}
        return (
            all(self._same(self.folders, path, digest_of_folder) for path in self.folders)
            and all(self._same(self.files, path, digest_of_file) for path in self.files)
            and all(resolved_link(path, folders) == end for path, end in self.links.items())
            and all(exists_exact_case(path, listed) == was for path, was in self.names.items())
        )

    def changed_paths(self) -> set[str]:
        """The paths of which anything differs; as `is_current`, but all are looked at."""
        listed: dict[str, frozenset[str]] = {}
        folders: dict[str, str] = {}
        return {
            *(
                path
                for path in self.folders
                if not self._same(self.folders, path, digest_of_folder)
            ),
            *(path for path in self.files if not self._same(self.files, path, digest_of_file)),
            *(path for path, end in self.links.items() if resolved_link(path, folders) != end),
            *(path for path, was in self.names.items() if exists_exact_case(path, listed) != was),
        }

    def outside(self, folder: str) -> Iterator[str]:
        """The paths that do not lie in a folder, as they are written."""
        inside = os.path.join(folder, "")
        for part in (self.folders, self.files, self.links, self.names):
            yield from (path for path in part if path != folder and not path.startswith(inside))

    def minus(self, other: "Snapshot") -> "Snapshot":
        """What another one does not know as well; it is torn where they contradict each other."""
        rest = Snapshot()
        rest.torn = self.torn or other.torn
        rest.is_complete = self.is_complete and other.is_complete
        rest.folders = rest._minus(self.folders, other.folders)
        rest.files = rest._minus(self.files, other.files)
        rest.links = {path: end for path, end in self.links.items() if path not in other.links}
        rest.names = {path: was for path, was in self.names.items() if path not in other.names}
        rest.torn |= any(self.links.get(path, end) != end for path, end in other.links.items())
        rest.torn |= any(self.names.get(path, was) != was for path, was in other.names.items())
        return rest

    def _minus(self, part: dict[str, Seen], others: dict[str, Seen]) -> dict[str, Seen]:
        rest = {path: seen for path, seen in part.items() if path not in others}
        for path in part.keys() & others.keys():
            if part[path][1] != others[path][1]:
                rest[path] = self._both(part[path], others[path])
        return rest

    def is_subset(self, other: "Snapshot") -> bool:
        """Whether another one has seen all of it, and all of it the same."""
        pairs = ((self.files, other.files), (self.folders, other.folders))
        return (
            all(
                path in seen and seen[path][1] == was
                for part, seen in pairs
                for path, (_, was) in part.items()
            )
            and self.links.items() <= other.links.items()
            and self.names.items() <= other.names.items()
        )

    def without(self, paths: Container[str]) -> "Snapshot":
        """The rest, where all is forgotten that is known of some paths."""
        rest = Snapshot()
        rest.folders = {path: seen for path, seen in self.folders.items() if path not in paths}
        rest.files = {path: seen for path, seen in self.files.items() if path not in paths}
        rest.links = {path: end for path, end in self.links.items() if path not in paths}
        rest.names = {path: was for path, was in self.names.items() if path not in paths}
        return rest

    def _same(self, part: dict[str, Seen], path: str, digest: "_Digest") -> bool:
        seen, was = part[path]
        if was.startswith(UNKNOWN):
            return False
        now = status(path)
        if now is not None and now == seen:
            return True
        if digest(path, now, was) != was:
            return False
        part[path] = now, was
        self.renewed |= now is not None
        return True

    def to_json(self, began: int) -> "list[Any]":
        """As JSON has it. `began` is when the run did, in nanoseconds of the epoch."""
        parts: list[dict[str, Any]] = [
            {path: _settled(seen, began - RACY) for path, seen in part.items()}
            for part in (self.files, self.folders)
        ]
        return [_by_folder(part) for part in (*parts, self.links, self.names)]

    @classmethod
    def from_json(cls, data: "Sequence[Any]") -> "Snapshot":
        """The opposite of `to_json`. Raises ValueError, TypeError or AttributeError for others."""
        watch = cls()
        files, folders, watch.links, watch.names = map(_by_path, data)
        watch.files, watch.folders = (
            {path: (tuple(seen) if seen else None, was) for path, (seen, was) in part.items()}
            for part in (files, folders)
        )
        return watch


_Digest = Callable[[str, Status | None, str], str]


def _by_folder(part: "dict[str, Any]") -> "dict[str, dict[str, Any]]":
    """What is known of paths, with each folder named once."""
    found: dict[str, dict[str, Any]] = {}
    for path, value in part.items():
        folder, slash, name = path.rpartition("/")
        found.setdefault(folder + slash, {})[name] = value
    return found


def _by_path(part: "dict[str, dict[str, Any]]") -> "dict[str, Any]":
    """The opposite of `_by_folder`."""
    return {folder + name: value for folder, names in part.items() for name, value in names.items()}


def _settled(seen: Seen, latest: int) -> Seen:
    """Without a status that proves nothing: the file changed too shortly before."""
    status, was = seen
    return seen if status and max(status[2], status[3]) < latest else (None, was)
