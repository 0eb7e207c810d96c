"""Links and mentions, written so that they lead to another file."""

import posixpath
from itertools import takewhile

from skill_lint.diagnostic import Edit, Fix, Safety
from skill_lint.skill.link_target import join, read_target
from skill_lint.skill.links import Reference
from skill_lint.text.source import Span

_PLAIN = frozenset("./-_")


def repoint(reference: Reference, name: str, was: str = "") -> Edit | None:
    """The edit after which a link or mention leads to the file `name`; None where none is certain.

    Only the characters that differ are touched. `was` is the name that the file has until then.
    """
    path, written = reference.target.path, reference.written
    at = written.find(path)
    folder = posixpath.dirname(reference.source.name)
    from_folder = join(folder, path).casefold() in ((was or name).casefold(), reference.path)
    if reference.target.from_root or not from_folder:
        folder = ""
    new = posixpath.relpath(name, folder or ".")
    new = f"{'./' if path.startswith('./') else ''}{new}{'/' if path.endswith('/') else ''}"
    odd = set(new) - set(path) - _PLAIN
    if at < 0 or not path or any(not char.isalnum() for char in odd):
        return None
    if read_target(written[:at] + new + written[at + len(path) :]).path != new:
        return None
    head = _alike(path, new)
    tail = _alike(path[head:][::-1], new[head:][::-1])
    start = reference.span.start + at
    span = Span(start + head, start + len(path) - tail)
    return reference.source.edit(span, new[head : len(new) - tail])


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def pointing(title: str, reference: Reference, name: str, safety: Safety = "safe") -> Fix | None:
    """The fix that makes a link or mention lead to the file `name`."""
    edit = repoint(reference, name)
    return Fix(title, (edit,), safety=safety) if edit else None
