"""The files that a path means which leads nowhere."""

import posixpath

from skill_lint.skill.tree import Tree
from skill_lint.text.spelling import Guess


def meant(tree: Tree, written: str, guess: Guess | None) -> tuple[str, ...]:
    """What a path that leads to no file accounts for: the file that was meant, or its folder.

    If the folder is wrong, all of the right one is meant: whoever writes `references/` for
    `reference/` does so for each of its files.
    """
    if guess is None:
        return ()
    folder, right = posixpath.dirname(written), posixpath.dirname(guess.path)
    return (f"{right}/",) if right and folder not in tree.folders else (guess.path,)
