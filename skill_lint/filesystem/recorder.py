"""The file system as a run sees it: everything read is recorded, so that the cache can tell later
whether any of it has changed.

Everything that can change a result must be read here. Anything read elsewhere leads to stale
results; `tests/cache/` checks for that.
"""

import os

from skill_lint.filesystem.links import leads_out
from skill_lint.filesystem.read import Unreadable, read_bytes
from skill_lint.filesystem.snapshot import Snapshot
from skill_lint.filesystem.status import (
    ABSENT,
    ENVIRONMENT,
    UNKNOWN,
    digest_by_status,
    digest_of,
    exists_exact_case,
    listing_digest,
    resolved_link,
    status,
    unreadable_digest,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from skill_lint.filesystem.paths import Root


class Recorder:
    """Reads files and folders, and records what it has read in `snapshot`.

    Without `is_recording` it only reads: digests take time, and a run without a cache needs none.
    """

    def __init__(
        self, *, is_recording: bool = True, is_new: "Callable[[str], bool] | None" = None
    ) -> None:
        self.snapshot = Snapshot()
        self.is_recording = is_recording
        self.is_new = is_new or _nothing_is_new
        """Whether the change that is judged has put an absolute path there. Where no change is
        judged, nothing is new.
        """
        self.judges_change = is_new is not None
        self._listed: dict[str, frozenset[str]] = {}

    def list(self, path: str) -> list["os.DirEntry[str]"]:
        """The entries of a folder, sorted by name. Raises OSError."""
        # The status comes first: a change after it shows in the digest.
        before = status(path) if self.is_recording else None
        try:
            with os.scandir(path) as found:
                entries = sorted(found, key=lambda entry: entry.name)
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

    def read(self, path: str, limit: int, *, follow: bool = True, place: str = "") -> bytes:
        """The bytes of a file, as by `read_bytes`. Raises `Unreadable`."""
        if not self.is_recording:
            return read_bytes(path, limit, follow=follow, place=place)
        before = status(path)
        try:
            data = read_bytes(path, limit, follow=follow, place=place)
        except Unreadable as error:
            digest = error.digest if before is not None else ABSENT
            self.snapshot.record_file(path, (before, digest))
            raise
        self.snapshot.record_file(path, (before, digest_of(data)))
        return data

    def names(self, path: str) -> "Sequence[str]":
        """The names in a folder, sorted. Raises OSError."""
        return [entry.name for entry in self.list(path)]

    def leads_out(self, path: str, root: "Root") -> bool:
        """Whether a path leads out of its checkout, through a symbolic link in it."""
        return leads_out(os.path.join(root.absolute, path), root.absolute)

    def read_settings(self, path: str, limit: int, root: "Root") -> str:
        """The text of a file that decides about the run: its configuration, or its baseline.

        The file has at most `limit` bytes of UTF-8; a byte order mark is left out. `path` is
        relative to `root`. A link that leads out of its checkout is not followed, because the
        file's content may be shown. Raises `Unreadable`.
        """
        try:
            text = self.settings_bytes(path, limit, root).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Unreadable("it is not UTF-8", UNKNOWN) from None
        # As in text mode: every kind of line end becomes a newline.
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def settings_bytes(self, path: str, limit: int, root: "Root") -> bytes:
        """As `read_settings`, but the bytes, whatever they encode."""
        if self.leads_out(path, root):
            raise Unreadable(
                "it is a symbolic link that leads out of the checkout, or lies behind one; put "
                "the file itself there, or name another file",
                UNKNOWN,
            )
        try:
            return self.read(root.join(path), limit)
        except Unreadable as error:
            reason = str(error).removeprefix("the file cannot be read: ")
            raise Unreadable(reason, error.digest) from None

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


def _nothing_is_new(_: str) -> bool:
    return False
