"""A task's model, ready to be called: the library's door to the models."""

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
    """A task's model, and what calls it."""

    model: TaskModel
    completer: Completer


def get_task_lm(
    task: str, models: Models | None = None, environ: Mapping[str, str] | None = None
) -> TaskLM:
    """The model of a task, ready to be called; needs the extra `llm`.

    Without `models`, those of the nearest configuration at or above the working directory;
    without `environ`, this process's. Raises `ConfigError` where none is configured.
    """
    environ = os.environ if environ is None else environ
    return TaskLM(resolve(task, models or find(Path.cwd()), environ), OpenAICompleter(environ))
