"""What git is started with: which program it is, and the variables that it sees.

Whoever fills the checkout decides neither. The person's own configuration counts, because it names
the repositories of other users that git may trust (`safe.directory`).
"""

import os
from collections.abc import Sequence
from pathlib import Path

from skill_lint.filesystem.paths import checkouts, is_inside

_SET = {
    # No protocol at all, whatever the configuration allows: a missing object is never fetched.
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_NO_LAZY_FETCH": "1",
    # An object is what its id says, not what `refs/replace` puts in its place.
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    # A configuration could name files to write a trace to.
    "GIT_TRACE2": "0",
    "GIT_TRACE2_EVENT": "0",
    "GIT_TRACE2_PERF": "0",
}
_KEPT = frozenset(
    {
        "GIT_CEILING_DIRECTORIES",
        "GIT_CONFIG_GLOBAL",
        "GIT_CONFIG_NOSYSTEM",
        "GIT_CONFIG_SYSTEM",
        "GIT_DISCOVERY_ACROSS_FILESYSTEM",
        # With it, git trusts fewer repositories.
        "GIT_TEST_ASSUME_DIFFERENT_OWNER",
    }
)
"""Variables of the person, which git itself never sets for a hook."""
_PATHS = frozenset({"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "HOME", "XDG_CONFIG_HOME"})
"""Where the person's configuration is; a relative path would lead into the working directory."""


def places(folder: str | Path) -> list[str]:
    """Where the files are somebody else's, for a call of git in a folder.

    They are the checkouts around the folder and around the working directory. The latter is one of
    them also without a `.git`: it may be an unpacked archive. A checkout that holds the home
    directory is the person's own, unless it is the nearest one.
    """
    home = os.path.expanduser("~")
    found = []
    for each in dict.fromkeys((os.path.realpath(folder), *_working_directory())):
        nearest, *others = checkouts(each) or [""]
        found += [nearest, *(top for top in others if not is_inside(home, top))]
    found += (here for here in _working_directory() if not is_inside(home, here))
    # A checkout of the whole system holds every program.
    return [each for each in dict.fromkeys(found) if each not in ("", os.sep)]


def index_of_hook() -> str:
    """The index that git names to its hooks, relative to the root of the checkout or absolute."""
    return os.environ.get("GIT_INDEX_FILE", "")


def environment(foreign: Sequence[str]) -> dict[str, str]:
    """The environment without what a hook was given: git would answer for another repository.

    A configuration in one of the `foreign` folders is not the person's own.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if (not name.startswith("GIT_") or name in _KEPT)
        and (name not in _PATHS or (os.path.isabs(value) and not _is_in(value, foreign)))
    }
    kept["PATH"] = os.pathsep.join(_search_path())
    return kept | _SET | _trusted_owners()


def _trusted_owners() -> dict[str, str]:
    """The values of `safe.directory` in the environment, where CI servers and containers set it."""
    names = os.environ
    count = names.get("GIT_CONFIG_COUNT", "")
    numbers = range(min(int(count), 1_000) if count.isdecimal() else 0)
    wanted = [
        names.get(f"GIT_CONFIG_VALUE_{number}", "")
        for number in numbers
        if names.get(f"GIT_CONFIG_KEY_{number}", "").lower() == "safe.directory"
    ]
    keys = {f"GIT_CONFIG_KEY_{number}": "safe.directory" for number in range(len(wanted))}
    values = {f"GIT_CONFIG_VALUE_{number}": value for number, value in enumerate(wanted)}
    return {"GIT_CONFIG_COUNT": str(len(wanted)), **keys, **values} if wanted else {}


def _search_path() -> list[str]:
    """The folders of `PATH`; empty and relative ones stand for the working directory."""
    path = os.environ.get("PATH", os.defpath)
    return [each for each in path.split(os.pathsep) if os.path.isabs(each)]


def program(foreign: Sequence[str]) -> str | None:
    """The absolute path of git: not the working directory's own, and in no `foreign` folder.

    None if it is nowhere else.
    """
    here = _working_directory()
    name = "git.exe" if os.name == "nt" else "git"
    for each in _search_path():
        path = os.path.join(each, name)
        if os.path.normpath(each) in here or not os.path.isfile(path):
            continue
        is_foreign = _is_in(each, foreign) or _is_in(path, foreign)
        if not is_foreign and os.access(path, os.X_OK):
            return path
    return None


def _is_in(path: str, foreign: Sequence[str]) -> bool:
    real = os.path.realpath(path)
    return any(is_inside(real, each) for each in foreign)


def _working_directory() -> list[str]:
    """The working directory; none if it was deleted."""
    try:
        return [os.getcwd()]
    except OSError:
        return []
