"""Client roots: the folders whose skills a client lists together.

Examples are `.claude/skills`, the `skills` folder of a plugin, and a translation of a whole
repository. Names and descriptions compete only within one root.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial

from skill_lint.lazy_regex import lazy_compile
from skill_lint.text.glob import pattern

SKILL_FOLDERS = frozenset({"skills", ".skills"})
"""Names of a folder that contains the skills of one root."""
_NOT_LOADED = frozenset(
    "test tests __tests__ testdata fixtures __fixtures__ eval evals template templates _template "
    "_templates vendor vendored third_party third-party site-packages".split()
)
"""Folders whose skills no client of this repository loads: samples and vendored skills."""
_TEMPLATES = frozenset({"template", "templates", "_template", "skill-template"})
"""Names of a skill from which new skills are made."""
_LOCALE = lazy_compile(
    r"[a-z]{2,3}[-_](?:[A-Z]{2}|[A-Z][a-z]{3}|Hans|Hant|hans|hant|cn|tw|br)"
    r"|ar|cn|de|en|es|fr|ja|jp|ko|kr|pt|ru|tw|uk|vi|zh"
)
"""Folders that contain a translation, such as `zh-CN`, `pt_BR` and `ja`."""


def roots(paths: Iterable[str], given: Sequence[str] = ()) -> Mapping[str, str | None]:
    """The root of each skill, by the skill's path; None for a skill that is in no root.

    `given` are globs of folders that are roots, whatever their names. If none matches, the root is
    the nearest folder above that contains skills, a client's settings, a plugin or a translation,
    or is itself a skill; and `.` if there is no such folder.
    """
    skills = set(paths)
    common = _common(skills)
    patterns = [pattern(glob.removeprefix("./").rstrip("/")) for glob in given]
    is_root = cache(partial(_is_root, skills=skills))
    return {path: _root(path, is_root, common, patterns) for path in skills}


def locale(path: str) -> str:
    """The translation that contains a skill; empty for the original."""
    return next((part for part in _parents(path) if _LOCALE.fullmatch(part)), "")


def _root(
    path: str, is_root: Callable[[str], bool], common: int, patterns: Sequence[re.Pattern[str]]
) -> str | None:
    parts = path.split("/")
    above = ["/".join(parts[:end]) for end in range(len(parts) - 1, 0, -1)]
    for folder in above:
        if any(pattern.fullmatch(folder) for pattern in patterns):
            return folder
    if not _NOT_LOADED.isdisjoint(parts[common:-1]) or parts[-1] in _TEMPLATES:
        return None
    return next((folder for folder in above if is_root(folder)), ".")


def _is_root(folder: str, skills: Collection[str]) -> bool:
    parts = folder.split("/")
    name, parent = parts[-1], parts[-2] if len(parts) > 1 else ""
    hidden = name.startswith(".") and name not in (".", "..")
    is_plugin = parent == "plugins"
    is_known = name in SKILL_FOLDERS or hidden or is_plugin or bool(_LOCALE.fullmatch(name))
    return is_known or folder in skills


def _common(paths: Collection[str]) -> int:
    """How many folders all paths share at the top; they say nothing about a single skill."""
    split = [path.split("/")[:-1] for path in paths]
    if not split:
        return 0
    low, high = min(split), max(split)
    return next((i for i, pair in enumerate(zip(low, high, strict=False)) if pair[0] != pair[1]),
                min(len(low), len(high)))  # fmt: skip


def _parents(path: str) -> Iterator[str]:
    """The folders above a skill, the nearest first."""
    return reversed(path.split("/")[:-1])
