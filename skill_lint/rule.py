"""What a rule is: a check, its name, its default severity and its documentation."""

import functools
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from skill_lint.diagnostic import Fix, Safety, Severity
from skill_lint.text.source import START, Source, Span

DOCS_URL = "https://github.com/skill-lint/skill-lint/blob/main/docs/rules.md"


COLLECTION, RUN = "collection", "run"
"""Families whose rules do not take a skill, but all skills together, or an event of the run."""


class RelatedSpan(NamedTuple):
    """Another place that belongs to a finding."""

    source: Source
    span: Span
    message: str


class Finding(NamedTuple):
    """What a rule yields: what is wrong, and where."""

    message: str
    source: Source
    span: Span = START
    related: tuple[RelatedSpan, ...] = ()
    remedy: str = ""
    """Replaces the rule's remedy if that does not fit this finding."""
    details: str = ""
    fix: Fix | None = None
    about: str = ""
    """The file, link or folder of the skill that is wrong, if no text of `source` is: its name."""


class Crash(NamedTuple):
    """A bug of skill-lint, reported as a finding on a skill. `rule` is empty if no rule raised."""

    rule: str
    source: Source
    error: str
    trace: str


class Overflow(NamedTuple):
    """The limit of findings in one file is exceeded: `most` were kept, `left` counts the others."""

    source: Source
    most: int
    left: Mapping[Severity, int]


class LedOut(NamedTuple):
    """A SKILL.md that is a symbolic link out of the checkout; `target` is the text of the link."""

    source: Source
    target: str


Check = Callable[..., Iterator[Any]]
"""Takes a Skill and its options by keyword, and yields a `Finding` for each fault.

In the family `run` it takes the event that it reports. In the family `collection` it takes a
`Collection` and yields a `GroupFinding` for each fault.
"""


class Rule(NamedTuple):
    """One rule. All but the check and the severity is read from the rule's module."""

    name: str
    family: str
    severity: Severity
    check: Check
    doc: str
    fixable: Safety | None = None
    """The safety of its safest fix; None if it has no fixes. Not each of its findings has one."""

    @property
    def url(self) -> str:
        return f"{DOCS_URL}#{self.name}"

    @property
    def options(self) -> Mapping[str, Any]:
        """The check's keyword-only parameters with their defaults, named as in the config."""
        defaults: Mapping[str, Any] = getattr(self.check, "__kwdefaults__", None) or {}
        return {name.replace("_", "-"): value for name, value in defaults.items()}

    @property
    def summary(self) -> str:
        """One sentence: the fault."""
        return _parts(self.doc)["summary"]

    @property
    def why(self) -> str:
        return _parts(self.doc).get("why", "")

    @property
    def remedy(self) -> str:
        """One sentence in the imperative: how to fix the fault."""
        return _parts(self.doc).get("fix", "")

    @property
    def fix_safety(self) -> str:
        """Why the rule's fixes are safe or unsafe; empty if it has none."""
        return _parts(self.doc).get("fix safety", "")

    @property
    def bad(self) -> str:
        return _dedented(_parts(self.doc).get("bad", ""))

    @property
    def good(self) -> str:
        return _dedented(_parts(self.doc).get("good", ""))


_TITLES = ("Why", "Fix", "Fix safety", "Bad", "Good")


@functools.cache
def _parts(doc: str) -> Mapping[str, str]:
    """A docstring's parts: `summary`, then those that begin with a title, such as `why`."""
    parts: dict[str, str] = {}
    summary, _, rest = doc.strip().partition("\n\n")
    parts["summary"] = " ".join(summary.split())
    title = ""
    for line in rest.splitlines():
        start, colon, text = line.partition(":")
        if colon and start in _TITLES:
            title = start.lower()
            parts[title] = text.strip()
        elif title:
            parts[title] += f"\n{line}"
    for name in parts.keys() & {"why", "fix", "fix safety"}:
        parts[name] = " ".join(parts[name].split())
    return parts


def _dedented(text: str) -> str:
    # Lazy import: a lint shows no examples.
    from textwrap import dedent

    return dedent(text.strip("\n"))


def rule(severity: Severity, *, fixable: Safety | None = None) -> Callable[[Check], Rule]:
    """Make a rule of a check, named after the function; the module's folder is the family."""

    def decorate(check: Check) -> Rule:
        name = check.__name__.replace("_", "-")
        family = check.__module__.split(".")[-2]
        doc = sys.modules[check.__module__].__doc__ or ""
        return Rule(name, family, severity, check, doc, fixable)

    return decorate


class ActiveRule(NamedTuple):
    """A rule that runs, with the severity and the options that the configuration gives it."""

    rule: Rule
    severity: Severity
    options: Mapping[str, Any]
