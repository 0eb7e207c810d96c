"""All rules. They are found by import: a new file in a family's folder is all that one takes."""

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
    """All rules, by name, sorted."""
    found = []
    for name in _modules(*rules.__path__):
        module = importlib.import_module(f"{rules.__name__}.{name}")
        found += [value for value in vars(module).values() if isinstance(value, Rule)]
    return {rule.name: rule for rule in sorted(found, key=lambda rule: rule.name)}


def _modules(top: str) -> Iterator[str]:
    """The modules of the family folders, such as `links.broken_link`, in no particular order."""
    for family in os.listdir(top):  # noqa: PTH208
        folder = os.path.join(top, family)  # noqa: PTH118
        names = os.listdir(folder) if os.path.isdir(folder) else []  # noqa: PTH112, PTH208
        files = (name for name in names if name.endswith(".py") and name != "__init__.py")
        yield from (f"{family}.{name[:-3]}" for name in files)


def _named(name: str) -> Rule:
    return load_rules()[name]


def families() -> list[str]:
    """The names of all families, sorted."""
    return sorted({rule.family for rule in load_rules().values()})


def _reduce(rule: Rule) -> tuple[Any, ...]:
    """Pickle a rule as its name, because the other process loads the same rules.

    A rule that is not among them, such as a test's, is pickled with all of its parts.
    """
    if load_rules().get(rule.name) is rule:
        return _named, (rule.name,)
    return Rule, tuple(rule)


copyreg.pickle(Rule, _reduce)
