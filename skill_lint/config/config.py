"""What to check and how strictly: presets, configuration files and the command line, in layers."""

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import isfinite
from pathlib import Path
from typing import Any, Literal, get_args

from skill_lint import limits
from skill_lint.config import file as config_file
from skill_lint.config import score_weights
from skill_lint.config.file import ConfigError, require
from skill_lint.diagnostic import SEVERITIES, Severity
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.limits import Limits
from skill_lint.rule import ActiveRule, Level, Rule, Setting
from skill_lint.rules.registry import families, load_rules

FailOn = Literal["error", "warning", "info", "never"]

ALWAYS = frozenset(
    {
        "escaping-skill-file", "internal-error", "too-many-findings", "untrusted-setting",
        "untrusted-suppression",
    }
)  # fmt: skip
"""Rules that cannot be turned off, because they report what was not checked or not shown."""
_FAIL_ON: Mapping[str, FailOn] = {
    "recommended": "error", "golden": "error", "agentskills": "error", "strict": "warning",
}  # fmt: skip
"""The presets, and the lowest severity that fails a run with each. The rules have their levels."""
_MIN_SEVERITY: Mapping[str, Severity] = {"strict": "info"}
"""The least severe findings that a report shows with a preset, where the format does not decide."""
DEFAULT_PRESET = "recommended"


@dataclass(frozen=True)
class Config:
    """One layer of settings over the layer `below`; `extends` names the preset at the bottom.

    Without `extends`, that is the default preset. `rules` maps a rule's name to a severity, or to a
    mapping of its severity and options, as in the configuration file. Raises `ConfigError` for an
    unknown name or a wrong value.
    """

    extends: str | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    rules: Mapping[str, Setting] = field(default_factory=dict)
    fail_on: FailOn | None = None
    min_severity: Severity | None = None
    """The least severe findings that a report shows."""
    exclude: tuple[str, ...] = ()
    respect_gitignore: bool | None = None
    score_weights: Mapping[str, float] = field(default_factory=dict)
    """Weights of the score's metrics that replace the standard's."""
    llm: Mapping[str, Any] = field(default_factory=dict)
    """Which model does which task, in the form of `schemas/models.schema.json`."""
    limits: Mapping[str, int] = field(default_factory=dict)
    """Limits on how much of a skill is read, by their names in the configuration file."""
    path: Path | None = None
    """The file of these settings; `exclude` is relative to its folder."""
    below: "Config | None" = None

    def __post_init__(self) -> None:
        require(DEFAULT_PRESET if self.extends is None else self.extends, presets(), "preset")
        if self.fail_on is not None:
            require(self.fail_on, get_args(FailOn), "level to fail on")
        if self.min_severity is not None:
            require(self.min_severity, SEVERITIES, "severity")
        _check_weights(self.score_weights)
        for name, limit in self.limits.items():
            require(name, limits.names(), "limit")
            if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
                raise ConfigError(f"the limit `{name}` must be a whole number from 1 on", name)
        names = [*load_rules(), *families(), "all"]
        for name in [*(self.select or ()), *self.ignore]:
            require(name, names, "rule or family")
        for name, setting in self.rules.items():
            if not isinstance(name, str):
                raise ConfigError(f"`rules` takes names of rules, not `{name}`", str(name))
            if name in families():
                raise ConfigError(f"`{name}` is a family: use `select` or `ignore` for it", name)
            require(name, load_rules(), "rule")
            _check_setting(load_rules()[name], setting)

    @property
    def chooses_rules(self) -> bool:
        """Whether this layer names a preset, or says which rules run and how."""
        return bool(self.extends or self.select or self.ignore or self.rules)

    @cached_property
    def layers(self) -> tuple["Config", ...]:
        """All layers, from the lowest preset up to this one."""
        if self.below is not None:
            return (*self.below.layers, self)
        bottom = preset(self.extends or DEFAULT_PRESET)
        return (self,) if self is bottom else (*bottom.layers, self)

    @cached_property
    def active(self) -> tuple[ActiveRule, ...]:
        """The rules that run, sorted by name."""
        rules = load_rules()
        running: set[str] = set()
        levels: dict[str, Severity] = {name: rule.severity for name, rule in rules.items()}
        options: dict[str, dict[str, Any]] = {name: {} for name in rules}
        for layer in self.layers:
            if layer.select is not None:
                running = set(_expand(layer.select))
            for name, setting in layer.rules.items():
                level, extra = _split(setting)
                options[name] |= extra
                if level == "off":
                    running.discard(name)
                elif level is not None:
                    running.add(name)
                    levels[name] = level
            running -= set(_expand(layer.ignore))
        running |= ALWAYS
        return tuple(
            ActiveRule(rules[name], levels[name], options[name]) for name in sorted(running)
        )

    @property
    def threshold(self) -> FailOn:
        """The lowest severity that fails a run."""
        given = (layer.fail_on for layer in reversed(self.layers))
        return next((each for each in given if each is not None), "error")

    @property
    def failing(self) -> tuple[Severity, ...]:
        """The severities that fail a run."""
        if self.threshold == "never":
            return ()
        return SEVERITIES[: SEVERITIES.index(self.threshold) + 1]

    @property
    def shown_from(self) -> Severity | None:
        """The least severe findings that a report shows; None if each format decides."""
        given = (layer.min_severity for layer in reversed(self.layers))
        return next(filter(None, given), None)

    @property
    def uses_gitignore(self) -> bool:
        given = (layer.respect_gitignore for layer in reversed(self.layers))
        return next((value for value in given if value is not None), False)

    @property
    def weights(self) -> dict[str, float]:
        """The score's weights that the layers set."""
        return {name: each for layer in self.layers for name, each in layer.score_weights.items()}

    @cached_property
    def effective_limits(self) -> Limits:
        """The limits that the layers set, and the defaults of the other limits."""
        given = {name: each for layer in self.layers for name, each in layer.limits.items()}
        return Limits(**{name.replace("-", "_"): each for name, each in given.items()})

    def exclusions(self, root: Root) -> Iterator[tuple[Path, str]]:
        """Each glob of `exclude`, after the folder it is relative to: its file's, or the root."""
        for layer in self.layers:
            base = layer.path.parent if layer.path else ""
            yield from ((Path(root.absolute_of(base)), glob) for glob in layer.exclude)

    @classmethod
    def load(
        cls, path: str | Path, root: Root | None = None, recorder: Recorder | None = None
    ) -> "Config":
        """Read a configuration file. Raises `ConfigError`, with the line if it can be found.

        Messages name the file as seen from `root`, by default the working directory; `recorder`
        reads it.
        """
        path, root = Path(path), root or Root()
        text = config_file.read_text(path, root, recorder or Recorder(is_recording=False))
        try:
            return cls(**config_file.read_settings(path, text), path=path)
        except ConfigError as error:
            raise config_file.located(error, path, text, root) from None

    @classmethod
    def find(
        cls, start: Path, root: Root | None = None, recorder: Recorder | None = None
    ) -> "Config | None":
        """The nearest configuration in `start` or above it. `root` is that of `load`."""
        path = config_file.find(start, recorder or Recorder(is_recording=False))
        return cls.load(path, root, recorder) if path else None

    def over(self, below: "Config | None") -> "Config":
        return replace(self, below=below)


