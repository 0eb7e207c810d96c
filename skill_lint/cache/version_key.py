"""The key of this installation: results of another installation are not reused."""

import os
import sys
from collections.abc import Iterator

from skill_lint import __version__
from skill_lint.filesystem.status import digest_of, status

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
_PARENT = os.path.dirname(_PACKAGE)  # noqa: PTH120
_RECORD = os.path.join(_PARENT, f"skill_lint-{__version__}.dist-info", "RECORD")  # noqa: PTH118
_SOURCES = (_PACKAGE, os.path.join(_PARENT, "schemas"))  # noqa: PTH118


def version_key() -> str:
    """A digest of skill-lint's own files, of Python, of what is installed, and of the user.

    The version alone is not enough, because it stays the same while someone edits the rules.
    """
    encoding = sys.getfilesystemencoding()
    files = _installer_record() or _file_times()
    parts = [__version__, sys.version, encoding, *_user(), files, *_installed()]
    return digest_of("\n".join(parts).encode("utf-8", "surrogateescape"))


def _user() -> Iterator[str]:
    """The user, the groups and the powers of root: they decide what can be read."""
    if not hasattr(os, "geteuid"):
        return
    yield f"{os.geteuid()} {os.getegid()} {sorted(os.getgroups())}"
    try:
        with open("/proc/self/status", encoding="ascii") as file:  # noqa: PTH123
            yield from (line for line in file if line.startswith("CapEff:"))
    except (OSError, UnicodeError):  # Other systems have no such file, nor such powers.
        return


def _installer_record() -> str:
    """The installer's list of our files with their hashes; empty in a checkout, which has none."""
    try:
        with open(_RECORD, encoding="utf-8") as file:  # noqa: PTH123
            return file.read()
    except OSError:
        return ""


def _file_times() -> str:
    """Our files with their sizes and times."""
    lines = []
    for top in _SOURCES:
        for folder, folders, names in os.walk(top):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            paths = (os.path.join(folder, name) for name in sorted(names))  # noqa: PTH118
            lines += [f"{path} {(status(path) or ())[1:3]}" for path in paths]
    return "\n".join(lines)


def _installed() -> Iterator[str]:
    """The names of all installed packages, which have their versions in them."""
    for path in sys.path:
        if path.endswith("-packages") and os.path.isdir(path):  # noqa: PTH112
            yield from sorted(name for name in os.listdir(path) if name.endswith("-info"))  # noqa: PTH208
