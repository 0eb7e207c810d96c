"""What git has stored: the files of a revision, and their bytes."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from skill_lint.filesystem import git
from skill_lint.filesystem.git import GitError

LINK, SUBMODULE = "120000", "160000"
"""The modes of a symbolic link and of a submodule."""
MOST_NESTED = 10
"""Levels of submodules in submodules that are searched."""
MOST_AT_ONCE = 32_000_000
"""Bytes of blobs that are in memory together; a larger blob is never read."""


class Entry(NamedTuple):
    """A file as git has stored it: its mode, and the id of its blob."""

    mode: str
    id: str


def commit_of(top: Path, revision: str) -> str | None:
    """The id of the commit that a revision means; None if there is none. Raises `GitError`."""
    if revision.startswith("-"):
        return None
    try:
        words = ("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        return git.run(top, *words).decode().strip()
    except GitError as error:
        # git ends with 128, and in silence, if a revision has a form that it cannot look up.
        if error.code == 1 or (error.code == 128 and not str(error)):
            return None
        raise


def files_at(top: Path, revision: str, folder: str = "") -> dict[str, Entry]:
    """The files of a revision, or of a folder in it, by their names relative to the checkout.

    Submodules are among them. Raises `GitError`.
    """
    below = ["--", f"{folder}/"] if folder else []
    printed = git.run(top, "ls-tree", "-r", "-z", "--full-tree", revision, *below)
    files = {}
    for line in printed.split(b"\0")[:-1]:
        head, _, name = line.partition(b"\t")
        mode, _, object_id = head.decode().split(" ")
        files[os.fsdecode(name)] = Entry(mode, object_id)
    return files


def sizes(top: Path, ids: Iterable[str]) -> dict[str, int]:
    """The sizes of blobs in bytes; a blob that is not here has none. Raises `GitError`."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    printed = git.run(top, "cat-file", "--batch-check", stdin="\n".join([*wanted, ""]).encode())
    words = [line.split(" ") for line in printed.decode().splitlines()]
    return {each[0]: int(each[2]) for each in words if len(each) == 3 and each[1] == "blob"}


def blobs(top: Path, sized: Mapping[str, int]) -> Iterator[tuple[str, bytes]]:
    """The ids and bytes of blobs, of which the sizes are given, a few at a time.

    Blobs over `MOST_AT_ONCE` are left out. Raises `GitError`.
    """
    batch, total = list[str](), 0
    for object_id, size in sized.items():
        if size > MOST_AT_ONCE:
            continue
        if total + size > MOST_AT_ONCE:
            yield from _read(top, batch)
            batch, total = [], 0
        batch.append(object_id)
        total += size
    yield from _read(top, batch)


def _read(top: Path, ids: list[str]) -> Iterator[tuple[str, bytes]]:
    if not ids:
        return
    printed = git.run(top, "cat-file", "--batch", stdin="\n".join([*ids, ""]).encode())
    start = 0
    for object_id in ids:
        end = printed.find(b"\n", start)
        words = printed[start:end].split(b" ")
        if end < 0 or words[:2] != [object_id.encode(), b"blob"]:
            raise GitError(f"fatal: the blob {object_id} cannot be read")
        start = end + 1 + int(words[2])
        yield object_id, printed[end + 1 : start]
        start += 1
