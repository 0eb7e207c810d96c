"""What decides about a run, as it stands at a revision of the checkout that its owner trusts."""

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from skill_lint.filesystem import git
from skill_lint.filesystem.git import GitError
from skill_lint.filesystem.git_index import superproject_of
from skill_lint.filesystem.git_objects import LINK, MOST_NESTED, SUBMODULE, commit_of
from skill_lint.filesystem.git_tree import Found, Tree
from skill_lint.filesystem.links import name_in
from skill_lint.filesystem.paths import Root, is_checkout, is_inside
from skill_lint.filesystem.read import Unreadable, read_bytes
from skill_lint.filesystem.recorder import Recorder
from skill_lint.filesystem.status import ENVIRONMENT, PYTHONS, UNKNOWN

_HIDING = tuple(f"/{name}" for name in (ENVIRONMENT, *PYTHONS))
"""The ends of names of what makes a folder a virtual environment, which is not searched."""


class AtRevision(Recorder):
    """Reads the settings of a run: those in the checkout from a revision, others from the disk.

    A setting that is only on the disk is not there. The checkout of a submodule is the one around
    it: a change can bring a whole submodule along, with any revision in it. Raises `GitError`.
    """

    def __init__(self, revision: str, folder: str) -> None:
        super().__init__(is_recording=False)
        self.revision = revision
        top = git.top_of(folder)
        while outer := superproject_of(top):
            top = outer
        self.top = os.fspath(top)
        commit = commit_of(top, revision)
        if commit is None:
            raise GitError(
                f"git knows no revision `{revision}` in {top}; fetch it, or check its name"
            )
        self._commit = commit
        self._files = Tree.at(top, commit)

    @cached_property
    def before(self) -> "AtRevision | None":
        """The commit that the change began at; None if it is not known, or is this one.

        What stands there is nothing that the change has added.
        """
        try:
            words = ("merge-base", "--all", self._commit, "HEAD")
            found = git.run(self.top, *words).decode().split()
            is_other = len(found) == 1 and found != [self._commit]
            return AtRevision(found[0], self.top) if is_other else None
        except GitError:
            return None

    @cached_property
    def _now(self) -> Tree:
        return Tree.of_index(Path(self.top))

    def is_file(self, path: str) -> bool:
        name = self._name(path)
        if name is None:
            return super().is_file(path)
        try:
            return self._file(name) is not None
        except GitError:
            # Whoever reads it is told why.
            return True

    def exists(self, path: str) -> bool:
        name = self._name(path)
        return super().exists(path) if name is None else not self._is_missing(name)

    def names(self, path: str) -> Sequence[str]:
        name = self._name(path)
        if name is None:
            return super().names(path)
        above = "" if name == "." else f"{name}/"
        return [each[len(above) :] for each in self._files.files
                if each.startswith(above) and "/" not in each[len(above) :]]  # fmt: skip

    def leads_out(self, path: str, root: Root) -> bool:
        is_here = self._name(root.absolute_of(path)) is not None
        return not is_here and super().leads_out(path, root)

    def has_folder(self, path: str) -> bool:
        """Whether an absolute path in the checkout is a folder at the revision."""
        name, files = self._name(path), self._files.files
        if name in (None, ".") or any(each.startswith(f"{name}/") for each in files):
            return True
        parts = str(name).split("/")
        above = (files.get("/".join(parts[:end])) for end in range(1, len(parts) + 1))
        return any(each and each.mode == SUBMODULE for each in above)

    def settings_bytes(self, path: str, limit: int, root: Root) -> bytes:
        name = self._name(root.absolute_of(path))
        if name is None:
            return super().settings_bytes(path, limit, root)
        try:
            found = self._file(name)
            data = found.read(limit) if found else None
        except GitError as error:
            raise Unreadable(f"git does not answer: {error.reason}", UNKNOWN) from None
        if found is None:
            raise Unreadable(f"it is no file at `{self.revision}`{self._hint(name)}", UNKNOWN)
        if data is None:
            raise Unreadable(f"it has more than {limit:,} bytes", UNKNOWN)
        return data

    def adds(self, path: str) -> bool:
        """Whether the change has put a file, a folder or a link to one there. `path` is absolute.

        A file that git does not track is part of no change; one of a checkout in this one may be.
        What stood where the change began is not new, as long as the change leaves it alone. That
        does not hold for what hides other files: the author of a change chooses where it begins.
        """
        name = self._name(path)
        if name is None:
            return False
        hides = f"/{name}".endswith(_HIDING)
        before = None if hides else self.before
        if self._is_moved(name) and (before is None or before._is_moved(name)):
            return True
        if not self._is_missing(name):
            return hides and self._is_edited(name)
        if before and before._is_left_alone(name):
            return False
        try:
            other = self._in_other_checkout(name)
            # One that is no submodule is not known to git.
            return bool(self._now.find(name) or (other and not self._now.find(other, follow=False)))
        except GitError:
            return True

    def unread(self) -> list[str]:
        """The submodules that the change adds or moves on, and that are not checked out.

        They may lie in other submodules. Raises `GitError`.
        """
        return list(_unread(self._now, self._files))

    def content(self, path: str, limit: int) -> bytes:
        """The bytes of a file at the revision; none if it is no file there, or too large.

        Raises `GitError` if git does not have them.
        """
        name = self._name(path)
        if name is None:
            return _on_disk(path, limit)
        found = self._file(name)
        return (found.read(limit) or b"") if found else b""

    def _name(self, path: str) -> str | None:
        """The name of a file in the checkout; None for a file outside of it."""
        path = os.path.abspath(path)
        if is_inside(path, self.top):
            return os.path.relpath(path, self.top).replace(os.sep, "/")
        return name_in(path, self.top)

    def _file(self, name: str) -> Found | None:
        found = self._files.find(name)
        return found if found and found.entry.mode != SUBMODULE else None

    def _is_moved(self, name: str) -> bool:
        """Whether a name leads elsewhere now than at the revision."""
        try:
            place = self._now.leads_to(name)
            return place is not None and place != self._files.leads_to(name)
        except GitError:
            return True

    def _is_edited(self, name: str) -> bool:
        """Whether a file that is here has another content now."""
        try:
            then, now = (each.find(name, follow=False) for each in (self._files, self._now))
        except GitError:
            return True
        return now is not None and (then is None or then.entry != now.entry)

    def _is_left_alone(self, name: str) -> bool:
        """Whether a file is here, and it and all that lies beside it are the same now.

        Of a link to a folder, nothing beside it counts.
        """
        try:
            found = self._files.find(name, follow=False)
            if found is None:
                return False
            is_link = found.entry.mode == LINK
            place = name if is_link else self._files.leads_to(name.rpartition("/")[0])
        except GitError:
            return False
        return self._files.around(place or "") == self._now.around(place or "")

    def _is_missing(self, name: str) -> bool:
        try:
            return self._files.find(name, follow=False) is None
        except GitError:
            return True

    def _in_other_checkout(self, name: str) -> str | None:
        """The folder on the way to a file that is a checkout of its own."""
        parts = name.split("/")
        folders = ("/".join(parts[:end]) for end in range(1, len(parts)))
        return next((each for each in folders if is_checkout(f"{self.top}/{each}")), None)

    def _hint(self, name: str) -> str:
        other = self._in_other_checkout(name)
        return (
            f"; `{other}` is another checkout, which anyone may have sent, so copy the file out "
            f"of {self.top} and name it there"
            if other
            else ""
        )


def _unread(now: Tree, then: Tree | None, depth: int = 0) -> Iterator[str]:
    """As `AtRevision.unread`, in one checkout and the submodules in it."""
    for name, entry in now.files.items():
        if entry.mode != SUBMODULE or (then and then.files.get(name) == entry):
            continue
        place = f"{now.top}/{name}"
        nested = now.nested(name) if is_checkout(place) and depth < MOST_NESTED else None
        if nested is None:
            yield place
        else:
            yield from _unread(nested, then.nested(name) if then else None, depth + 1)


def _on_disk(path: str, limit: int) -> bytes:
    try:
        return read_bytes(path, limit)
    except Unreadable:
        return b""
