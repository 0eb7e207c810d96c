"""Write drafts to the disk: which files of a skill are written, moved and deleted, and when."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from skill_lint.filesystem.read import reason_of
from skill_lint.filesystem.walk import Unwritable
from skill_lint.fixing.disk import SkillFolder, opened
from skill_lint.skill.skill import Skill


class Unwritten(NamedTuple):
    """A file that was left as it was. `path` is POSIX, relative to the working directory."""

    path: str
    reason: str


def write(before: Skill, after: Skill, tops: Sequence[str] = ()) -> list[Unwritten]:
    """Write the differences between a skill as it was read and its draft.

    Texts are written first, under the files' old names; then files are moved and deleted, but only
    if all texts could be written. `tops` are the folders that were searched for skills.
    """
    try:
        with opened(before.root, tops) as folder:
            return _Writing(before, after, folder).write()
    except (OSError, Unwritable) as error:
        return [Unwritten(before.path, _reason(error))]


class _Writing:
    """One draft, as it is written into the open folder of its skill."""

    def __init__(self, before: Skill, after: Skill, folder: SkillFolder) -> None:
        self.before, self.draft, self.folder = before, after.draft, folder
        self.made: list[str] = []
        """New files, by their names."""

    def write(self) -> list[Unwritten]:
        moves = bool(self.draft.origins or self.draft.deleted)
        # Texts with the new names of files would be wrong if the files could not be moved.
        if moves and (obstacles := list(self._obstacles())):
            return obstacles
        failed = self._write_texts()
        return failed or list(self._move_files())

    def _obstacles(self) -> Iterator[Unwritten]:
        """What would prevent a draft that moves files, as far as can be checked beforehand."""
        draft = self.draft
        edited = {draft.on_disk(name) for name in draft.texts} & self.before.tree.files
        for name in sorted({*edited, *draft.origins.values()}):
            yield from self._tried(name, partial(self._check_access, name, name in edited))
        for name in sorted(draft.deleted):
            yield from self._tried(name, partial(self._check_left_over, name))

    def _check_access(self, name: str, edited: bool) -> None:
        if reason := self.folder.obstacle(name, edited=edited):
            raise Unwritable(reason)

    def _check_left_over(self, name: str) -> None:
        if not self.folder.is_folder(name):
            return
        removed = {*self.draft.deleted, *self.draft.origins.values()}
        for entry in self.folder.names(name):
            if f"{name}/{entry}" not in removed:
                raise Unwritable(f"`{entry}` is in it, and would be left over")

    def _write_texts(self) -> list[Unwritten]:
        """Write new files first, so that text that moves between files is never lost."""
        names = {name: self.draft.on_disk(name) for name in self.draft.texts}
        new = sorted(name for name, old in names.items() if old not in self.before.tree.files)
        changed = sorted(names.keys() - set(new))
        kept = False
        try:
            failed = self._write_new(new)
            if not failed:
                failed = [each for name in changed for each in self._write_changed(name)]
                kept = len(failed) < max(1, len(changed))
        finally:
            if not kept:
                self._unmake()
        return failed

    def _write_new(self, names: Sequence[str]) -> list[Unwritten]:
        """Write new files, up to the first that cannot be written."""
        for name in names:
            create = partial(self.folder.create, name, self.draft.texts[name])
            if failed := list(self._tried(name, create)):
                return failed
            self.made.append(name)
        return []

    def _unmake(self) -> None:
        """Delete new files that nothing links to yet, with the folders that were made for them."""
        for name in self.made:
            with suppress(OSError, Unwritable):
                self.folder.undo(name)

    def _write_changed(self, name: str) -> Iterator[Unwritten]:
        on_disk, content = self.draft.on_disk(name), self.draft.texts[name]
        original = self.before.read(on_disk).text.encode("utf-8")
        if content != original:
            replace = partial(self.folder.replace, on_disk, original, content)
            yield from self._tried(on_disk, replace)

    def _move_files(self) -> Iterator[Unwritten]:
        for origin, name in sorted((old, new) for new, old in self.draft.origins.items()):
            if failed := list(self._tried(origin, partial(self.folder.move, origin, name))):
                yield from failed
                return
        # The deepest first, so that a folder is empty when its turn comes.
        for name in sorted(self.draft.deleted, key=lambda name: (-name.count("/"), name)):
            yield from self._tried(name, partial(self.folder.delete, name, self._content(name)))

    def _content(self, name: str) -> bytes | None:
        source = self.before.read(name)
        # A file that is not text, such as Thumbs.db, has no content to compare.
        return None if source.problem is not None else source.text.encode("utf-8")

    def _tried(self, name: str, action: Callable[[], None]) -> Iterator[Unwritten]:
        try:
            action()
        except (OSError, Unwritable) as error:
            yield Unwritten(self.before.path_of(name), _reason(error))


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"it cannot be written: {reason_of(error)}"
    return str(error)
