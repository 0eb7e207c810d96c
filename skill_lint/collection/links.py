"""The skill that contains the target of a link."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from skill_lint.collection.facts import Facts
from skill_lint.skill.tree import LONGEST_PATH


def owner(by_path: Mapping[str, Facts], path: str) -> Facts | None:
    """The skill whose folder contains a path, or None.

    A skill in the working directory itself is excluded, because it would contain every path.
    """
    if len(path) > LONGEST_PATH:
        return None
    folders = (str(parent) for parent in (PurePosixPath(path), *PurePosixPath(path).parents))
    return next((by_path[each] for each in folders if each in by_path and each != "."), None)
