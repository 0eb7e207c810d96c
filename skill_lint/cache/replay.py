"""A run that would be the same as one before: its report is printed, and nothing is imported."""

import os
import sys
import time
from collections.abc import Iterator, Sequence

from skill_lint.cli.options import cache as caching

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from skill_lint.cache.runs import Run
    from skill_lint.cache.skill_results import Results
    from skill_lint.discovery.roots import Discovery
    from skill_lint.filesystem.snapshot import Snapshot

_SHOWN_BY = ("GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR")
"""Variables that decide how a report looks."""


def replay(words: Sequence[str]) -> "int | Run | None":
    """Print the report that these words gave, if nothing has changed since; then its exit code.

    Else that run, if the same skills are to be judged by the same rules.
    """
    if caching.is_off(words):
        return None
    folder = caching.folder(caching.given_folder(words))
    if not os.path.isdir(folder):  # noqa: PTH112
        return None
    try:
        from skill_lint.cache import runs
        from skill_lint.cache.database import Store
        from skill_lint.cache.version_key import identity
    except ImportError:
        return None
    now = time.time_ns()
    store = Store(folder, caching.day(now))
    run = runs.known(store, runs.key(identity(), words, *_shown_by()), now)
    store.close()
    if run is None or run.changed:
        return run
    sys.stdout.buffer.write(run.text.encode("utf-8", "backslashreplace"))
    return run.code


class Keeping:
    """What it takes to keep a run: its words, what is kept already, and what was looked at first.

    That is `around`, what decides how skills are judged and shown.
    """

    def __init__(self, words: Sequence[str], results: "Results", around: "Snapshot") -> None:
        self.words, self.results, self.around = words, results, around

    def keep(self, run: "Run") -> None:
        """Keep a run, where it is certain what it depends on."""
        from skill_lint.cache import runs

        run.skills = run.skills.minus(run.found)
        if run.found.is_conclusive and run.skills.is_conclusive:
            key = runs.key(self.results.identity, self.words, *_shown_by())
            runs.keep(self.results.store, key, run)

    def close(self, options: "argparse.Namespace") -> None:
        caching.closed(self.results, options)


def keeping(words: Sequence[str], options: "argparse.Namespace") -> Keeping | None:
    """How the run is kept, if it is; to be called before anything is read that decides about it."""
    results = caching.opened(options)
    return Keeping(words, results, _surroundings(options)) if results else None


def _surroundings(options: "argparse.Namespace") -> "Snapshot":
    """What decides how skills are judged and shown."""
    from skill_lint.filesystem.snapshot import Snapshot

    watch = Snapshot()
    for path in _candidates(options):
        watch.file(path)
    for folder in _upwards("."):
        watch.name(os.path.join(folder, ".git"))  # noqa: PTH118
    return watch


def depends_on_more(options: "argparse.Namespace", found: "Discovery") -> object:
    """Whether a run depends on more than files that can be watched, or does more than print."""
    return (
        options.changed_since or options.owning_skills or options.fix or options.outputs
        or found.asked_git
    )  # fmt: skip


def _candidates(options: "argparse.Namespace") -> Iterator[str]:
    """The files that configure a run, and those that would if they were there."""
    from skill_lint.config.file import FILE_NAMES
    from skill_lint.report.baseline import FILE_NAME as BASELINE

    yield from (path for path in (options.config, options.baseline) if path)
    folders = {parent for path in (".", *options.paths) for parent in _upwards(path)}
    for folder in sorted(folders):
        yield from (os.path.join(folder, name) for name in (*FILE_NAMES, BASELINE))  # noqa: PTH118


def _upwards(path: str) -> Iterator[str]:
    folder = os.path.abspath(path)  # noqa: PTH100
    while True:
        yield folder
        above = os.path.dirname(folder)  # noqa: PTH120
        if above == folder:
            return
        folder = above


def _shown_by() -> Iterator[str]:
    yield str(sys.stdout.isatty())
    yield from (os.environ.get(name, "") for name in _SHOWN_BY)
