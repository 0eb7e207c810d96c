"""Configuration files: how they are found and read, and the line of an error."""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from skill_lint.config.search import nearest as nearest_file
from skill_lint.config.syntax import ConfigError as ConfigError  # noqa: PLC0414 - callers know it from here
from skill_lint.config.syntax import cut, parsed
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.read import Unreadable
from skill_lint.filesystem.recorder import Recorder
from skill_lint.lazy_regex import lazy_compile
from skill_lint.limits import CONFIGURATION_BYTES
from skill_lint.schema import SchemaError, load, validate
from skill_lint.text.spelling import did_you_mean
from skill_lint.yaml.node import YamlFault
from skill_lint.yaml.parse import parse

_OUR_TABLE = lazy_compile(
    r"""^(?:[^#\n]*[{,])?[ \t]*+(?:"""
    r"""(?:\[{1,2}[ \t]*+)?["']?tool["']?[ \t]*+\.[ \t]*+["']?skill-lint\b"""
    r"""|["']?skill-lint["']?[ \t]*+(?:\.|=(?!=)))""",
    re.MULTILINE,
)
"""What begins our table in a pyproject.toml, or sets a key of it inside of `[tool]`."""
FILE_NAMES = (".skill-lint.yaml", "skill-lint.toml", "pyproject.toml")


def require(name: str, known: Iterable[str], what: str, of: str = "") -> None:
    """Raise `ConfigError` if `name` is not in `known`; the message suggests the nearest name.

    `what` says in the message what the names stand for, such as `rule`, and `of` of what they are.
    """
    words = list(known)
    if name not in words:
        raise ConfigError(f"there is no {what} `{name}`{of}{did_you_mean(name, words)}", name)


def find(start: Path, recorder: Recorder) -> Path | None:
    """The nearest configuration file in `start` or above it that `search.nearest` accepts.

    Raises `ConfigError` if a folder has two of them.
    """
    path = nearest_file(os.path.abspath(start), partial(_in_folder, recorder=recorder), recorder)  # noqa: PTH100
    if path:
        found = _all_in(path.parent, recorder)
        if len(found) > 1:
            names = " and ".join(f"`{path.name}`" for path in found)
            raise ConfigError(f"{path.parent} has two configurations, {names}: keep one")
    return path


def _in_folder(folder: str, recorder: Recorder) -> Path | None:
    return next(iter(_all_in(Path(folder), recorder)), None)


def _all_in(folder: Path, recorder: Recorder) -> list[Path]:
    return [path for name in FILE_NAMES if configures(path := folder / name, recorder)]


def read_text(path: Path, root: Root, recorder: Recorder) -> str:
    """The text of a file that configures a run. Raises `ConfigError`."""
    try:
        return recorder.read_settings(os.fspath(path), CONFIGURATION_BYTES, root)
    except Unreadable as error:
        raise ConfigError(f"{root.shown(path)}: cannot be read: {error}") from None


def read_settings(path: Path, text: str) -> dict[str, Any]:
    """The settings in the text of a file, as arguments of `Config`. Raises `ConfigError`."""
    return _settings(_parsed(path, text))


def read_as(schema: str, path: Path, text: str) -> Any:
    """The data in the text of a file. Raises `ConfigError` if it violates a schema of `schemas/`.

    `schema` is the schema's file name without `.schema.json`.
    """
    data = _parsed(path, text)
    for error in validate(schema, data):
        raise _in_words(error)
    return data


def located(error: ConfigError, path: Path, text: str, root: Root) -> ConfigError:
    """The error with the file in its message and, if it can be found, the line.

    Of the word at fault it shows what could be a name. The rest may be a secret of another file.
    """
    message = str(error).replace(f"`{error.word}`", f"`{cut(error.word)}`")
    return ConfigError(f"{root.shown(path)}{_line_of(path, text, error)}: {message}")


def configures(path: Path, recorder: Recorder) -> bool:
    """Whether a file configures skill-lint.

    What has our own name and is no file does, so that reading it fails and its configuration is
    not left out in silence. So does a pyproject.toml that names our table and cannot be parsed, or
    that cannot be read, or is a link out of its checkout: nobody can tell what it would say.
    """
    name = os.fspath(path)
    is_file = recorder.is_file(name)
    if path.name != "pyproject.toml":
        return is_file or recorder.exists(name)
    if not is_file:
        return False
    try:
        data = recorder.settings_bytes(name, CONFIGURATION_BYTES, Root(os.fspath(path.parent)))
    except Unreadable:
        return True
    # In another encoding our table is one, too. Reading it fails.
    text = data.decode("utf-8-sig", "ignore").replace("\0", "")
    try:
        return may_have_our_table(text) and _parsed(path, text) != {}
    except ConfigError:
        return _OUR_TABLE.search(text) is not None


def may_have_our_table(text: str) -> bool:
    """Whether a pyproject.toml may have our table, the name of which may be written by escapes."""
    return "skill-lint" in text or "\\u" in text or "\\U" in text


