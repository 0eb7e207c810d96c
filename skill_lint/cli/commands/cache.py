"""`skill-lint cache`: how large the cache is, or an end of it."""

import contextlib
import time
from collections.abc import Sequence
from pathlib import Path

from skill_lint.cli.error import UsageError
from skill_lint.cli.options import cache as caching
from skill_lint.cli.parser import Parser
from skill_lint.reporters.escape import visible
from skill_lint.reporters.summary import count


def run(words: Sequence[str]) -> int:
    parser = Parser(
        prog="skill-lint cache",
        description="Say where the cache is and how large, or delete it. Results are kept there "
        "for as long as nothing that they came from has changed.",
    )
    parser.add_argument("action", choices=["info", "clean"])
    parser.add_argument("--cache-dir", metavar="DIR", help="where results are kept")
    options = parser.parse_args(words)
    try:
        from skill_lint.cache.database import OWN_FILES, Store
    except ImportError:
        raise UsageError("there is no cache: this Python was built without SQLite") from None
    folder = Path(caching.folder(options.cache_dir))
    store = Store(str(folder), caching.day(time.time_ns()))
    number, size = store.totals()
    store.close()
    if options.action == "clean":
        _clean(folder, OWN_FILES)
    deleted = "deleted " if options.action == "clean" else ""
    print(f"{visible(str(folder))}: {deleted}{count(number, 'result')}, {size / 1e6:.1f} MB")
    return 0


def _clean(folder: Path, names: Sequence[str]) -> None:
    """Delete the cache's own files, and the folder if nothing else is in it."""
    try:
        for name in names:
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be deleted: {(error.strerror or '').lower()}") from None
    with contextlib.suppress(OSError):
        folder.rmdir()
