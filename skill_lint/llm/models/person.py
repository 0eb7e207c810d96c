"""The person's own models file: where it is, and whether it is the person's alone.

Whoever can write this file decides where text and keys are sent. So it never lies in the checkout
that is linted, under whatever name, and nobody else can read or change it.
"""

import os
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path
from shlex import quote

from skill_lint.config.file import ConfigError
from skill_lint.filesystem.paths import checkouts, is_inside
from skill_lint.filesystem.read import reason_of

VARIABLE = "SKILL_LINT_MODELS_FILE"
FILE_NAME = "models.yaml"
NAME_ONE = "name another file with --models"


def default_path(environ: Mapping[str, str]) -> Path | None:
    """The person's models file, whether or not it exists; None if the person has no folder for it.

    Raises `ConfigError` for a variable that names no file for certain.
    """
    if VARIABLE in environ:
        return _named_by_variable(environ[VARIABLE])
    home = (environ.get("HOME", ""), ".config")
    folders = [(environ.get("XDG_CONFIG_HOME", ""), ""), home]
    if os.name == "nt":
        folders = [(environ.get("APPDATA", ""), "")]
    # The standard says so: a relative path is to be ignored.
    for base, below in folders:
        if Path(base).is_absolute():
            return Path(base, below, "skill-lint", FILE_NAME)
    return None


def _named_by_variable(value: str) -> Path:
    path = value.strip()
    if not path:
        raise ConfigError(f"{VARIABLE} is set but empty: give it the path of a file, or unset it")
    if not Path(path).is_absolute():
        raise ConfigError(
            f"{VARIABLE} must be an absolute path, because a relative one leads to a file of "
            "whatever repository the command runs in"
        )
    return Path(path)


def require_own(path: Path, linted: Sequence[str]) -> None:
    """Raise `ConfigError` if a file may not be the person's alone.

    `linted` are the absolute paths of what is linted, and of the working directory.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {reason_of(error)}") from None
    require_outside(path, linted)
    if not stat.S_ISREG(found.st_mode):
        raise ConfigError(f"{path} is not a regular file; {NAME_ONE}")
    if hasattr(os, "geteuid"):
        _require_private(path, found, os.geteuid())


def require_outside(path: Path, linted: Sequence[str]) -> None:
    """Raise `ConfigError` if a file lies in what is linted, or leads there through links."""
    for name in (os.path.abspath(path), os.path.realpath(path)):  # noqa: PTH100
        if (top := _top_around(name, linted)) is not None:
            raise ConfigError(
                f"{path} lies in {top}, which is linted, or leads there: a commit could decide "
                f"where texts and keys are sent. Put the file itself elsewhere, or {NAME_ONE}"
            )


def checkout_around(path: str, linted: Sequence[str]) -> str | None:
    """The checkout that is linted and holds a file, seen through links as well; None for none."""
    tops = [top for each in linted for top in checkouts(_folder(each))]
    names = (os.path.abspath(path), os.path.realpath(path))  # noqa: PTH100
    return next((top for top in tops for name in names if _holds(top, name)), None)


def _top_around(name: str, linted: Sequence[str]) -> str | None:
    """What is linted and holds a file: a checkout, or a folder such as an unpacked archive."""
    home = os.path.expanduser("~")  # noqa: PTH111
    for each in linted:
        folder = _folder(each)
        tops = checkouts(folder)
        # The home directory, and what is above it, are no archive.
        if not tops and is_inside(home, folder):
            continue
        top = tops[-1] if tops else folder
        if _holds(top, name):
            return top
    return None


def _folder(path: str) -> str:
    return path if os.path.isdir(path) else os.path.dirname(path)  # noqa: PTH112, PTH120


def _holds(top: str, name: str) -> bool:
    return is_inside(name, top) or is_inside(name, os.path.realpath(top))


def _require_private(path: Path, found: os.stat_result, user: int) -> None:
    if found.st_uid not in (user, 0):
        raise ConfigError(f"{path} belongs to another user: write your own, or {NAME_ONE}")
    # What the system's administrator has installed may be read by everybody.
    too_many = 0o077 if found.st_uid == user else 0o022
    if found.st_mode & too_many:
        raise ConfigError(
            f"{path} is open to other users of this machine: run `chmod 600 {quote(str(path))}`"
        )
