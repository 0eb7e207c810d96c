"""The JSON Schemas of `schemas/`: every limit, enum and pattern has its one home there."""

import functools
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PACKAGED = Path(__file__).parent / "schemas"
_CHECKOUT = Path(__file__).parent.parent / "schemas"
"""A wheel carries the schemas inside the package, an editable install and a checkout beside it."""


@dataclass(frozen=True)
class SchemaError:
    """One violation: where (keys and indices), which keyword with its limit, and by which value.

    `known` are the keys that the schema has at this place.
    """

    path: tuple[str | int, ...]
    keyword: str
    limit: Any
    value: Any
    known: tuple[str, ...] = ()


def folder() -> Path:
    return _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT


@functools.cache
def load(name: str) -> dict[str, Any]:
    """A schema by its file name without `.schema.json`, with every `$ref` put in its place."""
    text = (folder() / f"{name}.schema.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    resolved = _inlined(schema, schema)
    assert isinstance(resolved, dict)
    return resolved


def _inlined(part: Any, schema: Mapping[str, Any]) -> Any:
    if isinstance(part, list):
        return [_inlined(item, schema) for item in part]
    if not isinstance(part, dict):
        return part
    inlined = {key: _inlined(value, schema) for key, value in part.items() if key != "$ref"}
    if isinstance(reference := part.get("$ref"), str):
        file, _, pointer = reference.partition("#/")
        target: Any = load(file.removesuffix(".schema.json")) if file else schema
        for step in pointer.split("/") if pointer else ():
            target = target[step]
        return {**_inlined(target, schema), **inlined}
    return inlined


def validate(name: str, data: Any) -> list[SchemaError]:
    """Every violation of a schema, ordered by path and keyword."""
    schema = load(name)
    if accepts(schema, data):
        return []
    errors = [
        SchemaError(
            tuple(error.absolute_path),
            str(error.validator or "False schema"),
            error.validator_value,
            error.instance,
            tuple(error.schema.get("properties", ())) if isinstance(error.schema, dict) else (),
        )
        for error in _validator(name).iter_errors(data)
    ]
    return sorted(errors, key=lambda error: (str(error.path), error.keyword))


@functools.cache
def _validator(name: str) -> Any:
    # jsonschema takes longer to import than a small skill to lint; most data never needs it.
    from jsonschema import Draft202012Validator

    return Draft202012Validator(load(name))


def accepts(schema: Mapping[str, Any], data: Any) -> bool:
    """Whether data is certainly valid. False means that jsonschema must say.

    Knows the few keywords below; one it does not know makes it answer False.
    """
    return all(
        keyword in _CHECKS and _CHECKS[keyword](value, data, schema)
        for keyword, value in schema.items()
        if keyword not in _ANNOTATIONS and not keyword.startswith(_NOTES)
    )


_ANNOTATIONS = frozenset({"$schema", "$id", "$defs", "$comment", "title", "description", "default"})
_NOTES = "x-"
"""What a schema says that no validator checks, such as limits that span two fields."""
_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "string": lambda data: isinstance(data, str),
    "boolean": lambda data: isinstance(data, bool),
    "integer": lambda data: isinstance(data, int) and not isinstance(data, bool),
    "array": lambda data: isinstance(data, list),
    "object": lambda data: isinstance(data, dict),
    "null": lambda data: data is None,
}


def _type(value: str | list[str], data: Any, _: Mapping[str, Any]) -> bool:
    names = [value] if isinstance(value, str) else value
    return any(name in _TYPES and _TYPES[name](data) for name in names)


def _properties(value: Mapping[str, Any], data: Any, _: Mapping[str, Any]) -> bool:
    if not isinstance(data, dict):
        return True
    return all(accepts(part, data[key]) for key, part in value.items() if key in data)


def _additional(value: Any, data: Any, schema: Mapping[str, Any]) -> bool:
    if not isinstance(data, dict) or value is True:
        return True
    extra = data.keys() - schema.get("properties", {}).keys()
    return not extra if value is False else all(accepts(value, data[key]) for key in extra)


def _items(value: Mapping[str, Any], data: Any, _: Mapping[str, Any]) -> bool:
    return not isinstance(data, list) or all(accepts(value, item) for item in data)


def _any_of(value: Sequence[Mapping[str, Any]], data: Any, _: Mapping[str, Any]) -> bool:
    return any(accepts(part, data) for part in value)


_CHECKS: Mapping[str, Callable[[Any, Any, Mapping[str, Any]], bool]] = {
    "type": _type,
    "properties": _properties,
    "additionalProperties": _additional,
    "items": _items,
    "anyOf": _any_of,
    "required": lambda value, data, _: not isinstance(data, dict) or set(value) <= data.keys(),
    "enum": lambda value, data, _: isinstance(data, str) and data in value,
    "minLength": lambda value, data, _: not isinstance(data, str) or len(data) >= value,
    "maxLength": lambda value, data, _: not isinstance(data, str) or len(data) <= value,
    "minimum": lambda value, data, _: isinstance(data, int) and data >= value,
    "pattern": lambda value, data, _: not isinstance(data, str) or bool(re.search(value, data)),
}
