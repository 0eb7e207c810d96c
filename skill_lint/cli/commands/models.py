"""`skill-lint models`: which model does which task, and whether it answers."""

import os
from collections.abc import Iterator, Sequence

from skill_lint.cli.error import UsageError
from skill_lint.cli.options.config import add_file_options, file_config, file_options
from skill_lint.cli.options.models import EXTRA, add_options, configured
from skill_lint.cli.parser import Parser
from skill_lint.config.file import ConfigError
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.llm.models.registry import TASKS, TaskModel
from skill_lint.llm.models.resolution import resolve
from skill_lint.reporters.escape import visible


def run(words: Sequence[str], root: Root) -> int:
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
    add_file_options(parser)
    given = parser.parse_args(words)
    recorder = Recorder(is_recording=False)
    config = file_config(file_options(given), ["."], root, recorder)
    models = configured(given.models, [], config, root)
    try:
        tasks = [task for task, info in TASKS.items() if info.calls]
        resolved = [resolve(task, models, os.environ) for task in tasks]
    except ConfigError as error:
        raise UsageError(visible(str(error))) from None
    print(*_table(resolved), sep="\n")
    return _check(resolved) if given.check else 0


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
