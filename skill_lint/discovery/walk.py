"""Paths → the skills at or below them."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from skill_lint.config.config import Config
from skill_lint.config.file import FILE_NAMES
from skill_lint.discovery.bounds import Bounds, refuse_way_out
from skill_lint.discovery.copies import once
from skill_lint.discovery.exclude import excluded
from skill_lint.discovery.left_out import led_out, unread
from skill_lint.discovery.meant import Meant
from skill_lint.discovery.roots import Discovery, NothingFound, NothingLeft, SkillRoot
from skill_lint.discovery.unsearched import Unsearched
from skill_lint.discovery.ways import link_out, lost
from skill_lint.filesystem.paths import Root, is_inside, upwards
from skill_lint.filesystem.recorder import Recorder
from skill_lint.report.report import Skipped
from skill_lint.skill.file_name import first_skill_file, is_nearly_skill_file
from skill_lint.skill.metadata import FILE as METADATA_FILE
from skill_lint.skill.tree import UNSEARCHED, is_searched
from skill_lint.text.plural import count


@dataclass
class _Folder:
    """One folder of the walk, as far as discovery needs it."""

    path: str
    skill_file: str | None
    folders: list[os.DirEntry[str]]
    names: frozenset[str]
    file_is_link: bool = False
    linked: bool = False
    place: str = ""
    """Where it is without symbolic links; empty if it is not known."""
    nearly: str | None = None
    """A file whose name only looks like `SKILL.md`, where none has this name."""
    unsearched: list[str] = field(default_factory=list)
    """The paths of folders in it that are never searched."""

    @property
    def makes_it_a_skill(self) -> str:
        """The name in it that does; the folder itself if it only looks like a skill."""
        of_v1 = METADATA_FILE if METADATA_FILE in self.names else ""
        return self.skill_file or self.nearly or of_v1


_Place = tuple[str, bool]
"""A path that is searched through a symbolic link, and whether that link is new."""


class _Step(NamedTuple):
    """A folder to search, and whether it is inside a skill.

    `real` is the real path of a folder that a symbolic link led to, else empty. `is_new`: the
    change that is judged has made that link.
    """

    path: str
    inside: bool
    real: str = ""
    is_new: bool = False


def discover(
    paths: Sequence[str | Path],
    config: Config,
    root: Root | None = None,
    recorder: Recorder | None = None,
    *,
    allow_empty: bool = False,
) -> Discovery:
    """Find every skill at or below `paths`, once. Raises `NothingFound`.

    Paths count from `root`, by default the working directory. With `allow_empty`, only a path that
    does not exist or leads out raises; a note says where there is nothing to lint.
    """
    search = _Search(root or Root(), recorder or Recorder(is_recording=False))
    return search.discover(paths, config, allow_empty=allow_empty)


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
    empty: list[str] = field(default_factory=list)
    """Of each path without a skill, a sentence that says what was searched."""
    _lost: list[str] = field(default_factory=list)
    """Symbolic links that lead nowhere."""
    _listed: dict[str, _Folder | None] = field(default_factory=dict)
    """Folders that were listed, but not yet searched."""

    def __post_init__(self) -> None:
        self._tops: list[str] = []
        self._meant = Meant(self.recorder)
        self.unsearched = Unsearched(self.root, self.recorder)

    def discover(
        self, paths: Sequence[str | Path], config: Config, *, allow_empty: bool
    ) -> Discovery:
        working = os.path.realpath(self.root.absolute)
        self._tops = [os.path.realpath(self.root.join(path)) for path in paths]
        self.bounds = Bounds.of([*map(self.root.join, paths), self.root.absolute])
        tops: list[str] = []
        candidates = [each for given in paths for each in self._at(given, tops)]
        self.skipped += lost(self._lost, {each.path for each in candidates}, self.root)
        if self.empty and not allow_empty:
            raise NothingFound(self.empty[0])
        # Real folders come first, so that a link to a skill is the copy and not the original.
        candidates.sort(key=lambda each: each.linked or each.file_is_link)
        roots = [self.root_of(folder) for folder in candidates]
        selected = excluded(roots, config, paths, self.root, self.recorder)
        selected = once(roots, selected, self.root, self.recorder)
        skipped = tuple(dict.fromkeys((*self.skipped, *self.unsearched.skipped, *selected.skipped)))
        notes = (
            *self.unsearched.notes(),
            *unread(self.settings, config, self.root, self.recorder),
            *(f"nothing to lint: {each}" for each in self.empty),
        )
        whole = any(is_inside(working, os.path.realpath(self.root.join(path))) for path in paths)
        found = Discovery(
            selected.kept, (), skipped, selected.led_out, notes, whole=whole, tops=tuple(tops)
        )
        if not selected.kept and not allow_empty:
            raise NothingLeft(_nothing_left((*skipped, *map(led_out, selected.led_out))), found)
        return found

    def _at(self, given: str | Path, tops: list[str]) -> list[_Folder]:
        """The skills at or below a path, or else the one that it is in.

        A folder with skills is added to `tops`, as it is shown; a path without any to `empty`.
        """
        path = Path(self.root.join(given))
        self.recorder.link(os.fspath(path))
        if not os.path.lexists(path):
            raise NothingFound(f"{given}: there is no such file or folder")
        refuse_way_out(given, self.root)
        if path.is_dir() and (here := self.below(os.fspath(path))):
            tops.append(self.root.shown(path))
            return here
        if above := self.above(path):
            return [above]
        self.empty.append(self._nothing(path, given))
        return []

    def root_of(self, folder: _Folder) -> SkillRoot:
        leads_to = None
        if folder.skill_file and folder.file_is_link:
            file = os.path.join(folder.path, folder.skill_file)  # noqa: PTH118
            self.recorder.link(file)
            # A link that leads nowhere is a finding of its skill.
            leads_to = os.path.realpath(file) if os.path.exists(file) else None  # noqa: PTH110
        shown = self.root.shown(folder.path)
        return SkillRoot(
            Path(folder.path),
            shown,
            leads_to,
            file=folder.makes_it_a_skill,
            place=folder.place,
        )

    def _nothing(self, path: Path, given: str | Path) -> str:
        if not path.is_dir():
            return f"{given}: belongs to no skill: there is no SKILL.md in its folder or above"
        never = ", ".join(sorted(UNSEARCHED))
        left_out = (*self.skipped, *self.unsearched.skipped)[:5]
        skipped = "".join(f"; {each.path}: {each.reason}" for each in left_out)
        searched = count(self.searched, "folder")
        return (
            f"{given}: no skill found: there is no SKILL.md in it, nor in a folder above "
            f"({searched} searched; never searched are {never}, and virtual environments){skipped}"
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
            if found and (found.skill_file or (found.nearly and not nearly)):
                found.path = self.root.join(self.root.shown(folder))
                if found.skill_file:
                    return found
                nearly = found
        return nearly

    def below(self, top: str) -> list[_Folder]:
        """Every skill at or below a folder, and folders that look like skills."""
        skills: list[_Folder] = []
        real = os.path.realpath(top)
        # Links may lead into each other's folders: each is searched once through old links, and
        # once through new ones.
        seen = {(real, False)}
        pending = [_Step(top, inside=False, real=real if Path(top).is_symlink() else "")]
        links = list[_Step]()
        while pending or links:
            step = pending.pop() if pending else links.pop()
            folder = self._listed.pop(step.path, None) or self._list(step.path)
            self.searched += 1
            if folder is None:
                shown = self.root.shown(step.path)
                self.skipped.append(Skipped(shown, "the folder cannot be read"))
                continue
            folder.linked = bool(step.real)
            self.unsearched.look(folder.unsearched)
            if folder.skill_file or folder.nearly:
                # By its name: what is there now may be a link that nobody has judged.
                below = os.path.relpath(step.path, top)
                folder.place = step.real or os.path.normpath(os.path.join(real, below))  # noqa: PTH118
                skills.append(folder)
            for each in self._further(step, folder, seen):
                (links if os.path.islink(each.path) else pending).append(each)  # noqa: PTH114
            if not step.inside:
                skills += self._meant_as_skills(folder)
            if (
                step.path == top
                and not folder.skill_file
                and self._meant.has_skill_id(folder.path, folder.names)
            ):
                skills.append(folder)
        return skills

    def _further(self, step: _Step, folder: _Folder, seen: set[_Place]) -> Iterator[_Step]:
        """The steps to the folders in a folder, the last name first. Each is added to `seen`."""
        inside = step.inside or bool(folder.skill_file)
        for entry in reversed(folder.folders):
            place: _Place | None = None
            if entry.is_symlink():
                place = self._followed(entry)
                if place is None or place in seen:
                    continue
                yield _Step(entry.path, inside, os.path.realpath(entry.path), place[1])
            elif not step.real:
                yield _Step(entry.path, inside)
            else:
                place = (os.path.join(step.real, entry.name), step.is_new)  # noqa: PTH118
                if place not in seen:
                    yield _Step(entry.path, inside, *place)
            seen |= {place} if place else set()

    def _followed(self, entry: os.DirEntry[str]) -> _Place | None:
        """The place that is searched through a link to a folder, and whether the link is new; None
        if it is not followed.

        That is its target, if it lies in the searched folders. A link that the change has made is
        a place of its own in all of the checkout: it may put into use what nobody looks at.
        """
        self.recorder.link(entry.path)
        path = self.root.absolute_of(entry.path)
        folder, real = os.path.realpath(os.path.dirname(path)), os.path.realpath(path)  # noqa: PTH120
        if self.recorder.is_new(path) and self.bounds.is_in_checkout(real, folder):
            return os.path.join(folder, entry.name), True  # noqa: PTH118
        if self.bounds.hold(real, folder):
            return real, False
        self.skipped.append(link_out(entry.path, self.root))
        return None

    def _list(self, path: str) -> _Folder | None:
        """A folder; None if it cannot be read."""
        try:
            entries = self.recorder.list(path)
        except OSError:
            return None
        first = first_skill_file(entry.name for entry in entries)
        everything = [entry for entry in entries if self._is_folder(entry)]
        folders = [entry for entry in everything if is_searched(entry, self.recorder)]
        names = frozenset(entry.name for entry in entries)
        self.settings += [os.path.join(path, name) for name in FILE_NAMES if name in names]  # noqa: PTH118
        found = _Folder(path, first, folders, names)
        found.file_is_link = any(each.name == first and each.is_symlink() for each in entries)
        if not first:
            nearly = (each for each in entries if is_nearly_skill_file(each.name))
            found.nearly = next((each.name for each in nearly if not each.is_dir()), None)
        found.unsearched = self._unsearched(everything, folders)
        return found

    def _unsearched(
        self,
        everything: Sequence[os.DirEntry[str]],
        searched: Sequence[os.DirEntry[str]],
    ) -> list[str]:
        """The folders in a folder that are not searched, nor met where they really are."""
        rest = [each.path for each in everything if each not in searched]
        return [path for path in rest if not os.path.islink(path) or self._is_elsewhere(path)]  # noqa: PTH114

    def _is_elsewhere(self, link: str) -> bool:
        """Whether a link leads out of all folders that are searched."""
        return not any(is_inside(os.path.realpath(link), top) for top in self._tops)

    def _is_folder(self, entry: os.DirEntry[str]) -> bool:
        if entry.is_symlink():
            self.recorder.link(entry.path)
            if not os.path.exists(entry.path):  # noqa: PTH110
                self._lost.append(entry.path)
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
            if child is None or child.skill_file or child.nearly:
                continue
            if self._meant.is_skill(child.path, child.names, beside_skills=siblings):
                yield child


def _nothing_left(skipped: Sequence[Skipped]) -> str:
    if len(skipped) == 1:
        return f"nothing to lint: {skipped[0].path} is skipped: {skipped[0].reason}"
    reasons = "; ".join(sorted({each.kind or each.reason for each in skipped}))
    return (
        f"nothing to lint: {len(skipped):,} skills are skipped: {reasons}; --list-skills names them"
    )
