"""Which model does which task, with which parameters, and who decided it.

A model is named by its key in the registry. The first that names one decides: `SKILL_LINT_MODEL`,
`SKILL_LINT_MODEL_<TASK>`, `SKILL_LINT_MODEL_<ROLE>`, the task, its role,
`SKILL_LINT_MODEL_DEFAULT`, `models.default`.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from skill_lint.config_file import ConfigError
from skill_lint.spelling import nearest

if TYPE_CHECKING:
    from skill_lint.llm.client import Completer

VARIABLE = "SKILL_LINT_MODEL"
TEMPERATURE = "SKILL_LINT_TEMPERATURE"
OPENAI = "https://api.openai.com/v1"
TIMEOUT = 60.0
"""Seconds for one call."""

Parameters = Mapping[str, Any]


class TaskInfo(NamedTuple):
    """What a task is for, and its parameters where nobody says others.

    `calls` is unset where the task is code here, and no model is ever asked.
    """

    summary: str
    temperature: float
    max_tokens: int
    calls: bool = True


TASKS: Mapping[str, TaskInfo] = {
    "skill_gather_examples": TaskInfo("collects words that ask for a skill (optional)", 0.4, 2048),
    "skill_understand": TaskInfo("says what a skill is for (optional)", 0.7, 4096),
    "skill_plan": TaskInfo("says which sections to move where", 0.5, 4096),
    "skill_initialize": TaskInfo("scaffolding", 0.1, 2048, calls=False),
    "skill_edit": TaskInfo("writes a description, a list, a few sentences", 0.6, 8192),
    "skill_package": TaskInfo("packaging", 0.1, 2048, calls=False),
    "skill_validate": TaskInfo("judges a change, and can only reject it (optional)", 0.0, 2048),
}


class Prices(NamedTuple):
    """What a million tokens cost, in whatever currency the person counts."""

    input: float
    output: float


@dataclass(frozen=True)
class Registered:
    """A model of the registry. Variables are named here, and read only when a task needs them."""

    model: str
    base_url_env: str = ""
    base_url_default: str = OPENAI
    env: str = ""
    env_fallback: str = ""
    timeout: float = TIMEOUT
    parameters: Parameters = field(default_factory=dict)
    prices: Prices | None = None


@dataclass(frozen=True)
class Wish:
    """What a role or a task says: a model, parameters, and of a task the role that it plays."""

    model: str = ""
    parameters: Parameters = field(default_factory=dict)
    role: str = ""


@dataclass(frozen=True)
class Models:
    """A whole configuration of models; `lines` says where in `file` each setting stands."""

    file: str
    registry: Mapping[str, Registered]
    default: str = ""
    roles: Mapping[str, Wish] = field(default_factory=dict)
    tasks: Mapping[str, Wish] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[tuple[str, ...], int] = field(default_factory=dict)

    def place(self, *path: str) -> str:
        """A setting with its file and line: `tasks.skill_edit.model (models.yaml:12)`."""
        line = self.lines.get(path)
        return f"{'.'.join(path)} ({self.file}{f':{line}' if line else ''})"


@dataclass(frozen=True)
class TaskModel:
    """The model of one task, as it will be called. `decided_by` is what chose it."""

    task: str
    key: str
    model: str
    base_url: str
    key_variables: tuple[str, ...]
    timeout: float
    parameters: Parameters
    prices: Prices | None
    decided_by: str

    @property
    def shown_url(self) -> str:
        """The base URL without a user or password in it."""
        parts = urlsplit(self.base_url)
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))

    @property
    def max_tokens(self) -> int:
        """The most tokens that an answer may have."""
        given = self.parameters.get("max_completion_tokens") or self.parameters.get("max_tokens")
        return int(given or TASKS[self.task].max_tokens)


@dataclass(frozen=True)
class TaskLM:
    """A task's model, and what calls it."""

    model: TaskModel
    completer: "Completer"


