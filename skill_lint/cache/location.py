"""Where the cache is, and whether a folder is one that only this user can have filled.

Whoever writes to the cache decides what later runs print. So it never lies where a commit or an
archive could have put it, and it is used only if this user has made it. Imports little, because a
replayed run imports this.
"""

import contextlib
import os
import stat

from skill_lint.filesystem.paths import is_checkout, is_foreign, upwards

FILE = "results-2.sqlite"
"""The number is the version of the entries' layout: each version has its own file."""
OF_OTHERS = tuple(f"{FILE}{end}" for end in ("-journal", "-wal", "-shm"))
"""Files that SQLite would read with the database. We make none of them."""
TAG = "CACHEDIR.TAG"
_TAG_TEXT = (
    b"Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of skill-lint.\n"
)
OWN_FILES = (
    FILE, *OF_OTHERS, TAG, "results-1.sqlite", "results-1.sqlite-journal", ".gitignore",
)  # fmt: skip
"""What this version and earlier ones keep in the folder."""
_ELSEWHERE = "name another folder with --cache-dir"
_REMEDY = f"delete it, or {_ELSEWHERE}"


class NotOurs(Exception):
    """The folder or a file in it is not one that this user's skill-lint made.

    The message says why, and what to do.
    """


def refusal(folder: str, root: str) -> str:
    """Why the cache of a run in `root` must not be in a folder; empty if it may be there.

    Both are absolute paths. Whoever filled a checkout, or unpacked an archive, may have put a
    cache there, and links that lead to another one.
    """
    home = os.path.expanduser("~")  # noqa: PTH111
    checkout = next((each for each in upwards(root) if is_checkout(each)), root)
    # The home directory may be a checkout of the user's own, but not the one that is linted.
    own = {home, os.path.realpath(home)} - {checkout}
    for path in (folder, os.path.realpath(folder)):
        for above in upwards(path):
            if is_foreign(above, root) and above not in own:
                return (
                    f"{folder} lies in {above}, where a commit could put results that nobody "
                    "found; name a folder outside of it"
                )
    return ""


def make(folder: str) -> None:
    """Make the folder if there is none, with the tag of a cache, and check that it is ours.

    Raises `NotOurs` or OSError. The tag tells backup programs to leave the folder out.
    """
    os.makedirs(os.path.dirname(folder), exist_ok=True)  # noqa: PTH103, PTH120
    with contextlib.suppress(FileExistsError):
        os.mkdir(folder, 0o700)  # noqa: PTH102
    if check(folder):
        return
    if not set(os.listdir(folder)) <= {*OWN_FILES}:  # noqa: PTH208
        raise NotOurs(f"{folder} holds other files; name a new folder with --cache-dir")
    with contextlib.suppress(FileExistsError):
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        handle = os.open(os.path.join(folder, TAG), flags, 0o600)  # noqa: PTH118
        with open(handle, "wb") as file:  # noqa: PTH123
            file.write(_TAG_TEXT)


def check(folder: str) -> bool:
    """Whether the folder has our tag. Raises `NotOurs` if it cannot be ours, or OSError."""
    check_folder(folder)
    tag = os.path.join(folder, TAG)  # noqa: PTH118
    if not check_file(tag):
        return False
    with open(tag, "rb") as file:  # noqa: PTH123
        text = file.read(len(_TAG_TEXT) + 1)
    if text != _TAG_TEXT and not _is_being_written(text, folder):
        raise NotOurs(f"{tag} is not the tag of skill-lint; name another folder")
    return True


def _is_being_written(tag: bytes, folder: str) -> bool:
    """Whether another process may just be writing our tag. Other tools write its first line."""
    has_begun = _TAG_TEXT.startswith(tag) and len(tag) < _TAG_TEXT.index(b"\n")
    return has_begun and {*os.listdir(folder)} <= {*OWN_FILES}  # noqa: PTH208


def check_folder(folder: str) -> None:
    """Raise `NotOurs` if a folder is not of this user, or if another user could replace it."""
    _check(folder, os.lstat(folder), stat.S_IFDIR)
    if not hasattr(os, "geteuid"):
        return
    for path in dict.fromkeys((*_above(folder), *_above(os.path.realpath(folder)))):
        found = os.lstat(path)
        if found.st_uid not in (os.geteuid(), 0):
            raise NotOurs(f"{path}, above it, belongs to another user; {_ELSEWHERE}")
        # In a folder like `/tmp`, nobody replaces what others have made.
        if stat.S_ISDIR(found.st_mode) and not found.st_mode & stat.S_ISVTX:
            _refuse_others(f"replace what is in {path}", found)


def _refuse_others(what: str, found: os.stat_result) -> None:
    """Raise `NotOurs` if others may write. The user's own group may: often nobody else is in it."""
    if found.st_mode & stat.S_IWOTH:
        raise NotOurs(f"anybody may {what}; {_ELSEWHERE}")
    if found.st_mode & stat.S_IWGRP and found.st_gid != os.getegid():
        raise NotOurs(f"users of another group may {what}; {_ELSEWHERE}")


def _above(folder: str) -> list[str]:
    """The folders above an absolute path, and the symbolic links among them."""
    found = []
    while (above := os.path.dirname(folder)) != folder:  # noqa: PTH120
        found.append(above)
        folder = above
    return found


def check_file(file: str, most: int = 1_000) -> bool:
    """Whether a file exists. Raises `NotOurs` if it is not of this user, or has over `most` bytes.

    A second name of it may lie anywhere, so a hard link is not ours either.
    """
    try:
        found = os.lstat(file)
    except FileNotFoundError:
        return False
    _check(file, found, stat.S_IFREG)
    if found.st_nlink > 1:
        raise NotOurs(f"{file} has a second name; {_REMEDY}")
    if found.st_size > most:
        raise NotOurs(f"{file} has {found.st_size:,} bytes; {_REMEDY}")
    return True


def _check(path: str, found: os.stat_result, kind: int) -> None:
    if stat.S_ISLNK(found.st_mode):
        raise NotOurs(f"{path} is a symbolic link; {_REMEDY}")
    if stat.S_IFMT(found.st_mode) != kind:
        what = "folder" if kind == stat.S_IFDIR else "regular file"
        raise NotOurs(f"{path} is not a {what}; {_REMEDY}")
    if hasattr(os, "geteuid"):
        if found.st_uid != os.geteuid():
            raise NotOurs(f"{path} belongs to another user; {_ELSEWHERE}")
        _refuse_others(f"write to {path}", found)


def require_tag(folder: str) -> None:
    """Raise `NotOurs` if there is a folder, and it is not known as our cache."""
    if os.path.lexists(folder) and not check(folder):
        raise NotOurs(f"{folder} is not a cache of skill-lint: it has no {TAG}")


def clean(folder: str) -> list[str]:
    """Delete the cache's own files, and the folder if nothing else is in it.

    Returns the names of the other files. The tag stays with them, so that the folder is still
    known as a cache. Raises `NotOurs` or OSError.
    """
    if not os.path.lexists(folder):
        return []
    require_tag(folder)
    for name in OWN_FILES:
        path = os.path.join(folder, name)  # noqa: PTH118
        with contextlib.suppress(FileNotFoundError):
            if name != TAG and stat.S_ISREG(os.lstat(path).st_mode):
                os.unlink(path)  # noqa: PTH108
    left = sorted({*os.listdir(folder)} - {TAG})  # noqa: PTH208
    if not left:
        os.unlink(os.path.join(folder, TAG))  # noqa: PTH108, PTH118
        os.rmdir(folder)  # noqa: PTH106
    return left
