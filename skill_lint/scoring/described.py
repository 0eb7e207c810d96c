"""What each metric of the score measures, and how a skill gets more of it, in words."""

from collections.abc import Mapping
from typing import NamedTuple


class Described(NamedTuple):
    """Two texts in sentences."""

    measures: str
    advice: str


def in_words(metric: str) -> str:
    """A metric's name in words: `has_quick_start` is `quick start`."""
    return metric.removeprefix("has_").removeprefix("uses_").replace("_", " ")


def page_name(metric: str) -> str:
    """The word that `skill-lint explain` takes for a metric, such as `quick-start`."""
    return in_words(metric).replace(" ", "-")


METRICS: Mapping[str, Described] = {
    "pattern_count": Described(
        "the number of headings of the third level (###), up to 5: each is taken for a pattern. "
        "Five or more give 1.",
        "Give each pattern, step or variant a heading of its own.",
    ),
    "frontmatter_completeness": Described(
        "which fields have a value: `name` and `description` give 0.2 each, `skill_id` and "
        "`version` 0.1 each, `type`, `weight`, `keywords`, `license`, `compatibility` and "
        '`see_also` 0.05 each. "Use when" in the description gives 0.1.',
        "Add the fields that are true of the skill.",
    ),
    "code_examples_quality": Described(
        "the code blocks. One gives 0.3; 0.2 more if all say their language (0.1 if some do), 0.3 "
        "if none has `...`, TODO, a lone `pass` or NotImplementedError, and 0.2 if seven of ten "
        "have three lines or more.",
        "Write complete examples that run, and name the language of each.",
    ),
    "has_core_principle": Described(
        'whether the prose says "core principle". This is one of three essentials: the score is '
        "multiplied by 0.70, 0.85, 0.95 or 1.0 for none, one, two or all of them.",
        "State the one idea that everything else in the skill follows from.",
    ),
    "has_strong_guidance": Described(
        "whether the prose has ALWAYS, NEVER or MUST in capital letters. This is one of three "
        "essentials: the score is multiplied by 0.70, 0.85, 0.95 or 1.0 for none, one, two or all "
        "of them.",
        "Say what the agent must always or never do, where there is no choice.",
    ),
    "has_anti_patterns": Described(
        'whether the prose says "anti-pattern".',
        "Name what looks right and is wrong, under the heading Anti-Patterns.",
    ),
    "has_key_insights": Described(
        'whether the prose says "key insight".',
        "Say what an expert knows about the task and a beginner does not.",
    ),
    "has_real_world_impact": Described(
        'whether the prose says "real-world impact".',
        "Say what the skill has changed in practice, with figures if there are some.",
    ),
    "has_good_bad_contrast": Described(
        "whether the prose marks a good and a bad example: ✅ and ❌, or words such as `Good:` and "
        "`Bad:`. This is one of three essentials: the score is multiplied by 0.70, 0.85, 0.95 or "
        "1.0 for none, one, two or all of them.",
        "Show a bad example beside the good one.",
    ),
    "has_when_to_use_section": Described(
        "whether a heading says when to use the skill.",
        "Add the section When to Use This Skill.",
    ),
    "has_quick_reference": Described(
        'whether a heading says "Quick Reference".',
        "Add a table of the commands or facts that are needed most often.",
    ),
    "has_common_mistakes": Described(
        'whether a heading says "Common Mistakes" or "Common Pitfalls".',
        "List the mistakes that are made with this task, each with its remedy.",
    ),
    "description_quality": Described(
        'the description. Any text gives 0.2; "use when" gives 0.3 more, a word such as when, if, '
        "before or after 0.2, a verb for what the skill does 0.15, and a length of 8 to 30 words "
        "0.15.",
        "Write what the skill does, and then: Use when ...",
    ),
    "has_quick_start": Described(
        'whether a heading says "Quick Start", "Getting Started" or the like.',
        "Add the shortest way to a first result.",
    ),
    "uses_progressive_disclosure": Described(
        "whether SKILL.md names a file in one of the skill's folders.",
        "Move details to `references/`, and link to them from SKILL.md.",
    ),
    "has_red_flags": Described(
        'whether the prose says "red flag".',
        "Name the signs that the agent is on the wrong way.",
    ),
}
"""Each metric by its name in JSON and in `score-weights`."""
