"""`--cache-dir` and `--no-cache`: where a run keeps its results and finds those of earlier runs.

Imports little, because a replayed run imports this. So the two options are read by hand here; an
ordinary run then parses the whole command line with argparse.
"""

import os
import sys
from collections.abc import Sequence

from skill_lint.cache.location import default_folder
from skill_lint.cache.session import Session, open_session
from skill_lint.cli.options.names import before_names
from skill_lint.filesystem.status import CACHE

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

FOLDER_VARIABLE = "SKILL_LINT_CACHE_DIR"
OFF_VARIABLE = "SKILL_LINT_NO_CACHE"
_APPEARANCE = ("GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR")
"""Variables that decide how a report looks."""


class CacheOptions:
    """Where the cache is. `is_asked_for`: the user named the folder, and problems are reported."""

    # No NamedTuple: a replayed run does not import typing.
    def __init__(self, folder: str, *, is_asked_for: bool = False) -> None:
        self.folder, self.is_asked_for = folder, is_asked_for


def add_options(parser: "argparse.ArgumentParser") -> None:
    group = parser.add_argument_group("cache")
    group.add_argument(
        "--cache-dir", metavar="DIR",
        help=f"the folder of the cache (default: ${FOLDER_VARIABLE}, else {CACHE} in the checkout, "
        "else in the working directory)",
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
    if chosen := given or os.environ.get(FOLDER_VARIABLE):
        return CacheOptions(chosen, is_asked_for=True)
    return CacheOptions(default_folder(root))


def session(options: CacheOptions | None, words: Sequence[str], root: str) -> Session:
    """The cache of a run with this command line in `root`, an absolute path."""
    if options is None:
        return Session()
    appearance = [str(sys.stdout.isatty()), *(os.environ.get(name, "") for name in _APPEARANCE)]
    return open_session(options.folder, words, root, appearance)


def close(session: Session, options: CacheOptions | None) -> None:
    """Close the cache. Problems are reported if the user named the folder."""
    session.close()
    if session.problem and options and options.is_asked_for:
        # Lazy import: few runs report a problem here.
        from skill_lint.reporters.escape import visible

        print(f"skill-lint: the cache is not used: {visible(session.problem)}", file=sys.stderr)
