"""What git is started with: which program it is, and the variables that it sees.

Whoever fills the checkout decides neither. The person's own configuration counts, because it names
the repositories of other users that git may trust (`safe.directory`).
"""

import os
from collections.abc import Iterable

from skill_lint.filesystem.paths import is_inside

_SET = {
    # No protocol at all, whatever the configuration allows: a missing object is never fetched.
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_NO_LAZY_FETCH": "1",
    # An object is what its id says, not what `refs/replace` puts in its place.
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
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


def environment() -> dict[str, str]:
    """The environment without what a hook was given: git would answer for another repository.

    No call asks what is staged, so that `GIT_INDEX_FILE` goes as well.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if (not name.startswith("GIT_") or name in _KEPT)
        and (name not in _PATHS or os.path.isabs(value))
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


def program(tops: Iterable[str]) -> str | None:
    """The absolute path of git: not in the working directory, and in none of these checkouts.

    None if it is nowhere else.
    """
    here = working_directory()
    # A checkout of the whole system holds every program.
    untrusted = set(tops) - {os.sep}
    name = "git.exe" if os.name == "nt" else "git"
    for each in _search_path():
        path = os.path.join(each, name)
        if os.path.normpath(each) == here or not os.path.isfile(path):
            continue
        places = (os.path.realpath(each), os.path.realpath(path))
        is_trusted = not any(is_inside(place, top) for place in places for top in untrusted)
        if is_trusted and os.access(path, os.X_OK):
            return path
    return None


def working_directory() -> str | None:
    """The working directory; None if it was deleted."""
    try:
        return os.getcwd()
    except OSError:
        return None
