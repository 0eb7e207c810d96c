"""Deleted files → the skills that they concern: those that own one, and those that link to one."""

import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from skill_lint.config.config import Config
from skill_lint.discovery.exclude import excluded
from skill_lint.discovery.walk import Owners
from skill_lint.filesystem.paths import Root, is_inside
from skill_lint.filesystem.recorder import Recorder
from skill_lint.skill.skill import Skill

_WORD = re.compile(r"[A-Za-z0-9]+")
MOST_WORDS = 50
"""With more words than this, reading all links is as fast as looking for each word."""


def concerned(
    deleted: Collection[str],
    skill_files: Iterable[str],
    config: Config,
    root: Root,
    recorder: Recorder,
) -> Iterator[Path]:
    """Files of the skills that a deletion concerns, relative to the root of the run.

    They are the deleted files below the root, and each SKILL.md of which a link or a mention led
    to a deleted file. `deleted` and `skill_files` are absolute; a file that is gone is in the skill
    that it would be in.
    """
    here = os.path.realpath(root.absolute)
    yield from (Path(root.shown(path)) for path in sorted(deleted) if _is_in_place(path, here))
    gone = _Gone(deleted)
    search = Owners(root, recorder)
    there = (Path(root.shown(name)) for name in skill_files if _is_in_place(name, here))
    found = [each for path in there if (each := search.of(path))]
    for each in excluded(found, config, (), root, recorder).kept:
        if gone.is_missed_by(each.open()):
            yield Path(each.shown, each.file)


def _is_in_place(path: str, here: str) -> bool:
    """Whether a file is in a folder. Behind a link that has replaced the folder are others."""
    folder = os.path.dirname(path)  # noqa: PTH120
    return is_inside(path, here) and os.path.realpath(folder) == folder


class _Gone:
    """What is no longer there: deleted files, and folders that had no other files."""

    def __init__(self, deleted: Collection[str]) -> None:
        self.deleted = frozenset(deleted)

    @cached_property
    def paths(self) -> frozenset[str]:
        """The absolute paths of the deleted files, and of the folders that went with them."""
        found, pending = set(self.deleted), {os.path.dirname(each) for each in self.deleted}  # noqa: PTH120
        while pending:
            folder = pending.pop()
            if folder not in found and not os.path.lexists(folder):
                found.add(folder)
                pending.add(os.path.dirname(folder))  # noqa: PTH120
        return frozenset(found)

    @cached_property
    def words(self) -> Sequence[str]:
        """For each path a word that a link to it contains; the empty word if there is none.

        A link may escape any other character of a name.
        """
        names = {os.path.basename(path) for path in self.paths}  # noqa: PTH119
        words = {max(_WORD.findall(name), key=len) if name.isascii() and _WORD.search(name) else ""
                 for name in names}  # fmt: skip
        return sorted(words) if len(words) <= MOST_WORDS and "" not in words else [""]

    def is_missed_by(self, skill: Skill) -> bool:
        """Whether a link, a mention or a symbolic link of a skill leads to what is gone."""
        root = skill.tree.real_root
        targets = {os.path.join(root, each) for each in self._missing(skill)}  # noqa: PTH118
        return any(
            self._has(place)
            for target in targets
            for place in (os.path.normpath(target), os.path.realpath(target))
        )

    def _missing(self, skill: Skill) -> Iterator[str]:
        """What a skill leads to that is not there, relative to its directory."""
        yield from (name for name, link in skill.tree.symlinks.items() if link.dangling)
        for name in skill.guidance_files:
            text = skill.read(name).text
            if not any(word in text for word in self.words):
                continue
            references = skill.references[name]
            yield from (each.path for each in references.links if not each.found and each.path)
            yield from (each.path for each in references.broken_mentions)

    def _has(self, path: str) -> bool:
        # A deleted symbolic link or submodule takes along what was behind it.
        return path in self.paths or any(str(above) in self.deleted for above in Path(path).parents)
