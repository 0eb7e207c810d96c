"""What to check and how strictly: presets, a configuration file, and the command line over both."""

import functools
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, get_args

from skill_lint.diagnostic import Severity
from skill_lint.rule import Rule, families, load_rules
from skill_lint.schema import SchemaError, load, validate
from skill_lint.skill.yaml_nodes import YamlFault, parse
from skill_lint.spelling import nearest

Level = Severity | Literal["off"]
FailOn = Literal["error", "warning", "info", "never"]

FILE_NAMES = (".skill-lint.yaml", "skill-lint.toml", "pyproject.toml")
DEFAULT_PRESET = "golden"
_PRESETS = Path(__file__).parent / "presets"


class ConfigError(Exception):
    """The configuration cannot be used; the message says what to mend, and where.

    `word` is what to look for on the line at fault.
    """

    def __init__(self, message: str, word: str = "") -> None:
        super().__init__(message)
        self.word = word


@dataclass(frozen=True)
class ActiveRule:
    """A rule that runs, with the severity and options it runs with."""

    rule: Rule
    severity: Severity
    options: Mapping[str, Any]


@dataclass(frozen=True)
class Config:
    """One layer of settings over the layer below it; `extends` names the preset at the bottom.

    `rules` maps a rule's name to a severity, or to a mapping of its severity and options, as in
    the configuration file. Raises `ConfigError` for a name or value that does not exist.
    """

    extends: str = DEFAULT_PRESET
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    rules: Mapping[str, Level | Mapping[str, Any]] = field(default_factory=dict)
    fail_on: FailOn | None = None
    exclude: tuple[str, ...] = ()
    respect_gitignore: bool | None = None
    path: Path | None = None
    """The file these settings came from; `exclude` is relative to its folder."""
    below: "Config | None" = None

    def __post_init__(self) -> None:
        if self.below is None and self.path is None:
            _known(self.extends, presets(), "preset")
        if self.fail_on is not None:
            _known(self.fail_on, get_args(FailOn), "level to fail on")
        names = [*load_rules(), *families(), "all"]
        for name in [*(self.select or ()), *self.ignore]:
            _known(name, names, "rule or family")
        for name, setting in self.rules.items():
            if not isinstance(name, str):
                raise ConfigError(f"`rules` takes names of rules, not `{name}`", str(name))
            if name in families():
                raise ConfigError(f"`{name}` is a family: use `select` or `ignore` for it", name)
            _known(name, load_rules(), "rule")
            _check_setting(load_rules()[name], setting)

    @cached_property
    def layers(self) -> tuple["Config", ...]:
        """From the preset up to this one."""
        if self.below is not None:
            return (*self.below.layers, self)
        if self.path == preset_path(self.extends):
            return (self,)
        return (*preset(self.extends).layers, self)

    @cached_property
    def active(self) -> tuple[ActiveRule, ...]:
        """The rules that run, sorted by name."""
        known = load_rules()
        running: set[str] = set()
        levels: dict[str, Severity] = {name: rule.severity for name, rule in known.items()}
        options: dict[str, dict[str, Any]] = {name: {} for name in known}
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
        # A bug of the linter is never passed over in silence.
        running.add("internal-error")
        return tuple(
            ActiveRule(known[name], levels[name], options[name]) for name in sorted(running)
        )

    @property
    def threshold(self) -> FailOn:
        """The lowest severity that fails a run."""
        given = (layer.fail_on for layer in reversed(self.layers))
        return next((each for each in given if each is not None), "error")

    @property
    def uses_gitignore(self) -> bool:
        given = (layer.respect_gitignore for layer in reversed(self.layers))
        return next((value for value in given if value is not None), False)

    @property
    def exclusions(self) -> Iterator[tuple[Path, str]]:
        """Each glob with the folder it is relative to."""
        for layer in self.layers:
            base = layer.path.parent if layer.path else Path.cwd()
            yield from ((base, glob) for glob in layer.exclude)

    @classmethod
    def load(cls, path: str | Path) -> "Config":
        """Read a configuration file. Raises `ConfigError`, with the line where that is known."""
        path = Path(path)
        shown = os.path.relpath(path)
        try:
            text = path.read_text(encoding="utf-8-sig")
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise ConfigError(f"{shown}: cannot be read: {reason}") from None
        except UnicodeDecodeError:
            raise ConfigError(f"{shown}: cannot be read: it is not UTF-8") from None
        try:
            return _from_data(_parse(path, text), path)
        except ConfigError as error:
            raise ConfigError(f"{shown}{_line_of(path, text, error)}: {error}") from None

    @classmethod
    def find(cls, start: Path) -> "Config | None":
        """The nearest configuration in `start` or above it."""
        for folder in (start, *start.parents):
            found = [path for name in FILE_NAMES if _configures(path := folder / name)]
            if len(found) > 1:
                names = " and ".join(f"`{path.name}`" for path in found)
                raise ConfigError(f"{folder} has two configurations, {names}: keep one")
            if found:
                return cls.load(found[0])
        return None

    def over(self, below: "Config | None") -> "Config":
        return replace(self, below=below)


def preset_path(name: str) -> Path:
    return _PRESETS / f"{name}.yaml"


def presets() -> list[str]:
    return sorted(path.stem for path in _PRESETS.glob("*.yaml"))


