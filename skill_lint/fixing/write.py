"""Write drafts to the disk: each file is replaced in one atomic step, or left as it was."""

import contextlib
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from skill_lint.filesystem.read import reason_of
from skill_lint.skill.skill import Skill
from skill_lint.text.source import Source

PREFIX, SUFFIX = ".skill-lint-", ".tmp"
STALE = 3_600
"""Seconds after which a temporary file counts as left behind by a killed run."""


class Unwritten(NamedTuple):
    """A file that was left as it was. `path` is POSIX, relative to the working directory."""

    path: str
    reason: str


class _Refused(Exception):
    """The file must not be written; the message says why."""


def write(before: Skill, after: Skill) -> list[Unwritten]:
    """Write the differences between a skill as it was read and its draft.

    Texts are written first, under the files' old names; then files are moved and deleted, but only
    if all texts could be written.
    """
    moves = bool(after.draft.origins or after.draft.deleted)
    # Texts with the new names of files would be wrong if the files could not be moved.
    if moves and (obstacles := list(_obstacles(before, after))):
        return obstacles
    failed = list(_write_texts(before, after))
    return failed or list(_move_files(before, after))


def _obstacles(before: Skill, after: Skill) -> Iterator[Unwritten]:
    """What would prevent a draft that moves files, as far as can be checked beforehand."""
    root, draft = before.root, after.draft
    edited = {draft.on_disk(name) for name in draft.texts} & before.tree.files
    for name in sorted({*edited, *draft.origins.values()}):
        parent = (root / name).parent
        if not os.access(parent, os.W_OK | os.X_OK):
            yield Unwritten(before.path_of(name), "its folder is read-only")
        elif name in edited and not os.access(root / name, os.W_OK):
            yield Unwritten(before.path_of(name), "the file is read-only")
    removed = {*draft.deleted, *draft.origins.values()}
    for name in sorted(each for each in draft.deleted if (root / each).is_dir()):
        for entry in sorted(os.listdir(root / name)):  # noqa: PTH208
            if f"{name}/{entry}" not in removed:
                reason = f"`{entry}` is in it, and would be left over"
                yield Unwritten(before.path_of(name), reason)


def _write_texts(before: Skill, after: Skill) -> Iterator[Unwritten]:
    """Write new files first, so that text that moves between files is never lost."""
    names = {name: after.draft.on_disk(name) for name in after.draft.texts}
    new = sorted(name for name, old in names.items() if old not in before.tree.files)
    made: list[Path] = []
    try:
        failed = list(_write_new(before, after, new, made))
        kept = not failed
        if kept:
            changed = sorted(names.keys() - set(new))
            failed = list(_write_changed(before, after, changed))
            kept = len(failed) < max(1, len(changed))
    except BaseException:
        _unmake(before.root, made)
        raise
    if not kept:
        _unmake(before.root, made)
    yield from failed


def _write_new(
    before: Skill, after: Skill, names: list[str], made: list[Path]
) -> Iterator[Unwritten]:
    """Write new files, up to the first that cannot be written. `made` collects their paths."""
    for name in names:
        try:
            _write(before.root, name, None, after.draft.texts[name])
        except (OSError, _Refused) as error:
            yield Unwritten(before.path_of(name), _reason(error))
            return
        made.append(before.root / name)


def _unmake(root: Path, made: list[Path]) -> None:
    """Delete new files that nothing links to yet, with the folders that were made for them."""
    for path in made:
        with contextlib.suppress(OSError):
            path.unlink()
        with contextlib.suppress(OSError):
            if path.parent != root:
                path.parent.rmdir()


def _write_changed(before: Skill, after: Skill, names: list[str]) -> Iterator[Unwritten]:
    for name in names:
        on_disk, content = after.draft.on_disk(name), after.draft.texts[name]
        original = before.read(on_disk).text.encode("utf-8")
        if content == original:
            continue
        try:
            _write(before.root, on_disk, original, content)
        except (OSError, _Refused) as error:
            yield Unwritten(before.path_of(on_disk), _reason(error))


