"""Words of a command line that a person can copy."""

import shlex

from skill_lint.reporters.escape import visible

LONGEST = 60
"""Characters of paths in a command."""


def quoted(path: str) -> str:
    """A path as one word for the shell, which is no option. Control characters are escaped."""
    return visible(shlex.quote(f"./{path}" if path.startswith("-") else path))


def command(options: list[str], paths: list[str]) -> str:
    """`skill-lint check` with options and paths; a long list of paths is left out."""
    words = " ".join(map(quoted, paths))
    if len(words) > LONGEST:
        words = f"{quoted(paths[0])} ..."
    return " ".join(filter(None, ["skill-lint check", words, *map(quoted_option, options)]))


def quoted_option(word: str) -> str:
    return visible(shlex.quote(word))
