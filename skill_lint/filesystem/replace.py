"""Replace or create a file in an open folder: in one atomic step, or not at all."""

import contextlib
import errno
import os
import stat
import time
from collections.abc import Iterator

from skill_lint.filesystem.folder import Folder
from skill_lint.filesystem.walk import Place, Unwritable

PREFIX, SUFFIX = ".skill-lint-", ".tmp"
STALE = 3_600
"""Seconds after which a temporary file counts as left behind by a killed run."""

_NO_SYNC = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)


def replace(place: Place, content: bytes, *, take_over: bool = False) -> None:
    """Replace a regular file in one atomic step, with its mode and owner.

    `take_over`: if the owner cannot be kept, the file becomes this user's. Bits that run a program
    as its owner are dropped, as by any write. Raises `Unwritable`, OSError.
    """
    folder, name = place
    old = folder.status(name)
    if old is None or not stat.S_ISREG(old.st_mode):
        raise Unwritable("it was deleted or replaced meanwhile")
    with temporary_file(folder, content, 0o600, like=old, take_over=take_over) as temporary:
        if not folder.is_writable(name):
            raise Unwritable("the file is read-only")
        folder.rename(temporary, folder, name)


def create(place: Place, content: bytes) -> None:
    """Create a file, complete from the beginning. Raises FileExistsError, OSError."""
    folder, name = place
    if folder.status(name) is not None:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), name)
    with temporary_file(folder, content, 0o666) as temporary:
        try:
            folder.link(temporary, name)
        except FileExistsError:
            raise
        except OSError:  # A file system without a second name for a file.
            if folder.status(name) is not None:
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), name) from None
            folder.rename(temporary, folder, name)


@contextlib.contextmanager
def temporary_file(
    folder: Folder,
    content: bytes,
    mode: int,
    *,
    like: os.stat_result | None = None,
    take_over: bool = False,
) -> Iterator[str]:
    """A complete file beside the one to be replaced, gone afterwards whatever happens.

    `like` is the status of the file whose mode and owner it gets.
    """
    _sweep(folder)
    name = f"{PREFIX}{os.urandom(8).hex()}{SUFFIX}"
    handle = folder.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            if like is not None and hasattr(os, "fchmod"):
                _make_like(handle, like, take_over=take_over)
            sync(handle)
        yield name
    finally:
        with contextlib.suppress(OSError):
            folder.delete(name)
    folder.sync()


def _make_like(handle: int, old: os.stat_result, *, take_over: bool) -> None:
    """Give an open file the mode and the owner of another."""
    new = os.fstat(handle)
    if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
        try:
            os.fchown(handle, old.st_uid, old.st_gid)
        except PermissionError:
            if not take_over:
                raise Unwritable(
                    "it belongs to another user, and its owner could not be kept"
                ) from None
            with contextlib.suppress(PermissionError):
                os.fchown(handle, -1, old.st_gid)
    os.fchmod(handle, stat.S_IMODE(old.st_mode) & 0o777)


def sync(handle: int) -> None:
    """Wait until a file is on the disk, where the file system can say so. Raises OSError."""
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise


def _sweep(folder: Folder) -> None:
    """Delete temporary files that a killed run of this user left behind long ago."""
    with contextlib.suppress(OSError):
        for name in folder.names():
            if name.startswith(PREFIX) and name.endswith(SUFFIX):
                found = folder.status(name)
                if found and _is_own_file(found) and time.time() - found.st_mtime > STALE:
                    folder.delete(name)


def _is_own_file(found: os.stat_result) -> bool:
    is_own = not hasattr(os, "geteuid") or found.st_uid == os.geteuid()
    return is_own and stat.S_ISREG(found.st_mode)
