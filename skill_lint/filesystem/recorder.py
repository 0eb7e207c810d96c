"""The file system as a run sees it: everything read is recorded, so that the cache can tell later
whether any of it has changed.

Everything that can change a result must be read here. Anything read elsewhere leads to stale
results; `tests/cache/` checks for that.
"""

import os

from skill_lint.filesystem.read import Unreadable, read_bytes
from skill_lint.filesystem.snapshot import Snapshot
from skill_lint.filesystem.status import (
    ABSENT,
    ENVIRONMENT,
    digest_by_status,
    digest_of,
    exists_exact_case,
    is_cache,
    listing_digest,
    resolved_link,
    status,
    unreadable_digest,
)


class Recorder:
    """Reads files and folders, and records what it has read in `snapshot`.

    Without `is_recording` it only reads: digests take time, and a run without a cache needs none.
    """

    def __init__(self, *, is_recording: bool = True) -> None:
        self.snapshot = Snapshot()
        self.is_recording = is_recording
        self.caches: set[str] = set()
        """The folders of skill-lint's own cache that `list` left out."""
        self._listed: dict[str, frozenset[str]] = {}

    def list(self, path: str) -> list["os.DirEntry[str]"]:
        """The entries of a folder, sorted by name; skill-lint's own cache is left out.

        Raises OSError.
        """
        # The status comes first: a change after it shows in the digest.
        before = status(path) if self.is_recording else None
        try:
            with os.scandir(path) as found:
                entries = sorted(found, key=lambda entry: entry.name)
            if caches := [entry for entry in entries if is_cache(entry)]:
                entries.remove(caches[0])
                self.caches.add(caches[0].path)
            if self.is_recording:
                self.snapshot.record_folder(path, (before, listing_digest(entries)))
        except OSError as error:
            if self.is_recording:
                digest = ABSENT if before is None else unreadable_digest(error)
                self.snapshot.record_folder(path, (before, digest))
            raise
        if not any(entry.name == ENVIRONMENT for entry in entries):
            # Recorded before the folder was listed; the listing shows that the file is absent, too.
            self.snapshot.names.pop(os.path.join(path, ENVIRONMENT), None)
        return entries

    def read(self, path: str, limit: int, *, follow: bool = True) -> bytes:
        """The bytes of a file, as by `read_bytes`. Raises `Unreadable`."""
        if not self.is_recording:
            return read_bytes(path, limit, follow=follow)
        before = status(path)
        try:
            data = read_bytes(path, limit, follow=follow)
        except Unreadable as error:
            digest = error.digest if before is not None else ABSENT
            self.snapshot.record_file(path, (before, digest))
            raise
        self.snapshot.record_file(path, (before, digest_of(data)))
        return data

    def read_text(self, path: str, *, errors: str = "strict") -> str:
        """The text of a file in UTF-8, without a byte order mark. Raises OSError, UnicodeError."""
        before = status(path) if self.is_recording else None
        try:
            with open(path, "rb") as file:
                data = file.read()
        except OSError as error:
            if self.is_recording:
                digest = ABSENT if before is None else unreadable_digest(error)
                self.snapshot.record_file(path, (before, digest))
            raise
        if self.is_recording:
            self.snapshot.record_file(path, (before, digest_of(data)))
        # As in text mode: every kind of line end becomes a newline.
        text = data.decode("utf-8-sig", errors)
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def size(self, path: str) -> int:
        """The size of a file in bytes, without reading it; 0 if it is unknown."""
        seen = self.snapshot.files.get(path)
        found = seen[0] if seen and seen[0] else status(path)
        if self.is_recording and seen is None:
            self.snapshot.record_file(path, (found, digest_by_status(found)))
        return found[1] if found else 0

    def is_file(self, path: str) -> bool:
        """Whether there is a regular file. Its content is recorded only once it is read."""
        is_file = os.path.isfile(path)
        if self.is_recording and not is_file:
            found = status(path)
            self.snapshot.record_file(path, (found, digest_by_status(found)))
        return is_file

    def exists(self, path: str) -> bool:
        """Whether a path exists, with its last name in exactly this case."""
        if path not in self.snapshot.names:
            self.snapshot.names[path] = exists_exact_case(path, self._listed)
        return self.snapshot.names[path]

    def link(self, path: str) -> None:
        """Record where a symbolic link leads. Whoever follows a link must call this."""
        if self.is_recording:
            self.snapshot.links[path] = resolved_link(path)

    def asked_git(self) -> None:
        """Record that an answer of git was used. The disk does not show if git still answers so."""
        self.snapshot.is_complete = False
