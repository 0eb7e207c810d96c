"""The directory of a skill: its files as they will be once a draft is written, each read once."""

import os
from functools import cached_property
from pathlib import Path

from skill_lint.filesystem.paths import is_inside
from skill_lint.filesystem.read import Unreadable
from skill_lint.filesystem.recorder import Recorder
from skill_lint.filesystem.snapshot import Snapshot
from skill_lint.limits import Limits
from skill_lint.skill.draft import Draft
from skill_lint.skill.file_name import is_skill_file
from skill_lint.skill.tree import Tree, walk
from skill_lint.text.source import Problem, Source, decode


class SkillDirectory:
    """The directory `root`, shown to people as `path`, with the changes of `draft`.

    `leads_to` is the only file outside that is read: the one that its SKILL.md leads to. There is
    no reference to its skill, so that an unused skill is freed at once.
    """

    def __init__(
        self,
        root: Path,
        path: str,
        draft: Draft,
        limits: Limits,
        recorder: Recorder,
        leads_to: str | None = None,
    ) -> None:
        self.root, self.path, self.draft, self.limits = root, path, draft, limits
        self.recorder, self.leads_to = recorder, leads_to
        self.place = ""
        """The directory without symbolic links, as it was found; empty if it is not known."""
        self._sources: dict[str, Source] = {}

    @cached_property
    def _on_disk_tree(self) -> Tree:
        return walk(self.root, self.recorder, self.limits.files_per_skill)

    @cached_property
    def tree(self) -> Tree:
        return self._on_disk_tree.after(self.draft)

    def with_draft(self, draft: Draft) -> "SkillDirectory":
        """The directory with the changes of another draft. It is not walked again."""
        directory = SkillDirectory(
            self.root, self.path, draft, self.limits, self.recorder, self.leads_to
        )
        directory.place = self.place
        directory._on_disk_tree = self._on_disk_tree
        return directory

    @property
    def inputs(self) -> Snapshot:
        """Everything that was read from the disk so far."""
        self.tree  # noqa: B018 - even an unread skill depends on the entries of its folder
        self.recorder.link(os.fspath(self.root))
        return self.recorder.snapshot

    def path_of(self, name: str) -> str:
        """The path of a file relative to the run's root, from its name in the skill."""
        return name if self.path == "." else f"{self.path}/{name}"

    def read(self, name: str) -> Source:
        """A file, or an empty source if the file cannot or must not be read."""
        if name not in self._sources:
            self._sources[name] = self._read(name)
        return self._sources[name]

    def size(self, name: str) -> int:
        """The size of a file in bytes, without reading it; 0 if it is unknown."""
        if name in self.draft.texts:
            return len(self.draft.texts[name])
        return self.recorder.size(self._on_disk(name))

    def real_name(self, name: str) -> str | None:
        """The name of the file that a symbolic link leads to; None if it leaves the skill."""
        if name not in self.tree.symlinks:
            return name
        top = os.path.realpath(self.root)
        real = os.path.relpath(os.path.realpath(self.root / name), top)
        return None if real.startswith("..") else real.replace(os.sep, "/")

    def _read(self, name: str) -> Source:
        path = self.path_of(name)
        real = (self.real_name(name) or name) if self.draft.texts else name
        if real in self.draft.texts:
            return decode(self.draft.texts[real], path, name)
        if name not in self.tree.files and name not in self.tree.folders:
            return Source(path, name)
        file = self._on_disk(name)
        place = os.path.join(self._real, self.draft.on_disk(name))  # noqa: PTH118
        if name in self.tree.symlinks:
            # Where it leads now, which may be elsewhere than a moment ago.
            file = place = os.path.realpath(file)
            if not self._may_be_read(file, name):
                problem = Problem("it leads out of the skill") if is_skill_file(name) else None
                return Source(path, name, problem=problem)
        try:
            # It, or a folder on the way, may have become a link since the folder was listed.
            data = self.recorder.read(file, self.limits.file_bytes, follow=False, place=place)
        except Unreadable as error:
            return Source(path, name, problem=Problem(str(error)))
        return decode(data, path, name)

    def _may_be_read(self, target: str, name: str) -> bool:
        """Whether a symbolic link may be read, by where it leads."""
        is_own = is_skill_file(name) and target == self.leads_to
        return is_own or is_inside(target, self._real)

    @property
    def _real(self) -> str:
        return self.place or self.tree.real_root

    def _on_disk(self, name: str) -> str:
        return os.path.join(self.root, self.draft.on_disk(name))  # noqa: PTH118
