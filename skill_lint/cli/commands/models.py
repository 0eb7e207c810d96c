"""`skill-lint models`: show which model does which task, and whether it answers."""

import os
from collections.abc import Iterator, Mapping, Sequence

from skill_lint.cli.commands import models_add
from skill_lint.cli.error import UsageError
from skill_lint.cli.options.appearance import columns
from skill_lint.cli.options.config import add_file_options, file_config, file_options
from skill_lint.cli.options.models import (
    add_options,
    configured,
    require_any,
    require_extra,
    sources,
)
from skill_lint.cli.parser import Parser
from skill_lint.config.file import ConfigError
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.llm.models.load import Sources
from skill_lint.llm.models.registry import TASKS, Models, Parameters, TaskModel
from skill_lint.llm.models.resolution import resolve
from skill_lint.reporters.escape import visible
from skill_lint.reporters.table import table

EXAMPLE = """\
models:
  default: local
  registry:
    local:                      # Ollama on this machine: no key, and nothing leaves the machine
      model: qwen2.5:7b-instruct
      base_url_default: http://localhost:11434/v1"""


def run(words: Sequence[str], root: Root) -> int:
    if words[:1] == ["add"]:
        return models_add.run(words[1:], root)
    parser = Parser(
        prog="skill-lint models",
        description="Show which language model `fix --llm` asks for which of its tasks, with which "
        "parameters, and which setting decided that. Keys are never printed, and without --check "
        "nothing is sent. `skill-lint models add` registers a model that a repository's file "
        "describes. docs/llm.md says how to configure models.",
        epilog="Exit codes: 0 no problem, 2 a wrong models file, or with --check a model that does "
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
    asked = sources(given, config, root)
    models = configured(asked)
    resolved = _resolved(models)
    print(*_report(resolved, is_offline=models.is_offline), sep="\n")
    if given.check:
        require_any(models)
        return _check(list(resolved.values()))
    if models.is_offline:
        print("", *_how_to_register(asked), sep="\n")
    return 0


def _resolved(models: Models) -> Mapping[str, TaskModel]:
    try:
        tasks = [task for task, info in TASKS.items() if info.calls]
        return {task: resolve(task, models, os.environ) for task in tasks}
    except ConfigError as error:
        raise UsageError(visible(str(error))) from None


def _report(resolved: Mapping[str, TaskModel], *, is_offline: bool) -> Iterator[str]:
    """The table of tasks, then each model once, and what each task is for."""
    yield from table(list(_rows(resolved, is_offline=is_offline)), columns())
    if not is_offline:
        yield ""
        for model in {each.key: each for each in resolved.values()}.values():
            where = f"{model.key}: {model.model} at {model.shown_url}; key: {_key(model)}"
            yield f"  {visible(where)}"
    yield ""
    yield from table([(task, info.summary) for task, info in TASKS.items()], columns())


def _rows(resolved: Mapping[str, TaskModel], *, is_offline: bool) -> Iterator[Sequence[str]]:
    """A row for each task, with a column for each parameter that one has."""
    parameters = {task: _parameters(task, resolved) for task in TASKS}
    names = sorted({name for each in parameters.values() for name in each})
    yield ("task", "model", *names, "decided by")
    for task, given in parameters.items():
        model = resolved.get(task)
        key = "needs none" if model is None else "none yet" if is_offline else model.key
        decided_by = model.decided_by if model and not is_offline else ""
        cells = (task, key, *(str(given.get(name, "")) for name in names), decided_by)
        yield tuple(map(visible, cells))


def _parameters(task: str, resolved: Mapping[str, TaskModel]) -> Parameters:
    if task in resolved:
        return resolved[task].parameters
    return {"max_tokens": TASKS[task].max_tokens, "temperature": TASKS[task].temperature}


def _how_to_register(asked: Sources) -> Iterator[str]:
    own = asked.own or "a file of yours, and set SKILL_LINT_MODELS_FILE to its path"
    yield "No model is registered, so nothing can be sent. To register one, write for example this"
    yield f"to {visible(str(own))} (`chmod 600`: only you may read it):"
    yield from ("", EXAMPLE, "")
    yield "Then `skill-lint models --check` asks it for a word. docs/llm.md shows other endpoints."


def _key(model: TaskModel) -> str:
    """Where the key is, but never the key itself."""
    for name in model.key_variables:
        if os.environ.get(name, "").strip():
            return f"in {name}"
        if name in os.environ:
            return f"missing: {name} is set but empty"
    if not model.key_variables:
        return "none is needed"
    return f"missing: {' or '.join(model.key_variables)} is not set"


def _check(resolved: Sequence[TaskModel]) -> int:
    require_extra()
    # Lazy import: the table needs no client.
    from skill_lint.llm.models.client import check_all

    distinct = {(each.key, each.base_url): each for each in resolved}
    print()
    failed = False
    for model, outcome in check_all(list(distinct.values()), os.environ):
        answered = isinstance(outcome, float)
        failed = failed or not answered
        text = f"answers after {outcome:.1f} s" if answered else f"fails: {visible(str(outcome))}"
        print(f"{visible(model.key)} ({visible(model.model)}) {text}")
    return 2 if failed else 0
