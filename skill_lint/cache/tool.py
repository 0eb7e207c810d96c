"""What tells one skill-lint from another: results of another version are none of this one."""

import os
import sys
from collections.abc import Iterator

from skill_lint import __version__
from skill_lint.watch import digest_of, status

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
_FOLDERS = (_PACKAGE, os.path.join(os.path.dirname(_PACKAGE), "schemas"))  # noqa: PTH118, PTH120


def identity() -> str:
    """A digest of skill-lint's own files, Python, when packages were last installed, and the user.

    The version alone would not tell for those who work on the rules.
    """
    # Who may read a file depends on the user.
    user = str(os.geteuid()) if hasattr(os, "geteuid") else ""
    parts = [__version__, sys.version, user, *_own_files(), *_installed()]
    return digest_of("\n".join(parts).encode("utf-8", "surrogateescape"))


def _own_files() -> Iterator[str]:
    for top in _FOLDERS:
        for folder, folders, names in os.walk(top):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            for name in sorted(names):
                found = status(os.path.join(folder, name))  # noqa: PTH118
                yield f"{name} {found and found[1:3]}"


def _installed() -> Iterator[str]:
    for path in sys.path:
        if path.endswith("-packages"):
            found = status(path)
            yield f"{path} {found and found[2]}"
