"""The scores of skills as they were at a git revision."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from skill_lint.discovery.roots import SkillRoot
from skill_lint.engine.isolated import Worked, each_skill
from skill_lint.filesystem import git
from skill_lint.filesystem.git import GitError
from skill_lint.filesystem.git_objects import (
    LINK,
    MOST_AT_ONCE,
    SUBMODULE,
    blobs,
    commit_of,
    files_at,
    sizes,
)
from skill_lint.filesystem.paths import is_inside
from skill_lint.filesystem.read import reason_of
from skill_lint.scoring.score import score

MOST_FILES, MOST_BYTES = 200_000, 1_000_000_000
"""What is read of a revision, at most."""
MOST_LEVELS = 200
"""Folders in folders. A tree of a few objects can have any number of them."""
_SPECIAL = frozenset({"", ".", "..", ".git"})


def totals_at(
    revision: str, roots: Sequence[SkillRoot], weights: Mapping[str, float]
) -> Worked[float]:
    """The totals of these skills at a revision, by path; a skill that was not there has none.

    Raises `GitError`.
    """
    top = git.top_of(roots[0].path)
    commit = commit_of(top, revision)
    if commit is None:
        raise GitError(f"git knows no revision `{revision}` here")
    inside = {each: each.real[len(str(top)) :].lstrip("/") for each in roots
              if is_inside(each.real, str(top))}  # fmt: skip
    with TemporaryDirectory() as folder:
        _copy(top, _files(top, commit, frozenset(inside.values())), Path(folder))
        then = [root._replace(path=Path(folder, name), place="") for root, name in inside.items()]
        there = [root for root in then if root.open().skill_files]
        return each_skill(there, lambda root: score(root.open(), weights).total)


def _files(top: Path, commit: str, folders: frozenset[str]) -> dict[str, list[str]]:
    """The names of the files in some folders at a commit, by the id of their blob.

    A symbolic link is left out: it may lead anywhere, and what it leads to was never scored.
    """
    names: dict[str, list[str]] = {}
    wanted = dict.fromkeys(folders, True) | ({} if "" in folders else {"": False})
    for name, entry in files_at(top, commit).items():
        folder, _, last = name.rpartition("/")
        if entry.mode in (LINK, SUBMODULE) or not _is_safe(last) or not _is_in(folder, wanted):
            continue
        if name.count("/") > MOST_LEVELS:
            raise GitError(f"a file lay below more than {MOST_LEVELS} folders then")
        names.setdefault(entry.id, []).append(name)
    return names


def _is_in(folder: str, wanted: dict[str, bool]) -> bool:
    """Whether a folder is a wanted one, or in one. `wanted` has the answers that are known."""
    asked = []
    while folder not in wanted:
        asked.append(folder)
        folder = folder.rpartition("/")[0]
    for each in reversed(asked):
        wanted[each] = wanted[folder] and _is_safe(each.rpartition("/")[2])
        folder = each
    return wanted[folder]


def _copy(top: Path, names: Mapping[str, Sequence[str]], to: Path) -> None:
    """Write files into a private folder. Nothing is checked out, so that no filter runs."""
    here = sizes(top, names)
    number = sum(map(len, names.values()))
    total = sum(size * len(names[each]) for each, size in here.items())
    if number > MOST_FILES or total > MOST_BYTES:
        raise GitError(
            f"the skills had {number:,} files and {total:,} bytes then; "
            f"at most {MOST_FILES:,} files and {MOST_BYTES:,} bytes are read"
        )
    read = {each: size for each, size in here.items() if size <= MOST_AT_ONCE}
    for object_id, data in blobs(top, read):
        for name in names[object_id]:
            _write(to / name, data)
    for object_id in here.keys() - read.keys():
        for name in names[object_id]:
            # It is too large to be read, so that only its size counts.
            _write(to / name, b"", here[object_id])


def _write(path: Path, data: bytes, size: int | None = None) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(data)
            file.truncate(size)
    except OSError as error:
        raise GitError(f"`{path.name}` cannot be written: {reason_of(error)}") from None


def _is_safe(name: str) -> bool:
    """Whether a name in a folder of git's tree, which may be anything, stays in that folder."""
    is_special = name.lower() in _SPECIAL
    return not is_special and (os.name != "nt" or not set(name) & set('\\:*?"<>|'))
