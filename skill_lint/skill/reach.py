"""Which files of a skill are named by others, so that an agent can get to them."""

import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from skill_lint.skill.references import names_in
from skill_lint.skill.tree import PLACEHOLDERS

if TYPE_CHECKING:
    from skill_lint.skill.skill import Skill

_TEXT = frozenset(
    ".md .markdown .mdx .txt .py .sh .bash .js .mjs .cjs .ts .tsx .jsx .rb .pl .ps1 .go .rs .json "
    ".jsonc .yaml .yml .toml .html .css .xml .sql .csv .r .lua .php .java .kt .cs .swift".split()
)
_UNJUDGED_FOLDERS = frozenset({"tests", "test", "evals", "eval", "agents", "node_modules"})
"""For maintainers and other clients: nothing in SKILL.md need name what is in them."""
_UNJUDGED_FILES = re.compile(
    r"(?i)(?:(?:readme|license|licence|notice|changelog|contributing|copying)(?:\..*)?"
    r"|package(?:-lock)?\.json|requirements.*\.txt|pyproject\.toml|tsconfig.*\.json"
    r"|__init__\.py|py\.typed|.*\.lock)"
)


class Reach:
    """Follows names from SKILL.md: links, mentions, commands in fences, imports in scripts.

    A file counts as named by its path, its file name or, for code, its stem; and by the name of
    its folder with a slash or a wildcard behind it. That is lenient on purpose.
    """

    def __init__(self, skill: "Skill") -> None:
        self.skill = skill

    @cached_property
    def _from_skill_file(self) -> set[str]:
        return self._names(self.skill.source.name)

    def named_by_skill_file(self, name: str) -> bool:
        """Whether SKILL.md itself names a file or folder."""
        return self._is_named(name, self._from_skill_file)

    @cached_property
    def orphans(self) -> list[str]:
        """The files in subdirectories that nothing leads to, sorted."""
        waiting, names = set(self.judged), set(self._from_skill_file)
        reading = set(self._top_files())
        while waiting:
            # Often SKILL.md names everything, and no other file need be read.
            reached = {name for name in waiting if self._is_named(name, names)}
            waiting -= reached
            reading |= reached
            if not reading or not waiting:
                break
            names = names.union(*(self._names(name) for name in sorted(reading)))
            reading = set()
        return sorted(waiting)

    def _top_files(self) -> Iterable[str]:
        """Files beside SKILL.md are not judged, and what they name counts as named."""
        return sorted(name for name in self.skill.tree.files if "/" not in name)

    @cached_property
    def judged(self) -> list[str]:
        """The files in subdirectories that an agent would need to be sent to."""
        return sorted(self._judged())

    def _judged(self) -> Iterable[str]:
        for name in self.skill.tree.files:
            path = PurePosixPath(name)
            if len(path.parts) < 2 or any(part.startswith(".") for part in path.parts):
                continue
            unjudged = path.name in PLACEHOLDERS or _UNJUDGED_FILES.fullmatch(path.name)
            if not unjudged and _UNJUDGED_FOLDERS.isdisjoint(path.parts):
                yield name

    def _names(self, name: str) -> set[str]:
        if PurePosixPath(name).suffix.lower() not in _TEXT and name != self.skill.source.name:
            return set()
        text = self.skill.read(name).text
        return names_in(text) | self._linked(name)

    def _linked(self, name: str) -> set[str]:
        if name not in self.skill.references:
            return set()
        return {link.path for link in self.skill.references[name].links if link.found}

    def _is_named(self, name: str, names: set[str]) -> bool:
        path = PurePosixPath(name)
        if name in names or path.name in names or path.stem in names:
            return True
        return any(str(parent) in names or parent.name in names for parent in path.parents[:-1])
