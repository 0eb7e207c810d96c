"""Whether a file on the disk has the bytes that git has stored, found without asking git.

git itself would run the filters that a repository names, and would believe the flags in its index.
"""

import hashlib
import os
import re
import stat

from skill_lint.filesystem.git_objects import LINK, Entry
from skill_lint.filesystem.read import Unreadable, read_bytes

MOST_COMPARED = 5_000_000
"""Bytes of a file whose line ends are compared; a larger one must be the same to the byte."""

_CHUNK = 1 << 20
_LFS = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\n(?:[^\n]*\n)*?"
    rb"oid sha256:([0-9a-f]{64})\nsize (\d+)\n"
)


def status_of(path: str) -> os.stat_result | None:
    """The status of a file or of a symbolic link itself; None if nothing is there."""
    try:
        return os.lstat(path)
    except OSError:
        return None


def is_stored(path: str, entry: Entry) -> bool:
    """Whether the disk has what an entry says, to the byte: the same file, or the same link."""
    found = status_of(path)
    if found is None:
        return False
    try:
        if stat.S_ISLNK(found.st_mode):
            target = os.fsencode(os.readlink(path))
            hashed = _begun(entry.id, len(target))
            hashed.update(target)
            return entry.mode == LINK and hashed.hexdigest() == entry.id
        hashed = _begun(entry.id, found.st_size)
        return stat.S_ISREG(found.st_mode) and _digest(path, hashed) == entry.id
    except OSError:
        return False


def bytes_of(path: str) -> bytes | None:
    """The bytes of a regular file of at most `MOST_COMPARED` bytes; None for any other."""
    try:
        return read_bytes(path, MOST_COMPARED, follow=False)
    except Unreadable:
        return None


def plain(data: bytes) -> bytes:
    """A text with the line ends that git stores; the bytes themselves if they are no text."""
    return data if 0 in data else data.replace(b"\r\n", b"\n")


def stands_for(pointer: bytes, path: str) -> bool:
    """Whether a blob is a pointer of Git LFS to the very file on the disk."""
    match = _LFS.fullmatch(pointer) if len(pointer) < 2_000 else None
    found = status_of(path) if match else None
    if match is None or found is None or not stat.S_ISREG(found.st_mode):
        return False
    try:
        return (
            found.st_size == int(match[2]) and _digest(path, hashlib.sha256()) == match[1].decode()
        )
    except OSError:
        return False


def _begun(like: str, size: int) -> "hashlib._Hash":
    """The hash of an object of git, of the same kind as an id, with the object's head."""
    head = b"blob %d\0" % size
    if len(like) == 64:
        return hashlib.sha256(head)
    return hashlib.sha1(head, usedforsecurity=False)


def _digest(path: str, hashed: "hashlib._Hash") -> str:
    flags = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with open(path, "rb", buffering=0, opener=lambda name, mode: os.open(name, mode | flags)) as f:
        while chunk := f.read(_CHUNK):
            hashed.update(chunk)
    return hashed.hexdigest()
