"""`--cache-dir` and `--no-cache`: where a run keeps its results and finds those of earlier runs.

By default that is the user's own cache, which no repository can write.
Imports little, because a replayed run imports this. So the two options are read by hand here; an
ordinary run then parses the whole command line with argparse.
"""

import os
from collections.abc import Sequence

from skill_lint.cache import location
from skill_lint.cache.session import Session, open_session
from skill_lint.cli.options.appearance import appearance
from skill_lint.cli.options.names import before_names
from skill_lint.filesystem.paths import checkouts, upwards

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

FOLDER_VARIABLE = "SKILL_LINT_CACHE_DIR"
OFF_VARIABLE = "SKILL_LINT_NO_CACHE"


class CacheOptions:
    """Where the cache is: an absolute path, or empty where the user has no folder for caches.

    `is_asked_for`: the user named the folder, and problems are reported. `refusal` says why it
    must not be there; empty if it may.
    """

    # No NamedTuple: a replayed run does not import typing.
    def __init__(self, folder: str, refusal: str, *, is_asked_for: bool = False) -> None:
        self.folder, self.refusal, self.is_asked_for = folder, refusal, is_asked_for


def add_options(parser: "argparse.ArgumentParser") -> None:
    group = parser.add_argument_group("cache")
    group.add_argument(
        "--cache-dir", metavar="DIR",
        help=f"the folder of the cache, outside of the checkout (default: ${FOLDER_VARIABLE}, else "
        "skill-lint/results in $XDG_CACHE_HOME or ~/.cache)",
    )  # fmt: skip
    group.add_argument(
        "--no-cache", action="store_true",
        help=f"neither read nor write the cache; or set ${OFF_VARIABLE}",
    )  # fmt: skip


def of_words(words: Sequence[str], root: str) -> CacheOptions | None:
    """The cache that a command line and the environment ask for; None for none.

    `root` is the absolute path of the run's root.
    """
    words = before_names(words)
    if "--no-cache" in words or os.environ.get(OFF_VARIABLE):
        return None
    given = None
    for number, word in enumerate(words):
        if word.startswith("--cache-dir="):
            given = word.partition("=")[2]
        elif word == "--cache-dir" and number + 1 < len(words):
            given = words[number + 1]
    return folder_of(given, root)


def folder_of(given: str | None, root: str) -> CacheOptions:
    """The cache's folder: the given one, the one from the environment, or the default."""
    chosen = given or os.environ.get(FOLDER_VARIABLE) or ""
    base = user_cache()
    folder = os.path.abspath(chosen) if chosen else base and f"{base}{os.sep}results"  # noqa: PTH100
    why = location.refusal(folder, root) if folder else "this user has no home directory"
    return CacheOptions(folder, why, is_asked_for=bool(chosen))


def user_cache() -> str:
    """The folder of skill-lint in the user's cache, an absolute path; empty if there is none."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    if not base.startswith(os.sep):  # The standard says so: a relative path is to be ignored.
        home = os.path.expanduser("~")  # noqa: PTH111
        # A home directory that does not exist is not made for a cache.
        base = os.path.join(home, ".cache") if os.path.isdir(home) else ""  # noqa: PTH112, PTH118
    return base and os.path.abspath(os.path.join(base, "skill-lint"))  # noqa: PTH100, PTH118


def session(options: CacheOptions | None, words: Sequence[str], root: str) -> Session:
    """The cache of a run with this command line in `root`, an absolute path."""
    if options is None:
        return Session()
    if options.refusal:
        without = Session()
        without.problem = options.refusal
        return without
    return open_session(options.folder, words, root, [*appearance(), *_searched(words, root)])


def _searched(words: Sequence[str], root: str) -> list[str]:
    """Where a run looks for what lies above: a new `.git` or another owner makes it another run."""
    outside = [word for word in words if word.startswith(("..", os.sep))]
    starts = (root, *(os.path.abspath(each) for each in outside))  # noqa: PTH100
    return ["\0".join((*upwards(each), *checkouts(each))) for each in starts]


def close(session: Session, options: CacheOptions | None) -> None:
    """Close the cache. One line says why it is not used, if the user named the folder or if
    somebody else has filled it. A home directory that cannot be written is no news.
    """
    session.close()
    if session.problem and options and (options.is_asked_for or session.is_foreign):
        # Lazy import: few runs report a problem here.
        from skill_lint.cli.terminal.write import warn

        warn(f"the cache is not used: {session.problem}")
