"""The JSON Schemas of `schemas/`, the only place that defines limits, enums and patterns."""

import functools
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

_PACKAGED = Path(__file__).parent / "schemas"
_CHECKOUT = Path(__file__).parent.parent / "schemas"
"""A wheel has the schemas inside the package; a checkout or editable install, beside it."""


class SchemaError(NamedTuple):
    """A violation: the path to it (keys and indices), the keyword, its limit, and the value.

    `known` are the keys that the schema defines at this path.
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
    """A schema by its file name without `.schema.json`, with every `$ref` resolved."""
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
    try:
        errors = list(_violations(load(name), data, ()))
    except _UnknownKeyword:
        errors = [
            SchemaError(
                tuple(error.absolute_path),
                str(error.validator or "False schema"),
                error.validator_value,
                error.instance,
                _keys(error.schema),
            )
            for error in _validator(name).iter_errors(data)
        ]
    return sorted(errors, key=lambda error: (str(error.path), error.keyword))


@functools.cache
def _validator(name: str) -> Any:
    # Lazy import: jsonschema takes 50 ms to import, half the time that one skill takes.
    from jsonschema import Draft202012Validator

    return Draft202012Validator(load(name))


def accepts(schema: Mapping[str, Any], data: Any) -> bool:
    """Whether data is certainly valid; False if the schema has a keyword not handled here."""
    try:
        return _accepts_surely(schema, data)
    except _UnknownKeyword:
        return False


class _UnknownKeyword(Exception):
    """A schema has a keyword that is not handled here, so jsonschema must validate it."""


_Path = tuple[str | int, ...]
_Part = tuple[Mapping[str, Any], Any, str | int]
_ANNOTATIONS = frozenset({"$schema", "$id", "$defs", "$comment", "title", "description", "default"})
_NOTES = "x-"
"""The prefix of keywords that no validator checks, such as limits that span two fields."""
_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "string": lambda data: isinstance(data, str),
    "boolean": lambda data: isinstance(data, bool),
    "integer": lambda data: _is_number(data) and data == data // 1,
    "array": lambda data: isinstance(data, list),
    "object": lambda data: isinstance(data, dict),
    "null": lambda data: data is None,
}


def _keys(schema: Any) -> tuple[str, ...]:
    """The keys that a schema itself defines."""
    return tuple(schema.get("properties", ())) if isinstance(schema, dict) else ()


def _violations(schema: Mapping[str, Any], data: Any, path: _Path) -> Iterator[SchemaError]:
    """The same violations as from jsonschema, for the few keywords that the schemas here use."""
    if isinstance(schema, bool):
        raise _UnknownKeyword(schema)
    for keyword, value in schema.items():
        if keyword in _ANNOTATIONS or keyword.startswith(_NOTES):
            continue
        if keyword in _PARTS:
            for part, inner, step in _PARTS[keyword](value, data, schema):
                yield from _violations(part, inner, (*path, step))
        elif keyword not in _COUNTS:
            raise _UnknownKeyword(keyword)
        for _ in range(_COUNTS[keyword](value, data, schema) if keyword in _COUNTS else 0):
            yield SchemaError(path, keyword, value, data, _keys(schema))


def _is_number(data: Any) -> bool:
    return isinstance(data, int | float) and not isinstance(data, bool)


def _is_of(names: str | list[str], data: Any) -> bool:
    names = [names] if isinstance(names, str) else names
    if not _TYPES.keys() >= set(names):
        raise _UnknownKeyword(names)
    return any(_TYPES[name](data) for name in names)


def _is_listed(values: list[Any], data: Any) -> bool:
    if not all(isinstance(value, str) for value in values):
        raise _UnknownKeyword(values)
    return isinstance(data, str) and data in values


def _extra(data: Any, schema: Mapping[str, Any]) -> list[str]:
    known = schema.get("properties", {})
    return [key for key in data if key not in known] if isinstance(data, dict) else []


def _of_properties(value: Any, data: Any, _: Mapping[str, Any]) -> Iterator[_Part]:
    known = value if isinstance(data, dict) else {}
    return ((part, data[key], key) for key, part in known.items() if key in data)


def _of_additional(value: Any, data: Any, schema: Mapping[str, Any]) -> Iterator[_Part]:
    extra = _extra(data, schema) if isinstance(value, dict) else []
    return ((value, data[key], key) for key in extra)


def _of_items(value: Any, data: Any, _: Mapping[str, Any]) -> Iterator[_Part]:
    items = data if isinstance(data, list) else []
    return ((value, item, index) for index, item in enumerate(items))


_PARTS: Mapping[str, Callable[[Any, Any, Mapping[str, Any]], Iterator[_Part]]] = {
    "properties": _of_properties,
    "additionalProperties": _of_additional,
    "items": _of_items,
}
"""For each keyword about the parts of a value: the schema, the value and the key of each part."""

_COUNTS: Mapping[str, Callable[[Any, Any, Mapping[str, Any]], int]] = {
    "type": lambda value, data, _: not _is_of(value, data),
    "enum": lambda value, data, _: not _is_listed(value, data),
    "required": lambda value, data, _: isinstance(data, dict) and len(set(value) - data.keys()),
    "additionalProperties": lambda value, data, schema: (
        value is False and bool(_extra(data, schema))
    ),
    "anyOf": lambda value, data, _: not any(_accepts_surely(part, data) for part in value),
    "minLength": lambda value, data, _: isinstance(data, str) and len(data) < value,
    "maxLength": lambda value, data, _: isinstance(data, str) and len(data) > value,
    "minimum": lambda value, data, _: _is_number(data) and data < value,
    "pattern": lambda value, data, _: isinstance(data, str) and not re.search(value, data),
}
"""For each keyword about a value itself, how many violations jsonschema reports."""


def _accepts_surely(schema: Mapping[str, Any], data: Any) -> bool:
    return next(_violations(schema, data, ()), None) is None
