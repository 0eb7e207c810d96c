"""A draft as a unified diff, which `git apply` and `patch` read."""

import difflib
from collections.abc import Iterator

from skill_lint.skill.skill import Skill

_NO_END = "\\ No newline at end of file\n"


def diff(before: Skill, after: Skill) -> str:
    """What differs between a skill and its draft; empty where nothing does."""
    draft = after.draft
    names = {name: draft.on_disk(name) for name in (*draft.texts, *draft.origins)}
    parts = [_of_file(before, after, old, new) for new, old in sorted(names.items())]
    gone = [name for name in sorted(draft.deleted) if name in before.tree.files]
    return "".join(parts + [_of_deleted(before, name) for name in gone])


def _of_file(before: Skill, after: Skill, old: str, new: str) -> str:
    from_path, to_path = before.path_of(old), after.path_of(new)
    is_new = old not in before.tree.files
    was = "" if is_new else before.read(old).text
    hunks = "".join(_hunks(was, after.read(new).text, "" if is_new else from_path, to_path))
    if from_path == to_path:
        return hunks
    return (
        f"diff --git a/{from_path} b/{to_path}\n"
        f"rename from {from_path}\nrename to {to_path}\n{hunks}"
    )


def _of_deleted(before: Skill, name: str) -> str:
    path = before.path_of(name)
    text = before.read(name).text
    head = f"diff --git a/{path} b/{path}\ndeleted file mode 100644\n"
    return head + "".join(_hunks(text, "", path, ""))


def _hunks(was: str, now: str, old: str, new: str) -> Iterator[str]:
    lines = difflib.unified_diff(_lines(was), _lines(now), _name("a", old), _name("b", new))
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n{_NO_END}"


def _lines(text: str) -> list[str]:
    """Lines with their ends; a lone carriage return ends none, as in git."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + [line for line in lines[-1:] if line]


def _name(side: str, path: str) -> str:
    if not path:
        return "/dev/null"
    # A name with a blank in it ends at the tab.
    return f"{side}/{path}\t" if " " in path else f"{side}/{path}"
