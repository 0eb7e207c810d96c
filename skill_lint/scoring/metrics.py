"""The metrics of the quality score, each from 0 to 1. Source: the golden standard's project.

Code fences never count as headings or prose.
"""

import re
from collections.abc import Callable, Mapping
from functools import cached_property

from skill_lint.markdown.anchors import without_markup
from skill_lint.markdown.elements import Fence
from skill_lint.markdown.headings import QUICK_START, says, sections_for_use
from skill_lint.markdown.inline_text import Inline
from skill_lint.skill.skill import Skill

MOST_PATTERNS = 5
_TRIGGERS = re.compile(r"\b(?:before|after|during|when|if|while)\b", re.IGNORECASE)
_ACTIONS = re.compile(
    r"\b(?:add|analy[sz]|automat|build|check|configur|convert|creat|debugg?|deploy|design|edit"
    r"|extract|fill|find|fix|formatt?|generat|implement|install|manag|migrat|monitor|optimi[sz]"
    r"|pars|read|refactor|review|runn?|scann?|set(?:ting)? up|summari[sz]|test|transform|translat"
    r"|updat|us(?=e|ing)|validat|writ)(?:e|es|ed|ing|s)?\b",
    re.IGNORECASE,
)
_STRONG = re.compile(r"\b(?:ALWAYS|NEVER|MUST)\b")
_GOOD = re.compile(r"✅|\b(?:good|correct|right)\s*:|^(?:good|do)\W*$", re.I | re.M)
_BAD = re.compile(r"❌|\b(?:bad|incorrect|wrong)\s*:|^(?:bad|don['\u2019]t)\W*$", re.I | re.M)
_UNFINISHED = re.compile(r"\.\.\.|\bTODO\b|^\s*pass\s*$|\bNotImplementedError\b", re.MULTILINE)


class View:
    """The parts of a skill that the metrics measure."""

    def __init__(self, skill: Skill) -> None:
        self.skill = skill
        self.document = skill.document

    @cached_property
    def prose(self) -> str:
        """The text of headings, paragraphs and table cells, without code and markup."""
        return "\n".join(without_markup(_without_code(each)) for each in self.document.inlines)

    def says(self, pattern: str) -> float:
        """1.0 if the prose matches the pattern, ignoring case, else 0.0."""
        return float(re.search(pattern, self.prose, re.IGNORECASE) is not None)

    def has_heading(self, *phrases: str) -> float:
        return float(says(self.document, phrases))

    def given(self, name: str) -> bool:
        """Whether the frontmatter or metadata.json gives the field a value that is not empty."""
        entry = self.skill.frontmatter.get(name)
        fields = [each.value for each in self.skill.metadata.given(name)]
        return any(value not in (None, "", []) for value in [entry and entry.value, *fields])

    @cached_property
    def description(self) -> str:
        value = self.skill.metadata.fields["description"].value
        return value if isinstance(value, str) else ""

    def code(self, fence: Fence) -> str:
        return self.skill.source.slice(fence.content)


def _without_code(inline: Inline) -> str:
    parts, end = [], 0
    for event in inline.events if "`" in inline.content or "<" in inline.content else ():
        if event.kind in ("code", "html") and event.span.start >= end:
            parts.append(inline.content[end : event.span.start])
            end = event.span.end
    return " ".join([*parts, inline.content[end:]])


def _patterns(view: View) -> float:
    number = sum(heading.level == 3 for heading in view.document.headings)
    return min(number, MOST_PATTERNS) / MOST_PATTERNS


def _frontmatter(view: View) -> float:
    parts = {"name": 0.2, "description": 0.2, "skill_id": 0.1, "version": 0.1}
    parts |= dict.fromkeys(
        ("type", "weight", "keywords", "license", "compatibility", "see_also"), 0.05
    )
    given = sum(share for name, share in parts.items() if view.given(name))
    return given + 0.1 * ("use when" in view.description.lower())


def _examples(view: View) -> float:
    fences = view.document.fences
    if not fences:
        return 0.0
    named = sum(bool(fence.language) for fence in fences)
    long = sum(len(view.code(fence).strip().splitlines()) >= 3 for fence in fences)
    finished = not any(_UNFINISHED.search(view.code(fence)) for fence in fences)
    languages = 0.2 if named == len(fences) else 0.1 if named else 0.0
    return 0.3 + languages + 0.3 * finished + 0.2 * (long >= 0.7 * len(fences))


def _description(view: View) -> float:
    text = view.description
    if not text.strip():
        return 0.0
    return (
        0.2
        + 0.3 * ("use when" in text.lower())
        + 0.2 * (_TRIGGERS.search(text) is not None)
        + 0.15 * (_ACTIONS.search(text) is not None)
        + 0.15 * (8 <= len(text.split()) <= 30)
    )


def _contrast(view: View) -> float:
    return float(bool(_GOOD.search(view.prose) and _BAD.search(view.prose)))


def _disclosure(view: View) -> float:
    named = view.skill.reach.is_named
    return float(any(named(name) for name in view.skill.tree.files if "/" in name))


METRICS: Mapping[str, Callable[[View], float]] = {
    "pattern_count": _patterns,
    "frontmatter_completeness": _frontmatter,
    "code_examples_quality": _examples,
    "has_core_principle": lambda view: view.says(r"\bcore principles?\b"),
    "has_strong_guidance": lambda view: float(bool(_STRONG.search(view.prose))),
    "has_anti_patterns": lambda view: view.says(r"\banti[- ]?patterns?\b"),
    "has_key_insights": lambda view: view.says(r"\bkey insights?\b"),
    "has_real_world_impact": lambda view: view.says(r"\breal[- ]world impact\b"),
    "has_good_bad_contrast": _contrast,
    "has_when_to_use_section": lambda view: float(bool(sections_for_use(view.document))),
    "has_quick_reference": lambda view: view.has_heading("quick reference"),
    "has_common_mistakes": lambda view: view.has_heading("common mistakes", "common pitfalls"),
    "description_quality": _description,
    "has_quick_start": lambda view: view.has_heading(*QUICK_START),
    "uses_progressive_disclosure": _disclosure,
    "has_red_flags": lambda view: view.says(r"\bred flags?\b"),
}
"""Each metric by its name, in the order of the report."""


def measure(skill: Skill) -> dict[str, float]:
    """The value of every metric for a skill, by name."""
    view = View(skill)
    return {name: round(metric(view), 4) for name, metric in METRICS.items()}
