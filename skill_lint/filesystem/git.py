"""Calls git. Nothing that a repository holds can be run by these calls, or decides which git it is.

Only commands that read objects, names and the index are called: none of them checks out, compares
with the disk or converts a file, because those run what a repository's attributes name.
"""

import functools
import os
import time
from pathlib import Path

from skill_lint.filesystem.git_environment import environment, places, program
from skill_lint.filesystem.paths import checkouts, is_inside, upwards
from skill_lint.filesystem.read import reason_of

SECONDS = 30
"""The time that git has for an answer. It would wait for ever for a pipe named like a file."""
AGAIN = 600
"""Seconds in which git is not asked again once it was late: an archive may hold any number of
checkouts with such a pipe."""
MOST_PRINTED = 200_000_000
"""Bytes of an answer. A tree of a few objects can name any number of files."""
MOST_COMPLAINED = 10_000

INERT = (
    "--no-pager",
    # Empty, and not `false`: git before 2.36 takes the value for a program's name.
    *("-c", "core.fsmonitor="),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", f"core.attributesFile={os.devnull}"),
    # A list of untracked files that the index brings along may leave some out.
    *("-c", "core.untrackedCache=false"),
    # Files of a checkout that look like a bare repository are none.
    *("-c", "safe.bareRepository=explicit"),
)
"""Switch off what a repository could run or hide: one from an archive brings its configuration."""

_COMPLAINTS = ("fatal: ", "error: ")
_late: list[tuple[float, str]] = []
"""When git did not answer in time, by `time.monotonic`, and in which folder it was asked."""


class GitError(Exception):
    """git cannot answer; the message says why, and what to do.

    `code` is the exit code of git, None where it could not be started or did not end.
    """

    def __init__(self, message: str, code: int | None = None) -> None:
        super().__init__(message)
        self.code = code

    @property
    def reason(self) -> str:
        """git's first complaint, in one line."""
        lines = [line.strip() for line in str(self).splitlines() if line.strip()]
        first = next((line for line in lines if line.startswith(_COMPLAINTS)), None)
        return first.partition(": ")[2] if first else " ".join(lines[:1]) or "it gives no reason"


def run(folder: str | Path, *words: str, stdin: bytes = b"", index: str = "") -> bytes:
    """The output of git with these arguments in a folder. `stdin` is its standard input.

    `index` is the path of an index that stands in for that of the checkout. Raises `GitError`.
    """
    # Lazy imports: few runs ask git anything.
    import subprocess
    import tempfile
    from threading import Timer

    if _late and time.monotonic() - _late[-1][0] < AGAIN:
        raise GitError(f"{_too_late(_late[-1][1])}, and is not asked again in this run")
    foreign = places(folder)
    if not (git := program(foreign)):
        raise GitError("git is not installed")
    command = [git, *INERT, *_trust(folder), "-C", os.fspath(folder), *words]
    # Files, so that git never waits for one stream to be read while another is written.
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as complaints:
        given.write(stdin)
        given.seek(0)
        try:
            process = subprocess.Popen(
                command,
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=complaints,
                env=environment(foreign) | ({"GIT_INDEX_FILE": index} if index else {}),
            )
        except OSError as error:
            raise GitError(f"git cannot be started: {reason_of(error)}") from None
        timer = Timer(SECONDS, process.kill)
        timer.start()
        with process:
            printed = process.stdout.read(MOST_PRINTED + 1) if process.stdout else b""
            if len(printed) > MOST_PRINTED:
                process.kill()
        is_late = not timer.is_alive()
        timer.cancel()
        complaints.seek(0)
        message = complaints.read(MOST_COMPLAINED).decode("utf-8", "replace").strip()
    if len(printed) > MOST_PRINTED:
        raise GitError(f"git's answer has more than {MOST_PRINTED:,} bytes")
    if process.returncode:
        if is_late:
            _late.append((time.monotonic(), os.fspath(folder)))
            raise GitError(_too_late(os.fspath(folder)))
        raise GitError(message, process.returncode)
    return printed


def _too_late(folder: str) -> str:
    return f"git did not answer within {SECONDS} seconds in {folder}"


def _trust(folder: str | Path) -> tuple[str, ...]:
    """Trust in a checkout, such as a submodule, that has the owner of a trusted one around it."""
    nearest, *others = checkouts(os.path.realpath(folder)) or [""]
    if not others:
        return ()
    try:
        owners = {os.lstat(each).st_uid for each in (nearest, f"{nearest}/.git", others[0])}
    except OSError:
        return ()
    is_trusted = len(owners) == 1 and _answers(others[0])
    return ("-c", f"safe.directory={nearest}") if is_trusted else ()


@functools.cache
def _answers(top: str) -> bool:
    """Whether git trusts a checkout."""
    try:
        return bool(run(top, "rev-parse", "--git-dir"))
    except GitError:
        return False


def checkout_of(folder: str | Path) -> str | None:
    """The nearest folder at or above with a `.git`, without symbolic links; None if none has."""
    real = os.path.realpath(folder)
    return next((each for each in upwards(real) if os.path.lexists(f"{each}/.git")), None)


def top_of(folder: str | Path) -> Path:
    """The root of the checkout that a folder is in, without symbolic links. Raises `GitError`."""
    if checkout_of(folder) is None:
        raise GitError(f"{os.fspath(folder)} is in no git checkout", 128)
    top = os.path.realpath(os.fsdecode(run(folder, "rev-parse", "--show-toplevel"))[:-1])
    # `core.worktree` may name any folder as the checkout.
    if not is_inside(os.path.realpath(folder), top) or not os.path.lexists(f"{top}/.git"):
        raise GitError(f"the git folder of {os.fspath(folder)} belongs to another folder", 128)
    return Path(top)


def own_excludes(folder: str | Path) -> tuple[str, str]:
    """The option that names the person's own file of ignored names, not one of the repository.

    `folder` is where git is asked.
    """
    # With no git folder, only the person's and the system's configuration are read.
    words = ("--git-dir", os.devnull, "config", "--type=path", "core.excludesFile")
    try:
        name = os.fsdecode(run(folder, *words))[:-1]
    except GitError as error:
        if error.code is None:
            raise
        own = environment(places(folder))
        home = own.get("XDG_CONFIG_HOME") or (
            os.path.join(own["HOME"], ".config") if "HOME" in own else ""
        )
        name = os.path.join(home, "git", "ignore") if home else ""
    return "-c", f"core.excludesFile={name}"
