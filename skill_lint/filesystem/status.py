"""How a file, a folder or a link on the disk is recognised as unchanged.

By its status, which takes one call. If the status differs, as after a git checkout, by a digest: of
a file's bytes, or of the names and kinds in a folder. Imports little, because a replayed run
imports this.
"""

import os
import stat
from collections.abc import Iterable

try:
    # The same function as in hashlib, which would load all of OpenSSL.
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

MOST_HASHED = 100_000_000
"""Bytes of a file that is read for its digest; a larger file counts as changed."""

Status = tuple[int, ...]
"""Mode, size, content and status change times (nanoseconds since the epoch), inode, device."""
Seen = tuple[Status | None, str]
"""The status of a file or folder, None if it proves nothing, and a digest of what was there."""
ABSENT = "!absent"
UNKNOWN = "!unknown"
"""The beginning of the digest of something that was not read; it proves nothing."""
CACHE = ".skill_lint_cache"
"""The folder in which earlier versions kept their results. Nothing in it is read."""
ENVIRONMENT = "pyvenv.cfg"
"""The file that makes a folder a virtual environment, together with one of `PYTHONS`."""
PYTHONS = ("bin/python", "bin/python3", "bin/python.exe", "Scripts/python.exe")


def status(path: str) -> Status | None:
    """The status of a file or folder, through symbolic links; None if nothing is there."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return (
        found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino,
        found.st_dev,
    )  # fmt: skip


def digest_of(*parts: bytes | memoryview) -> str:
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(part)
    return digest.hexdigest()


def size_digest(size: int) -> str:
    """The digest of a file that is too large to be read: only its size counts."""
    return f"!size {size}"


def kind_digest(mode: int) -> str:
    """The digest of something that is not a regular file."""
    return f"!kind {stat.S_IFMT(mode)}"


def unreadable_digest(error: OSError) -> str:
    """The digest of an unreadable file; it proves nothing, as the file may be readable later."""
    return f"{UNKNOWN} {error.errno}"


def digest_by_status(now: Status | None) -> str:
    """The digest of a file whose content does not matter, only its size."""
    if now is None:
        return ABSENT
    return size_digest(now[1]) if stat.S_ISREG(now[0]) else kind_digest(now[0])


def digest_of_file(path: str, now: Status | None, earlier: str = "") -> str:
    """The digest of a file's bytes. `earlier` is the one to compare it with."""
    if now is None or not stat.S_ISREG(now[0]) or earlier.startswith("!size"):
        return digest_by_status(now)
    if now[1] > MOST_HASHED:
        return UNKNOWN
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            return digest_of(file.read())
    except OSError as error:
        return unreadable_digest(error)


def _without_waiting(path: str, flags: int) -> int:
    """Open a file without waiting, because it may have become a pipe since `status`."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def digest_of_folder(path: str, now: Status | None, earlier: str = "") -> str:
    """The digest of a folder's entries."""
    if now is None:
        return ABSENT
    try:
        with os.scandir(path) as entries:
            return listing_digest(entries)
    except OSError as error:
        return unreadable_digest(error)


def listing_digest(entries: Iterable["os.DirEntry[str]"]) -> str:
    """A digest of a folder's entries: their names, their kinds, and where links lead."""
    lines = sorted(f"{each.name}\0{_kind(each)}" for each in entries)
    return digest_of("\n".join(lines).encode("utf-8", "surrogateescape"))


def _kind(entry: "os.DirEntry[str]") -> str:
    if entry.is_symlink():
        return f"l{os.readlink(entry.path)}"
    if entry.is_dir(follow_symlinks=False):
        return "d"
    return "f" if entry.is_file(follow_symlinks=False) else "o"


def resolved_link(path: str, folders: dict[str, str] | None = None) -> str:
    """Where a symbolic link finally leads, and what is there: a file, a folder, or nothing.

    `folders` keeps the real path of each folder, because a thousand skills may be in one.
    """
    found = status(path)
    real = real_path(path, {} if folders is None else folders)
    return f"{real}\0{stat.S_IFMT(found[0]) if found else 0}"


def real_path(path: str, folders: dict[str, str]) -> str:
    """The path without symbolic links; `folders` is as for `resolved_link`."""
    folder, name = os.path.split(path)
    if name in ("..", ".", ""):
        return os.path.realpath(path)
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    real = os.path.join(folders[folder], name)
    return os.path.realpath(real) if os.path.islink(real) else real


def exists_exact_case(path: str, listed: dict[str, frozenset[str]]) -> bool:
    """Whether a path exists, its last name in exactly this case.

    `listed` keeps the names in each folder: a thousand links may lead into one of a thousand files.
    """
    if not os.path.lexists(path):
        return False
    folder, name = os.path.split(path)
    if name in ("..", ".", ""):
        return True
    if folder not in listed:
        other = name.swapcase()
        # Only where case does not matter, or both names are there, is a folder listed: a thousand
        # skills of one folder may each have a link to another.
        if name.isascii() and other != name and not os.path.lexists(os.path.join(folder, other)):
            return True
        try:
            # Only the last name, because listing every parent would cost too much.
            listed[folder] = frozenset(os.listdir(folder or "."))
        except OSError:
            return True
    return name in listed[folder]
