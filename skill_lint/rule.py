"""What a rule is: a check, its name, its default severity and its documentation."""

import functools
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from skill_lint.diagnostic import Fix, Safety, Severity
from skill_lint.text.source import START, Source, Span

DOCS_URL = "https://github.com/skill-lint/skill-lint/blob/main/docs/rules.md"


COLLECTION, RUN = "collection", "run"
"""Families whose rules see no single skill: all skills together, or what happens in the run."""


class RelatedSpan(NamedTuple):
    """Another place that belongs to a finding."""

    source: Source
    span: Span
    message: str


class Finding(NamedTuple):
    """All that a rule may say: what is wrong, and where."""

    message: str
    source: Source
    span: Span = START
    related: tuple[RelatedSpan, ...] = ()
    remedy: str = ""
    """In place of the rule's, where that does not fit this very case."""
    details: str = ""
    fix: Fix | None = None


class Crash(NamedTuple):
    """A bug of skill-lint, reported as a finding on its skill. `rule` is empty if none raised."""

    rule: str
    source: Source
    error: str
    trace: str


class Overflow(NamedTuple):
    """Findings of one file that are over the limit: `most` were kept, `left` by severity not."""

    source: Source
    most: int
    left: Mapping[Severity, int]


Check = Callable[..., Iterator[Any]]
"""Takes a Skill and its options by keyword, and yields a `Finding` for each fault.

In the family `run` it takes the event that it reports; in `collection` all skills together, and
yields a `GroupFinding`.
"""


class Rule(NamedTuple):
    """One rule. Everything but the check and the severity comes from its module."""

    name: str
    family: str
    severity: Severity
    check: Check
    doc: str
    fixable: Safety | None = None
    """The best fix that its findings may have; which of them do, depends on the case."""

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
        """One sentence in the imperative: how to mend it."""
        return _parts(self.doc).get("fix", "")

    @property
    def bad(self) -> str:
        return _dedented(_parts(self.doc).get("bad", ""))

    @property
    def good(self) -> str:
        return _dedented(_parts(self.doc).get("good", ""))


@functools.cache
def _parts(doc: str) -> Mapping[str, str]:
    """A docstring's parts: `summary`, then each paragraph that begins with `Word:`."""
    parts: dict[str, str] = {}
    summary, _, rest = doc.strip().partition("\n\n")
    parts["summary"] = " ".join(summary.split())
    title = ""
    for line in rest.splitlines():
        word, colon, text = line.partition(":")
        if colon and word in ("Why", "Fix", "Bad", "Good"):
            title = word.lower()
            parts[title] = text.strip()
        elif title:
            parts[title] += f"\n{line}"
    for name in parts.keys() & {"why", "fix"}:
        parts[name] = " ".join(parts[name].split())
    return parts


def _dedented(text: str) -> str:
    # Late, for who lints wants no examples.
    from textwrap import dedent

    return dedent(text.strip("\n"))


def rule(severity: Severity, *, fixable: Safety | None = None) -> Callable[[Check], Rule]:
    """Make a function a rule: its name is the rule's, its module's folder the family."""

    def decorate(check: Check) -> Rule:
        name = check.__name__.replace("_", "-")
        family = check.__module__.split(".")[-2]
        doc = sys.modules[check.__module__].__doc__ or ""
        return Rule(name, family, severity, check, doc, fixable)

    return decorate


class ActiveRule(NamedTuple):
    """A rule that runs, with the severity and options it runs with."""

    rule: Rule
    severity: Severity
    options: Mapping[str, Any]
