"""Commands that a person can copy."""

import shlex
from collections.abc import Iterable

from skill_lint.reporters.escape import visible
from skill_lint.reporters.look import Look

LONGEST = 60
"""Characters of paths in a command."""


def command(name: str, look: Look, *more: str) -> str:
    """A command about the same skills and rules as the report; a long list of paths is cut."""
    paths = " ".join(map(path, look.paths))
    if len(paths) > LONGEST and len(look.paths) > 1:
        paths = f"{path(look.paths[0])} ..."
    return " ".join(filter(None, ["skill-lint", name, paths, words((*look.options, *more))]))


def path(name: str) -> str:
    """A path as one word for the shell, which is no option. Control characters are escaped."""
    return words([f"./{name}" if name.startswith("-") else name])


def words(given: Iterable[str]) -> str:
    return visible(shlex.join(given))
