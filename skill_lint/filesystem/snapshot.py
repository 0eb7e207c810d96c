"""What was read from the disk for a result, to tell later whether any of it has changed.

Imports little, because it decides whether anything else must be imported.
"""

import os
from collections.abc import Callable, Container, Iterator, Sequence
from itertools import chain

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
"""Nanoseconds. A file that changed so shortly before it was read may change again in the same tick
of the file system's clock, so its status proves nothing. The coarsest, FAT's, ticks in 2 s."""


class Snapshot:
    """Everything on the disk that one result depends on, by the path that was used to read it."""

    def __init__(self) -> None:
        self.files: dict[str, Seen] = {}
        self.folders: dict[str, Seen] = {}
        self.links: dict[str, str] = {}
        """Where symbolic links lead, by `resolved_link`."""
        self.names: dict[str, bool] = {}
        """Which paths exist, by `exists_exact_case`."""
        self.is_complete = True
        """Whether this holds everything that the result depends on; answers of git are not held."""
        self.torn = False
        """Whether something changed between two observations."""
        self.renewed = False
        """Whether the check found new statuses of unchanged content."""

    def add(self, other: "Snapshot") -> None:
        """Add another snapshot's observations. Where both have a path, the earlier one counts."""
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
        """Record what a file was when it was read."""
        self._record(self.files, path, seen)

    def record_folder(self, path: str, seen: Seen) -> None:
        """Record what a folder was when it was listed."""
        self._record(self.folders, path, seen)

    def _record(self, part: dict[str, Seen], path: str, seen: Seen) -> None:
        earlier = part.setdefault(path, seen)
        if earlier[1] != seen[1]:
            part[path] = self._merged(earlier, seen)

    def _merged(self, earlier: Seen, later: Seen) -> Seen:
        """Merge two conflicting observations: prefer the one with the content.

        If neither is only a size, the file changed during the run.
        """
        for sized, full in ((earlier, later), (later, earlier)):
            if sized[1].startswith("!size") and not full[1].startswith("!"):
                return full
        self.torn = True
        return earlier

    @property
    def is_conclusive(self) -> bool:
        """Whether everything was recorded and nothing changed meanwhile; else nothing is kept."""
        seen = (*self.files.values(), *self.folders.values())
        return (
            self.is_complete
            and not self.torn
            and not any(digest.startswith(UNKNOWN) for _, digest in seen)
        )

    def is_current(self) -> bool:
        """Whether nothing has changed. Updates the statuses of files whose content is the same."""
        listed: dict[str, frozenset[str]] = {}
        folders: dict[str, str] = {}
        return (
            all(self._is_unchanged(self.folders, path, digest_of_folder) for path in self.folders)
            and all(self._is_unchanged(self.files, path, digest_of_file) for path in self.files)
            and all(resolved_link(path, folders) == end for path, end in self.links.items())
            and all(
                exists_exact_case(path, listed) == existed for path, existed in self.names.items()
            )
        )

    def changed_paths(self) -> set[str]:
        """The paths that have changed. Like `is_current`, but does not stop at the first change."""
        listed: dict[str, frozenset[str]] = {}
        folders: dict[str, str] = {}
        return {
            *(
                path
                for path in self.folders
                if not self._is_unchanged(self.folders, path, digest_of_folder)
            ),
            *(
                path
                for path in self.files
                if not self._is_unchanged(self.files, path, digest_of_file)
            ),
            *(path for path, end in self.links.items() if resolved_link(path, folders) != end),
            *(
                path
                for path, existed in self.names.items()
                if exists_exact_case(path, listed) != existed
            ),
        }

    def outside(self, folder: str) -> Iterator[str]:
        """The recorded paths that do not lie in a folder; links are not resolved."""
        inside = os.path.join(folder, "")
        for part in (self.folders, self.files, self.links, self.names):
            yield from (path for path in part if path != folder and not path.startswith(inside))

    def minus(self, other: "Snapshot") -> "Snapshot":
        """The observations that are not in `other`; `torn` if the two contradict each other."""
        rest = Snapshot()
        rest.torn = self.torn or other.torn
        rest.is_complete = self.is_complete and other.is_complete
        rest.folders = rest._minus(self.folders, other.folders)
        rest.files = rest._minus(self.files, other.files)
        rest.links = {path: end for path, end in self.links.items() if path not in other.links}
        rest.names = {
            path: existed for path, existed in self.names.items() if path not in other.names
        }
        rest.torn |= any(self.links.get(path, end) != end for path, end in other.links.items())
        rest.torn |= any(
            self.names.get(path, existed) != existed for path, existed in other.names.items()
        )
        return rest

    def _minus(self, part: dict[str, Seen], others: dict[str, Seen]) -> dict[str, Seen]:
        rest = {path: seen for path, seen in part.items() if path not in others}
        for path in part.keys() & others.keys():
            if part[path][1] != others[path][1]:
                rest[path] = self._merged(part[path], others[path])
        return rest

    def is_subset(self, other: "Snapshot") -> bool:
        """Whether `other` holds all of these observations."""
        pairs = ((self.files, other.files), (self.folders, other.folders))
        return (
            all(
                path in others and others[path][1] == digest
                for part, others in pairs
                for path, (_, digest) in part.items()
            )
            and self.links.items() <= other.links.items()
            and self.names.items() <= other.names.items()
        )

    def without(self, paths: Container[str]) -> "Snapshot":
        """The snapshot without the observations of these paths."""
        rest = Snapshot()
        rest.folders = {path: seen for path, seen in self.folders.items() if path not in paths}
        rest.files = {path: seen for path, seen in self.files.items() if path not in paths}
        rest.links = {path: end for path, end in self.links.items() if path not in paths}
        rest.names = {path: existed for path, existed in self.names.items() if path not in paths}
        return rest

    def _is_unchanged(self, part: dict[str, Seen], path: str, digest_of: "_Digest") -> bool:
        earlier, digest = part[path]
        if digest.startswith(UNKNOWN):
            return False
        now = status(path)
        if now is not None and now == earlier:
            return True
        if digest_of(path, now, digest) != digest:
            return False
        part[path] = now, digest
        self.renewed |= now is not None
        return True

    def to_json(self, began: int) -> "list[Any]":
        """As JSON. `began` is the start of the run, in nanoseconds since the epoch."""
        parts: list[dict[str, Any]] = [
            {path: _without_racy_status(seen, began - RACY) for path, seen in part.items()}
            for part in (self.files, self.folders)
        ]
        return [_by_folder(part) for part in (*parts, self.links, self.names)]

    @classmethod
    def from_json(cls, data: "Sequence[Any]") -> "Snapshot":
        """The opposite of `to_json`. Raises ValueError for anything else."""
        if type(data) is not list or len(data) != 4:
            raise ValueError("it is no snapshot")
        snapshot = cls()
        files, folders, snapshot.links, snapshot.names = map(_by_path, data)
        snapshot.files, snapshot.folders = map(_all_seen, (files, folders))
        for part, kind in ((snapshot.links, str), (snapshot.names, bool)):
            if not set(map(type, part.values())) <= {kind}:
                raise ValueError("it is no snapshot")
        return snapshot


