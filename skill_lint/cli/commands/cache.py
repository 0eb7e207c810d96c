"""`skill-lint cache`: show the size of the cache, or delete it."""

import contextlib
import time
from collections.abc import Sequence
from pathlib import Path

from skill_lint.cli.error import UsageError
from skill_lint.cli.options.cache import folder_of
from skill_lint.cli.parser import Parser
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.read import reason_of
from skill_lint.reporters.escape import visible
from skill_lint.text.plural import count


def run(words: Sequence[str], root: Root) -> int:
    parser = Parser(
        prog="skill-lint cache",
        description="Show where the cache is and how large, or delete it. It holds results of "
        "earlier runs, which are reused while no file that they depend on has changed.",
    )
    parser.add_argument("action", choices=["info", "clean"])
    parser.add_argument("--cache-dir", metavar="DIR", help="the folder of the cache")
    given = parser.parse_args(words)
    # Lazy import: some builds of Python lack SQLite.
    try:
        from skill_lint.cache.database import OWN_FILES, Database
    except ImportError:
        raise UsageError("there is no cache: this Python was built without SQLite") from None
    folder = Path(folder_of(given.cache_dir, root.absolute).folder)
    database = Database(str(folder), time.time_ns())
    number, size = database.totals()
    database.close()
    if given.action == "clean":
        _clean(folder, OWN_FILES)
    deleted = "deleted " if given.action == "clean" else ""
    print(f"{visible(str(folder))}: {deleted}{count(number, 'result')}, {size / 1e6:.1f} MB")
    return 0


def _clean(folder: Path, names: Sequence[str]) -> None:
    """Delete the cache's own files, and the folder if nothing else is in it."""
    try:
        for name in names:
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be deleted: {reason_of(error)}") from None
    with contextlib.suppress(OSError):
        folder.rmdir()
