"""Readers of the files that configure a run: configuration, models, baseline."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from skill_lint.config.config import Config
from skill_lint.config.file import ConfigError
from skill_lint.discovery.walk import discover
from skill_lint.engine.lint import lint_skills
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.llm.models.budget import spent
from skill_lint.llm.models.load import Sources, load_models
from skill_lint.llm.models.registry import TASKS
from skill_lint.llm.models.resolution import resolve
from skill_lint.report import baseline
from skill_lint.report.baseline import BaselineError
from tests.fuzz.outside.command import LONGEST, run
from tests.fuzz.outside.workshop import inside

OWN = Path("home/.config/skill-lint/models.yaml")
"""The person's models file, seen from the workshop."""
REPOSITORY = "skill-lint-models.yaml"
_QUIET = Recorder(is_recording=False)


def configuration(name: str) -> Callable[[bytes, random.Random], None]:
    """The reader of a configuration file of this name."""

    def read(data: bytes, rng: random.Random) -> None:
        file = Path("here", name).absolute()
        with _holding(file, data):
            try:
                found = Config.find(file.parent, Root(str(file.parent)), _QUIET)
            except ConfigError as error:
                _is_short(error)
            else:
                _used(found or Config())
            if rng.random() < 0.05:
                words = rng.choice([["check"], ["score"], ["models"], ["fix", "--diff"], ["rules"]])
                _in_here(*words)

    return read


def _used(config: Config) -> None:
    assert config.active
    assert config.effective_limits
    assert config.threshold
    assert sum(config.weights.values()) >= 0
    _ = config.shown_from, config.uses_gitignore, config.chooses_rules
    list(config.exclusions(Root()))


def own_models(data: bytes, rng: random.Random) -> None:
    """The person's models file."""
    with _holding(OWN, data):
        _models(rng)


def repository_models(data: bytes, rng: random.Random) -> None:
    """The models file of a repository."""
    with _holding(Path("here", REPOSITORY), data):
        _models(rng)


def _models(rng: random.Random) -> None:
    environ = {"HOME": str(OWN.parents[2].absolute())}
    try:
        models = load_models(Sources(environ, Root(str(Path("here").absolute())), Config()))
        for task in TASKS:
            found = resolve(task, models, environ)
            assert found.max_tokens > 0
            assert found.timeout > 0
            assert isinstance(found.shown_url, str)
            assert spent(found, 10, 10).cost >= 0
    except ConfigError as error:
        _is_short(error)
    if rng.random() < 0.05:
        _in_here("models", environ=environ)


def a_baseline(data: bytes, rng: random.Random) -> None:
    """A baseline, held against the findings of the skills."""
    root = Root(str(Path("here").absolute()))
    file = Path("here", baseline.FILE_NAME).absolute()
    with _holding(file, data):
        try:
            found = baseline.read(file, root, _QUIET)
        except BaselineError as error:
            _is_short(error)
        else:
            report = lint_skills(discover(["."], Config(), root), Config())
            new, known = found.split(report.diagnostics)
            assert len(new) + len(known) == len(report.diagnostics)
            rest = found.without(found.stale(report))
            file.write_text(rest.text(), encoding="utf-8", errors="surrogatepass")
        if rng.random() < 0.05:
            _in_here(*rng.choice([["check", "--no-cache"], ["baseline"], ["baseline", "--update"]]))


@contextmanager
def _holding(file: Path, data: bytes) -> Iterator[None]:
    """A file with other bytes for a while."""
    before = file.read_bytes() if file.exists() else None
    file.write_bytes(data)
    file.chmod(0o600)
    try:
        yield
    finally:
        if before is None:
            file.unlink()
        else:
            file.write_bytes(before)


def _is_short(error: Exception) -> None:
    assert 0 < len(str(error)) < LONGEST


def _in_here(*words: str, environ: dict[str, str] | None = None) -> None:
    with inside("here", environ or {}):
        run(*words)
