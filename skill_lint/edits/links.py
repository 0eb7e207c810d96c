"""Fixes that make a link or mention point to another file."""

import posixpath
from itertools import takewhile

from skill_lint.diagnostic import Edit, Fix, Safety
from skill_lint.skill.link_resolution import Reference
from skill_lint.skill.link_target import join, read_target
from skill_lint.text.source import Span

_SAFE = frozenset("./-_")
"""Characters that need no escape in a link, besides letters and digits."""


def repoint(reference: Reference, name: str, old_name: str = "") -> Edit | None:
    """The edit that makes a link or mention point to the file `name`; None if none is certain.

    Only the characters that differ are edited. `old_name` is the current name of the file, if the
    fix renames it.
    """
    path, written = reference.target.path, reference.written
    at = written.find(path)
    folder = posixpath.dirname(reference.source.name)
    from_folder = join(folder, path).casefold() in ((old_name or name).casefold(), reference.path)
    if reference.target.from_root or not from_folder:
        folder = ""
    new = posixpath.relpath(name, folder or ".")
    new = f"{'./' if path.startswith('./') else ''}{new}{'/' if path.endswith('/') else ''}"
    added = set(new) - set(path) - _SAFE
    if at < 0 or not path or any(not char.isalnum() for char in added):
        return None
    if read_target(written[:at] + new + written[at + len(path) :]).path != new:
        return None
    head = _common_length(path, new)
    tail = _common_length(path[head:][::-1], new[head:][::-1])
    start = reference.span.start + at
    span = Span(start + head, start + len(path) - tail)
    return reference.source.edit(span, new[head : len(new) - tail])


def _common_length(one: str, other: str) -> int:
    """The length of the common beginning of two texts."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def pointing(title: str, reference: Reference, name: str, safety: Safety = "safe") -> Fix | None:
    """The fix that makes a link or mention point to the file `name`; None if none is certain."""
    edit = repoint(reference, name)
    return Fix(title, (edit,), safety=safety) if edit else None
