"""Earlier runs, by their arguments. Imports little, because a replayed run imports this."""

from collections.abc import Sequence

from skill_lint.cache.database import Database
from skill_lint.cache.json_lines import from_line, to_line
from skill_lint.filesystem.snapshot import Snapshot
from skill_lint.filesystem.status import digest_of

_CODES = (0, 1, 2)
"""Exit codes of a run that ended."""


class KeptRun:
    """What a run printed, its exit code, and what both depend on.

    `run_inputs` is what was read to configure the run and to find the skills, `skill_inputs` what
    else was read to lint them. `parts` are the bytes of `ReportParts`, empty if the format has no
    parts. `changed` are the paths in `skill_inputs` that have changed since. `raw_run_inputs` is
    the serialised form of `run_inputs`, reused when nothing in it changed.
    """

    def __init__(self, run_inputs: Snapshot, skill_inputs: Snapshot, text: str, code: int) -> None:
        self.run_inputs, self.skill_inputs = run_inputs, skill_inputs
        self.text, self.code = text, code
        self.parts = self.raw_run_inputs = b""
        self.changed: set[str] = set()


def find(database: Database, key: str, began: int) -> KeptRun | None:
    """The run that is kept under a key, if it would still find the same skills, and lint them by
    the same rules. `began` is the start of this run, in nanoseconds since the epoch.
    """
    value = database.get([key]).get(key)
    if value is None:
        return None
    try:
        run_inputs, skill_inputs, printed, parts = value.split(b"\n")
        text, code = from_line(printed)
        if type(text) is not str or type(code) is not int or code not in _CODES:
            return None
        read = [Snapshot.from_json(from_line(part)) for part in (run_inputs, skill_inputs)]
        run = KeptRun(read[0], read[1], text, code)
        if not run.run_inputs.is_current():
            return None
        run.changed = run.skill_inputs.changed_paths()
    except (ValueError, TypeError):  # A line may hold no pair at all.
        return None
    run.raw_run_inputs, run.parts = run_inputs, parts
    if not run.changed and (run.run_inputs.renewed or run.skill_inputs.renewed):
        keep(database, key, run, began)
    return run


def keep(database: Database, key: str, run: KeptRun, began: int) -> None:
    """Keep a run under a key. `began` is when its inputs were first read, in nanoseconds."""
    # An iterator, so that a value of megabytes is not held in memory twice.
    database.put(iter([(key, _value(run, began))]))


def _value(run: KeptRun, began: int) -> bytes:
    run_inputs = run.raw_run_inputs
    if not run_inputs or run.run_inputs.renewed:
        run_inputs = to_line(run.run_inputs.to_json(began))
    # Separate lines: in one line, text that is not ASCII would make all of it four times as large.
    skill_inputs = to_line(run.skill_inputs.to_json(began))
    return b"\n".join((run_inputs, skill_inputs, to_line([run.text, run.code]), run.parts))


def key_of(version: str, arguments: Sequence[str], root: str, appearance: Sequence[str]) -> str:
    """The key of a run: a digest of skill-lint's version, the arguments, the root, and what else
    decides how a report looks.
    """
    parts = ("run", version, list(arguments), root, list(appearance))
    return digest_of(repr(parts).encode("utf-8", "surrogatepass"))
