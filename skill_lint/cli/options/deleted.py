"""Which files the commit at hand deletes. pre-commit names the others only, as most hooks do."""

import os
from pathlib import Path

from skill_lint.cli.error import UsageError
from skill_lint.config.config import Config
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder

_RANGE = ("PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF")
"""The variables in which pre-commit and prek say that they look at commits, not at the index."""


def concerned_files(config: Config, root: Root, recorder: Recorder) -> list[Path]:
    """Files of the skills that the deletions of this commit concern. Raises `UsageError`."""
    # Lazy imports: only hooks ask what was deleted.
    from skill_lint.filesystem import git, git_deletions

    recorder.asked_git()
    if git.checkout_of(root.absolute) is None:
        return []
    before, after = (os.environ.get(name, "") for name in _RANGE)
    try:
        top = git.top_of(root.absolute)
        is_range = bool(before and after)
        deleted = (
            git_deletions.between(top, before, after) if is_range else git_deletions.staged(top)
        )
        if not deleted:
            return []
        skill_files = git_deletions.tracked_skill_files(root.absolute)
    except git.GitError as error:
        asked = f" ({' and '.join(_RANGE)})" if before and after else ""
        raise UsageError(
            f"--owning-skills asks git which files were deleted{asked}, but {error.reason}"
        ) from None
    from skill_lint.discovery.deletions import concerned

    return list(concerned(deleted, skill_files, config, root, recorder))
