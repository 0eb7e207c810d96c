"""`get_task_lm`: the model of a task, for users of the library."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from skill_lint.llm.models.client import Completer, OpenAICompleter
from skill_lint.llm.models.file import find
from skill_lint.llm.models.registry import Models, TaskModel
from skill_lint.llm.models.resolution import resolve


@dataclass(frozen=True)
class TaskLM:
    """The model of a task, and the client that calls it."""

    model: TaskModel
    completer: Completer


def get_task_lm(
    task: str, models: Models | None = None, environ: Mapping[str, str] | None = None
) -> TaskLM:
    """The model of a task, ready to be called; needs the extra `llm`.

    `models` defaults to the nearest configuration in the working directory or above it, `environ`
    to the environment of this process. Raises `ConfigError` if no model is configured.
    """
    environ = os.environ if environ is None else environ
    return TaskLM(resolve(task, models or find(Path.cwd()), environ), OpenAICompleter(environ))
