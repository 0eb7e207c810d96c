"""Whole runs of earlier: the same words in the same place, and nothing they depend on changed.

Then the report is the one that was kept, and neither rules nor parsers need be imported; so this
module imports little.
"""

import os
from collections.abc import Sequence

from skill_lint.cache.database import Store
from skill_lint.cache.json_lines import from_line, to_line
from skill_lint.filesystem.snapshot import Snapshot
from skill_lint.filesystem.status import digest_of


class Run:
    """What a run printed, its exit code, and what they depend on.

    `found` is what was looked at to find the skills and how to judge them, `skills` what else was
    looked at to judge them. `parts` is what `skill_lint.cache.parts` makes of the report, if it has
    any. `changed` are the paths of `skills` of which something differs now. `as_read` is what
    `found` was read from. `began` is when any of it was looked at first, in nanoseconds.
    """

    def __init__(
        self, found: Snapshot, skills: Snapshot, printed: "tuple[str, int]", began: int
    ) -> None:
        self.found, self.skills, self.began = found, skills, began
        self.text, self.code = printed
        self.parts = self.as_read = b""
        self.changed: set[str] = set()


def known(store: Store, key: str, began: int) -> Run | None:
    """The run of a key, if it would find the same skills now, and judge them by the same rules.

    `began` is now, in nanoseconds.
    """
    value = store.get([key]).get(key)
    if value is None:
        return None
    try:
        found, skills, printed, parts = value.split(b"\n")
        text, code = from_line(printed)
        watches = Snapshot.from_json(from_line(found)), Snapshot.from_json(from_line(skills))
        run = Run(*watches, (str(text), int(code)), began)
        if not run.found.is_current():
            return None
        run.changed = run.skills.changed_paths()
    except (ValueError, TypeError, AttributeError):
        return None
    run.as_read, run.parts = found, parts
    if not run.changed and (run.found.renewed or run.skills.renewed):
        keep(store, key, run)
    return run


def keep(store: Store, key: str, run: Run) -> None:
    """Keep a run that depends on what it has looked at alone."""
    # An iterator, for a value of megabytes is not to be held twice.
    store.put(iter([(key, _value(run))]))


def _value(run: Run) -> bytes:
    # Lines of their own: text that is not ASCII would make all of one line four times as large.
    found = (
        run.as_read
        if run.as_read and not run.found.renewed
        else to_line(run.found.to_json(run.began))
    )
    skills, printed = to_line(run.skills.to_json(run.began)), to_line([run.text, run.code])
    return b"\n".join((found, skills, printed, run.parts))


def key(identity: str, words: Sequence[str], *surroundings: str) -> str:
    """What a run is known by: the tool, the words, the place, and what else it is shown by."""
    parts = ("run", identity, list(words), os.getcwd(), surroundings)  # noqa: PTH109
    return digest_of(repr(parts).encode("utf-8", "surrogatepass"))
