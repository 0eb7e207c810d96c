"""A folder that is held open: what is done in it stays in it, whatever its path becomes meanwhile.

No method follows a symbolic link. Where the system cannot hold a folder open (Windows), each step
uses its path, after a check that it still is this folder.
"""

import contextlib
import errno
import os
import stat
from collections.abc import Iterator

HELD = {os.open, os.stat, os.mkdir, os.unlink, os.rename, os.readlink} <= os.supports_dir_fd
"""Whether folders can be held open here."""
NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_NEVER_WAIT = getattr(os, "O_NONBLOCK", 0)
_LISTED = getattr(os, "O_DIRECTORY", 0) | NO_LINK
# Only to pass through, a folder need not be readable.
_PASSED = _LISTED | getattr(os, "O_PATH", os.O_RDONLY)


class Folder:
    """An open folder. `path` is its absolute path without symbolic links when it was opened.

    The working directory is opened as such: this user may not be allowed into what is above it.
    Every method raises OSError. `name` is the name of one entry, without a slash.
    """

    def __init__(self, path: str, above: "Folder | None" = None, name: str = "") -> None:
        self.path = path
        self.handle: int | None = None
        if not above and path == os.getcwd():
            name = "."
        if HELD:
            self.handle = os.open(name or path, _PASSED, dir_fd=above.handle if above else None)
        elif not stat.S_ISDIR(os.lstat(path).st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)
        self._identity = _identity(os.lstat(path)) if self.handle is None else None

    def close(self) -> None:
        if self.handle is not None:
            os.close(self.handle)

    def enter(self, name: str) -> "Folder":
        """A folder in this one. Fails for a symbolic link."""
        self._at(name)
        return Folder(os.path.normpath(os.path.join(self.path, name)), self, name)

    def own_status(self) -> os.stat_result:
        return os.lstat(self.path) if self.handle is None else os.fstat(self.handle)

    def status(self, name: str) -> os.stat_result | None:
        """The status of an entry, None if there is none."""
        try:
            return os.stat(self._at(name), dir_fd=self.handle, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def link_text(self, name: str) -> str:
        """The text of a symbolic link."""
        return os.readlink(self._at(name), dir_fd=self.handle)

    def is_writable(self, name: str = ".") -> bool:
        """Whether this user may write an entry; without a name, whether it may add entries."""
        needed = os.W_OK | os.X_OK if name == "." else os.W_OK
        return os.access(self._at(name), needed, dir_fd=self.handle)

    def open(self, name: str, flags: int, mode: int = 0o600) -> int:
        return os.open(self._at(name), flags | NO_LINK, mode, dir_fd=self.handle)

    def read(self, name: str, most: int) -> bytes | None:
        """The first `most` bytes of a regular file; None if it is something else."""
        with os.fdopen(self.open(name, os.O_RDONLY | _NEVER_WAIT), "rb") as file:
            is_file = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
            return file.read(most) if is_file else None

    def names(self) -> list[str]:
        """The names of all entries, sorted."""
        with self._readable() as handle:
            return sorted(os.listdir(self.path if handle is None else handle))

    def make(self, name: str, mode: int = 0o777) -> None:
        """Make a folder in this one."""
        os.mkdir(self._at(name), mode, dir_fd=self.handle)

    def rename(self, name: str, folder: "Folder", new_name: str) -> None:
        """Move an entry to another folder. A file that has that name there is replaced."""
        old, new = self._at(name), folder._at(new_name)
        os.replace(old, new, src_dir_fd=self.handle, dst_dir_fd=folder.handle)

    def link(self, name: str, new_name: str) -> None:
        """Give a file a second name. Fails if the name is taken."""
        old, new = self._at(name), self._at(new_name)
        handle = self.handle
        os.link(old, new, src_dir_fd=handle, dst_dir_fd=handle, follow_symlinks=False)

    def delete(self, name: str) -> None:
        """Delete a file or a symbolic link."""
        os.unlink(self._at(name), dir_fd=self.handle)

    def delete_folder(self, name: str) -> None:
        """Delete an empty folder."""
        os.rmdir(self._at(name), dir_fd=self.handle)

    def sync(self) -> None:
        """Make new names survive a power failure, where the system can."""
        with contextlib.suppress(OSError), self._readable() as handle:
            if handle is not None:
                os.fsync(handle)

    @contextlib.contextmanager
    def _readable(self) -> Iterator[int | None]:
        if self.handle is None:
            self._at("")
            yield None
            return
        handle = os.open(".", os.O_RDONLY | _LISTED, dir_fd=self.handle)
        try:
            yield handle
        finally:
            os.close(handle)

    def _at(self, name: str) -> str:
        """What names an entry for the system: its name, or its path if the folder is not held."""
        if self.handle is not None:
            return name
        if os.path.realpath(self.path) != self.path or _identity(os.lstat(self.path)) != (
            self._identity
        ):
            raise OSError(errno.ESTALE, "its folder was replaced meanwhile", self.path)
        return os.path.join(self.path, name)


def _identity(found: os.stat_result) -> tuple[int, int]:
    return found.st_dev, found.st_ino