_Digest = Callable[[str, Status | None, str], str]


def _by_folder(part: "dict[str, Any]") -> "dict[str, dict[str, Any]]":
    """Values by path, with each folder named once."""
    found: dict[str, dict[str, Any]] = {}
    for path, value in part.items():
        folder, slash, name = path.rpartition("/")
        found.setdefault(folder + slash, {})[name] = value
    return found


def _by_path(part: "dict[str, dict[str, Any]]") -> "dict[str, Any]":
    """The opposite of `_by_folder`. Raises ValueError for anything else."""
    if type(part) is not dict or not set(map(type, part.values())) <= {dict}:
        raise ValueError("it is no mapping of mappings")
    return {folder + name: value for folder, names in part.items() for name, value in names.items()}


def _all_seen(part: "dict[str, Any]") -> "dict[str, Seen]":
    """Observations that were JSON, by path. Raises ValueError for anything else."""
    try:
        seen: dict[str, Seen] = {
            path: (tuple(status) if status else None, digest)
            for path, (status, digest) in part.items()
        }
    except TypeError:
        raise ValueError("it is no observation") from None
    # All at once, because a run that is replayed has thousands, and little else to do.
    statuses = [status for status, _ in seen.values() if status]
    kinds = {type(digest) for _, digest in seen.values()}
    numbers = set(map(type, chain.from_iterable(statuses)))
    if not (kinds <= {str} and numbers <= {int} and set(map(len, statuses)) <= {6}):
        raise ValueError("it is no observation")
    return seen


def _without_racy_status(seen: Seen, latest: int) -> Seen:
    """The observation, without a status after `latest`: it proves nothing (see `RACY`)."""
    status, digest = seen
    return seen if status and max(status[2], status[3]) < latest else (None, digest)
