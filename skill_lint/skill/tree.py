"""One walk of a skill's directory: its files, folders and symbolic links."""

import os
from collections import Counter
from collections.abc import Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from skill_lint.filesystem.read import Unreadable, reason_of
from skill_lint.filesystem.recorder import Recorder
from skill_lint.filesystem.status import CACHE, ENVIRONMENT, PYTHONS
from skill_lint.limits import DEFAULT
from skill_lint.skill.draft import Draft
from skill_lint.skill.file_name import is_skill_file

UNSEARCHED = frozenset({".git", ".hg", ".svn", CACHE, "node_modules", "__pycache__"})
"""Folders that hold no part of a skill. Virtual environments are recognised by a file in them."""

PLACEHOLDERS = frozenset({".gitkeep", ".keep", ".DS_Store", "Thumbs.db"})
"""Files that do not count as content, such as those that make git keep an empty folder."""

_LARGEST_SETTINGS = 100_000
"""Bytes of the file of a virtual environment."""

LONGEST_PATH = 4_096
"""Characters of a path; no system opens a longer path."""


def is_searched(entry: os.DirEntry[str], recorder: Recorder) -> bool:
    """Whether a folder can hold skills, or parts of one."""
    return entry.name not in UNSEARCHED and not is_environment(entry.path, recorder)


def is_environment(folder: str, recorder: Recorder) -> bool:
    """Whether a folder is a virtual environment: it has the file that says so, and a Python.

    The change that is judged cannot make one of the owner's folder.
    """
    file = os.path.join(folder, ENVIRONMENT)  # noqa: PTH118
    if not _was_there(file, recorder):
        return False
    try:
        lines = recorder.read(file, _LARGEST_SETTINGS, follow=False).splitlines()
    except Unreadable:
        return False
    keys = {line.partition(b"=")[0].strip() for line in lines if b"=" in line}
    return b"home" in keys and any(
        _was_there(os.path.join(folder, python), recorder)  # noqa: PTH118
        for python in PYTHONS
    )


def _was_there(path: str, recorder: Recorder) -> bool:
    """Whether a path exists, and not by the change that is judged."""
    return recorder.exists(path) and not recorder.is_new(os.path.abspath(path))  # noqa: PTH100


class Symlink(NamedTuple):
    """A symbolic link in a skill. `target` is the text of the link."""

    name: str
    target: str
    dangling: bool
    escapes: bool


@dataclass
class Tree:
    """The content of a skill's directory. All names are POSIX and relative to its root.

    A nested skill's files are not included: its folder is in `nested`, and not walked.
    """

    root: Path
    files: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)
    nested: set[str] = field(default_factory=set)
    unsearched: set[str] = field(default_factory=set)
    """Folders that were not walked because they hold no part of a skill: caches, environments."""
    symlinks: dict[str, Symlink] = field(default_factory=dict)
    recorder: Recorder = field(default_factory=Recorder)
    cut_at: int | None = None
    """The number of files and folders after which the walk ended; the rest is unknown."""
    unread: dict[str, str] = field(default_factory=dict)
    """Folders that could not be read, and why; their content is unknown."""

    @cached_property
    def directory_name(self) -> str:
        """The name of the skill's directory, as clients compare it with `name`."""
        return os.path.basename(os.path.abspath(self.root))  # noqa: PTH100, PTH119

    @cached_property
    def real_root(self) -> str:
        """The directory without symbolic links."""
        return os.path.realpath(self.root)

    @cached_property
    def subdirectories(self) -> list[str]:
        """The folders directly below the root that are neither hidden nor nested skills."""
        return sorted(
            name
            for name in self.folders - self.nested
            if "/" not in name and not name.startswith((".", "__")) and not is_skill_file(name)
        )

    def files_below(self, folder: str) -> list[str]:
        """The content files of a folder and all below it."""
        return sorted(
            name
            for name in self.files
            if name.startswith(f"{folder}/") and name.rpartition("/")[2] not in PLACEHOLDERS
        )

    def is_nested(self, name: str) -> bool:
        """Whether a file belongs to a nested skill."""
        return bool(self.nested) and _is_below(name, self._nested)

    @cached_property
    def _nested(self) -> "_Folders":
        return _Folders.of(self.nested)

    def after(self, draft: Draft) -> "Tree":
        """The tree as it will be after a draft is written."""
        files, folders, symlinks = set(self.files), set(self.folders), dict(self.symlinks)
        for name, origin in draft.origins.items():
            files.discard(origin)
            if origin in symlinks:
                symlinks[name] = symlinks.pop(origin)._replace(name=name)
        files -= draft.deleted
        folders -= draft.deleted
        for name in (*draft.origins, *draft.texts):
            if not self.is_nested(name):
                files.add(name)
                parents = PurePosixPath(name).parents
                folders.update(str(parent) for parent in parents if str(parent) != ".")
        return replace(self, files=files, folders=folders, symlinks=symlinks)

    def exists(self, name: str) -> bool:
        """Whether a relative path, `..` included, names a file or folder, in exactly this case."""
        if name not in self._asked:
            self._asked[name] = self._exists(name.rstrip("/"))
        return self._asked[name]

    @cached_property
    def _asked(self) -> dict[str, bool]:
        return {}

    def _exists(self, name: str) -> bool:
        if name in ("", ".") or name in self.files or name in self.folders:
            return True
        if len(name) > LONGEST_PATH:
            return False
        if "" in self.unread or _is_below(name, self._unknown):
            return True
        inside = not name.startswith("..")
        if inside and self.cut_at is None and not self._through_link_or_nested(name):
            return False
        path = os.path.join(self.root, name)  # noqa: PTH118
        return self.recorder.exists(path)

    def _through_link_or_nested(self, name: str) -> bool:
        return not UNSEARCHED.isdisjoint(name.split("/")) or _is_below(name, self._unwalked)

    @cached_property
    def _unwalked(self) -> "_Folders":
        return _Folders.of(self.nested | self.symlinks.keys())

    @cached_property
    def _unknown(self) -> "_Folders":
        return _Folders.of(self.unread.keys())

    def in_other_case(self, name: str) -> str | None:
        """The existing path that differs from `name` only in case; None if several do."""
        return self._folded.get(name.rstrip("/").casefold())

    @cached_property
    def _folded(self) -> dict[str, str]:
        names = sorted(self.files | self.folders)
        counts = Counter(name.casefold() for name in names)
        return {key: name for name in names if counts[key := name.casefold()] == 1}


