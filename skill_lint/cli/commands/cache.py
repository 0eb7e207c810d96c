"""`skill-lint cache`: show the size of the cache, or delete it."""

import time
from collections.abc import Sequence

from skill_lint.cache.location import NotOurs, clean, require_tag
from skill_lint.cli.error import UsageError
from skill_lint.cli.options.cache import folder_of
from skill_lint.cli.parser import Parser
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.read import reason_of
from skill_lint.reporters.escape import visible
from skill_lint.text.plural import count

ACTIONS = {"info": "shows where it is and how large", "clean": "deletes it"}


def run(words: Sequence[str], root: Root) -> int:
    parser = Parser(
        prog="skill-lint cache",
        description="Show where the cache is and how large, or delete it. It holds results of "
        "earlier runs, which are reused while no file that they depend on has changed.",
    )
    parser.add_argument(
        "action", choices=list(ACTIONS), nargs="?", metavar="ACTION", help=_actions()
    )
    parser.add_argument(
        "--cache-dir", metavar="DIR", help="the folder of the cache, if it is not the default"
    )
    given = parser.parse_args(words)
    if given.action is None:
        raise UsageError(f"say what to do with the cache: {_actions()}")
    options = folder_of(given.cache_dir, root.absolute)
    if options.refusal:
        raise UsageError(f"there is no cache: {options.refusal}")
    return _clean(options.folder) if given.action == "clean" else _info(options.folder)


def _actions() -> str:
    return ", ".join(f"`{name}` {does}" for name, does in ACTIONS.items())


def _info(folder: str) -> int:
    number, size, problem = _totals(folder)
    if problem:
        raise UsageError(f"the cache is not used: {problem}")
    print(f"{visible(folder)}: {count(number, 'result')}, {size / 1e6:.1f} MB")
    return 0


def _clean(folder: str) -> int:
    try:
        require_tag(folder)
        number, size, _ = _totals(folder)
        left = clean(folder)
    except NotOurs as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise UsageError(f"{folder}: cannot be deleted: {reason_of(error)}") from None
    kept = f"; left what is not the cache's: {', '.join(map(visible, left))}" if left else ""
    print(f"{visible(folder)}: deleted {count(number, 'result')}, {size / 1e6:.1f} MB{kept}")
    return 0


def _totals(folder: str) -> tuple[int, int, str]:
    """The number of results, of their bytes, and why there are none."""
    # Lazy import: some builds of Python lack SQLite.
    try:
        from skill_lint.cache.database import Database
    except ImportError:
        raise UsageError("there is no cache: this Python was built without SQLite") from None
    database = Database(folder, time.time_ns())
    number, size = database.totals()
    database.close()
    return number, size, database.problem