@functools.cache
def preset(name: str) -> Config:
    _known(name, presets(), "preset")
    return Config.load(preset_path(name))


def _known(name: str, known: Iterable[str], what: str) -> None:
    words = list(known)
    if name not in words:
        guess = nearest(name, words)
        hint = f"; did you mean `{guess}`?" if guess else ""
        raise ConfigError(f"there is no {what} `{name}`{hint}", name)


def _split(setting: Level | Mapping[str, Any]) -> tuple[Level | None, dict[str, Any]]:
    if isinstance(setting, str):
        return setting, {}
    options = {key.replace("-", "_"): _frozen(value) for key, value in setting.items()}
    return options.pop("severity", None), options


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _check_setting(rule: Rule, setting: Level | Mapping[str, Any]) -> None:
    levels = ("error", "warning", "info", "off")
    level = setting if isinstance(setting, str) else setting.get("severity", "off")
    _known(str(level), levels, f"severity for `{rule.name}`")
    if isinstance(setting, str):
        return
    for name, value in setting.items():
        if name == "severity":
            continue
        _known(name, rule.options, f"option of `{rule.name}`")
        default, given = rule.options[name], _frozen(value)
        good = type(given) is type(default) and (type(given) is not int or given >= 0)
        if good and isinstance(given, tuple):
            good = all(isinstance(item, str) for item in given)
        if not good:
            kinds = {
                int: "a number",
                bool: "true or false",
                str: "a text",
                tuple: "a list of texts",
            }
            raise ConfigError(f"`{name}` of `{rule.name}` must be {kinds[type(default)]}", name)


def _expand(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        for rule in load_rules().values():
            if name in ("all", rule.name, rule.family):
                yield rule.name


def _configures(path: Path) -> bool:
    """Whether a file is a configuration of skill-lint; what cannot be read is none."""
    if path.name != "pyproject.toml":
        return os.path.isfile(path)  # noqa: PTH113 - answers no where pathlib raises
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
        return "[tool.skill-lint" in text and bool(_parse(path, text))
    except (OSError, ConfigError):
        return False


def _parse(path: Path, text: str) -> Any:
    if path.suffix != ".toml":
        import yaml

        try:
            return yaml.safe_load(text) or {}
        except yaml.MarkedYAMLError as error:
            raise ConfigError(f"no YAML: {error.problem}") from None
        except yaml.YAMLError as error:
            raise ConfigError(f"no YAML: {str(error).splitlines()[0]}") from None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"no TOML: {error}") from None
    if path.name != "pyproject.toml":
        return data
    tools = data.get("tool")
    return tools.get("skill-lint", {}) if isinstance(tools, dict) else {}


def _from_data(data: Any, path: Path) -> Config:
    if isinstance(data, dict):
        if isinstance(rules := data.get("rules"), dict):
            data = {**data, "rules": {name: _with_off(each) for name, each in rules.items()}}
        for key in data:
            _known(str(key), load("config")["properties"], "setting")
        if isinstance(data.get("extends"), str):
            _known(data["extends"], presets(), "preset")
    for error in validate("config", data):
        raise _plainly(error)
    return Config(
        extends=data.get("extends", DEFAULT_PRESET),
        select=tuple(data["select"]) if "select" in data else None,
        ignore=tuple(data.get("ignore", ())),
        rules=data.get("rules", {}),
        fail_on=data.get("fail-on"),
        exclude=tuple(data.get("exclude", ())),
        respect_gitignore=data.get("respect-gitignore"),
        path=path,
    )


def _plainly(error: SchemaError) -> ConfigError:
    """A schema's complaint in words."""
    where = ".".join(str(step) for step in error.path) or "the configuration"
    kinds = {
        "array": "a list",
        "object": "a mapping",
        "string": "a text",
        "boolean": "true or false",
    }
    if error.keyword == "type":
        wanted = kinds.get(error.limit, str(error.limit))
    elif error.keyword == "enum":
        wanted = "one of " + ", ".join(error.limit)
    else:
        wanted = "error, warning, info or off, or a mapping with severity and options"
    return ConfigError(f"`{where}` must be {wanted}", str(error.path[-1]) if error.path else "")


def _with_off(setting: Any) -> Any:
    """YAML reads the severity `off` as false."""
    if setting is False:
        return "off"
    if isinstance(setting, dict) and setting.get("severity") is False:
        return {**setting, "severity": "off"}
    return setting


def _line_of(path: Path, text: str, error: ConfigError) -> str:
    """`:12` where the word that is at fault stands on line 12, else nothing."""
    if path.suffix != ".toml":
        offset = _yaml_offset(text, error.word)
    else:
        code = re.sub(r"#[^\n]*", lambda comment: " " * len(comment[0]), text)
        found = re.search(rf"(?<![\w-]){re.escape(error.word)}(?![\w-])", code)
        offset = found.start() if found and error.word else None
    return "" if offset is None else f":{text.count(chr(10), 0, offset) + 1}"


def _yaml_offset(text: str, word: str) -> int | None:
    """Where a key or value of a YAML text stands that reads exactly so."""
    try:
        root = parse(text)
    except YamlFault as fault:
        return fault.offset
    nodes = root.walk() if root else ()
    return min((node.span.start for node in nodes if node.raw == word and word), default=None)