class _Folders(NamedTuple):
    """Names of folders, and the number of parts in the deepest one."""

    names: Set[str]
    depth: int

    @classmethod
    def of(cls, names: Set[str]) -> "_Folders":
        return cls(names, max((name.count("/") + 1 for name in names), default=0))


def _is_below(name: str, folders: _Folders) -> bool:
    """Whether a name is below one of the folders. Only its first `depth` parts are compared."""
    parts = name.split("/", folders.depth)
    heads = ("/".join(parts[:end]) for end in range(1, min(len(parts), folders.depth + 1)))
    return any(head in folders.names for head in heads)


def walk(root: Path, recorder: Recorder, most: int = DEFAULT.files_per_skill) -> Tree:
    """List the directory of a skill once. Links to folders are listed, not entered.

    Ends after `most` files and folders.
    """
    tree = Tree(root, recorder=recorder)
    pending = [""]
    while pending:
        prefix = pending.pop()
        try:
            entries = recorder.list(os.fspath(root / prefix))
        except OSError as error:
            tree.unread[prefix.rstrip("/")] = reason_of(error)
            continue
        if prefix and any(is_skill_file(entry.name) for entry in entries):
            tree.nested.add(prefix.rstrip("/"))
            continue
        for entry in entries:
            if len(tree.files) + len(tree.folders) >= most:
                tree.cut_at = most
                return tree
            name = prefix + entry.name
            if entry.is_symlink():
                _add_symlink(tree, name, entry)
            elif not entry.is_dir(follow_symlinks=False):
                tree.files.add(name)
            elif is_searched(entry, recorder):
                tree.folders.add(name)
                pending.append(f"{name}/")
            else:
                tree.unsearched.add(name)
    return tree


def _add_symlink(tree: Tree, name: str, entry: os.DirEntry[str]) -> None:
    try:
        target = os.readlink(entry.path)  # noqa: PTH115
    except OSError:  # The link was deleted or replaced since.
        return
    tree.recorder.link(entry.path)
    real, real_root = os.path.realpath(entry.path), tree.real_root
    escapes = real != real_root and not real.startswith(real_root + os.sep)
    dangling = not os.path.exists(entry.path)  # noqa: PTH110
    tree.symlinks[name] = Symlink(name, target, dangling, escapes)
    if dangling:
        return
    if entry.is_dir():
        tree.folders.add(name)
    else:
        tree.files.add(name)
