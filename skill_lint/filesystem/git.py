"""How git is called: with nothing of the repository's own that would run a program."""

INERT = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
"""A repository that came in an archive brings its configuration with it."""


def command(folder: str, *words: str) -> list[str]:
    """git in a folder, with these words behind it."""
    return ["git", *INERT, "-C", folder, *words]
