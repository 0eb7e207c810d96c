"""What decides about a run, as it stands at a revision of the checkout that its owner trusts."""

import os
import posixpath
from collections.abc import Sequence
from pathlib import Path

from skill_lint.filesystem import git
from skill_lint.filesystem.git import GitError
from skill_lint.filesystem.git_objects import (
    LINK,
    SUBMODULE,
    Entry,
    blobs,
    commit_of,
    files_at,
    sizes,
)
from skill_lint.filesystem.paths import Root, is_inside
from skill_lint.filesystem.read import Unreadable
from skill_lint.filesystem.recorder import Recorder
from skill_lint.filesystem.status import UNKNOWN

MOST_LINKS = 10
"""Symbolic links that are followed from one to the next."""


class AtRevision(Recorder):
    """Reads the settings of a run: those in the checkout from a revision, others from the disk.

    A setting that is only on the disk is not there. Raises `GitError`.
    """

    def __init__(self, revision: str, folder: str) -> None:
        super().__init__(is_recording=False)
        self.revision = revision
        self.top = os.fspath(git.top_of(folder))
        commit = commit_of(Path(self.top), revision)
        if commit is None:
            raise GitError(f"git knows no revision `{revision}` here; fetch it, or check its name")
        self._files = files_at(Path(self.top), commit)

    def is_file(self, path: str) -> bool:
        name = self._name(path)
        return super().is_file(path) if name is None else self._entry(name) is not None

    def exists(self, path: str) -> bool:
        name = self._name(path)
        return super().exists(path) if name is None else name in self._files

    def names(self, path: str) -> Sequence[str]:
        name = self._name(path)
        if name is None:
            return super().names(path)
        above = "" if name == "." else f"{name}/"
        return [each[len(above) :] for each in self._files
                if each.startswith(above) and "/" not in each[len(above) :]]  # fmt: skip

    def leads_out(self, path: str, root: Root) -> bool:
        is_here = self._name(root.absolute_of(path)) is not None
        return not is_here and super().leads_out(path, root)

    def has_folder(self, path: str) -> bool:
        """Whether an absolute path in the checkout is a folder at the revision."""
        name = self._name(path)
        return name in (None, ".") or any(each.startswith(f"{name}/") for each in self._files)

    def read_settings(self, path: str, limit: int, root: Root) -> str:
        name = self._name(root.absolute_of(path))
        if name is None:
            return super().read_settings(path, limit, root)
        entry = self._entry(name)
        if entry is None:
            raise Unreadable(f"it is no file at `{self.revision}`", UNKNOWN)
        try:
            text = self._bytes(entry, limit).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Unreadable("it is not UTF-8", UNKNOWN) from None
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def lacks(self, path: str) -> bool:
        """Whether a file of the checkout is not there at the revision. `path` is absolute."""
        name = self._name(path)
        return name is not None and name not in self._files

    def content(self, path: str, limit: int) -> bytes:
        """The bytes of a file at the revision; none if it is no file there, or too large."""
        name = self._name(path)
        entry = self._entry(name) if name else None
        try:
            return self._bytes(entry, limit) if entry else b""
        except Unreadable:
            return b""

    def _name(self, path: str) -> str | None:
        """The name of a file in the checkout; None for a file outside of it."""
        path = os.path.abspath(path)
        if not is_inside(path, self.top):
            path = os.path.realpath(path)
        if not is_inside(path, self.top):
            return None
        return os.path.relpath(path, self.top).replace(os.sep, "/")

    def _entry(self, name: str) -> Entry | None:
        """The file of a name at the revision; a link is followed inside of the checkout."""
        for _ in range(MOST_LINKS):
            entry = self._files.get(name)
            if entry is None or entry.mode == SUBMODULE:
                return None
            if entry.mode != LINK:
                return entry
            target = os.fsdecode(self._bytes(entry, 4096))
            name = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
        return None

    def _bytes(self, entry: Entry, limit: int) -> bytes:
        top = Path(self.top)
        try:
            size = sizes(top, [entry.id]).get(entry.id)
            if size is None:
                raise Unreadable(f"git has no content of it at `{self.revision}`", UNKNOWN)
            if size > limit:
                raise Unreadable(f"it has more than {limit:,} bytes", UNKNOWN)
            return next((data for _, data in blobs(top, {entry.id: size})), b"")
        except GitError as error:
            raise Unreadable(f"git does not answer: {error.reason}", UNKNOWN) from None
