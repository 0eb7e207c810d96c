"""What a rule is: a check, its name, its default severity and its documentation."""

import functools
import sys
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypedDict, Unpack

from skill_lint.diagnostic import Fix, Safety, Severity
from skill_lint.text.source import START, Source, Span

DOCS_URL = "https://github.com/skill-lint/skill-lint/blob/main/docs/rules.md"


Level = Severity | Literal["off"]
Setting = Level | Mapping[str, Any]
"""A rule's level, or a mapping with `severity` and the rule's options, as in a configuration."""

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
    cause: str = ""
    """What is at fault, such as a key or a path; the message, if that identifies it. In one file,
    findings of one rule with the same cause are reported as one."""
    covers: tuple[str, ...] = ()
    """Causes of other rules' findings that this one accounts for; `rules/silence.py` names the
    rules. A folder ends in `/`, and stands for all that is in it."""
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


Comment = Literal["line", "key", "skill", "end", "none"]
"""Where a comment can stand that suppresses a finding of a rule.

`line`: right above its line, in Markdown. `key`: right above the key in the frontmatter. `skill`:
nowhere near it, so that only `allow-skill` helps, below the frontmatter. `end`: likewise, but at
the end of SKILL.md, because the frontmatter is broken. `none`: nowhere.
"""
_COMMENT_OF_FAMILY: Mapping[str, Comment] = {
    "frontmatter": "key",
    "links": "line",
    "security": "line",
    RUN: "none",
}


class Rule(NamedTuple):
    """One rule. Its documentation is the docstring of its module."""

    name: str
    family: str
    severity: Severity
    """In the preset `recommended`; if it is off there, in the first preset that has the rule."""
    check: Check
    doc: str
    fixable: Safety | None = None
    """The safety of its safest fix; None if it has no fixes. Not each of its findings has one."""
    presets: Mapping[str, Setting] = MappingProxyType({})
    """Its level in each preset, with options where the preset sets some."""
    by_reach: bool = False
    """Whether its errors are warnings in the files that SKILL.md does not lead an agent to."""
    comment: Comment = "skill"
    security_severity: str = ""
    """How dangerous the fault is, from 0.1 to 10.0 as in CVSS; empty if it is no vulnerability."""

    @property
    def level(self) -> Level:
        """Its level in the preset `recommended`."""
        return level_of(self.presets["recommended"])

    @property
    def url(self) -> str:
        return f"{DOCS_URL}#{self.name}"

    @property
    def options(self) -> Mapping[str, Any]:
        """The check's keyword-only parameters with their defaults, named as in the config."""
        defaults: Mapping[str, Any] = getattr(self.check, "__kwdefaults__", None) or {}
        return {name.replace("_", "-"): value for name, value in defaults.items()}

    @property
    def described_options(self) -> Mapping[str, str]:
        """A sentence for each option that the docstring describes, by the option's name."""
        return _described(_parts(self.doc).get("options", ""))

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


_TITLES = ("Why", "Fix", "Fix safety", "Bad", "Good", "Options")


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


def _described(text: str) -> dict[str, str]:
    """The options of a docstring. An indented line goes on with the sentence of the line above."""
    found: dict[str, str] = {}
    name = ""
    for line in _dedented(text).splitlines():
        start, colon, sentence = line.partition(":")
        if colon and not line.startswith(" "):
            name = start
        else:
            sentence = line
        found[name] = f"{found.get(name, '')} {sentence.strip()}".strip()
    return found


def _dedented(text: str) -> str:
    # Lazy import: a lint shows no examples.
    from textwrap import dedent

    return dedent(text.strip("\n"))


class Elsewhere(TypedDict, total=False):
    """A rule's level in the presets other than `recommended`."""

    golden: Setting
    agentskills: Setting
    strict: Setting


def rule(
    level: Level,
    *,
    fixable: Safety | None = None,
    by_reach: bool = False,
    comment: Comment | None = None,
    security_severity: str = "",
    **elsewhere: Unpack[Elsewhere],
) -> Callable[[Check], Rule]:
    """Make a rule of a check, named after the function; the module's folder is the family.

    `level` is the level in the preset `recommended`. `golden` and `strict` have the same if they
    are not given. `agentskills` has only the rules that say so, and those about the run itself.
    `by_reach` and `security_severity` are those of `Rule`. `comment` says where a comment can
    stand; by default, that of the family.
    """

    def decorate(check: Check) -> Rule:
        name = check.__name__.replace("_", "-")
        family = check.__module__.split(".")[-2]
        doc = sys.modules[check.__module__].__doc__ or ""
        presets: dict[str, Setting] = {
            "recommended": level,
            "golden": elsewhere.get("golden", level),
            "agentskills": elsewhere.get("agentskills", level if family == RUN else "off"),
            "strict": elsewhere.get("strict", level),
        }
        severities = [each for each in map(level_of, presets.values()) if each != "off"]
        place = comment or _COMMENT_OF_FAMILY.get(family, "skill")
        return Rule(
            name, family, severities[0], check, doc, fixable, presets, by_reach, place,
            security_severity,
        )  # fmt: skip

    return decorate


def level_of(setting: Setting) -> Level:
    """The level of a rule in a preset."""
    if isinstance(setting, str):
        return setting
    level: Level = setting["severity"]
    return level


class ActiveRule(NamedTuple):
    """A rule that runs, with the severity and the options that the configuration gives it."""

    rule: Rule
    severity: Severity
    options: Mapping[str, Any]
