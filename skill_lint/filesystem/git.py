"""How git is called: with nothing of the repository's own that would run a program."""

import os
from pathlib import Path

INERT = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
"""A repository that came in an archive brings its configuration with it."""


class GitError(Exception):
    """git cannot answer; the message says why, and what to do.

    `code` is the exit code of git, None where it is not installed.
    """

    def __init__(self, message: str, code: int | None = None) -> None:
        super().__init__(message)
        self.code = code


def run(folder: str | Path, *words: str, given: bytes = b"") -> bytes:
    """What git prints, called with some words in a folder. `given` is its standard input.

    Raises `GitError`.
    """
    # Lazy import: few runs ask git anything.
    import subprocess

    command = ["git", *INERT, "-C", os.fspath(folder), *words]
    try:
        done = subprocess.run(command, check=False, capture_output=True, input=given)
    except FileNotFoundError:
        raise GitError("git is not installed") from None
    if done.returncode:
        message = done.stderr.decode("utf-8", "replace").strip()
        raise GitError(message, done.returncode)
    return done.stdout
