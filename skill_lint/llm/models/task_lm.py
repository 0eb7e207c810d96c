"""`get_task_lm` and `configure_models`: the models of tasks, for users of the library."""

import asyncio
import os
from collections.abc import Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from skill_lint.config.config import Config
from skill_lint.filesystem.paths import Root
from skill_lint.llm.models.client import Completer, Message, OpenAICompleter
from skill_lint.llm.models.load import Sources, load_models
from skill_lint.llm.models.registry import Models, TaskModel
from skill_lint.llm.models.resolution import resolve
from skill_lint.schema import load

DEFAULT_TASK = "skill_understand"
_ROLES = ("system", "user", "assistant")


@dataclass(frozen=True)
class TaskLM:
    """The model of a task, ready to be called; a call needs the extra `llm`.

    `lm(messages=[{"role": "user", "content": "…"}])` gives a list with the model's answer.
    """

    model: TaskModel
    completer: Completer

    @property
    def model_name(self) -> str:
        """The model's name at its endpoint; `offline` if no model is registered."""
        return self.model.model

    @property
    def kwargs(self) -> dict[str, Any]:
        """The parameters that are sent with each call: `temperature`, `max_tokens` and others."""
        return dict(self.model.parameters)

    def __call__(
        self,
        prompt: str | None = None,
        messages: Sequence[Mapping[str, str]] | None = None,
        **kwargs: Any,
    ) -> list[str]:
        """Ask the model, and wait. Returns a list with one text.

        Give a prompt or messages, each with a `role` and a `content`. `kwargs` are parameters for
        this call. Raises `Refused` if no model is registered or its key is missing or wrong,
        `Unanswered` if no answer came, and ValueError for messages or parameters that cannot be
        sent.
        """
        return _wait(self.acall(prompt, messages, **kwargs))

    async def acall(
        self,
        prompt: str | None = None,
        messages: Sequence[Mapping[str, str]] | None = None,
        **kwargs: Any,
    ) -> list[str]:
        """The same as a call, for asynchronous programs."""
        asked = _messages(prompt, messages)
        model = replace(self.model, parameters={**self.model.parameters, **_allowed(kwargs)})
        return [(await self.completer.complete(model, asked)).text]


@dataclass(frozen=True)
class ModelResolver:
    """Which model does which task, by the files as they were read."""

    models: Models
    default_task: str = DEFAULT_TASK
    environ: Mapping[str, str] | None = None
    """The environment; None for that of this process at the time of a call."""

    def resolve(self, task: str | None = None) -> TaskModel:
        """The model of a task, by default of `default_task`. Raises `ConfigError`."""
        return resolve(task or self.default_task, self.models, self._variables)

    def get_task_lm(self, task: str | None = None) -> TaskLM:
        """The model of a task, ready to be called. Raises `ConfigError`."""
        return TaskLM(self.resolve(task), OpenAICompleter(self._variables))

    @property
    def _variables(self) -> Mapping[str, str]:
        return os.environ if self.environ is None else self.environ


_configured: ModelResolver | None = None
"""What `get_task_lm` uses; None until `configure_models` is called."""


def configure_models(
    path: str | Path | None = None, default_task: str = DEFAULT_TASK
) -> ModelResolver:
    """Read the models once, for all later calls of `get_task_lm`. Changes nothing else.

    `path` is the person's models file, by default the user's own. `default_task` is the task of
    `get_task_lm()`. Raises `ConfigError` for a wrong file or an unknown task.
    """
    global _configured  # noqa: PLW0603 - it is what this function is for
    resolver = _read(path, default_task, None)
    resolver.resolve()
    _configured = resolver
    return resolver


def get_task_lm(
    task: str | None = None,
    path: str | Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> TaskLM:
    """The model of a task, such as `skill_edit`, ready to be called.

    By default, the models are those of `configure_models`, or else of the user's own models file
    and of what the nearest file of the repository chooses among them. `path` names another models
    file of the person, `environ` replaces the environment. As long as no model is registered, each
    task has its documented parameters and a model that answers nothing. Raises `ConfigError`.
    """
    if path is None and environ is None and _configured is not None:
        return _configured.get_task_lm(task)
    return _read(path, DEFAULT_TASK, environ).get_task_lm(task)


def _read(
    path: str | Path | None, default_task: str, environ: Mapping[str, str] | None
) -> ModelResolver:
    root = Root()
    sources = Sources(
        environ=os.environ if environ is None else environ,
        root=root,
        config=Config.find(Path(root.absolute), root) or Config(),
        named=Path(root.absolute_of(path)) if path is not None else None,
    )
    return ModelResolver(load_models(sources), default_task, environ)


def _messages(prompt: str | None, messages: Sequence[Mapping[str, str]] | None) -> list[Message]:
    if (prompt is None) == (messages is None):
        raise ValueError("give a prompt or messages, not both")
    given = [{"role": "user", "content": prompt or ""}] if messages is None else messages
    if not given:
        raise ValueError("there is no message")
    return [_message(each) for each in given]


def _message(given: Mapping[str, Any]) -> Message:
    role, content = given.get("role"), given.get("content")
    if role not in _ROLES or not isinstance(content, str):
        raise ValueError(f"a message needs a role, one of {', '.join(_ROLES)}, and a content")
    return Message(role, content)


def _allowed(kwargs: Mapping[str, Any]) -> Mapping[str, Any]:
    known = load("models")["$defs"]["parameters"]["properties"]
    for name in kwargs:
        if known.get(name) is False:
            raise ValueError(f"`{name}` cannot be set for a call")
    return kwargs


def _wait(answer: Coroutine[Any, Any, list[str]]) -> list[str]:
    """Wait for an answer, also where a loop of events runs already, as in a notebook."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(answer)
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, answer).result()
