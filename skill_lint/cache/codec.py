"""Frozen data ↔ JSON, guided by the types of the fields.

Not pickle: a cache may come from anywhere, and reading one must never execute anything.
"""

import functools
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

_T = TypeVar("_T")
_Decode = Callable[[Any], Any]


def to_json(value: Any) -> Any:
    """A value as JSON: dataclasses and tuples become lists of their fields."""
    if isinstance(value, str | int | float | None):
        return value
    if isinstance(value, tuple | list):
        return [to_json(each) for each in value]
    if isinstance(value, frozenset):
        return sorted(to_json(each) for each in value)
    return [to_json(getattr(value, name)) for name in _field_names(value.__class__)]


@functools.cache
def _field_names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def from_json(kind: type[_T], data: Any) -> _T:
    """The value of type `kind` that `to_json` turned into `data`.

    Raises ValueError, TypeError, KeyError or IndexError if `data` is anything else.
    """
    hashable: Any = kind
    decode = _decoder(hashable)
    value: _T = decode(data) if decode else data
    return value


@functools.cache
def _decoder(kind: Any) -> _Decode | None:
    """The function from JSON to a value of a type; None if the JSON is that value already."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        not_none = next(each for each in inner if each is not types.NoneType)
        decode = _decoder(not_none)
        return decode and (lambda data: None if data is None else decode(data))
    if origin in (tuple, frozenset):
        return _items_decoder(origin, _decoder(inner[0]))
    if is_dataclass(kind) or hasattr(kind, "_fields"):
        return _fields_decoder(kind)
    if origin is Literal or kind in (str, int, float, bool):
        return None
    raise TypeError(f"the cache does not know how to keep {kind}")


def _items_decoder(origin: Callable[[Any], Any], decode: _Decode | None) -> _Decode:
    if decode is None:
        return origin
    return lambda data: origin([decode(item) for item in data])


def _fields_decoder(kind: Any) -> _Decode:
    hints = get_type_hints(kind)
    names = kind._fields if hasattr(kind, "_fields") else _field_names(kind)
    decoders = [_decoder(hints[name]) for name in names]
    if not any(decoders):
        return lambda data: kind(*data)
    return lambda data: kind(
        *[decode(value) if decode else value for decode, value in zip(decoders, data, strict=True)]
    )
