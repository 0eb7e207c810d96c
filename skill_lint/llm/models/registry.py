"""The tasks that models do, and the data of a configuration of models, roles and tasks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

OPENAI = "https://api.openai.com/v1"
NO_MODEL = "no model is registered, so nothing can be sent: `skill-lint models` shows how"
TIMEOUT = 60.0
"""Seconds for one call."""

Parameters = Mapping[str, Any]


class TaskInfo(NamedTuple):
    """The purpose of a task, and its default parameters.

    `calls` is False if skill-lint does the task itself and asks no model.
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
    """What a million tokens cost, in any one currency."""

    input: float
    output: float


@dataclass(frozen=True)
class Registered:
    """A model of the registry.

    `env` and `base_url_env` name environment variables, which are read when a task needs them.
    `allow_insecure`: plain http may go to another machine.
    """

    model: str
    base_url_env: str = ""
    base_url_default: str = OPENAI
    env: str = ""
    env_fallback: str = ""
    timeout: float = TIMEOUT
    parameters: Parameters = field(default_factory=dict)
    prices: Prices | None = None
    allow_insecure: bool = False


@dataclass(frozen=True)
class Wish:
    """The model and parameters that a role or a task asks for, and the role of a task."""

    model: str = ""
    parameters: Parameters = field(default_factory=dict)
    role: str = ""


@dataclass(frozen=True)
class Choice:
    """What one file says about tasks. `lines` maps the path of each setting to its line."""

    file: str
    default: str = ""
    roles: Mapping[str, Wish] = field(default_factory=dict)
    tasks: Mapping[str, Wish] = field(default_factory=dict)
    lines: Mapping[tuple[str, ...], int] = field(default_factory=dict)

    def place(self, *path: str) -> str:
        """A setting with its file and line: `tasks.skill_edit.model (models.yaml:12)`."""
        line = self.lines.get(path)
        return f"{'.'.join(path)} ({self.file}{f':{line}' if line else ''})"


@dataclass(frozen=True)
class Models:
    """The models that the person has registered, and who chooses among them.

    `own` is what the person's file says about tasks, `repository` what a file of the repository
    says, which can name no model that is not in `registry`.
    """

    registry: Mapping[str, Registered]
    own: Choice
    repository: Choice = field(default_factory=lambda: Choice("the repository"))
    aliases: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_offline(self) -> bool:
        """Whether the person has registered no model, so that nothing can be sent."""
        return self.registry is OFFLINE.registry


OFFLINE = Models(
    registry={"offline": Registered("offline", base_url_default="")},
    own=Choice("built in", default="offline"),
)
"""The models before there is any file: one that answers nothing, has no address and no key."""


@dataclass(frozen=True)
class TaskModel:
    """The model of one task, ready to be called. `decided_by` is the setting that chose it.

    Without a `base_url` it cannot be called: no model is registered.
    """

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
        """The base URL without user name, password and query."""
        parts = urlsplit(self.base_url)
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))

    @property
    def max_tokens(self) -> int:
        """The maximum number of tokens of an answer."""
        given = self.parameters.get("max_completion_tokens") or self.parameters.get("max_tokens")
        return int(given or TASKS[self.task].max_tokens)
