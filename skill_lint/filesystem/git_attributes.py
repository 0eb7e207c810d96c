"""Changes to what git writes to the disk in place of the bytes that it has stored."""

import os
import re
from collections.abc import Iterator, Mapping, Set
from pathlib import Path

from skill_lint.filesystem.blob_compare import bytes_of
from skill_lint.filesystem.git import GitError
from skill_lint.filesystem.git_objects import Entry, blobs, sizes

ATTRIBUTES = ".gitattributes"
MOST_BYTES = 1_000_000
"""A larger file counts as one that nobody can read."""
_REWRITES = re.compile(rb"working-tree-encoding|\bident\b|\bfilter\b(?!=lfs\b)")
"""The attributes by which the disk gets other bytes. A pointer of Git LFS is known by its text."""
_MACRO = b"[attr]"
_UNREADABLE = None


def is_attributes(name: str) -> bool:
    """Whether a path names a file of attributes, also where case does not count."""
    return name.rpartition("/")[2].lower() == ATTRIBUTES


def rewritten(
    top: Path, before: Mapping[str, Entry], now: Mapping[str, Entry], changed: Set[Path]
) -> Iterator[str]:
    """The folders, with a slash at the end, below which git may write other bytes now.

    They are those of the changed files of attributes, on the disk or in the index, of which a line
    has changed that can have this effect.
    """
    names = {name for name in (*before, *now)
             if is_attributes(name) and before.get(name) != now.get(name)}  # fmt: skip
    names |= {path.relative_to(top).as_posix() for path in changed
              if is_attributes(path.name) and path.is_relative_to(top)}  # fmt: skip
    if not names:
        return
    versions = _versions(top, before, now, {*names, ATTRIBUTES})
    # Only the file at the top can define macros, which may have any name.
    are_macros = any(
        text is _UNREADABLE or any(_MACRO in line for line in _that_count(text))
        for text in versions[ATTRIBUTES]
    )
    for name in sorted(names):
        texts = versions[name]
        lines = [[] if text is _UNREADABLE else _that_count(text) for text in texts]
        if are_macros or _UNREADABLE in texts or any(each != lines[0] for each in lines):
            yield name[: -len(ATTRIBUTES)]


def _that_count(text: bytes) -> list[bytes]:
    return [line for line in text.split(b"\n") if _REWRITES.search(line)]


def _versions(
    top: Path, before: Mapping[str, Entry], now: Mapping[str, Entry], names: Set[str]
) -> dict[str, list[bytes | None]]:
    """The texts of each file: at the base, in the index and on the disk; empty if it is absent."""
    entries = {name: [files.get(name) for files in (before, now)] for name in names}
    stored = _stored(top, {each.id for both in entries.values() for each in both if each})
    return {
        name: [*(_plain(stored.get(each.id)) if each else b"" for each in both),
               _on_disk(f"{top}/{name}")]
        for name, both in entries.items()
    }  # fmt: skip


def _stored(top: Path, ids: Set[str]) -> dict[str, bytes]:
    """The blobs that are here and can be read."""
    try:
        sized = {each: size for each, size in sizes(top, ids).items() if size <= MOST_BYTES}
        return dict(blobs(top, sized))
    except GitError:
        return {}


def _on_disk(path: str) -> bytes | None:
    return _plain(bytes_of(path)) if os.path.lexists(path) else b""


def _plain(data: bytes | None) -> bytes | None:
    """A text with the line ends of git; versions of git differ about one with a zero byte."""
    if data is None or len(data) > MOST_BYTES or 0 in data:
        return _UNREADABLE
    return data.replace(b"\r\n", b"\n")
