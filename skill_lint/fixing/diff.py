"""A draft as a unified diff, for `git apply` and `patch`."""

import os
import posixpath
import re
from collections.abc import Iterator

from skill_lint.skill.skill import Skill

_NO_END = "\\ No newline at end of file\n"
_SPECIAL = re.compile(
    r'[\x00-\x1f"\\\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\ud800-\udfff]'
)
"""What git quotes in a name, and what nobody sees there."""


def diff(before: Skill, after: Skill, prefix: str = "") -> str:
    """The differences between a skill and its draft; empty if there are none.

    `prefix` is the run's root, relative to the repository's root.
    """
    draft = after.draft
    names = {name: draft.on_disk(name) for name in (*draft.texts, *draft.origins)}
    parts = [_of_file(before, after, (old, new), prefix) for new, old in sorted(names.items())]
    deleted = [name for name in sorted(draft.deleted) if name in before.tree.files]
    return "".join(parts + [_of_deleted(before, name, prefix) for name in deleted])


def _of_file(before: Skill, after: Skill, names: tuple[str, str], prefix: str) -> str:
    old, new = names
    paths = _path(before, old, prefix), _path(after, new, prefix)
    is_new = old not in before.tree.files
    original = "" if is_new else before.read(old).text
    hunks = "".join(_hunks(original, after.read(new).text, "" if is_new else paths[0], paths[1]))
    head = f"diff --git {_name('a', paths[0])} {_name('b', paths[1])}\n"
    if is_new:
        return f"{head}new file mode 100644\n{hunks}"
    if old == new:
        return f"{head}{hunks}" if hunks else ""
    moved = [_quoted(path) for path in paths]
    return f"{head}rename from {moved[0]}\nrename to {moved[1]}\n{hunks}"


def _of_deleted(before: Skill, name: str, prefix: str) -> str:
    path = _path(before, name, prefix)
    head = f"diff --git {_name('a', path)} {_name('b', path)}\ndeleted file mode 100644\n"
    return head + "".join(_hunks(before.read(name).text, "", path, ""))


def _path(skill: Skill, name: str, prefix: str) -> str:
    return posixpath.normpath(posixpath.join(prefix, skill.path_of(name)))


def _hunks(before: str, after: str, old: str, new: str) -> Iterator[str]:
    """The hunks between two texts, at the paths `old` and `new`; an empty path is no file."""
    # Lazy import: most runs print no diff.
    import difflib

    lines = _lines(before), _lines(after)
    for line in difflib.unified_diff(*lines, _header("a", old), _header("b", new)):
        yield line if line.endswith("\n") else f"{line}\n{_NO_END}"


def _lines(text: str) -> list[str]:
    """Lines with their ends; a lone carriage return does not end a line, as in git."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + [line for line in lines[-1:] if line]


def _header(side: str, path: str) -> str:
    if not path:
        return "/dev/null"
    # The tab shows where a name with spaces ends.
    name = _name(side, path)
    return f"{name}\t" if " " in path and not name.startswith('"') else name


def _name(side: str, path: str) -> str:
    return _quoted(f"{side}/{path}")


def _quoted(path: str) -> str:
    """A path as git writes it: quoted, with escaped bytes, if it has special characters."""
    if _SPECIAL.search(path) is None:
        return path
    unescaped = frozenset(range(32, 127)) - frozenset(b'"\\\\')
    chars = (chr(byte) if byte in unescaped else f"\\{byte:03o}" for byte in os.fsencode(path))
    return f'"{"".join(chars)}"'
