"""Which files of a skill can be reached from SKILL.md, because a file mentions them."""

import re
from collections.abc import Mapping
from functools import cached_property
from itertools import chain

from skill_lint.skill.directory import SkillDirectory
from skill_lint.skill.link_resolution import References
from skill_lint.skill.mention_index import CODE, MentionIndex, NeedleSets, last_of, suffix_of
from skill_lint.skill.tree import PLACEHOLDERS

_TEXT = frozenset(".md .markdown .mdx .txt .json .jsonc .yaml .yml .toml .html .xml .csv".split())
_FOR_PEOPLE = re.compile(
    r"(?i:readme|change[-_]?log|contributing|contributors|code[-_]of[-_]conduct|licen[cs]e|copying"
    r"|release[-_]?notes|skill[-_]?card|pull_request_template)(?:[-_.].*)?"
    # In lower case these are subjects as well, of which an agent may read.
    r"|(?:CHANGES|HISTORY|SECURITY|SUPPORT|AUTHORS|MAINTAINERS|CREDITS|ACKNOWLEDGE?MENTS"
    r"|ATTRIBUTIONS?|NOTICE|ROADMAP|RELEASES)(?:[-_.].*)?"
)
"""Files beside SKILL.md about the skill, which people read; an agent works without them."""
_UNJUDGED_FOLDERS = frozenset({"tests", "test", "__tests__", "evals", "eval", "agents"})
"""Folders for maintainers and other clients. SKILL.md need not mention the files in them."""
_UNJUDGED_FILES = re.compile(
    r"(?i)(?:(?:readme|license|licence|notice|changelog|contributing|copying)(?:\..*)?"
    r"|package(?:-lock)?\.json|requirements.*\.txt|pyproject\.toml|pubspec\.ya?ml|cargo\.toml|go\.mod|tsconfig.*\.json"
    r"|__init__\.py|py\.typed|.*\.lock|.*[._]test\..*|test_.*)"
)


class Reach:
    """Follows mentions from SKILL.md: links, paths in prose, commands in fences, script imports."""

    def __init__(
        self,
        skill_file: str,
        directory: SkillDirectory,
        references: Mapping[str, References],
    ) -> None:
        self.skill_file, self.references = skill_file, references
        self.tree, self.read = directory.tree, directory.read

    @cached_property
    def _mentions(self) -> MentionIndex:
        return MentionIndex(self.tree.files, self.tree.folders)

    @cached_property
    def _by_skill_file(self) -> set[str]:
        """The files and folders that SKILL.md itself mentions."""
        needles = NeedleSets.of(self.tree.files, self.tree.folders)
        return self._mentioned_in(self.skill_file, needles, self._mentions)

    def is_named(self, name: str) -> bool:
        """Whether SKILL.md itself mentions a file."""
        return name in self._by_skill_file

    def is_folder_named(self, name: str) -> bool:
        """Whether SKILL.md itself mentions a folder."""
        return name in self._by_skill_file

    def leads_to(self, name: str) -> bool:
        """Whether SKILL.md leads an agent to a file: SKILL.md itself, and what it sends on to."""
        return name == self.skill_file or name in self._led_to

    @cached_property
    def _led_to(self) -> frozenset[str]:
        """The files that SKILL.md leads to, without those for people and what only they mention."""
        index = MentionIndex(self.tree.files, self.tree.folders)
        reached, reading = set[str](), {self.skill_file}
        while reading:
            mentioned = (
                self._mentioned_in(name, NeedleSets(None, None), index) for name in sorted(reading)
            )
            files = self.tree.files.intersection(chain.from_iterable(mentioned))
            reading = {name for name in files - reached if not _is_for_people(name)}
            reached |= reading
        return frozenset(reached)

    @cached_property
    def orphans(self) -> list[str]:
        """The files in subdirectories that cannot be reached, sorted."""
        judged = set(self.judged)
        if not judged:
            return []
        unreached = set(self._below())
        reached = unreached & self._by_skill_file
        # Files beside SKILL.md are not judged, and count as reached.
        reading = reached | {name for name in self.tree.files if "/" not in name}
        reading.discard(self.skill_file)
        unreached -= reached
        # Often SKILL.md mentions every file, and no other file needs to be read.
        while reading and not unreached.isdisjoint(judged):
            needles = NeedleSets.of(unreached)
            mentioned = [
                self._mentioned_in(name, needles, self._mentions) for name in sorted(reading)
            ]
            reading = unreached.intersection(chain.from_iterable(mentioned))
            unreached -= reading
        return sorted(unreached & judged)

    @cached_property
    def judged(self) -> list[str]:
        """The files in subdirectories that should be reachable from SKILL.md, sorted."""
        return sorted(filter(_is_judged, self._below()))

    def _below(self) -> list[str]:
        """The files in subdirectories, without hidden ones."""
        return [
            name
            for name in self.tree.files
            if "/" in name and "/." not in name and not name.startswith(".")
        ]

    def _mentioned_in(self, name: str, needles: NeedleSets, index: MentionIndex) -> set[str]:
        """The files and folders that a file mentions. Words that `index` has met are skipped."""
        suffix = suffix_of(last_of(name)).lower()
        is_code = suffix in CODE
        if suffix not in _TEXT and not is_code and name != self.skill_file:
            return set()
        links = self.references[name].links if name in self.references else ()
        paths = {link.path.lower() for link in links}
        text = self.read(name).text.lower()
        wanted = needles.code if is_code else needles.text
        return index.new_mentions(text, paths, wanted, is_code=is_code)


def _is_for_people(name: str) -> bool:
    # A README in a folder is often the index of its files.
    return "/" not in name and _FOR_PEOPLE.fullmatch(name) is not None


def _is_judged(name: str) -> bool:
    parts = name.split("/")
    if parts[-1] in PLACEHOLDERS or _UNJUDGED_FILES.fullmatch(parts[-1]):
        return False
    return _UNJUDGED_FOLDERS.isdisjoint(parts)
