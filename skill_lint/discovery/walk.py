"""Paths → the skills at or below them."""

import json
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from skill_lint.config.config import Config
from skill_lint.config.file import FILE_NAMES
from skill_lint.discovery.exclude import excluded
from skill_lint.discovery.left_out import led_out, unread
from skill_lint.discovery.roots import Discovery, NothingFound, SkillRoot
from skill_lint.discovery.unsearched import Unsearched
from skill_lint.filesystem.paths import Root, is_inside, upwards
from skill_lint.filesystem.read import Unreadable
from skill_lint.filesystem.recorder import Recorder
from skill_lint.filesystem.status import real_path
from skill_lint.limits import DEFAULT
from skill_lint.report.report import Skipped
from skill_lint.skill.file_name import is_nearly_skill_file, is_skill_file
from skill_lint.skill.tree import UNSEARCHED, is_searched

_SKILL_FOLDERS = frozenset({"references", "scripts"})


@dataclass
class _Folder:
    """One folder of the walk, as far as discovery needs it."""

    path: str
    skill_file: str | None
    folders: list[os.DirEntry[str]]
    names: frozenset[str]
    file_is_link: bool = False
    linked: bool = False
    is_nearly: bool = False
    """Whether a file has a name that only looks like `SKILL.md`, and none has this name."""
    unsearched: list[str] = field(default_factory=list)
    """The paths of folders in it that are never searched."""


class _Step(NamedTuple):
    """A folder to search: whether a symbolic link led to it, and whether it is inside a skill.

    `real` is the real path of a folder that a link led to.
    """

    path: str
    linked: bool
    inside: bool
    real: str = ""


def discover(
    paths: Sequence[str | Path],
    config: Config,
    root: Root | None = None,
    recorder: Recorder | None = None,
) -> Discovery:
    """Find every skill at or below `paths`, once. Raises `NothingFound`.

    Paths count from `root`, by default the working directory.
    """
    return _Search(root or Root(), recorder or Recorder(is_recording=False)).discover(paths, config)


def owning_skill(path: Path, root: Root, recorder: Recorder) -> SkillRoot | None:
    """The skill that a file or folder is in, or would be in if it existed."""
    return Owners(root, recorder).of(path)


class Owners:
    """Finds the skills that own files. What lies above a folder is looked at once."""

    def __init__(self, root: Root, recorder: Recorder) -> None:
        self._search = _Search(root, recorder)
        self._known: dict[str, SkillRoot | None] = {}

    def of(self, path: Path) -> SkillRoot | None:
        """The skill that a file or folder is in, or would be in if it existed."""
        top = self._search.root.absolute_of(path)
        start = top if path.is_dir() else os.path.dirname(top)  # noqa: PTH120
        if start not in self._known:
            above = self._search.above(Path(start))
            self._known[start] = self._search.root_of(above) if above else None
        return self._known[start]


