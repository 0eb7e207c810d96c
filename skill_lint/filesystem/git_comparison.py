"""The files of a checkout, compared with a commit, byte by byte."""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from skill_lint.filesystem import git
from skill_lint.filesystem.blob_compare import (
    MOST_COMPARED,
    bytes_of,
    is_stored,
    plain,
    stands_for,
    status_of,
)
from skill_lint.filesystem.git import GitError
from skill_lint.filesystem.git_attributes import is_attributes, rewritten
from skill_lint.filesystem.git_index import Tracked, tracked, untracked
from skill_lint.filesystem.git_objects import (
    LINK,
    MOST_NESTED,
    SUBMODULE,
    Entry,
    blobs,
    commit_of,
    files_at,
    sizes,
)


def read_stored(top: Path, ids: Mapping[Path, str]) -> Iterator[tuple[Path, bytes]]:
    """The files whose blob is at hand and can be compared, with its bytes."""
    paths: dict[str, list[Path]] = {}
    for path, object_id in ids.items():
        paths.setdefault(object_id, []).append(path)
    try:
        sized = {each: size for each, size in sizes(top, paths).items() if size <= MOST_COMPARED}
        for object_id, data in blobs(top, sized):
            yield from ((path, data) for path in paths[object_id])
    except GitError:
        # A partial clone lacks blobs. Files that are not compared count as changed.
        return


@dataclass
class Comparison:
    """Files on the disk, compared with a commit. `stored` is as in `Changes`."""

    files: set[Path] = field(default_factory=set)
    new: set[Path] = field(default_factory=set)
    stored: dict[Path, dict[Path, str]] = field(default_factory=dict)
    led_to: set[str] = field(default_factory=set)
    """The real paths that a SKILL.md leads to, if it is a symbolic link."""

    def compare(self, top: Path, base: str | None, depth: int = 0) -> None:
        """Compare a checkout with a commit, or take all its files for new. Raises `GitError`."""
        before = files_at(top, base) if base else {}
        now = tracked(top)
        added = [name for name in (*now, *untracked(top)) if name not in before]
        self._add(top / name for name in added if not _is_submodule(now.get(name)))
        folders = _Folders(top, (*before, *added))
        links = (name for name, each in now.items() if each.entry.mode == LINK)
        self.led_to |= {os.path.realpath(top / name) for name in filter(_is_skill_file, links)}
        differing = {
            top / name: entry.id
            for name, entry in before.items()
            if entry.mode != SUBMODULE
            and (folders.may_be_read(name, entry) or f"{top}/{name}" in self.led_to)
            and self._differs(f"{top}/{name}", entry, now.get(name), folders)
        }
        for path, data in read_stored(top, dict(differing)):
            if _is_same_text(path, data):
                del differing[path]
        self.files |= differing.keys()
        entries = {name: each.entry for name, each in now.items()}
        for folder in list(rewritten(top, before, entries, self.files)):
            # git may write other bytes to the disk now, though it has stored the same.
            self._add(top / name for name in now if name.startswith(folder)
                      and folders.may_be_read(name, now[name].entry))  # fmt: skip
        self.stored[top] = differing
        for name in dict.fromkeys((*before, *now)):
            old, new = before.get(name), now.get(name)
            if _is_submodule(new) or (old and old.mode == SUBMODULE):
                self._compare_submodule(top / name, old, new, depth)

    def _add(self, paths: Iterable[Path]) -> None:
        there = {path for path in paths if os.path.lexists(path)}
        self.files |= there
        self.new |= there

    def _differs(self, path: str, entry: Entry, now: Tracked | None, folders: "_Folders") -> bool:
        """Whether a file must be compared with its blob; what needs no comparison is noted."""
        found = status_of(path)
        if found is None or not folders.is_real(os.path.dirname(path)):
            # A sparse checkout leaves files out.
            self.files |= set() if now and now.is_left_out else {Path(path)}
            return False
        if not stat.S_ISREG(found.st_mode):
            if not is_stored(path, entry):
                self._add([Path(path)])
            return False
        if now and LINK not in (now.entry.mode, entry.mode) and now.entry.mode != entry.mode:
            self.files.add(Path(path))
        return not is_stored(path, entry)

    def _compare_submodule(
        self, path: Path, before: Entry | None, now: Tracked | None, depth: int
    ) -> None:
        if before is None or now is None or before.id != now.entry.id:
            self.files.add(path)
        # A `.git` that is no git folder makes git answer for the checkout around it.
        if not os.path.lexists(path / ".git") or git.top_of(path) != path or depth == MOST_NESTED:
            return
        base = before.id if before and before.mode == SUBMODULE else None
        self.compare(path, base if base and commit_of(path, base) else None, depth + 1)


def _is_submodule(now: Tracked | None) -> bool:
    return now is not None and now.entry.mode == SUBMODULE


def _is_skill_file(name: str) -> bool:
    return name.rpartition("/")[2].lower() == "skill.md"


def _is_same_text(path: Path, stored: bytes) -> bool:
    """Whether a file is a blob's text with other line ends, or what a pointer stands for."""
    if stands_for(stored, str(path)):
        return True
    data = bytes_of(str(path))
    return data is not None and plain(data) == plain(stored)


class _Folders:
    """The folders of a checkout. Only files below those that may be skills are read, and links."""

    def __init__(self, top: Path, names: Iterable[str]) -> None:
        self.top = top
        self.real: dict[str, bool] = {}
        self.in_skill: dict[str, bool] = {}
        for name in names:
            folder, _, last = name.rpartition("/")
            if _is_skill_file(last):
                self.in_skill[folder] = True

    def may_be_read(self, name: str, entry: Entry) -> bool:
        folder, _, last = name.rpartition("/")
        return entry.mode == LINK or is_attributes(last) or self._is_in_skill(folder)

    def _is_in_skill(self, folder: str) -> bool:
        """Whether a folder or one above it may be a skill."""
        asked = []
        while folder not in self.in_skill:
            asked.append(folder)
            is_skill = os.path.lexists(f"{self.top}/{folder}/SKILL.md")
            if is_skill or not folder:
                self.in_skill[folder] = is_skill
            else:
                folder = folder.rpartition("/")[0]
        self.in_skill |= dict.fromkeys(asked, self.in_skill[folder])
        return self.in_skill[folder]

    def is_real(self, folder: str) -> bool:
        """Whether there is no symbolic link on the way to a folder."""
        if folder not in self.real:
            self.real[folder] = os.path.realpath(folder) == folder
        return self.real[folder]
