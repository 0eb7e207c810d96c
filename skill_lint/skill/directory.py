"""The directory of a skill: every file is read once, and everything that was looked at is known."""

import os
from functools import cached_property
from pathlib import Path

from skill_lint.filesystem.snapshot import Snapshot
from skill_lint.filesystem.status import Seen, digest_by_status, resolved_link, status
from skill_lint.limits import Limits
from skill_lint.skill.draft import Draft
from skill_lint.skill.tree import Tree, is_skill_file, walk
from skill_lint.text.source import Source, decode, read_source


class SkillDirectory:
    """The directory `root`, shown to people as `path`, as it will be once `draft` is written.

    It knows nothing of the skill, so that a skill is freed as soon as nobody asks for it.
    """

    def __init__(self, root: Path, path: str, draft: Draft, limits: Limits) -> None:
        self.root, self.path, self.draft, self.limits = root, path, draft, limits
        self._sources: dict[str, Source] = {}
        self._sized: dict[str, Seen] = {}

    @cached_property
    def _on_the_disk(self) -> Tree:
        return walk(self.root, self.limits.files_per_skill)

    @cached_property
    def tree(self) -> Tree:
        return self._on_the_disk.after(self.draft)

    def with_draft(self, draft: Draft) -> "SkillDirectory":
        """The directory as another draft will leave it. It is not walked again."""
        folder = SkillDirectory(self.root, self.path, draft, self.limits)
        folder._on_the_disk = self._on_the_disk
        return folder

    @property
    def watch(self) -> Snapshot:
        """Everything on the disk that was looked at so far."""
        watch = Snapshot()
        watch.add(self.tree.watch)
        watch.links[os.fspath(self.root)] = resolved_link(os.fspath(self.root))
        for name, seen in self._sized.items():
            watch.files[self._on_disk(name)] = seen
        for name, source in self._sources.items():
            if source.seen is not None:
                watch.files[self._on_disk(name)] = source.seen
        return watch

    def path_of(self, name: str) -> str:
        """The path, from the root of the run, of a file that is named from the skill's."""
        return name if self.path == "." else f"{self.path}/{name}"

    def read(self, name: str) -> Source:
        """A file, or an empty source in its place where it may not be read."""
        if name not in self._sources:
            self._sources[name] = self._read(name)
        return self._sources[name]

    def size(self, name: str) -> int:
        """The bytes of a file, which is not read for it; none where it cannot be told."""
        if name in self.draft.texts:
            return len(self.draft.texts[name])
        known = self._sources.get(name)
        if known and known.seen and known.seen[0]:
            return known.seen[0][1]
        found = status(self._on_disk(name))
        self._sized[name] = found, digest_by_status(found)
        return found[1] if found else 0

    def real_name(self, name: str) -> str | None:
        """The name of the file that a symbolic link leads to; None where it leaves the skill."""
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
        symlink = self.tree.symlinks.get(name)
        if symlink and symlink.escapes and not is_skill_file(name):
            return Source(path, name)
        # What was a file when the folder was read may be a link by now.
        follow = name in self.tree.symlinks
        file = self._on_disk(name)
        return read_source(file, path, name, limit=self.limits.file_bytes, follow=follow)

    def _on_disk(self, name: str) -> str:
        return os.path.join(self.root, self.draft.on_disk(name))  # noqa: PTH118