def get_task_lm(
    task: str, models: Models | None = None, environ: Mapping[str, str] | None = None
) -> TaskLM:
    """The model of a task, ready to be called; needs the extra `llm`.

    Without `models`, those of the nearest configuration at or above the working directory;
    without `environ`, this process's. Raises `ConfigError` where none is configured.
    """
    from skill_lint.llm.client import OpenAICompleter
    from skill_lint.llm.models_file import find

    environ = os.environ if environ is None else environ
    return TaskLM(resolve(task, models or find(Path.cwd()), environ), OpenAICompleter(environ))


def resolve(task: str, models: Models, environ: Mapping[str, str]) -> TaskModel:
    """The model of a task. Raises `ConfigError` where none is named, or one that does not exist."""
    if task not in TASKS:
        raise ConfigError(f"there is no task `{task}`: the tasks are {', '.join(TASKS)}")
    key, decided_by = _first(task, models, environ)
    registered, key = _registered(key, decided_by, models)
    return TaskModel(
        task=task,
        key=key,
        model=registered.model,
        base_url=_base_url(registered, environ),
        key_variables=tuple(name for name in (registered.env, registered.env_fallback) if name),
        timeout=registered.timeout,
        parameters=_parameters(task, registered, models, environ),
        prices=registered.prices,
        decided_by=decided_by,
    )


def _first(task: str, models: Models, environ: Mapping[str, str]) -> tuple[str, str]:
    for key, decided_by in _candidates(task, models, environ):
        if key:
            return key, decided_by
    raise ConfigError(
        f"{models.file}: no model for `{task}`: set `models.default`, or {VARIABLE}_DEFAULT"
    )


def _candidates(task: str, models: Models, environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Every place that may name a model, in order, with what it names."""

    def variable(*words: str) -> tuple[str, str]:
        name = "_".join([VARIABLE, *(word.upper().replace("-", "_") for word in words)])
        return environ.get(name, "").strip(), name

    wish = models.tasks.get(task, Wish())
    yield variable()
    yield variable(task)
    if wish.role:
        yield variable(wish.role)
    yield wish.model, models.place("tasks", task, "model")
    if wish.role:
        yield _role(task, models).model, models.place("roles", wish.role, "model")
    yield variable("default")
    yield models.default, models.place("models", "default")


def _role(task: str, models: Models) -> Wish:
    wish = models.tasks.get(task, Wish())
    if wish.role and wish.role not in models.roles:
        known = ", ".join(sorted(models.roles)) or "none"
        place = models.place("tasks", task, "role")
        raise ConfigError(f"{place}: there is no role `{wish.role}`; the roles: {known}")
    return models.roles.get(wish.role, Wish())


def _registered(key: str, decided_by: str, models: Models) -> tuple[Registered, str]:
    key = models.aliases.get(key, key)
    if key in models.registry:
        return models.registry[key], key
    guess = nearest(key, models.registry)
    hint = f"; did you mean `{guess}`?" if guess else ""
    known = ", ".join(sorted(models.registry)) or "none"
    raise ConfigError(
        f"{decided_by} names the model `{key}`, which is not in the registry: it has {known}{hint}"
    )


def _base_url(registered: Registered, environ: Mapping[str, str]) -> str:
    given = environ.get(registered.base_url_env, "").strip() if registered.base_url_env else ""
    url = given or registered.base_url_default
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigError(
            f"{registered.base_url_env} holds no URL that begins with http:// or https://"
        )
    return url.rstrip("/")


def _parameters(
    task: str, registered: Registered, models: Models, environ: Mapping[str, str]
) -> Parameters:
    info = TASKS[task]
    merged: dict[str, Any] = {"temperature": info.temperature, "max_tokens": info.max_tokens}
    wish = models.tasks.get(task, Wish())
    for layer in (registered.parameters, _role(task, models).parameters, wish.parameters):
        merged |= layer
    if given := environ.get(TEMPERATURE, "").strip():
        merged["temperature"] = _temperature(given)
    if merged.get("max_completion_tokens"):
        merged["max_tokens"] = None
    return {name: value for name, value in merged.items() if value is not None}


def _temperature(given: str) -> float:
    try:
        temperature = float(given)
    except ValueError:
        temperature = -1.0
    if not 0 <= temperature <= 2:
        raise ConfigError(f"{TEMPERATURE} must be a number from 0 to 2, not `{given}`")
    return temperature
