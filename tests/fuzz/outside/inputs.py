"""Seeds → odd inputs: a value is replaced, a key doubled, bytes are cut, repeated or mixed in."""

import json
import random
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from tests.fuzz.outside import odd

LARGEST = 60_000
"""Bytes of an input. What grows with the square of its size shows in benchmarks/growth.py."""


@dataclass(frozen=True)
class Raw:
    """A value or a key as it is written into the text."""

    text: str


Pairs = list[tuple[Any, Any]]
"""A mapping, in which a key may stand twice."""


def make(seed: bytes, form: str, rng: random.Random) -> bytes:
    """An input that is a seed with some changes. `form` is that of a `Kind`."""
    if form == "lines":
        return _one_line(seed, rng)
    data = seed
    if form in _WRITERS and rng.random() < 0.8:
        tree = _tree(_READERS[form](seed.decode("utf-8-sig")))
        for _ in range(rng.choice([1, 1, 1, 2, 3])):
            tree = _changed(tree, odd.VALUES[form], rng)
        data = _WRITERS[form](tree, rng).encode("utf-8", "surrogatepass")
    if data is seed or rng.random() < 0.15:
        for _ in range(rng.choice([1, 1, 2, 5])):
            data = rng.choice(_ON_BYTES)(data, rng)
    return data[:LARGEST]


def _one_line(seed: bytes, rng: random.Random) -> bytes:
    lines = seed.split(b"\n")
    number = rng.randrange(len(lines))
    lines[number] = make(lines[number], "json", rng)
    return b"\n".join(lines)


def _tree(value: Any) -> Any:
    if isinstance(value, dict):
        return [(json.dumps(str(key))[1:-1], _tree(each)) for key, each in value.items()]
    return tuple(map(_tree, value)) if isinstance(value, list) else value


def _places(tree: Any, at: tuple[int, ...] = ()) -> list[tuple[int, ...]]:
    parts = [each for _, each in tree] if isinstance(tree, list) else tree
    inner = parts if isinstance(tree, list | tuple) else ()
    return [
        at,
        *(path for number, each in enumerate(inner) for path in _places(each, (*at, number))),
    ]


def _changed(tree: Any, values: Sequence[str], rng: random.Random) -> Any:
    return _at(tree, rng.choice(_places(tree)), rng.choice(_ON_VALUES), values, rng)


def _at(
    tree: Any, place: Sequence[int], change: Any, values: Sequence[str], rng: random.Random
) -> Any:
    """The tree with a change of what is at a place."""
    if not place:
        return change(tree, values, rng)
    number, rest = place[0], place[1:]
    parts = list(tree)
    if isinstance(tree, tuple):
        parts[number] = _at(parts[number], rest, change, values, rng)
        return tuple(parts)
    key, value = parts[number]
    if not rest and rng.random() < 0.2:
        parts[number : number + 1] = rng.choice(_ON_KEYS)(key, value, values, rng)
    else:
        parts[number] = (key, _at(value, rest, change, values, rng))
    return parts


_ON_VALUES: Sequence[Callable[[Any, Sequence[str], random.Random], Any]] = [
    *[lambda _, values, rng: Raw(rng.choice(values))] * 6,
    lambda value, _, rng: (value,) * rng.choice([0, 1, 2, 30]),
    lambda value, _, rng: [(rng.choice(odd.KEYS), value)],
]
_ON_KEYS: Sequence[Callable[[Any, Any, Sequence[str], random.Random], Pairs]] = [
    lambda key, value, values, rng: [(key, value), (key, Raw(rng.choice(values)))],
    lambda key, value, values, rng: [(rng.choice(odd.KEYS), value)],
    lambda key, value, values, rng: [(key, value), (rng.choice(odd.KEYS), Raw(rng.choice(values)))],
    lambda key, value, values, rng: [],
]


def _flow(tree: Any, pair: str = ": ") -> str:
    """JSON, which is flow YAML; with ` = `, inline TOML."""
    if isinstance(tree, Raw):
        return tree.text
    if isinstance(tree, list):
        return "{" + ", ".join(f'"{key}"{pair}{_flow(each, pair)}' for key, each in tree) + "}"
    if isinstance(tree, tuple):
        return "[" + ", ".join(_flow(each, pair) for each in tree) + "]"
    return json.dumps(tree, default=str)


def _json(tree: Any, _: random.Random) -> str:
    return _flow(tree)


def _yaml(tree: Any, rng: random.Random, indent: str = "") -> str:
    if not isinstance(tree, list) or not tree or rng.random() < 0.1:
        return f"{indent}{_flow(tree)}\n"
    lines = []
    for key, value in tree:
        shown = key if key.replace("-", "").isalnum() else f'"{key}"'
        is_block = isinstance(value, list) and value and rng.random() < 0.8
        lines.append(
            f"{indent}{shown}:\n{_yaml(value, rng, indent + '  ')}"
            if is_block
            else f"{indent}{shown}: {_flow(value)}\n"
        )
    return "".join(lines)


def _toml(tree: Any, rng: random.Random, table: str = "") -> str:
    if not isinstance(tree, list):
        return _flow(tree, " = ")
    lines, tables = [], []
    for key, value in tree:
        if isinstance(value, list) and rng.random() < 0.7:
            name = f'{table}"{key}"'
            tables.append(f"[{name}]\n{_toml(value, rng, f'{name}.')}")
        else:
            lines.append(f'"{key}" = {_flow(value, " = ")}\n')
    return "".join([*lines, *tables])


def _yaml_tree(text: str) -> Any:
    return yaml.safe_load(text)


_READERS: Mapping[str, Callable[[str], Any]] = {
    "json": json.loads, "yaml": _yaml_tree, "toml": tomllib.loads,
}  # fmt: skip
_WRITERS: Mapping[str, Callable[[Any, random.Random], str]] = {
    "json": _json, "yaml": _yaml, "toml": _toml,
}  # fmt: skip


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _without(data: bytes, rng: random.Random) -> bytes:
    start, end = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return data[:start] + data[end:]


def _repeated(data: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data) + 1)
    end = start + rng.randrange(30)
    return data[:end] + data[start:end] * rng.choice([1, 2, 60, 500]) + data[end:]


def _with(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(odd.BYTES) * rng.choice([1, 1, 1, 3, 100]) + data[at:]


def _flipped(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data or b"x")
    changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _encoded(data: bytes, rng: random.Random) -> bytes:
    name = rng.choice(["utf-16", "utf-16-le", "utf-32", "utf-8-sig", "utf-7"])
    return data.decode("utf-8", "replace").encode(name, "surrogatepass")


_ON_BYTES: Sequence[Callable[[bytes, random.Random], bytes]] = [
    _cut, _without, _repeated, _with, _with, _with, _flipped, _flipped, _encoded,
]  # fmt: skip
