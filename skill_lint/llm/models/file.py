"""Reads the models from `skill-lint-models.yaml`, or from the configuration's key `llm`."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from skill_lint.config import file as config_file
from skill_lint.config.config import Config
from skill_lint.config.file import ConfigError
from skill_lint.config.search import nearest
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.llm.models.registry import Models, Prices, Registered, Wish
from skill_lint.yaml.node import Node, YamlFault, key_text
from skill_lint.yaml.parse import parse

FILE_NAME = "skill-lint-models.yaml"


class NoModels(ConfigError):
    """No file configures a model."""


def load(path: Path, root: Root | None = None) -> Models:
    """Read a file of models. Raises `ConfigError`, with the line if it can be found."""
    root = root or Root()
    text = config_file.read_text(path, root, Recorder(is_recording=False))
    try:
        data = config_file.read_as("models", path, text)
    except ConfigError as error:
        raise config_file.located(error, path, text, root) from None
    return _models(data, root.shown(path), _lines(text, ()))


def find(start: Path, root: Root | None = None, config: Config | None = None) -> Models:
    """The models of a run that starts in the folder `start`.

    They come from the nearest models' file in the folder or above it that is not part of a skill,
    or from `config` (default: the nearest configuration). Raises `NoModels` if neither has any,
    `ConfigError` if both have.
    """
    root = root or Root()
    config = config or Config.find(start, root) or Config()
    path = nearest(os.path.abspath(start), _in_folder, Recorder(is_recording=False))  # noqa: PTH100
    layer = next((layer for layer in reversed(config.layers) if layer.llm), None)
    if path and layer and layer.path:
        one = root.shown(layer.path)
        raise ConfigError(f"the models stand in {root.shown(path)} and in {one}: keep one")
    if path:
        return load(path, root)
    if layer is None:
        raise NoModels(
            f"no model is configured: write a {FILE_NAME}; docs/llm.md shows one, for a model on "
            "this machine as well"
        )
    return _of_layer(layer, root)


def _in_folder(folder: str) -> Path | None:
    return file if (file := Path(folder) / FILE_NAME).is_file() else None


def _of_layer(layer: Config, root: Root) -> Models:
    if layer.path is None:
        return _models(layer.llm, "the configuration", {})
    recorder = Recorder(is_recording=False)
    is_yaml = layer.path.suffix != ".toml"
    text = config_file.read_text(layer.path, root, recorder) if is_yaml else ""
    return _models(layer.llm, root.shown(layer.path), _lines(text, ("llm",)))


def _models(data: Mapping[str, Any], file: str, lines: Mapping[tuple[str, ...], int]) -> Models:
    models = data.get("models", {})
    return Models(
        file=file,
        registry={key: _registered(each) for key, each in models.get("registry", {}).items()},
        default=models.get("default", ""),
        roles={
            name: Wish(each.get("model", ""), each.get("parameter_overrides", {}))
            for name, each in data.get("roles", {}).items()
        },
        tasks={
            name: Wish(each.get("model", ""), each.get("parameters", {}), each.get("role", ""))
            for name, each in data.get("tasks", {}).items()
        },
        aliases=data.get("legacy_aliases", {}),
        lines=lines,
    )


def _registered(data: Mapping[str, Any]) -> Registered:
    prices = data.get("prices")
    return Registered(**{**data, "prices": Prices(**prices) if prices else None})


def _lines(text: str, below: tuple[str, ...]) -> dict[tuple[str, ...], int]:
    """The 1-based line of each setting of a YAML text, by its path below the path `below`."""
    try:
        root = parse(text)
    except YamlFault:
        return {}
    size = len(below)
    return {
        path[size:]: text.count("\n", 0, offset) + 1
        for path, offset in _offsets(root, ())
        if path[:size] == below and len(path) > size
    }


def _offsets(node: Node | None, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
    for key, value in node.pairs if node else ():
        path = (*above, key_text(key))
        yield path, key.span.start
        yield from _offsets(value, path)