def presets() -> list[str]:
    """The names of the presets; the default is the first."""
    return list(_FAIL_ON)


@functools.cache
def preset(name: str) -> Config:
    require(name, presets(), "preset")
    rules = {each.name: each.presets[name] for each in load_rules().values()}
    return Config(
        extends=name, rules=rules, fail_on=_FAIL_ON[name], min_severity=_MIN_SEVERITY.get(name)
    )


def _split(setting: Setting) -> tuple[Level | None, dict[str, Any]]:
    if isinstance(setting, str):
        return setting, {}
    options = {key.replace("-", "_"): _frozen(value) for key, value in setting.items()}
    return options.pop("severity", None), options


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _check_setting(rule: Rule, setting: Setting) -> None:
    levels = ("error", "warning", "info", "off")
    level = setting if isinstance(setting, str) else setting.get("severity", "off")
    require(str(level), levels, "severity", f" for `{rule.name}`")
    if isinstance(setting, str):
        return
    for name, value in setting.items():
        if name == "severity":
            continue
        require(name, rule.options, "option", f" of `{rule.name}`")
        default, given = rule.options[name], _frozen(value)
        is_valid = type(given) is type(default) and (type(given) is not int or given >= 0)
        if is_valid and isinstance(given, tuple):
            is_valid = all(isinstance(item, str) for item in given)
        if not is_valid:
            kinds = {
                int: "a number",
                bool: "true or false",
                str: "a string",
                tuple: "a list of strings",
            }
            raise ConfigError(f"`{name}` of `{rule.name}` must be {kinds[type(default)]}", name)


def _check_weights(weights: Mapping[str, float]) -> None:
    for name, weight in weights.items():
        require(name, score_weights.data()["weights"], "metric")
        if not isfinite(weight):
            raise ConfigError(f"the weight of `{name}` must be a number", name)


def _expand(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        for rule in load_rules().values():
            if name in ("all", rule.name, rule.family):
                yield rule.name
