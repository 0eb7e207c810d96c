"""Which model does which task, with which parameters, and which setting decided that.

Settings name a model by its key in the registry. The first of these settings that names one
decides: `SKILL_LINT_MODEL`, `SKILL_LINT_MODEL_<TASK>`, `SKILL_LINT_MODEL_<ROLE>`, the task, its
role, `SKILL_LINT_MODEL_DEFAULT`, `models.default`. Where a setting is of a file, that of the
repository comes before the person's.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from skill_lint.config.file import ConfigError
from skill_lint.config.syntax import cut
from skill_lint.llm.models.address import fault_of
from skill_lint.llm.models.registry import (
    TASKS,
    Choice,
    Models,
    Parameters,
    Registered,
    TaskModel,
    Wish,
)
from skill_lint.text.spelling import nearest

VARIABLE = "SKILL_LINT_MODEL"
TEMPERATURE = "SKILL_LINT_TEMPERATURE"
_ROLE = re.compile(r"[A-Za-z0-9_-]{1,60}")
"""The name of a role, which is a part of the name of a variable."""


def resolve(task: str, models: Models, environ: Mapping[str, str]) -> TaskModel:
    """The model of a task. Raises `ConfigError` if no model is named, or an unknown one.

    As long as no model is registered, it is the one that answers nothing, whatever is named.
    """
    if task not in TASKS:
        raise ConfigError(f"there is no task `{task}`: the tasks are {', '.join(TASKS)}")
    key, decided_by = _first(task, models, environ)
    registered, key = _registered(key, decided_by, models)
    return TaskModel(
        task=task,
        key=key,
        model=registered.model,
        base_url=_base_url(key, registered, environ),
        key_variables=tuple(name for name in (registered.env, registered.env_fallback) if name),
        timeout=registered.timeout,
        parameters=_parameters(task, registered, models, environ),
        prices=registered.prices,
        decided_by=decided_by,
    )


def _first(task: str, models: Models, environ: Mapping[str, str]) -> tuple[str, str]:
    if models.is_offline:
        return models.own.default, models.own.file
    for key, decided_by in _candidates(task, models, environ):
        if key:
            return key, decided_by
    raise ConfigError(
        f"{models.own.file}: no model for `{task}`: set `models.default`, or {VARIABLE}_DEFAULT"
    )


def _candidates(task: str, models: Models, environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """For each setting that may name a model, in order: the key (empty if unset) and its place."""

    def variable(*words: str) -> tuple[str, str]:
        name = "_".join([VARIABLE, *(word.upper().replace("-", "_") for word in words)])
        return environ.get(name, "").strip(), name

    role, files = _role(task, models), (models.repository, models.own)
    yield variable()
    yield variable(task)
    if role:
        yield variable(role)
    for file in files:
        yield _wish(file, task).model, file.place("tasks", task, "model")
    for file in files:
        yield _of_role(file, role).model, file.place("roles", role, "model")
    yield variable("default")
    for file in files:
        yield file.default, file.place("models", "default")


def _wish(file: Choice, task: str) -> Wish:
    return file.tasks.get(task, Wish())


def _of_role(file: Choice, role: str) -> Wish:
    return file.roles.get(role, Wish()) if role else Wish()


def _role(task: str, models: Models) -> str:
    """The role of a task; empty if it has none. Raises `ConfigError` if no file defines it."""
    known = {**models.own.roles, **models.repository.roles}
    for file in (models.repository, models.own):
        role = _wish(file, task).role
        if role and (role not in known or not _ROLE.fullmatch(role)):
            roles, place = ", ".join(sorted(known)) or "none", file.place("tasks", task, "role")
            raise ConfigError(f"{place}: there is no role `{cut(role)}`; the roles: {roles}")
        if role:
            return role
    return ""


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


def _base_url(key: str, registered: Registered, environ: Mapping[str, str]) -> str:
    variable = registered.base_url_env
    if not variable or variable not in environ:
        return registered.base_url_default.rstrip("/")
    url = environ[variable].strip()
    if not url:
        raise ConfigError(
            f"`{variable}` is set but empty: give it the base URL of the model `{key}`, or unset it"
        )
    if fault := fault_of(url, allow_insecure=registered.allow_insecure):
        raise ConfigError(f"the base URL in `{variable}` is not used: {fault}")
    return url.rstrip("/")


def _parameters(
    task: str, registered: Registered, models: Models, environ: Mapping[str, str]
) -> Parameters:
    info, role = TASKS[task], _role(task, models)
    merged: dict[str, Any] = {"temperature": info.temperature, "max_tokens": info.max_tokens}
    merged |= registered.parameters
    for each in _wishes(models.own, task, role):
        merged |= each
    for each in _wishes(models.repository, task, role):
        merged |= _lowered(merged, each)
    if given := environ.get(TEMPERATURE, "").strip():
        merged["temperature"] = _temperature(given)
    if merged.get("max_completion_tokens"):
        merged["max_tokens"] = None
    return {name: value for name, value in merged.items() if value is not None}


def _wishes(file: Choice, task: str, role: str) -> tuple[Parameters, Parameters]:
    return _of_role(file, role).parameters, _wish(file, task).parameters


def _lowered(person: Parameters, repository: Parameters) -> Parameters:
    """What a repository may set of the parameters that the person sends, as far as it may."""
    lower, most = dict[str, Any](), repository.get("max_tokens")
    for name in ("max_tokens", "max_completion_tokens"):
        if most and person.get(name):
            lower[name] = min(person[name], most)
    if "temperature" in repository and person.get("temperature") is not None:
        lower["temperature"] = repository["temperature"]
    return lower


def _temperature(given: str) -> float:
    try:
        temperature = float(given)
    except ValueError:
        temperature = -1.0
    if not 0 <= temperature <= 2:
        raise ConfigError(f"{TEMPERATURE} must be a number from 0 to 2, not `{given}`")
    return temperature
