"""Paths → the skills at or below them, and what was found and left out, with the reason."""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from skill_lint.config.config import Config
from skill_lint.discovery.exclude import is_in, leave_out
from skill_lint.discovery.roots import Discovery, NothingFound, SkillRoot, shown
from skill_lint.filesystem.snapshot import Snapshot
from skill_lint.filesystem.status import ABSENT, real_path, resolved_link, status, unreadable_digest
from skill_lint.limits import DEFAULT
from skill_lint.report.report import Skipped
from skill_lint.skill.tree import UNSEARCHED, is_searched, is_skill_file
from skill_lint.text.source import Unreadable, read_bytes

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


def discover(paths: Sequence[str | Path], config: Config) -> Discovery:
    """Find every skill once. Raises `NothingFound`."""
    working = os.path.realpath(Path.cwd())
    found = Discovery(whole=any(_covers(Path(path), working) for path in paths))
    candidates: list[_Folder] = []
    for given in paths:
        path = Path(given)
        found.watch.links[os.fspath(path)] = resolved_link(os.fspath(path))
        if not os.path.lexists(path):
            raise NothingFound(f"{given}: there is no such file or folder")
        here = _below(os.fspath(path), found) if path.is_dir() else []
        found.tops += [shown(path)] if here else []
        here = here or _above(path, found.watch)
        if not here:
            raise NothingFound(_nothing(path, found))
        candidates += here
    for folder in _once(candidates, found):
        found.skills.append(_root(folder))
    found.skipped = list(dict.fromkeys(found.skipped))
    leave_out(found, config, paths)
    if not found.skills:
        reasons = "; ".join(sorted({each.reason for each in found.skipped}))
        raise NothingFound(f"nothing to lint: {len(found.skipped):,} skipped: {reasons}")
    return found


def _covers(path: Path, folder: str) -> bool:
    """Whether a folder lies at or below a path."""
    top = os.path.realpath(path)
    return folder == top or folder.startswith(top.rstrip(os.sep) + os.sep)


def _root(folder: _Folder) -> SkillRoot:
    leads_to = None
    if folder.skill_file and folder.file_is_link:
        file = os.path.join(folder.path, folder.skill_file)  # noqa: PTH118
        # One that leads nowhere is a finding of its skill.
        leads_to = os.path.realpath(file) if os.path.exists(file) else None  # noqa: PTH110
    return SkillRoot(Path(folder.path), shown(folder.path), leads_to)


def owning_skill(path: Path) -> SkillRoot | None:
    """The skill that a file or folder is in, or would be in if it existed."""
    above = _above(path, Snapshot())
    return _root(above[0]) if above else None


def _nothing(path: Path, found: Discovery) -> str:
    if not path.is_dir():
        return f"{path}: belongs to no skill: there is no SKILL.md in its folder or above"
    never = ", ".join(sorted(UNSEARCHED))
    skipped = "".join(f"; {each.path}: {each.reason}" for each in found.skipped[:5])
    return (
        f"{path}: no skill found: no SKILL.md in it ({found.searched:,} searched) nor above "
        f"(never searched: {never}, virtual environments){skipped}"
    )


def _above(path: Path, watch: Snapshot) -> list[_Folder]:
    """The skill that owns a file or folder: the nearest SKILL.md above it."""
    top = Path(os.path.abspath(path))  # noqa: PTH100
    for folder in (top, *top.parents) if path.is_dir() else top.parents:
        read = _read(os.fspath(folder), watch)
        if read and read.skill_file:
            read.path = os.path.relpath(folder)
            return [read]
    return []


def _below(top: str, found: Discovery) -> list[_Folder]:
    """Every skill at or below a folder, and folders that are clearly meant as one."""
    skills: list[_Folder] = []
    seen = {os.path.realpath(top)}
    allowed = (os.path.realpath(top), os.path.realpath(Path.cwd()))
    known: dict[str, _Folder | None] = {}  # read already, and not yet searched
    # Real folders come first, so that a link to a skill is the copy and not the original.
    is_link = os.path.islink(top)  # noqa: PTH114
    pending, links = [(top, is_link, False)], list[tuple[str, bool, bool]]()
    while pending or links:
        path, linked, inside = pending.pop() if pending else links.pop()
        folder = known.pop(path) if path in known else _read(path, found.watch)
        found.searched += 1
        if folder is None:
            found.skipped.append(Skipped(shown(path), "the folder cannot be read"))
            continue
        folder.linked = linked
        if folder.skill_file:
            skills.append(folder)
        for entry in reversed(folder.folders):
            child = (
                entry.path,
                linked or entry.is_symlink(),
                inside or bool(folder.skill_file),
            )
            if not entry.is_symlink():
                pending.append(child)
            elif reason := _unfollowed(entry, allowed, seen, found.watch):
                found.skipped += [Skipped(shown(child[0]), reason)] if reason != "seen" else []
            else:
                links.append(child)
        if not inside:
            skills += _meant_as_skills(folder, known, found.watch)
        if path == top and not folder.skill_file and _has_skill_id(folder, found.watch):
            skills.append(folder)
    return skills


