"""`skill-lint models`: show which model does which task, and whether it answers."""

import os
from collections.abc import Iterable, Iterator, Sequence

from skill_lint.cli.error import UsageError
from skill_lint.cli.options.config import add_file_options, file_config, file_options
from skill_lint.cli.options.models import EXTRA, add_options, configured
from skill_lint.cli.parser import Parser
from skill_lint.config.file import ConfigError
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.llm.models.registry import TASKS, TaskModel
from skill_lint.llm.models.resolution import resolve
from skill_lint.reporters.escape import visible, width


def run(words: Sequence[str], root: Root) -> int:
    parser = Parser(
        prog="skill-lint models",
        description="Show which language model `fix --llm` asks for which of its tasks, with which "
        "parameters, and which setting decided that. Keys are never printed, and without --check "
        "nothing is sent. docs/llm.md says how to configure models.",
        epilog="Exit codes: 0 no problem, 2 a missing or wrong configuration, or a model that does "
        "not answer.",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="ask each model for one word, and show how long the answer took",
    )
    add_options(parser)
    add_file_options(parser)
    given = parser.parse_args(words)
    recorder = Recorder(is_recording=False)
    config = file_config(file_options(given), ["."], root, recorder)
    models = configured(given.models, config, root)
    try:
        tasks = [task for task, info in TASKS.items() if info.calls]
        resolved = [resolve(task, models, os.environ) for task in tasks]
    except ConfigError as error:
        raise UsageError(visible(str(error))) from None
    print(*_report(resolved, models.file), sep="\n")
    return _check(resolved) if given.check else 0


def _report(resolved: Sequence[TaskModel], file: str) -> Iterator[str]:
    """The table of tasks, then each model once, and what each task is for."""
    yield f"models of {visible(file)}"
    yield ""
    yield from _aligned(_rows(resolved, file))
    yield ""
    for model in {each.key: each for each in resolved}.values():
        where = f"{model.key}: {model.model} at {model.shown_url}; key: {_key(model)}"
        yield f"  {visible(where)}"
    yield ""
    tasks = [
        (task, info.summary + ("" if info.calls else "; no model")) for task, info in TASKS.items()
    ]
    yield from _aligned(tasks)


def _rows(resolved: Sequence[TaskModel], file: str) -> Iterator[Sequence[str]]:
    """A row for each task that asks a model, with a column for each parameter that one has."""
    names = list(dict.fromkeys(name for each in resolved for name in each.parameters))
    yield ("task", "model", *names, "decided by")
    for each in resolved:
        values = (str(each.parameters.get(name, "")) for name in names)
        # The file stands above the table.
        yield (each.task, each.key, *values, each.decided_by.replace(f"({file}:", "(line "))


def _aligned(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    shown = [[visible(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*shown, strict=True)]
    for row in shown:
        cells = (cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True))
        yield f"  {'  '.join(cells)}".rstrip()


def _key(model: TaskModel) -> str:
    """Where the key is, but never the key itself."""
    for name in model.key_variables:
        if os.environ.get(name):
            return f"in {name}"
    if not model.key_variables:
        return "none is needed"
    return f"missing: {' or '.join(model.key_variables)} is not set"


def _check(resolved: Sequence[TaskModel]) -> int:
    # Lazy import: it needs an extra that may not be installed.
    try:
        from skill_lint.llm.models.client import check_all
    except ImportError:
        raise UsageError(EXTRA) from None
    distinct = {(each.key, each.base_url): each for each in resolved}
    print()
    failed = False
    for model, outcome in check_all(list(distinct.values()), os.environ):
        answered = isinstance(outcome, float)
        failed = failed or not answered
        text = f"answers after {outcome:.1f} s" if answered else f"fails: {visible(str(outcome))}"
        print(f"{visible(model.key)} ({visible(model.model)}) {text}")
    return 2 if failed else 0
