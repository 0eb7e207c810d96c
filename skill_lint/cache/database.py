"""The cache's file: a table of keys and values, which several processes may use at once.

If something goes wrong with it, the run goes on without the cache; `problem` says what went wrong.
"""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence

from skill_lint.filesystem.status import digest_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    _T = TypeVar("_T")

_Row = tuple[str, bytes, int, int]

FILE = "results-2.sqlite"
"""The number is the version of the entries' layout: each version has its own file."""
_EARLIER_FILES = ("results-1.sqlite", "results-1.sqlite-journal")
OWN_FILES = (*_EARLIER_FILES, FILE, f"{FILE}-journal", "CACHEDIR.TAG", ".gitignore")
MOST_BYTES = 256_000_000
"""Above this size, the least recently used entries are deleted, down to half of it."""
PATIENCE = 2.0
"""Seconds to wait for another process that is writing."""

_PAGE = 16_384
"""Bytes of a page. The value of a run with a thousand skills has megabytes, of a skill 5,000."""
# The value is the last column, because a column after a long one is slow to reach.
_TABLE = """
CREATE TABLE IF NOT EXISTS entries (
    key TEXT PRIMARY KEY, size INTEGER NOT NULL, used INTEGER NOT NULL, value BLOB NOT NULL
) WITHOUT ROWID
"""
_REPLACE = "REPLACE INTO entries (key, value, size, used) VALUES (?, ?, ?, ?)"
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of skill-lint.\n"
_DAY = 86_400_000_000_000
"""Nanoseconds."""
_BATCH = 500
"""Keys of one query; SQLite limits the parameters of a statement."""


class Database:
    """Values in `folder`: bytes, by key.

    `now`, in nanoseconds since the epoch, is noted as the last use of an entry.
    """

    def __init__(self, folder: str, now: int) -> None:
        self.folder, self.day = folder, now // _DAY
        self.file = os.path.join(folder, FILE)  # noqa: PTH118
        self.problem = ""
        self._connection: sqlite3.Connection | None = None

    def get(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The values of the keys that exist and whose values are undamaged."""
        return self._try(lambda connection: self._get(connection, keys), {}, create=False)

    def _get(self, connection: sqlite3.Connection, keys: Sequence[str]) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for start in range(0, len(keys), _BATCH):
            some = keys[start : start + _BATCH]
            marks = ",".join("?" * len(some))
            query = f"SELECT key, value, used FROM entries WHERE key IN ({marks})"  # noqa: S608
            rows = connection.execute(query, some).fetchall()
            found |= {key: value for key, sealed, _ in rows if (value := _unsealed(key, sealed))}
            self._touch(connection, [key for key, _, used in rows if used != self.day])
        return found

    def put(self, entries: Iterable[tuple[str, bytes]]) -> None:
        """Store values; they replace earlier values of the same keys."""
        sealed = ((key, _sealed(key, value)) for key, value in entries)
        rows = [(key, value, len(value), self.day) for key, value in sealed]
        self._try(lambda connection: self._put(connection, rows), None)

    def _put(self, connection: sqlite3.Connection, rows: Sequence[_Row]) -> None:
        with connection:
            connection.executemany(_REPLACE, rows)
            self._shrink(connection)

    def totals(self) -> tuple[int, int]:
        """The number of entries, and of their bytes."""
        query = "SELECT count(*), coalesce(sum(size), 0) FROM entries"
        first = self._try(
            lambda connection: connection.execute(query).fetchone(), (0, 0), create=False
        )
        return int(first[0]), int(first[1])

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _try(
        self, action: "Callable[[sqlite3.Connection], _T]", otherwise: "_T", *, create: bool = True
    ) -> "_T":
        """Run `action` on the file; `otherwise` if that fails, with the reason in `problem`.

        A missing file is made only if `create` is set.
        """
        if not create and not os.path.exists(self.file):  # noqa: PTH110
            return otherwise
        try:
            return action(self._open())
        except (sqlite3.Error, OSError, UnicodeError) as error:
            self.problem = str(error)
            self._drop_if_broken(error)
            return otherwise

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            _make(self.folder)
            connection = sqlite3.connect(self.file, timeout=PATIENCE)
            # What a crash loses can be linted again.
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(f"PRAGMA page_size = {_PAGE}")
            connection.execute("PRAGMA auto_vacuum = FULL")
            connection.execute(_TABLE)
            self._connection = connection
        return self._connection

    def _drop_if_broken(self, error: Exception) -> None:
        """Delete a file that is damaged or no database, so that a new one can be made."""
        damaged = isinstance(error, sqlite3.DatabaseError | UnicodeError)
        broken = damaged and not isinstance(error, sqlite3.OperationalError)
        self.close()
        if broken:
            with contextlib.suppress(OSError):
                os.unlink(self.file)  # noqa: PTH108
                self.problem = ""

    def _touch(self, connection: sqlite3.Connection, keys: Sequence[str]) -> None:
        """Note that entries were used. A cache that cannot be written is still read."""
        with contextlib.suppress(sqlite3.OperationalError), connection:
            rows = [(self.day, key) for key in keys]
            connection.executemany("UPDATE entries SET used = ? WHERE key = ?", rows)

    def _shrink(self, connection: sqlite3.Connection) -> None:
        (size,) = connection.execute("SELECT coalesce(sum(size), 0) FROM entries").fetchone()
        if size <= MOST_BYTES:
            return
        oldest = connection.execute("SELECT key, size FROM entries ORDER BY used, key")
        for key, entry_size in oldest:
            if size <= MOST_BYTES // 2:
                break
            connection.execute("DELETE FROM entries WHERE key = ?", (key,))
            size -= entry_size


def _sealed(key: str, value: bytes) -> bytes:
    """A value after a digest of its key and itself, which shows damage."""
    return b"".join((_seal(key, value), value))


def _unsealed(key: str, sealed: object) -> bytes | None:
    """The value; None if it is damaged, or belongs to another key."""
    if not isinstance(sealed, bytes) or not sealed.startswith(_seal(key, memoryview(sealed)[32:])):
        return None
    return sealed[32:]


def _seal(key: str, value: bytes | memoryview) -> bytes:
    return digest_of(key.encode(), value).encode()


def _make(folder: str) -> None:
    """Make the folder, with files that tell git and backup programs to leave it out."""
    if os.path.isdir(folder):  # noqa: PTH112
        return
    os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", _TAG)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:  # noqa: PTH118, PTH123
            file.write(text)