def _unfollowed(
    entry: os.DirEntry[str], allowed: Iterable[str], seen: set[str], watch: Snapshot
) -> str | None:
    """Why a symbolic link to a folder is not entered, or None where it is."""
    watch.links[entry.path] = resolved_link(entry.path)
    real = os.path.realpath(entry.path)
    if not any(is_in(real, top) for top in allowed):
        return "a symbolic link out of the searched folder; give its target as a path to lint it"
    if real in seen:
        return "seen"
    seen.add(real)
    return None


def _read(path: str, watch: Snapshot) -> _Folder | None:
    before = status(path)
    try:
        children = _entries(path)
    except OSError as error:
        watch.folders[path] = before, ABSENT if before is None else unreadable_digest(error)
        return None
    watch.listed(path, before, children)
    skill_files = sorted(
        (entry for entry in children if is_skill_file(entry.name)),
        key=lambda entry: (entry.name != "SKILL.md", entry.name),
    )
    first = skill_files[0] if skill_files else None
    folders = [each for each in children if _is_folder(each, watch) and is_searched(each, watch)]
    names = frozenset(entry.name for entry in children)
    if first is None:
        return _Folder(path, None, folders, names)
    return _Folder(path, first.name, folders, names, first.is_symlink())


def _entries(path: str) -> list[os.DirEntry[str]]:
    with os.scandir(path) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _is_folder(entry: os.DirEntry[str], watch: Snapshot) -> bool:
    if entry.is_symlink():
        watch.links[entry.path] = resolved_link(entry.path)
    try:
        return entry.is_dir()
    except OSError:  # A symbolic link that leads to itself.
        return False


def _meant_as_skills(
    parent: _Folder, known: dict[str, _Folder | None], watch: Snapshot
) -> Iterator[_Folder]:
    """Folders without SKILL.md that have what only a skill has. What is read goes to `known`."""
    if parent.skill_file:
        return
    folders = [e for e in parent.folders if not e.is_symlink() and not e.name.startswith(".")]
    children = [known.setdefault(e.path, _read(e.path, watch)) for e in folders]
    siblings = any(child and child.skill_file for child in children)
    for child in children:
        if child is None or child.skill_file:
            continue
        like_one = siblings and not _SKILL_FOLDERS.isdisjoint(child.names)
        if (like_one and not _holds_skills(child, watch)) or _has_skill_id(child, watch):
            yield child


def _holds_skills(folder: _Folder, watch: Snapshot) -> bool:
    """Whether a skill lies anywhere below, in folders that are not searched too."""
    pending = [folder.path]
    while pending:
        watch.folder(path := pending.pop())
        try:
            with os.scandir(path) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        pending.append(entry.path)
                    elif is_skill_file(entry.name):
                        return True
        except OSError:  # What cannot be read is reported where it is searched.
            continue
    return False


def _has_skill_id(folder: _Folder, watch: Snapshot) -> bool:
    if "metadata.json" not in folder.names:
        return False
    file = os.path.join(folder.path, "metadata.json")  # noqa: PTH118
    if os.path.islink(file):  # noqa: PTH114
        # It may lead anywhere, and is no v1 skill's.
        watch.links[file] = resolved_link(file)
        return False
    watch.file(file)
    try:
        data = json.loads(read_bytes(file, DEFAULT.file_bytes, follow=False))
    except (Unreadable, ValueError, RecursionError):
        return False
    return isinstance(data, dict) and isinstance(data.get("skill_id"), str)


def _once(candidates: Sequence[_Folder], found: Discovery) -> Iterator[_Folder]:
    """Each skill once: a symbolic link to a skill that is there anyway is skipped."""
    owners: dict[str, _Folder] = {}
    folders: dict[str, str] = {}
    for folder in sorted(candidates, key=lambda folder: folder.linked or folder.file_is_link):
        real = _real_skill(folder, folders)
        if real not in owners:
            owners[real] = folder
            yield folder
        elif os.path.abspath(owners[real].path) != os.path.abspath(folder.path):  # noqa: PTH100
            reason = f"a symbolic link to {shown(owners[real].path)}"
            found.skipped.append(Skipped(shown(folder.path), reason))


def _real_skill(folder: _Folder, folders: dict[str, str]) -> str:
    """What makes two candidates the same skill: the real folder of their SKILL.md."""
    if folder.skill_file:
        file = os.path.join(folder.path, folder.skill_file)  # noqa: PTH118
        if os.path.isfile(file):  # noqa: PTH113
            return os.path.dirname(real_path(file, folders))  # noqa: PTH120
    return os.path.realpath(folder.path)
