"""Text of a configuration file → data, with limits on both, and errors that quote no value.

The file may be of somebody who would like to see another file in the messages of an error.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from skill_lint.lazy_regex import lazy_compile
from skill_lint.limits import DEFAULT, MOST_NUMBER
from skill_lint.yaml.node import Node, YamlFault, key_text
from skill_lint.yaml.parse import parse

_SHOWN = re.compile(r"[\w./@+-]{0,60}")
"""What a message shows of a key. In another file, `root:$6$hash:::` is a key too."""
_QUOTED = re.compile(r"[\"'`].{3,}[\"'`]", re.DOTALL)
"""What a message quotes, from the first quote to the last: the quoted text may hold quotes. A
single character, which may be escaped, tells nothing of the file.
"""
_HALF = lazy_compile("[\ud800-\udfff]")
_LONG_CHAIN = lazy_compile(
    r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){50}"""
)
"""A dotted key of more than 50 parts. tomllib needs the square of their number in memory."""


class ConfigError(Exception):
    """The configuration cannot be used; the message says why.

    `word` is the key or value at fault. `config.file.located` searches the file for it to find the
    line.
    """

    def __init__(self, message: str, word: str = "") -> None:
        super().__init__(message)
        self.word = word


def cut(key: str) -> str:
    """A key as a message shows it: up to what no name of a setting has."""
    shown = _SHOWN.match(key)
    assert shown is not None
    return key if shown[0] == key else f"{shown[0]}..."


def parsed(text: str, *, is_toml: bool, below: Sequence[str] = ()) -> Any:
    """The data in a text of YAML or TOML; an empty mapping if there is none.

    `below` are the names of the tables that the data lies in; what else the text holds is not ours.
    Everything in the data is a mapping, a list, a string, a number, a boolean or None. Raises
    `ConfigError`: also for a key that is given twice, for data that is nested too deep or has too
    many values, and for a number beyond all bounds.
    """
    data = _toml(text) if is_toml else _yaml(text)
    for name in below:
        data = data.get(name, {}) if isinstance(data, dict) else {}
    _check_values(data)
    return data


def _yaml(text: str) -> Any:
    try:
        root = parse(text)
    except YamlFault as fault:
        # PyYAML says it in both ways, without and with libyaml.
        message = _unquoted(fault.message).replace("in this context", "here")
        raise ConfigError(f"invalid YAML: {message}") from None
    if root is None:
        return {}
    _check_keys(root)
    return {} if root.value is None else root.value


def _toml(text: str) -> Any:
    # Lazy import: a run without a TOML file does not need it.
    import tomllib

    if _LONG_CHAIN.search(text):
        raise ConfigError("it is nested too deep")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ConfigError("it is nested too deep") from None
    except ValueError as error:  # Also a number with thousands of digits.
        raise ConfigError(f"invalid TOML: {_unquoted(str(error))}") from None


def _unquoted(message: str) -> str:
    """A parser's message without what it quotes from the file."""
    return _QUOTED.sub("...", message)


def _check_keys(root: Node) -> None:
    """Raise `ConfigError` for a mapping with the same key twice: nobody can tell which counts."""
    for node in root.walk():
        seen = set[str]()
        for key, _ in node.pairs:
            name = key_text(key)
            if name in seen:
                raise ConfigError(f"the key `{cut(name)}` is given twice", name)
            seen.add(name)


def _check_values(data: Any) -> None:
    """Raise `ConfigError` for what no setting can mean, before anything works with it."""
    level: list[tuple[tuple[str, ...], Any]] = [((), data)]
    for _ in range(DEFAULT.yaml_depth):
        for path, value in level:
            if fault := _fault_of(value):
                where = ".".join(map(cut, path)) or "the configuration"
                names = [key for key in path if not key.isdigit()]
                raise ConfigError(f"`{where}` {fault}", names[-1] if names else "")
        level = [((*path, key), part) for path, value in level for key, part in _parts(value)]
        if not level:
            return
    raise ConfigError("it is nested too deep")


def _fault_of(value: Any) -> str:
    """Why no setting can be a value, and what to do; empty if one can."""
    if isinstance(value, int | float) and not abs(value) <= MOST_NUMBER:
        return f"has a number that is not between ±{MOST_NUMBER:,}"
    if isinstance(value, str):
        return "has half a character (a surrogate)" if _HALF.search(value) else ""
    if not isinstance(value, dict | list | int | float | None):
        return "is a date, a time or binary data: put it in quotes if a text is meant"
    return "has a key with half a character" if any(map(_HALF.search, _keys(value))) else ""


def _keys(value: Any) -> Iterable[str]:
    return value if isinstance(value, dict) else ()


def _parts(value: Any) -> Iterable[tuple[str, Any]]:
    """The values in a collection, each with its key; an item of a list has its number."""
    if isinstance(value, dict):
        return value.items()
    items = value if isinstance(value, list) else ()
    return ((str(number), each) for number, each in enumerate(items))
