"""Calls git. Settings by which a repository could run programs are switched off."""

import os
from pathlib import Path

INERT = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
"""Switch off what a repository could run: one from an archive brings its own configuration."""


class GitError(Exception):
    """git cannot answer; the message says why, and what to do.

    `code` is the exit code of git, None where it is not installed.
    """

    def __init__(self, message: str, code: int | None = None) -> None:
        super().__init__(message)
        self.code = code


def run(folder: str | Path, *words: str, stdin: bytes = b"") -> bytes:
    """The output of git with these arguments in a folder. `stdin` is its standard input.

    Raises `GitError`.
    """
    # Lazy import: few runs ask git anything.
    import subprocess

    command = ["git", *INERT, "-C", os.fspath(folder), *words]
    try:
        done = subprocess.run(command, check=False, capture_output=True, input=stdin)
    except FileNotFoundError:
        raise GitError("git is not installed") from None
    if done.returncode:
        message = done.stderr.decode("utf-8", "replace").strip()
        raise GitError(message, done.returncode)
    return done.stdout
