"""The cache's file: a table of keys and values, which several processes may use at once.

If something goes wrong with it, the run goes on without the cache; `problem` says what went wrong.
A database of another making can run code of its own in SQLite (triggers, views) or never end. So
its layout is compared with ours before anything is asked of it, and every action has a deadline.
"""

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence

from skill_lint.cache import location
from skill_lint.cache.location import FILE, NotOurs
from skill_lint.filesystem.status import digest_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    _T = TypeVar("_T")

_Row = tuple[str, bytes, int, int]

MOST_BYTES = 256_000_000
"""Above this size, the least recently used entries are deleted, down to half of it."""
MOST_VALUE = 64_000_000
"""Bytes of a value; a larger one is not kept. The run of a thousand skills has a few megabytes."""
_MOST_FILE = 8 * MOST_BYTES
"""Bytes of the file, which has unused space in its pages; a larger one is not ours."""
PATIENCE = 2.0
"""Seconds to wait for another process that is writing."""
_DEADLINE = 30.0
"""Seconds after which an action is given up. A damaged file may have pages that form a circle."""
_STEPS = 100_000
"""Instructions of SQLite between two looks at the clock."""

_PAGE = 16_384
"""Bytes of a page. The value of a run with a thousand skills has megabytes, of a skill 5,000."""
# The value is the last column, because a column after a long one is slow to reach.
_TABLE = """entries (
    key TEXT PRIMARY KEY, size INTEGER NOT NULL, used INTEGER NOT NULL, value BLOB NOT NULL
) WITHOUT ROWID"""
_LAYOUT = [("table", "entries", f"CREATE TABLE {_TABLE}")]
"""All that SQLite knows of our file's layout: no other table, no index, no trigger, no view."""
_SETTINGS = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    # No file beside the database: what a crash loses or damages can be linted again.
    "PRAGMA synchronous = OFF",
    "PRAGMA journal_mode = MEMORY",
)
_REPLACE = "REPLACE INTO entries (key, value, size, used) VALUES (?, ?, ?, ?)"
_CLEAN = "delete the cache with `skill-lint cache clean`"
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
        self.is_foreign = False
        """Whether the problem is that the cache is not of this user's making."""
        self._deadline = 0.0
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
        rows = [
            (key, value, len(value), self.day) for key, value in sealed if len(value) < MOST_VALUE
        ]
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
        if self.is_foreign or (not create and not os.path.lexists(self.file)):
            return otherwise
        try:
            self._deadline = time.monotonic() + _DEADLINE
            return action(self._open())
        except NotOurs as error:
            self.close()
            self.problem, self.is_foreign = str(error), True
            return otherwise
        except (sqlite3.Error, OSError, UnicodeError) as error:
            self.problem = str(error)
            self._drop_if_broken(error)
            return otherwise

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            location.make(self.folder)
            for name in location.OF_OTHERS:
                if location.check_file(os.path.join(self.folder, name)):  # noqa: PTH118
                    raise NotOurs(f"{name} lies beside it; {_CLEAN}")
            if not location.check_file(self.file, _MOST_FILE):
                _make(self.file)
            self._connection = sqlite3.connect(self.file, timeout=PATIENCE)
            self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_VALUE)
            self._connection.set_progress_handler(self._is_too_late, _STEPS)
            _prepare(self._connection)
        return self._connection

    def _is_too_late(self) -> bool:
        return time.monotonic() > self._deadline

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
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        if pages * _PAGE <= MOST_BYTES:  # To add up the sizes takes long.
            return
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


def _make(file: str) -> None:
    """Make an empty file that only this user can read."""
    with contextlib.suppress(FileExistsError):
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _prepare(connection: sqlite3.Connection) -> None:
    """Set up a connection, and the table in a new file. Raises `NotOurs` for another layout."""
    for setting in _SETTINGS:
        found = connection.execute(setting).fetchone()
    if found != ("memory",):  # SQLite does not leave the mode WAL for this one.
        raise NotOurs(f"{FILE} has a journal of another kind; {_CLEAN}")
    layout = "SELECT type, name, sql FROM sqlite_master"
    if not connection.execute(layout).fetchmany(1):
        connection.execute(f"PRAGMA page_size = {_PAGE}")
        connection.execute("PRAGMA auto_vacuum = FULL")
        connection.execute(f"CREATE TABLE IF NOT EXISTS {_TABLE}")
    if connection.execute(layout).fetchmany(2) != _LAYOUT:
        raise NotOurs(f"{FILE} has a table, a trigger or a view that is not ours; {_CLEAN}")
