"""Which files of a skill are named by others, so that an agent can get to them."""

import re
from collections.abc import Mapping
from functools import cached_property
from itertools import chain

from skill_lint.skill.directory import SkillDirectory
from skill_lint.skill.links import References
from skill_lint.skill.mention_index import CODE, MentionIndex, NeedleSets, last_of, suffix_of
from skill_lint.skill.tree import PLACEHOLDERS

_TEXT = frozenset(".md .markdown .mdx .txt .json .jsonc .yaml .yml .toml .html .xml .csv".split())
_UNJUDGED_FOLDERS = frozenset({"tests", "test", "__tests__", "evals", "eval", "agents"})
"""For maintainers and other clients: nothing in SKILL.md need name what is in them."""
_UNJUDGED_FILES = re.compile(
    r"(?i)(?:(?:readme|license|licence|notice|changelog|contributing|copying)(?:\..*)?"
    r"|package(?:-lock)?\.json|requirements.*\.txt|pyproject\.toml|pubspec\.ya?ml|cargo\.toml|go\.mod|tsconfig.*\.json"
    r"|__init__\.py|py\.typed|.*\.lock|.*[._]test\..*|test_.*)"
)


class Reach:
    """Follows names from SKILL.md: links, mentions, commands in fences, imports in scripts."""

    def __init__(
        self,
        skill_file: str,
        directory: SkillDirectory,
        references: Mapping[str, References],
    ) -> None:
        self.skill_file, self.references = skill_file, references
        self.tree, self.read = directory.tree, directory.read

    @cached_property
    def _names(self) -> MentionIndex:
        return MentionIndex(self.tree.files, self.tree.folders)

    @cached_property
    def _by_skill_file(self) -> set[str]:
        """The files and folders that SKILL.md itself names."""
        signs = NeedleSets.of(self.tree.files, self.tree.folders)
        return self._named_in(self.skill_file, signs)

    def is_named(self, name: str) -> bool:
        """Whether SKILL.md itself names a file."""
        return name in self._by_skill_file

    def is_folder_named(self, name: str) -> bool:
        """Whether SKILL.md itself names a folder."""
        return name in self._by_skill_file

    @cached_property
    def orphans(self) -> list[str]:
        """The files in subdirectories that nothing leads to, sorted."""
        judged = set(self.judged)
        if not judged:
            return []
        waiting = set(self._below())
        reached = waiting & self._by_skill_file
        # Files beside SKILL.md are not judged, and what they name counts as named.
        reading = reached | {name for name in self.tree.files if "/" not in name}
        reading.discard(self.skill_file)
        waiting -= reached
        # Often SKILL.md names everything, and no other file need be read.
        while reading and not waiting.isdisjoint(judged):
            signs = NeedleSets.of(waiting)
            named = [self._named_in(name, signs) for name in sorted(reading)]
            reading = waiting.intersection(chain.from_iterable(named))
            waiting -= reading
        return sorted(waiting & judged)

    @cached_property
    def judged(self) -> list[str]:
        """The files in subdirectories that an agent would need to be sent to."""
        return sorted(filter(_is_judged, self._below()))

    def _below(self) -> list[str]:
        """The files in subdirectories that are not hidden."""
        return [
            name
            for name in self.tree.files
            if "/" in name and "/." not in name and not name.startswith(".")
        ]

    def _named_in(self, name: str, signs: NeedleSets) -> set[str]:
        """What a file is the first to name."""
        suffix = suffix_of(last_of(name)).lower()
        is_code = suffix in CODE
        if suffix not in _TEXT and not is_code and name != self.skill_file:
            return set()
        links = self.references[name].links if name in self.references else ()
        paths = {link.path.lower() for link in links}
        text = self.read(name).text.lower()
        wanted = signs.code if is_code else signs.text
        return self._names.first_named(text, paths, wanted, is_code=is_code)


def _is_judged(name: str) -> bool:
    parts = name.split("/")
    if parts[-1] in PLACEHOLDERS or _UNJUDGED_FILES.fullmatch(parts[-1]):
        return False
    return _UNJUDGED_FOLDERS.isdisjoint(parts)
