"""Read the bytes of regular files up to a limit, never of a pipe or a device."""

import errno
import os
import stat

from skill_lint.filesystem.status import UNKNOWN, kind_digest, size_digest, unreadable_digest

_NEVER_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class Unreadable(Exception):
    """A file cannot or must not be read. The message says why; `digest` identifies its state."""

    def __init__(self, message: str, digest: str) -> None:
        super().__init__(message)
        self.digest = digest


def read_bytes(file: str, limit: int, *, follow: bool = True, place: str = "") -> bytes:
    """The bytes of a regular file of at most `limit` bytes. Raises `Unreadable`.

    A symbolic link is followed only if `follow` is set. The file may be replaced at any moment,
    even by a pipe; this never waits for a pipe. `place` is where the file must lie, an absolute
    path without symbolic links, because a folder on the way may be replaced by a link as well.
    """
    flags = os.O_RDONLY | _NEVER_WAIT | (0 if follow else _NO_LINK)
    try:
        # Checked before it is opened, because opening a pipe or a device may have an effect.
        _check(file, os.stat(file, follow_symlinks=follow), limit)
        handle = os.open(file, flags)
        with open(handle, "rb") as opened:
            size = _check(file, os.fstat(handle), limit)
            if place and not _lies_at(handle, place):
                raise Unreadable("the file was moved or replaced while it was read", UNKNOWN)
            # Not `limit` bytes: to allocate them takes longer than to read a small file.
            data = opened.read(size + 1)
            if data is None:  # A file of the kernel without anything in it yet.
                raise BlockingIOError(errno.EAGAIN, "there is nothing to read yet")
            if len(data) > size:  # The file has grown since.
                data += opened.read(limit + 1 - len(data))
    except OSError as error:
        raise Unreadable(
            f"the file cannot be read: {reason_of(error)}", unreadable_digest(error)
        ) from None
    if len(data) > limit:
        raise Unreadable(_too_large(len(data), limit), size_digest(len(data)))
    return data


def _lies_at(handle: int, place: str) -> bool:
    """Whether an open file is the one at a path, with no symbolic link on the way to it."""
    try:
        # Linux knows where an open file lies, or lay before it was deleted.
        if os.readlink(f"/proc/self/fd/{handle}") in (place, f"{place} (deleted)"):
            return True
    except OSError:
        pass
    # Lazy import: only where the system does not know it, or spells it otherwise.
    from skill_lint.filesystem.walk import lies_at

    return lies_at(handle, place)


def reason_of(error: OSError) -> str:
    """The reason of an error, in lower case to end a sentence: `permission denied`."""
    return (error.strerror or str(error)).lower()


def _check(file: str, found: os.stat_result, limit: int) -> int:
    """The size of a file that may be read; raises `Unreadable` for any other."""
    if not stat.S_ISREG(found.st_mode):
        kind = "a directory, not a file" if stat.S_ISDIR(found.st_mode) else "not a regular file"
        name = os.path.basename(file)
        raise Unreadable(f"`{name}` is {kind}", kind_digest(found.st_mode))
    if found.st_size > limit:
        raise Unreadable(_too_large(found.st_size, limit), size_digest(found.st_size))
    return found.st_size


def _too_large(size: int, limit: int) -> str:
    return f"the file has {size:,} bytes; files over {limit:,} bytes are not read"
