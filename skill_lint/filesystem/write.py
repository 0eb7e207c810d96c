"""Write a file that a person asked for: it is replaced in one atomic step, or left as it was.

Nothing is written through a symbolic link that lies in a checkout, because whoever made the
checkout would decide where the text goes.
"""

import contextlib
import errno
import os
import stat

from skill_lint.filesystem.folder import Folder
from skill_lint.filesystem.read import reason_of
from skill_lint.filesystem.replace import create, replace, sync, temporary_file
from skill_lint.filesystem.walk import Place, Unwritable, checkout_of, is_descriptor, walk

_NO_RENAME = (errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY)
"""Errors of a folder in which nothing can be made or replaced, though a file in it can be written:
a folder that is read-only, a file that is mounted into a container."""
_SINKS = ("/dev/null", "/dev/zero", "/dev/full")


def write_file(path: str | os.PathLike[str], content: bytes, *, is_new: bool = False) -> None:
    """Write a file. `path` is absolute or relative to the working directory.

    No folder is made. A file that exists keeps its mode, and if possible its owner; with `is_new`
    it is refused. Pipes, terminals and `/dev/null` are written in place. Raises `Unwritable`.
    """
    try:
        with walk(os.fspath(path), refuse_planted_links) as steps:
            place = steps.place(os.fspath(path))
            if is_descriptor(place.folder):
                _write_descriptor(place, content)
            elif is_new:
                create(place, content)
            else:
                _write(place, content)
    except (OSError, ValueError, OverflowError) as error:
        raise Unwritable(_reason(error)) from None


def write_private(folder: str | os.PathLike[str], name: str, content: bytes) -> None:
    """Write a file that only this user can read. Absent folders are made. Raises `Unwritable`."""
    try:
        with walk(os.fspath(folder), refuse_planted_links) as steps:
            opened = steps.folder(os.fspath(folder), make=0o700)
            owner = opened.own_status().st_uid
            if hasattr(os, "geteuid") and os.geteuid() not in (owner, 0):
                raise Unwritable("the folder belongs to another user")
            with temporary_file(opened, content, 0o600) as temporary:
                opened.rename(temporary, opened, name)
    except (OSError, ValueError) as error:
        raise Unwritable(_reason(error)) from None


def refuse_planted_links(folder: Folder, name: str) -> None:
    """Follow a symbolic link of the person's own system, none of a checkout."""
    if checkout_of(folder.path):
        raise Unwritable(
            f"`{name}` is a symbolic link in the checkout, and is not followed; give the path that "
            "it leads to"
        )
    refuse_planted(folder, name)


def refuse_planted(folder: Folder, name: str) -> None:
    """Refuse what another user has put there to lead the file elsewhere.

    That is anything where everybody may write, as in `/tmp`, and a link or a pipe in any folder,
    because the other user may own the folder as well.
    """
    found = folder.status(name)
    if found is None or not hasattr(os, "geteuid") or found.st_uid in (os.geteuid(), 0):
        return
    shared, everybody = folder.own_status(), stat.S_ISVTX | stat.S_IWOTH
    if shared.st_mode & everybody == everybody and found.st_uid != shared.st_uid:
        raise Unwritable(f"`{name}` belongs to another user, in a folder where everybody may write")
    if stat.S_ISLNK(found.st_mode) or stat.S_ISFIFO(found.st_mode):
        raise Unwritable(f"`{name}` is a link or a pipe that belongs to another user")


def _write(place: Place, content: bytes) -> None:
    folder, name = place
    found = folder.status(name)
    refuse_planted(folder, name)
    if found is None:
        with temporary_file(folder, content, 0o666) as temporary:
            folder.rename(temporary, folder, name)
    elif stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), name)
    elif stat.S_ISREG(found.st_mode):
        try:
            replace(place, content, take_over=True)
        except OSError as error:
            if error.errno not in _NO_RENAME:
                raise
            _overwrite(place, content)
    else:
        _write_stream(place, found, content)


def _write_descriptor(place: Place, content: bytes) -> None:
    """Write to an open file of this process, such as `/dev/stdout`, where it stands."""
    folder, name = place
    if not name.isdecimal() or folder.path not in ("/dev/fd", f"/proc/{os.getpid()}/fd"):
        raise Unwritable("it is an open file of another process")
    _send(os.dup(int(name)), content)


def _write_stream(place: Place, found: os.stat_result, content: bytes) -> None:
    """Write into a pipe, a terminal or `/dev/null`."""
    folder, name = place
    if stat.S_ISFIFO(found.st_mode):
        if checkout_of(folder.path):
            raise Unwritable("it is a named pipe in the checkout")
    elif not _is_sink(found) and not _is_terminal(place, found):
        # Not even opened, because that alone has an effect on some devices.
        raise Unwritable("it is a device or a socket, not a file")
    handle = folder.open(name, os.O_WRONLY | getattr(os, "O_NOCTTY", 0))
    opened = os.fstat(handle)
    if not stat.S_ISFIFO(opened.st_mode) and not os.isatty(handle) and not _is_sink(opened):
        os.close(handle)
        raise Unwritable("it was replaced meanwhile")
    _send(handle, content)


def _is_terminal(place: Place, found: os.stat_result) -> bool:
    by_name = place.folder.path == "/dev/pts" or place.name.startswith("tty")
    return by_name and stat.S_ISCHR(found.st_mode)


def _is_sink(found: os.stat_result) -> bool:
    """Whether it is a device that keeps nothing."""
    for path in _SINKS:
        with contextlib.suppress(OSError):
            if stat.S_ISCHR(found.st_mode) and os.stat(path).st_rdev == found.st_rdev:
                return True
    return False


def _send(handle: int, content: bytes) -> None:
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)


def _overwrite(place: Place, content: bytes) -> None:
    """Write a file in place, but only once the disk has room for all of it."""
    handle = place.folder.open(place.name, os.O_RDWR)
    with os.fdopen(handle, "r+b") as file:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
            raise Unwritable("its folder is read-only, and the file has other names")
        try:
            file.seek(found.st_size)
            file.write(bytes(max(0, len(content) - found.st_size)))
            file.flush()
            sync(handle)
        except OSError:
            os.ftruncate(handle, found.st_size)
            raise
        file.seek(0)
        file.write(content)
        file.truncate()


def _reason(error: Exception) -> str:
    # A name with a NUL is a ValueError, and a file descriptor of 20 digits an OverflowError.
    return reason_of(error) if isinstance(error, OSError) else str(error)
