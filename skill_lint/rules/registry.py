"""Every rule, found below this folder: nobody lists them."""

import copyreg
import functools
import importlib
import os
from collections.abc import Iterator, Mapping
from typing import Any

from skill_lint import rules
from skill_lint.rule import Rule


@functools.cache
def load_rules() -> Mapping[str, Rule]:
    """Every rule below `skill_lint.rules`, by name, sorted."""
    found = []
    for name in _modules(*rules.__path__):
        module = importlib.import_module(f"{rules.__name__}.{name}")
        found += [value for value in vars(module).values() if isinstance(value, Rule)]
    return {rule.name: rule for rule in sorted(found, key=lambda rule: rule.name)}


def _modules(top: str) -> Iterator[str]:
    """`links.broken_link` and the others, in no particular order."""
    for family in os.listdir(top):  # noqa: PTH208
        folder = os.path.join(top, family)  # noqa: PTH118
        names = os.listdir(folder) if os.path.isdir(folder) else []  # noqa: PTH112, PTH208
        rules = (name for name in names if name.endswith(".py") and name != "__init__.py")
        yield from (f"{family}.{name[:-3]}" for name in rules)


def _named(name: str) -> Rule:
    return load_rules()[name]


def families() -> list[str]:
    """The names of all families, sorted."""
    return sorted({rule.family for rule in load_rules().values()})


def _reduce(rule: Rule) -> tuple[Any, ...]:
    """How a rule travels to another process, which has its own: only the name does.

    One that was made by hand, as in a test, travels as it is.
    """
    if load_rules().get(rule.name) is rule:
        return _named, (rule.name,)
    return Rule, tuple(rule)


copyreg.pickle(Rule, _reduce)
