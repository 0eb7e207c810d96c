"""Whether git could bring files back as they are. Where it does not answer, it could not.

The bytes on the disk are compared with those that git has stored at HEAD. The index must name the
same blobs, but its flags, which can make git overlook a change, do not count.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from skill_lint.filesystem import git
from skill_lint.filesystem.blob_compare import MOST_COMPARED, bytes_of, is_stored, plain
from skill_lint.filesystem.git import GitError
from skill_lint.filesystem.git_index import tracked
from skill_lint.filesystem.git_objects import Entry, blobs, commit_of, files_at, sizes

CHANGED = "has uncommitted changes; commit them, or give --allow-dirty"


def why_not_restorable(
    folder: Path, names: Iterable[str], unanswered: dict[str, str]
) -> str | None:
    """Why git could not bring back files of a folder as they are; None if it could.

    `names` are POSIX, relative to the folder; what is not there needs no commit. The reason follows
    the name of the folder in a sentence. `unanswered` are the reasons of checkouts for which git
    could not be started or took too long: it is not asked about them again.
    """
    real = Path(os.path.realpath(folder))
    there = sorted({path for name in names for path in _behind(real / name)})
    if (checkout := git.checkout_of(real)) is None:
        return (
            "is in no git repository, so that nothing could bring its files back; "
            "commit them to one, or give --allow-dirty"
        )
    if checkout in unanswered:
        return unanswered[checkout]
    try:
        top = git.top_of(real)
        if outside := [path for path in there if not path.is_relative_to(top)]:
            return f"{CHANGED}: `{outside[0]}` is outside of the git checkout"
        if not commit_of(top, "HEAD"):
            return f"{CHANGED}: its repository has no commit yet"
        return _why(top, real, there)
    except GitError as error:
        reason = (
            f"is left as it is, because git does not say whether it is committed: {error.reason}; "
            "solve that, or give --allow-dirty"
        )
        if error.code is None:
            unanswered[checkout] = reason
        return reason


def _behind(path: Path) -> list[Path]:
    """The file that a path names, and the one that it leads to, if they are there."""
    if not os.path.lexists(path) or (path.is_dir() and not path.is_symlink()):
        return []
    here = Path(os.path.realpath(path.parent), path.name)
    target = Path(os.path.realpath(path))
    return [here, target] if target != here and target.is_file() else [here]


def _why(top: Path, folder: Path, paths: Iterable[Path]) -> str | None:
    files = {path.relative_to(top).as_posix(): path for path in paths}
    shown = {
        name: os.path.relpath(path, folder).replace(os.sep, "/") for name, path in files.items()
    }
    within = _within(top, folder, files)
    committed, staged = files_at(top, "HEAD", within), tracked(top, within)
    if missing := [name for name in files if name not in committed]:
        return f"{CHANGED}: `{shown[missing[0]]}` is in no commit"
    # A damaged index looks like this as well.
    for name in files:
        if name not in staged or staged[name].entry.id != committed[name].id:
            return f"{CHANGED}: `{shown[name]}` is staged otherwise than it is committed"
    for name, program in _filters(top, files).items():
        return (
            f"has `{shown[name]}` behind the filter `{program}`, so that git has stored other "
            "bytes than it would bring back; give --allow-dirty if it is committed"
        )
    for name in _changed(top, files, committed):
        return f"{CHANGED}: `{shown[name]}` differs from the last commit"
    return None


def _within(top: Path, folder: Path, files: Mapping[str, Path]) -> str:
    """The folder that git is asked about, relative to the checkout; empty for all of it."""
    is_all = folder == top or any(not path.is_relative_to(folder) for path in files.values())
    return "" if is_all else folder.relative_to(top).as_posix()


def _filters(top: Path, names: Iterable[str]) -> dict[str, str]:
    """The files that git passes through a program, with the name of its filter."""
    stdin = b"".join(os.fsencode(name) + b"\0" for name in names)
    words = git.run(top, "check-attr", "-z", "--stdin", "filter", stdin=stdin).split(b"\0")[:-1]
    values = zip(words[::3], words[2::3], strict=True)
    return {
        os.fsdecode(name): value.decode("utf-8", "replace")
        for name, value in values
        if value not in (b"unspecified", b"unset", b"set")
    }


def _changed(top: Path, files: Mapping[str, Path], committed: Mapping[str, Entry]) -> list[str]:
    """The files whose bytes differ from those in git by more than line ends."""
    here = sizes(top, (committed[name].id for name in files))
    stored = dict(blobs(top, {each: size for each, size in here.items() if size <= MOST_COMPARED}))
    return [
        name
        for name, path in files.items()
        if not _is_as_stored(path, committed[name], here, stored)
    ]


def _is_as_stored(
    path: Path, entry: Entry, here: Mapping[str, int], stored: Mapping[str, bytes]
) -> bool:
    if entry.id not in stored:
        return entry.id in here and is_stored(str(path), entry)
    if path.is_symlink():
        return is_stored(str(path), entry) and os.fsencode(os.readlink(path)) == stored[entry.id]
    data = bytes_of(str(path))
    return data is not None and plain(data) == plain(stored[entry.id])
