"""Which model does which task, with which parameters, and which setting decided that.

Settings name a model by its key in the registry. The first of these settings that names one
decides: `SKILL_LINT_MODEL`, `SKILL_LINT_MODEL_<TASK>`, `SKILL_LINT_MODEL_<ROLE>`, the task, its
role, `SKILL_LINT_MODEL_DEFAULT`, `models.default`.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from skill_lint.config.file import ConfigError
from skill_lint.llm.models.registry import TASKS, Models, Parameters, Registered, TaskModel, Wish
from skill_lint.text.spelling import nearest

VARIABLE = "SKILL_LINT_MODEL"
TEMPERATURE = "SKILL_LINT_TEMPERATURE"


def resolve(task: str, models: Models, environ: Mapping[str, str]) -> TaskModel:
    """The model of a task. Raises `ConfigError` if no model is named, or an unknown one."""
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
    """For each setting that may name a model, in order: the key (empty if unset) and its place."""

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
        roles = ", ".join(sorted(models.roles)) or "none"
        place = models.place("tasks", task, "role")
        raise ConfigError(f"{place}: there is no role `{wish.role}`; the roles: {roles}")
    return models.roles.get(wish.role, Wish())


def _registered(key: str, decided_by: str, models: Models) -> tuple[Registered, str]:
    key = models.aliases.get(key, key)
    if key in models.registry:
        return models.registry[key], key
    guess = nearest(key, models.registry)
    hint = f"; did you mean `{guess}`?" if guess else ""
    keys = ", ".join(sorted(models.registry)) or "none"
    raise ConfigError(
        f"{decided_by} names the model `{key}`, which is not in the registry: it has {keys}{hint}"
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
