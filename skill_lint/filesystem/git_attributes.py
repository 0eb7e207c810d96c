"""Changes to what git writes to the disk in place of the bytes that it has stored."""

from collections.abc import Iterator, Mapping, Set
from pathlib import Path

from skill_lint.filesystem.blob_compare import bytes_of
from skill_lint.filesystem.git import GitError
from skill_lint.filesystem.git_objects import Entry, blobs, sizes

ATTRIBUTES = ".gitattributes"
MOST_BYTES = 1_000_000
"""A larger file counts as one that sets an encoding."""
_ENCODING = b"working-tree-encoding"


def encoded_anew(top: Path, before: Mapping[str, Entry], changed: Set[Path]) -> Iterator[str]:
    """The folders, with a slash at the end, below which files may have another encoding now.

    They are those of the changed files of attributes that set an encoding, or did before.
    """
    for path in changed:
        if path.name != ATTRIBUTES or not path.is_relative_to(top):
            continue
        name = path.relative_to(top).as_posix()
        if _sets_encoding(bytes_of(str(path))) or _sets_encoding(_stored(top, before.get(name))):
            yield name.removesuffix(ATTRIBUTES)


def _sets_encoding(data: bytes | None) -> bool:
    return data is not None and (len(data) > MOST_BYTES or _ENCODING in data)


def _stored(top: Path, entry: Entry | None) -> bytes | None:
    if entry is None:
        return None
    try:
        here = sizes(top, [entry.id])
        return next((data for _, data in blobs(top, here)), _ENCODING)
    except GitError:
        return _ENCODING
