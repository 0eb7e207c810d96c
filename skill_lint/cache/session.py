"""The interface of the cache: what earlier runs kept, and what this one keeps.

Imports little, because a replayed run imports this.
"""

import time
from collections.abc import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from skill_lint.cache.database import Database
    from skill_lint.cache.report_parts import ReportParts
    from skill_lint.cache.runs import KeptRun
    from skill_lint.config.config import Config
    from skill_lint.diagnostic import Diagnostic
    from skill_lint.discovery.roots import Discovery
    from skill_lint.engine.lint import LintResult
    from skill_lint.engine.scheduler import ResultStore, Scheduler
    from skill_lint.filesystem.snapshot import Snapshot


class Printed:
    """What a run printed, its exit code, and the text of each skill if the format has one."""

    # No NamedTuple: a replayed run does not import typing.
    def __init__(self, text: str, code: int, by_skill: dict[str, str] | None = None) -> None:
        self.text, self.code, self.by_skill = text, code, by_skill


class Session:
    """The cache of one run. This class is for a run without a cache: it finds and keeps nothing."""

    results: "ResultStore | None" = None
    problem = ""
    """Why the cache could not be used; empty if it could."""
    is_foreign = False
    """Whether that is because somebody else has made it."""

    def replayed(self) -> Printed | None:
        """What an earlier run with these arguments printed, if nothing has changed since."""
        return None

    def updated(
        self,
        config: "Config",
        run_inputs: "Snapshot",
        scheduler: "Scheduler",
        render: "Callable[[Sequence[Diagnostic]], str]",
    ) -> "ReportParts | None":
        """An earlier run's report, with the skills that changed since linted again; None if an
        ordinary run is needed. `run_inputs` is what this run has read to configure itself.
        """
        return None

    def save_updated(self, printed: Printed) -> None:
        """Keep the run that `updated` brought up to date."""

    def save(
        self, found: "Discovery", run_inputs: "Snapshot", result: "LintResult", printed: Printed
    ) -> None:
        """Keep an ordinary run. `run_inputs` is what was read to configure it and to find the
        skills.
        """

    def close(self) -> None:
        """Close the cache."""


def open_session(
    folder: str, arguments: Sequence[str], root: str, appearance: Sequence[str]
) -> Session:
    """The cache in a folder, for a run with these arguments in `root`, an absolute path.

    `appearance` is what else decides how a report looks, such as whether it goes to a terminal.
    """
    # Lazy import: a run without a cache needs no database.
    try:
        from skill_lint.cache.database import Database
        from skill_lint.cache.runs import key_of
        from skill_lint.cache.version_key import version_key
    except ImportError:  # Some builds of Python lack SQLite.
        return Session()
    began = time.time_ns()
    version = version_key()
    database = Database(folder, began)
    key = key_of(version, arguments, root, appearance)
    return _Open(database, version, key, root, began)


class _Open(Session):
    def __init__(self, database: "Database", version: str, key: str, root: str, began: int) -> None:
        self._database, self._version, self._key = database, version, key
        self._root, self._began = root, began
        self._before: KeptRun | None = None

    @property
    def results(self) -> "ResultStore":  # type: ignore[override]
        # Lazy import: a replayed run does not need it.
        from skill_lint.cache.skill_results import SkillResults

        return SkillResults(self._database, self._version, self._root, self._began)

    @property
    def problem(self) -> str:  # type: ignore[override]
        return self._database.problem and f"{self._database.folder}: {self._database.problem}"

    @property
    def is_foreign(self) -> bool:  # type: ignore[override]
        return self._database.is_foreign

    def replayed(self) -> Printed | None:
        # Lazy import: a run without a cache does not need it.
        from skill_lint.cache import runs

        self._before = runs.find(self._database, self._key, self._began)
        if self._before is None or self._before.changed:
            return None
        return Printed(self._before.text, self._before.code)

    def updated(
        self,
        config: "Config",
        run_inputs: "Snapshot",
        scheduler: "Scheduler",
        render: "Callable[[Sequence[Diagnostic]], str]",
    ) -> "ReportParts | None":
        if self._before is None or not run_inputs.is_subset(self._before.run_inputs):
            return None
        # Lazy import: few runs can reuse most of an earlier one.
        from skill_lint.cache.incremental import update

        return update(self._before, config, scheduler, render)

    def save_updated(self, printed: Printed) -> None:
        assert self._before is not None
        self._before.text, self._before.code = printed.text, printed.code
        self._keep(self._before)

    def save(
        self, found: "Discovery", run_inputs: "Snapshot", result: "LintResult", printed: Printed
    ) -> None:
        # Lazy import: a replayed run does not need it.
        from skill_lint.cache.report_parts import parts_of
        from skill_lint.cache.runs import KeptRun

        run = KeptRun(run_inputs, result.inputs, printed.text, printed.code)
        if printed.by_skill is not None:
            run.parts = parts_of(found, result, printed.by_skill).to_bytes()
        self._keep(run)

    def _keep(self, run: "KeptRun") -> None:
        """Keep a run, if it is certain what it depends on."""
        # Lazy import: a run without a cache does not need it.
        from skill_lint.cache import runs

        run.skill_inputs = run.skill_inputs.minus(run.run_inputs)
        if run.run_inputs.is_conclusive and run.skill_inputs.is_conclusive:
            runs.keep(self._database, self._key, run, self._began)

    def close(self) -> None:
        self._database.close()