def _parsed(path: Path, text: str) -> Any:
    """The data in the text of a file; of pyproject.toml, that of our own table."""
    below = ("tool", "skill-lint") if path.name == "pyproject.toml" else ()
    return parsed(text, is_toml=path.suffix == ".toml", below=below)


def _settings(data: Any) -> dict[str, Any]:
    """The settings as arguments of `Config`. Raises `ConfigError`."""
    if isinstance(data, dict):
        if isinstance(rules := data.get("rules"), dict):
            data = {**data, "rules": {name: _with_off(each) for name, each in rules.items()}}
        for key in data:
            require(str(key), load("config")["properties"], "setting")
    for error in validate("config", _without_options(data)):
        raise _in_words(error)
    names = {key: key.replace("-", "_") for key in data}
    return {
        names[key]: tuple(value) if isinstance(value, list) else value
        for key, value in data.items()
    }


def _without_options(data: Any) -> Any:
    """The settings without the options of rules, which `Config` compares with the rules."""
    rules = data.get("rules") if isinstance(data, dict) else None
    if not isinstance(rules, dict):
        return data
    levels = {
        name: {key: value for key, value in each.items() if key == "severity"}
        if isinstance(each, dict)
        else each
        for name, each in rules.items()
    }
    return {**data, "rules": levels}


def _in_words(error: SchemaError) -> ConfigError:
    """A violation of a schema as an error that names the key and what its value must be."""
    where = _where(error)
    kinds = {
        "array": "a list",
        "object": "a mapping",
        "string": "a string",
        "boolean": "true or false",
        "number": "a number",
        "integer": "a whole number",
    }
    if error.keyword in _OF_KEYS:
        return _OF_KEYS[error.keyword](error)
    if error.keyword in ("minimum", "maximum"):
        wanted = f"{error.limit} or {'more' if error.keyword == 'minimum' else 'less'}"
    elif error.keyword == "type":
        names = error.limit if isinstance(error.limit, list) else [error.limit]
        wanted = " or ".join(kinds.get(name, str(name)) for name in names)
    elif error.keyword == "enum":
        wanted = "one of " + ", ".join(error.limit)
        wanted += did_you_mean(str(error.value), error.limit)
    elif error.keyword in _OF_VALUES:
        wanted = _OF_VALUES[error.keyword].format(error.limit)
    else:
        wanted = "error, warning, info or off, or a mapping with severity and options"
        level = error.value.get("severity") if isinstance(error.value, dict) else error.value
        wanted += did_you_mean(str(level), ("error", "warning", "info", "off"), 0.6)
    return ConfigError(f"`{where}` must be {wanted}", str(error.path[-1]) if error.path else "")


def _where(error: SchemaError) -> str:
    return ".".join(cut(str(step)) for step in error.path) or "the configuration"


def _unknown_key(error: SchemaError) -> ConfigError:
    key = next(str(key) for key in error.value if key not in error.known)
    hint = did_you_mean(key, error.known) or f": it takes {', '.join(error.known)}"
    return ConfigError(f"`{_where(error)}` has no key `{cut(key)}`{hint}", key)


def _missing_key(error: SchemaError) -> ConfigError:
    key = next(key for key in error.limit if key not in error.value)
    word = str(error.path[-1]) if error.path else ""
    return ConfigError(f"`{_where(error)}` needs the key `{key}`", word)


_OF_KEYS: Mapping[str, Callable[[SchemaError], ConfigError]] = {
    "additionalProperties": _unknown_key,
    "required": _missing_key,
}
_OF_VALUES: Mapping[str, str] = {
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "minLength": "a string that is not empty",
    "pattern": "a string that matches {}",
    "False schema": "left out: it cannot be configured",
}
"""What a value must be, by the keyword of the schema that it violates."""


def _with_off(setting: Any) -> Any:
    """The setting with the severity `off` restored, which YAML reads as false."""
    if setting is False:
        return "off"
    if isinstance(setting, dict) and setting.get("severity") is False:
        return {**setting, "severity": "off"}
    return setting


def _line_of(path: Path, text: str, error: ConfigError) -> str:
    """`:12` if the error's word is on line 12; empty if the word is not found."""
    if path.suffix != ".toml":
        offset = _yaml_offset(text, error.word)
    else:
        code = re.sub(r"#[^\n]*", lambda comment: " " * len(comment[0]), text)
        found = re.search(rf"(?<![\w-]){re.escape(error.word)}(?![\w-])", code)
        offset = found.start() if found and error.word else None
    return "" if offset is None else f":{text.count(chr(10), 0, offset) + 1}"


def _yaml_offset(text: str, word: str) -> int | None:
    """The offset of the first key or value that is exactly `word`, or of the YAML error."""
    try:
        root = parse(text)
    except YamlFault as fault:
        return fault.offset
    nodes = root.walk() if root else ()
    return min((node.span.start for node in nodes if node.raw == word and word), default=None)
