"""What the commit at hand does that nobody tells a hook: pre-commit names neither deleted files nor
submodules, nor do most hooks.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from skill_lint.cli.error import UsageError
from skill_lint.config.config import Config
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.report.report import Skipped

if TYPE_CHECKING:
    from skill_lint.filesystem.git_deletions import Unnamed

_RANGE = ("PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF")
"""The variables in which pre-commit and prek say that they look at commits, not at the index."""


class Concerned(NamedTuple):
    """Files of the skills that a commit concerns, relative to the root of the run.

    `skipped` are the submodules that are not checked out.
    """

    files: tuple[Path, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def concerned_files(config: Config, root: Root, recorder: Recorder) -> Concerned:
    """What the deletions and submodules of this commit concern. Raises `UsageError`."""
    # Lazy imports: only hooks ask what was deleted.
    from skill_lint.filesystem import git, git_deletions

    recorder.asked_git()
    if git.checkout_of(root.absolute) is None:
        return Concerned()
    before, after = (os.environ.get(name, "") for name in _RANGE)
    try:
        top = git.top_of(root.absolute)
        is_range = bool(before and after)
        done = git_deletions.between(top, before, after) if is_range else git_deletions.staged(top)
        skill_files = git_deletions.tracked_skill_files(root.absolute) if done.deleted else ()
        below = _in_submodules(done, root)
    except git.GitError as error:
        asked = f" ({' and '.join(_RANGE)})" if before and after else ""
        raise UsageError(
            f"--owning-skills asks git which files were deleted{asked}, but {error.reason}"
        ) from None
    return below._replace(
        files=(*_by_deletions(done, skill_files, config, root, recorder), *below.files)
    )


def _by_deletions(
    done: "Unnamed", skill_files: Iterable[str], config: Config, root: Root, recorder: Recorder
) -> list[Path]:
    if not done.deleted:
        return []
    # Lazy import: few commits delete anything.
    from skill_lint.discovery.deletions import concerned

    return list(concerned(done.deleted, skill_files, config, root, recorder))


def _in_submodules(done: "Unnamed", root: Root) -> Concerned:
    """The changed files of the submodules that a commit adds or moves on. Raises `GitError`."""
    # Lazy import: only hooks ask.
    from skill_lint.filesystem.git_deletions import changed_in

    files, skipped = list[Path](), list[Skipped]()
    for path, before in done.submodules.items():
        changed = changed_in(path, before)
        if changed is None:
            reason = "a submodule that is not checked out"
            skipped.append(Skipped(root.shown(path), reason, is_named=True))
        files += [Path(root.shown(each)) for each in (path, *map(str, sorted(changed or ())))]
    return Concerned(tuple(files), tuple(skipped))
