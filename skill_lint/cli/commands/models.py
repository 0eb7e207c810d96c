"""`skill-lint models`: which model does which task, and whether it answers."""

import argparse
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from skill_lint.cli.error import UsageError
from skill_lint.cli.options import config as settings
from skill_lint.cli.parser import Parser
from skill_lint.config.config import Config
from skill_lint.config.file import ConfigError
from skill_lint.llm.models.file import FILE_NAME, NoModels, find, load
from skill_lint.llm.models.registry import TASKS, Models, TaskModel
from skill_lint.llm.models.resolution import resolve
from skill_lint.reporters.escape import visible

EXTRA = (
    "the model step needs the extra `llm`, which is not installed: "
    "`python -m pip install 'skill-lint[llm]'`"
)


def run(words: Sequence[str]) -> int:
    parser = Parser(
        prog="skill-lint models",
        description="Print for every task its model, its parameters, and what decided it. No key "
        "is ever printed, and without --check nothing is sent.",
        epilog="Exit codes: 0 all well, 2 no or a wrong configuration, or a model that does not "
        "answer.",
    )
    parser.add_argument(
        "--check", action="store_true", help="ask each model for one word, and say how long it took"
    )
    add_options(parser)
    settings.add_file_options(parser)
    options = parser.parse_args(words)
    options.paths = []
    models = configured(options, settings.of_file(options))
    resolved = task_models(models, [task for task, info in TASKS.items() if info.calls])
    print(*_table(resolved), sep="\n")
    return _check(resolved) if options.check else 0


def add_options(parser: argparse._ActionsContainer) -> None:
    parser.add_argument(
        "--models", metavar="FILE",
        help=f"the models (default: the nearest {FILE_NAME} upwards, or `llm` in the "
        "configuration)",
    )  # fmt: skip


class NothingConfigured(UsageError):
    """There are no models to ask."""


def configured(options: argparse.Namespace, config: Config) -> Models:
    """The models that a run may ask."""
    existing = [os.path.abspath(path) for path in options.paths if os.path.exists(path)]  # noqa: PTH100, PTH110
    start = Path(os.path.commonpath(existing)) if existing else Path.cwd()
    try:
        if options.models:
            return load(Path(options.models))
        return find(start if start.is_dir() else start.parent, config)
    except NoModels as error:
        raise NothingConfigured(str(error)) from None
    except ConfigError as error:
        raise UsageError(visible(str(error))) from None


def task_models(models: Models, tasks: Sequence[str]) -> list[TaskModel]:
    try:
        return [resolve(task, models, os.environ) for task in tasks]
    except ConfigError as error:
        raise UsageError(visible(str(error))) from None


def _table(resolved: Sequence[TaskModel]) -> Iterator[str]:
    by_task = {each.task: each for each in resolved}
    for task, info in TASKS.items():
        yield f"{task}: {info.summary}"
        if task not in by_task:
            yield "  is code; no model is asked"
            continue
        model = by_task[task]
        yield f"  model       {visible(f'{model.key}: {model.model} at {model.shown_url}')}"
        given = ", ".join(f"{name} {value}" for name, value in sorted(model.parameters.items()))
        yield f"  parameters  {visible(given) or 'none'}"
        yield f"  key         {_key(model)}"
        yield f"  decided by  {visible(model.decided_by)}"


def _key(model: TaskModel) -> str:
    """Where the key is, never what it is."""
    for name in model.key_variables:
        if os.environ.get(name):
            return f"in {name}"
    if not model.key_variables:
        return "none is needed"
    return f"missing: {' or '.join(model.key_variables)} is not set"


def _check(resolved: Sequence[TaskModel]) -> int:
    try:
        from skill_lint.llm.models.client import check_all
    except ImportError:
        raise UsageError(EXTRA) from None
    distinct = {(each.key, each.base_url): each for each in resolved}
    print()
    failed = False
    for model, outcome in check_all(list(distinct.values()), os.environ):
        good = isinstance(outcome, float)
        failed = failed or not good
        said = f"answers after {outcome:.1f} s" if good else f"fails: {visible(str(outcome))}"
        print(f"{visible(model.key)} ({visible(model.model)}) {said}")
    return 2 if failed else 0