@dataclass
class _Search:
    root: Root
    recorder: Recorder
    skipped: list[Skipped] = field(default_factory=list)
    searched: int = 0
    """How many folders were searched."""
    settings: list[str] = field(default_factory=list)
    """The configuration files that were seen."""
    _listed: dict[str, _Folder | None] = field(default_factory=dict)
    """Folders that were listed, but not yet searched."""
    _with_skills: dict[str, bool] = field(default_factory=dict)
    """Folders of which it is known whether a skill lies anywhere below."""

    def __post_init__(self) -> None:
        self.unsearched = Unsearched(self.root, self.recorder)

    def discover(self, paths: Sequence[str | Path], config: Config) -> Discovery:
        working = os.path.realpath(self.root.absolute)
        candidates: list[_Folder] = []
        tops: list[str] = []
        for given in paths:
            path = Path(self.root.join(given))
            self.recorder.link(os.fspath(path))
            if not os.path.lexists(path):
                raise NothingFound(f"{given}: there is no such file or folder")
            here = self.below(os.fspath(path)) if path.is_dir() else []
            tops += [self.root.shown(path)] if here else []
            if not here and (above := self.above(path)):
                here = [above]
            if not here:
                raise NothingFound(self._nothing(path, given))
            candidates += here
        roots = [self.root_of(folder) for folder in self._once(candidates)]
        selected = excluded(roots, config, paths, self.root, self.recorder)
        skipped = (*dict.fromkeys((*self.skipped, *self.unsearched.skipped)), *selected.skipped)
        if not selected.kept:
            raise NothingFound(_nothing_left((*skipped, *map(led_out, selected.led_out))))
        notes = (*self.unsearched.notes(), *unread(self.settings, config, self.root, self.recorder))
        whole = any(is_inside(working, os.path.realpath(self.root.join(path))) for path in paths)
        return Discovery(
            selected.kept, (), skipped, selected.led_out, notes, whole=whole, tops=tuple(tops)
        )

    def root_of(self, folder: _Folder) -> SkillRoot:
        leads_to = None
        if folder.skill_file and folder.file_is_link:
            file = os.path.join(folder.path, folder.skill_file)  # noqa: PTH118
            self.recorder.link(file)
            # A link that leads nowhere is a finding of its skill.
            leads_to = os.path.realpath(file) if os.path.exists(file) else None  # noqa: PTH110
        return SkillRoot(Path(folder.path), self.root.shown(folder.path), leads_to)

    def _nothing(self, path: Path, given: str | Path) -> str:
        if not path.is_dir():
            return f"{given}: belongs to no skill: there is no SKILL.md in its folder or above"
        never = ", ".join(sorted(UNSEARCHED))
        left_out = (*self.skipped, *self.unsearched.skipped)[:5]
        skipped = "".join(f"; {each.path}: {each.reason}" for each in left_out)
        return (
            f"{given}: no skill found: no SKILL.md in it ({self.searched:,} searched) nor above "
            f"(never searched: {never}, virtual environments){skipped}"
        )

    def above(self, path: Path) -> _Folder | None:
        """The skill that owns a file or folder: the nearest SKILL.md above it.

        Where there is none, the nearest file whose name looks like it.
        """
        top = self.root.absolute_of(path)
        start = top if path.is_dir() else os.path.dirname(top)  # noqa: PTH120
        nearly = None
        for folder in upwards(start, with_home=False):
            found = self._list(folder)
            if found and (found.skill_file or (found.is_nearly and not nearly)):
                found.path = self.root.join(self.root.shown(folder))
                if found.skill_file:
                    return found
                nearly = found
        return nearly

    def below(self, top: str) -> list[_Folder]:
        """Every skill at or below a folder, and folders that look like skills."""
        skills: list[_Folder] = []
        seen = {os.path.realpath(top)}
        allowed = (os.path.realpath(top), os.path.realpath(self.root.absolute))
        # Real folders come first, so that a link to a skill is the copy and not the original.
        pending, links = [_Step(top, Path(top).is_symlink(), inside=False)], list[_Step]()
        while pending or links:
            step = pending.pop() if pending else links.pop()
            folder = self._listed.pop(step.path, None) or self._list(step.path)
            self.searched += 1
            if folder is None:
                shown = self.root.shown(step.path)
                self.skipped.append(Skipped(shown, "the folder cannot be read"))
                continue
            folder.linked = step.linked
            self.unsearched.look(folder.unsearched)
            if folder.skill_file or folder.is_nearly:
                skills.append(folder)
            inside = step.inside or bool(folder.skill_file)
            for entry in reversed(folder.folders):
                if entry.is_symlink():
                    real = self._followed(entry, allowed)
                else:
                    real = step.real and os.path.join(step.real, entry.name)  # noqa: PTH118
                # Links may lead into each other's folders: each is searched once through a link.
                if real is not None and real not in seen:
                    seen |= {real} - {""}
                    linked = step.linked or bool(real)
                    (links if entry.is_symlink() else pending).append(
                        _Step(entry.path, linked, inside, real)
                    )
            if not step.inside:
                skills += self._meant_as_skills(folder)
            if step.path == top and not folder.skill_file and self._has_skill_id(folder):
                skills.append(folder)
        return skills

    def _followed(self, entry: os.DirEntry[str], allowed: Iterable[str]) -> str | None:
        """Where a symbolic link to a folder leads; None if not within the searched folders."""
        self.recorder.link(entry.path)
        real = os.path.realpath(entry.path)
        if any(is_inside(real, top) for top in allowed):
            return real
        reason = "a symbolic link out of the searched folder; give its target as a path to lint it"
        self.skipped.append(Skipped(self.root.shown(entry.path), reason))
        return None

    def _list(self, path: str) -> _Folder | None:
        """A folder; None if it cannot be read."""
        try:
            entries = self.recorder.list(path)
        except OSError:
            return None
        skill_files = sorted(
            (entry for entry in entries if is_skill_file(entry.name)),
            key=lambda entry: (entry.name != "SKILL.md", entry.name),
        )
        first = skill_files[0] if skill_files else None
        everything = [entry for entry in entries if self._is_folder(entry)]
        folders = [entry for entry in everything if is_searched(entry, self.recorder)]
        names = frozenset(entry.name for entry in entries)
        self.settings += [os.path.join(path, name) for name in FILE_NAMES if name in names]  # noqa: PTH118
        found = _Folder(path, first and first.name, folders, names)
        found.file_is_link = first is not None and first.is_symlink()
        found.is_nearly = not first and any(
            is_nearly_skill_file(entry.name) and not entry.is_dir() for entry in entries
        )
        found.unsearched = self._unsearched(everything, folders)
        return found

    def _unsearched(
        self,
        everything: Sequence[os.DirEntry[str]],
        searched: Sequence[os.DirEntry[str]],
    ) -> list[str]:
        """The real folders in a folder that are not searched; a link leads to what is elsewhere."""
        rest = [each for each in everything if each not in searched and not each.is_symlink()]
        return [each.path for each in rest]

    def _is_folder(self, entry: os.DirEntry[str]) -> bool:
        if entry.is_symlink():
            self.recorder.link(entry.path)
        try:
            return entry.is_dir()
        except OSError:  # A symbolic link that leads to itself.
            return False

    def _meant_as_skills(self, parent: _Folder) -> Iterator[_Folder]:
        """Folders that look like skills but lack SKILL.md: a `missing-skill-file` finding."""
        if parent.skill_file:
            return
        folders = [e for e in parent.folders if not e.is_symlink() and not e.name.startswith(".")]
        for entry in folders:
            if entry.path not in self._listed:
                self._listed[entry.path] = self._list(entry.path)
        children = [self._listed[entry.path] for entry in folders]
        siblings = any(child and child.skill_file for child in children)
        for child in children:
            if child is None or child.skill_file or child.is_nearly:
                continue
            like_one = siblings and not _SKILL_FOLDERS.isdisjoint(child.names)
            if (like_one and not self._holds_skills(child.path)) or self._has_skill_id(child):
                yield child

    def _holds_skills(self, top: str) -> bool:
        """Whether a skill lies anywhere below, even in folders that are never searched."""
        pending, looked_at, known = deque([top]), list[str](), self._with_skills
        while pending and top not in known:
            folder = pending.popleft()
            looked_at.append(folder)
            has_skill, below = (known[folder], []) if folder in known else self._look_into(folder)
            pending += below
            while has_skill and is_inside(folder, top):  # And so do the folders on the way to it.
                known[folder] = True
                folder = os.path.dirname(folder)  # noqa: PTH120
        if top not in known:
            known |= dict.fromkeys(looked_at, False)
        return known[top]

    def _look_into(self, folder: str) -> tuple[bool, list[str]]:
        """Whether a folder holds a SKILL.md, and the folders in it."""
        try:
            entries = self.recorder.list(folder)
        except OSError:  # An unreadable folder is reported by the search.
            return False, []
        folders = [each.path for each in entries if each.is_dir(follow_symlinks=False)]
        names = {each.name for each in entries if each.path not in folders}
        return any(map(is_skill_file, names)), folders

    def _has_skill_id(self, folder: _Folder) -> bool:
        if "metadata.json" not in folder.names:
            return False
        file = os.path.join(folder.path, "metadata.json")  # noqa: PTH118
        if os.path.islink(file):  # noqa: PTH114
            # A symbolic link may lead anywhere; a v1 skill has a real file.
            self.recorder.link(file)
            return False
        try:
            data = json.loads(self.recorder.read(file, DEFAULT.file_bytes, follow=False))
        except (Unreadable, ValueError, RecursionError):
            return False
        return isinstance(data, dict) and isinstance(data.get("skill_id"), str)

    def _once(self, candidates: Sequence[_Folder]) -> Iterator[_Folder]:
        """Each skill once: a symbolic link to a skill that was found too is skipped."""
        owners: dict[str, _Folder] = {}
        folders: dict[str, str] = {}
        for folder in sorted(candidates, key=lambda each: each.linked or each.file_is_link):
            real = _real_skill(folder, folders)
            if real not in owners:
                owners[real] = folder
                yield folder
                continue
            path, other = (self.root.absolute_of(each.path) for each in (folder, owners[real]))
            if path != other:
                reason = f"a symbolic link to {self.root.shown(owners[real].path)}"
                kind = "symbolic links to skills that were found"
                self.skipped.append(Skipped(self.root.shown(folder.path), reason, kind))


def _nothing_left(skipped: Sequence[Skipped]) -> str:
    reasons = "; ".join(sorted({each.kind or each.reason for each in skipped}))
    return f"nothing to lint: {len(skipped):,} skipped: {reasons}"


def _real_skill(folder: _Folder, folders: dict[str, str]) -> str:
    """What makes two candidates the same skill: the real folder of their SKILL.md."""
    if folder.skill_file:
        file = os.path.join(folder.path, folder.skill_file)  # noqa: PTH118
        if os.path.isfile(file):  # noqa: PTH113
            return os.path.dirname(real_path(file, folders))  # noqa: PTH120
    return os.path.realpath(folder.path)
