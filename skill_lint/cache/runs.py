"""Earlier runs, by their arguments. Imports little, because a replayed run imports this."""

from collections.abc import Sequence

from skill_lint.cache.database import Database
from skill_lint.cache.json_lines import from_line, to_line
from skill_lint.filesystem.snapshot import Snapshot
from skill_lint.filesystem.status import digest_of


class KeptRun:
    """What a run printed, its exit code, and what both depend on.

    `settings` is what was read to configure the run and to find the skills, `skills` what else was
    read to lint them. `parts` are the bytes of `ReportParts`, empty if the format has no parts.
    `changed` are the paths in `skills` that have changed since. `raw_settings` is the serialised
    form of `settings`, reused when nothing in it changed.
    """

    def __init__(self, settings: Snapshot, skills: Snapshot, text: str, code: int) -> None:
        self.settings, self.skills = settings, skills
        self.text, self.code = text, code
        self.parts = self.raw_settings = b""
        self.changed: set[str] = set()


def find(database: Database, key: str, began: int) -> KeptRun | None:
    """The run that is kept under a key, if it would still find the same skills, and lint them by
    the same rules. `began` is the start of this run, in nanoseconds since the epoch.
    """
    value = database.get([key]).get(key)
    if value is None:
        return None
    try:
        settings, skills, printed, parts = value.split(b"\n")
        text, code = from_line(printed)
        read = [Snapshot.from_json(from_line(part)) for part in (settings, skills)]
        run = KeptRun(read[0], read[1], str(text), int(code))
        if not run.settings.is_current():
            return None
        run.changed = run.skills.changed_paths()
    except (ValueError, TypeError, AttributeError):
        return None
    run.raw_settings, run.parts = settings, parts
    if not run.changed and (run.settings.renewed or run.skills.renewed):
        keep(database, key, run, began)
    return run


def keep(database: Database, key: str, run: KeptRun, began: int) -> None:
    """Keep a run under a key. `began` is when its inputs were first read, in nanoseconds."""
    # An iterator, so that a value of megabytes is not held in memory twice.
    database.put(iter([(key, _value(run, began))]))


def _value(run: KeptRun, began: int) -> bytes:
    settings = run.raw_settings
    if not settings or run.settings.renewed:
        settings = to_line(run.settings.to_json(began))
    # Separate lines: in one line, text that is not ASCII would make all of it four times as large.
    skills, printed = to_line(run.skills.to_json(began)), to_line([run.text, run.code])
    return b"\n".join((settings, skills, printed, run.parts))


def key_of(version: str, arguments: Sequence[str], root: str, appearance: Sequence[str]) -> str:
    """The key of a run: a digest of skill-lint's version, the arguments, the root, and what else
    decides how a report looks.
    """
    parts = ("run", version, list(arguments), root, list(appearance))
    return digest_of(repr(parts).encode("utf-8", "surrogatepass"))
