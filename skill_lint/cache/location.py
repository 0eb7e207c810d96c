"""Where the cache is. Imports little, because a replayed run imports this."""

import os

from skill_lint.filesystem.paths import upwards
from skill_lint.filesystem.status import CACHE


def default_folder(root: str) -> str:
    """The cache's folder for a run in `root`, an absolute path: in the checkout, else in `root`."""
    for folder in upwards(root):
        if os.path.lexists(os.path.join(folder, ".git")):  # noqa: PTH118
            return os.path.join(folder, CACHE)  # noqa: PTH118
    return os.path.join(root, CACHE)  # noqa: PTH118
