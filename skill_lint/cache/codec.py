"""Frozen data ↔ JSON, guided by the types of the fields.

Not pickle: a cache may come from anywhere, and reading one must never execute anything. What is
read has the types that the fields have, all the way down, so nothing later trips over it.
"""

import functools
import types
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

_T = TypeVar("_T")
_Decode = Callable[[Any], Any]
_LEAVES = (str, int, float, bool)


class Mismatch(ValueError):
    """The data is no value of the type that was asked for."""


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
    """The value of type `kind` that `to_json` turned into `data`. Raises `Mismatch` otherwise."""
    hashable: Any = kind
    value: _T = _decoder(hashable)(data)
    return value


@functools.cache
def _decoder(kind: Any) -> _Decode:
    """The function from JSON to a value of a type. It raises `Mismatch`."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _union_decoder(inner)
    if origin in (tuple, frozenset):
        is_many = origin is frozenset or inner[1:] == (...,)
        return _items_decoder(origin, inner[0]) if is_many else _fields_decoder(tuple, inner)
    if is_dataclass(kind) or hasattr(kind, "_fields"):
        hints = get_type_hints(kind)
        names = kind._fields if hasattr(kind, "_fields") else _field_names(kind)
        return _fields_decoder(lambda values: kind(*values), [hints[name] for name in names])
    if origin is Literal:
        return _literal_decoder(inner)
    if kind in _LEAVES:
        return _leaf_decoder(kind)
    raise TypeError(f"the cache does not know how to keep {kind}")


def _leaf_decoder(kind: type) -> _Decode:
    def decode(data: Any) -> Any:
        if type(data) is not kind:
            raise Mismatch(kind)
        return data

    return decode


def _literal_decoder(values: Sequence[str]) -> _Decode:
    def decode(data: Any) -> Any:
        if type(data) is not str or data not in values:
            raise Mismatch(values)
        return data

    return decode


def _union_decoder(kinds: Sequence[Any]) -> _Decode:
    """For a type that may be None, or for one of several kinds of text."""
    decode = _decoder(next(each for each in kinds if each is not types.NoneType))
    if types.NoneType in kinds:
        return lambda data: None if data is None else decode(data)
    return _decoder(str)


def _items_decoder(make: Callable[[Any], Any], kind: Any) -> _Decode:
    decode = _decoder(kind)

    def decode_leaves(data: Any) -> Any:
        if type(data) is not list or not set(map(type, data)) <= {kind}:
            raise Mismatch(kind)
        return make(data)

    def decode_items(data: Any) -> Any:
        if type(data) is not list:
            raise Mismatch(kind)
        return make([decode(item) for item in data])

    return decode_leaves if kind in _LEAVES else decode_items


def _fields_decoder(make: Callable[[list[Any]], Any], kinds: Sequence[Any]) -> _Decode:
    decoders = list(map(_decoder, kinds))

    def decode_leaves(data: Any) -> Any:
        if type(data) is not list or list(map(type, data)) != kinds:
            raise Mismatch(kinds)
        return make(data)

    def decode_fields(data: Any) -> Any:
        if type(data) is not list or len(data) != len(decoders):
            raise Mismatch(kinds)
        return make([decode(value) for decode, value in zip(decoders, data, strict=True)])

    kinds = list(kinds)
    return decode_leaves if all(kind in _LEAVES for kind in kinds) else decode_fields
