"""Reads a models file, or the key `llm` of a configuration, into what it registers and chooses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skill_lint.config import file as config_file
from skill_lint.config.file import ConfigError
from skill_lint.config.syntax import cut
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.llm.models.address import fault_of
from skill_lint.llm.models.registry import Choice, Models, Prices, Registered, Wish
from skill_lint.yaml.node import Node, YamlFault, key_text
from skill_lint.yaml.parse import parse

FILE_NAME = "skill-lint-models.yaml"
"""The models file of a repository."""
VERSION = 1
"""The version of the person's models file that this skill-lint reads and writes."""


@dataclass(frozen=True)
class ModelsText:
    """The data of a models file, its text, and where in the text the data lies: `below`."""

    path: Path
    text: str
    data: Mapping[str, Any]
    root: Root
    below: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        return self.root.shown(self.path)

    def fault(self, message: str, *path: str) -> ConfigError:
        """An error about the setting at a path, with the file and the line."""
        if line := self.lines.get(path):
            return ConfigError(f"{self.shown}:{line}: {message}")
        error = ConfigError(message, path[-1] if path else "")
        return config_file.located(error, self.path, self.text, self.root)

    @property
    def lines(self) -> dict[tuple[str, ...], int]:
        """The 1-based line of each setting, by its path below `below`; empty for TOML."""
        if self.path.suffix == ".toml":
            return {}
        try:
            root = parse(self.text)
        except YamlFault:
            return {}
        size = len(self.below)
        return {
            path[size:]: self.text.count("\n", 0, offset) + 1
            for path, offset in _offsets(root, ())
            if path[:size] == self.below and len(path) > size
        }


def read(path: Path, root: Root) -> ModelsText:
    """Read a models file, or the key `llm` of a configuration file. Raises `ConfigError`."""
    text = config_file.read_text(path, root, Recorder(is_recording=False))
    is_config = path.name in config_file.FILE_NAMES or path.suffix == ".toml"
    try:
        data = config_file.read_as("config" if is_config else "models", path, text)
        if not is_config:
            _check_version(data)
    except ConfigError as error:
        raise config_file.located(error, path, text, root) from None
    if is_config:
        return ModelsText(path, text, data.get("llm", {}), root, ("llm",))
    return ModelsText(path, text, data, root)


def load(path: Path, root: Root) -> Models:
    """The models in the person's file. Raises `ConfigError`, with the line if it can be found."""
    found = read(path, root)
    registry = found.data.get("models", {}).get("registry", {})
    for key, entry in registry.items():
        _check_address(str(key), entry, found)
    return Models(
        registry={str(key): _registered(each) for key, each in registry.items()},
        own=choice(found),
        aliases={str(old): new for old, new in found.data.get("legacy_aliases", {}).items()},
    )


def choice(found: ModelsText) -> Choice:
    """What a file says about tasks and roles."""
    data = found.data
    return Choice(
        file=found.shown,
        default=data.get("models", {}).get("default", ""),
        roles={
            str(name): Wish(each.get("model", ""), each.get("parameter_overrides", {}))
            for name, each in data.get("roles", {}).items()
        },
        tasks={
            str(name): Wish(each.get("model", ""), each.get("parameters", {}), each.get("role", ""))
            for name, each in data.get("tasks", {}).items()
        },
        lines=found.lines,
    )


def _check_version(data: Mapping[str, Any]) -> None:
    if (version := data.get("version", VERSION)) != VERSION:
        raise ConfigError(
            f"it is of version {version:g}, and this skill-lint reads version {VERSION}: update "
            "skill-lint, or write the file as docs/llm.md shows",
            "version",
        )


def _check_address(key: str, entry: Mapping[str, Any], found: ModelsText) -> None:
    url = entry.get("base_url_default")
    if url and (fault := fault_of(url, allow_insecure=entry.get("allow-insecure", False))):
        where = f"models.registry.{cut(key)}.base_url_default"
        path = ("models", "registry", key, "base_url_default")
        raise found.fault(f"`{where}` is not used: {fault}", *path)


def _registered(data: Mapping[str, Any]) -> Registered:
    prices = data.get("prices")
    names = {name.replace("-", "_"): value for name, value in data.items()}
    return Registered(**{**names, "prices": Prices(**prices) if prices else None})


def _offsets(node: Node | None, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
    for key, value in node.pairs if node else ():
        path = (*above, key_text(key))
        yield path, key.span.start
        yield from _offsets(value, path)
