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


def is_file(path: str) -> bool:
    """Whether there is a regular file, and no symbolic link."""
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except OSError:
        return False


def is_stored(path: str, entry: Entry) -> bool:
    """Whether the disk has what an entry says, to the byte: the same file, or the same link."""
    if os.path.islink(path):
        target = os.fsencode(os.readlink(path)) if entry.mode == LINK else None
        return target is not None and _blob_hash(entry.id, len(target), target) == entry.id
    return _hash_of_file(path, entry.id) == entry.id


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
    if match is None or not is_file(path) or os.path.getsize(path) != int(match[2]):
        return False
    return _digest(path, hashlib.sha256()) == match[1].decode()


def _hash_of_file(path: str, like: str) -> str | None:
    if not is_file(path):
        return None
    try:
        size = os.path.getsize(path)
        return _digest(path, _begun(like, size))
    except OSError:
        return None


def _blob_hash(like: str, size: int, data: bytes) -> str:
    hashed = _begun(like, size)
    hashed.update(data)
    return hashed.hexdigest()


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
