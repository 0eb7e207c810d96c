"""`--cache-dir` and `--no-cache`: where a run keeps its results and finds those of earlier ones.

Imports little, for a run that is replayed goes no further.
"""

import os
import sys
import time
from collections.abc import Sequence

from skill_lint.filesystem.status import CACHE

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from skill_lint.cache.skill_results import Results

VARIABLE = "SKILL_LINT_CACHE_DIR"
NONE = "SKILL_LINT_NO_CACHE"


def add_options(parser: "argparse.ArgumentParser") -> None:
    group = parser.add_argument_group("cache")
    group.add_argument(
        "--cache-dir", metavar="DIR",
        help=f"where results are kept (default: ${VARIABLE}, else {CACHE} in the checkout, else "
        "in the working directory)",
    )  # fmt: skip
    group.add_argument(
        "--no-cache", action="store_true", help=f"neither use nor keep results; or set ${NONE}"
    )


def is_off(words: Sequence[str]) -> bool:
    """Whether the command line or the environment wants no cache."""
    return "--no-cache" in words or bool(os.environ.get(NONE))


def folder(given: str | None) -> str:
    """The cache's folder: as given, as the environment has it, or in the checkout's root."""
    if chosen := given or os.environ.get(VARIABLE):
        return chosen
    here = os.getcwd()  # noqa: PTH109 - a run that is replayed does not import pathlib
    top = here
    while not os.path.lexists(os.path.join(top, ".git")):  # noqa: PTH118
        above = os.path.dirname(top)  # noqa: PTH120
        if above == top:
            return os.path.join(here, CACHE)  # noqa: PTH118
        top = above
    return os.path.join(top, CACHE)  # noqa: PTH118


def opened(options: "argparse.Namespace") -> "Results | None":
    """The results of earlier runs, unless the run does without."""
    if options.from_stdin or options.diff or options.list_skills:
        return None
    if options.no_cache or is_off(()):
        return None
    try:
        # Late, for a run without a cache does not need it; some builds of Python lack SQLite.
        from skill_lint.cache.database import Store
        from skill_lint.cache.skill_results import Results
        from skill_lint.cache.version_key import identity
    except ImportError:
        return None
    now = time.time_ns()
    return Results(Store(folder(options.cache_dir), day(now)), identity(), now)


def day(now: int) -> int:
    """The day of a moment in nanoseconds; both count from the epoch."""
    return now // 86_400_000_000_000


def closed(results: "Results", options: "argparse.Namespace") -> None:
    """Close the cache. That it cannot be used is said where someone has asked for this folder."""
    from skill_lint.reporters.escape import visible

    store = results.store
    store.close()
    if store.problem and (options.cache_dir or os.environ.get(VARIABLE)):
        where = visible(f"{store.folder}: {store.problem}")
        print(f"skill-lint: the cache is not used: {where}", file=sys.stderr)


def given_folder(words: Sequence[str]) -> str | None:
    """What `--cache-dir` says, before anything is imported that parses options."""
    given = None
    for number, word in enumerate(words):
        if word.startswith("--cache-dir="):
            given = word.partition("=")[2]
        elif word == "--cache-dir" and number + 1 < len(words):
            given = words[number + 1]
    return given