def _write(root: Path, name: str, original: bytes | None, content: bytes) -> None:
    target = _inside(root, name)
    if original is None:
        target.parent.mkdir(parents=True, exist_ok=True)
        if os.path.lexists(target):
            raise _Refused("a file of that name has appeared meanwhile")
    elif not target.is_file():
        raise _Refused("the file was deleted or replaced while it was linted")
    elif target.read_bytes() != original:
        raise _Refused("the file was changed while it was linted")
    _replace(target, content)


def _inside(root: Path, name: str) -> Path:
    """The real file to write: the target of a symbolic link, if it is in the skill."""
    target = Path(os.path.realpath(root / name))
    if not target.is_relative_to(os.path.realpath(root)):
        raise _Refused("it is a symbolic link out of the skill")
    return target


def _replace(target: Path, content: bytes) -> None:
    """Replace the file by `content` in one atomic step. Its mode and owner are kept."""
    # Lazy import: most runs write nothing.
    import tempfile

    _sweep(target.parent)
    handle, temporary = tempfile.mkstemp(SUFFIX, PREFIX, target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            _keep_mode(target, Path(temporary))
            os.fsync(file.fileno())
        os.replace(temporary, target)  # noqa: PTH105 - the atomic step
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108
        raise
    _sync(target.parent)


def _keep_mode(target: Path, temporary: Path) -> None:
    if not target.exists():
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        return
    if not os.access(target, os.W_OK):
        raise _Refused("the file is read-only")
    old, new = target.stat(), temporary.stat()
    if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
        try:
            os.chown(temporary, old.st_uid, old.st_gid)
        except PermissionError:
            raise _Refused("it belongs to another user, and its owner could not be kept") from None
    temporary.chmod(stat.S_IMODE(old.st_mode))


def _sync(folder: Path) -> None:
    """Make the new name survive a power failure, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sweep(folder: Path) -> None:
    """Delete temporary files that a killed run left behind long ago."""
    for path in folder.glob(f"{PREFIX}*{SUFFIX}"):
        with contextlib.suppress(OSError):
            if time.time() - path.lstat().st_mtime > STALE:
                path.unlink()


def _move_files(before: Skill, after: Skill) -> Iterator[Unwritten]:
    moves = sorted((origin, name) for name, origin in after.draft.origins.items())
    for origin, name in moves:
        try:
            _move(before.root, origin, name)
        except (OSError, _Refused) as error:
            yield Unwritten(before.path_of(origin), _reason(error))
            return
    # The deepest first, so that a folder is empty when its turn comes.
    for name in sorted(after.draft.deleted, key=lambda name: (-name.count("/"), name)):
        try:
            _delete(before, name)
        except (OSError, _Refused) as error:
            yield Unwritten(before.path_of(name), _reason(error))


def _move(root: Path, origin: str, name: str) -> None:
    old, new = root / origin, root / name
    # `skill.md` and `SKILL.md` are one file where the file system ignores case.
    if os.path.lexists(new) and not (old.exists() and new.exists() and old.samefile(new)):
        raise _Refused(f"`{name}` exists already")
    new.parent.mkdir(parents=True, exist_ok=True)
    if not new.parent.resolve().is_relative_to(root.resolve()):
        raise _Refused(f"`{name}` would be outside the skill")
    old.rename(new)


def _delete(before: Skill, name: str) -> None:
    path = before.root / name
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    elif not _is_as_read(before.read(name), path):
        raise _Refused("the file was changed while it was linted")
    else:
        path.unlink()


def _is_as_read(source: Source, path: Path) -> bool:
    # A file that is not text, such as Thumbs.db, has no content to compare.
    return source.problem is not None or path.read_bytes() == source.text.encode("utf-8")


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"it cannot be written: {reason_of(error)}"
    return str(error)
