"""The rules of the golden standard that other presets do not fail a skill for.

`recommended` reports them as infos, so that whoever keeps the standard must be told of them.
"""

from collections.abc import Iterable

from skill_lint.rule import ActiveRule

RULES = frozenset(
    {
        "empty-subdirectory", "empty-when-to-use", "few-examples", "legacy-subdirectory",
        "missing-overview", "missing-quick-start", "missing-when-to-use", "nested-subdirectory",
        "unknown-subdirectory", "v1-sections",
    }
)  # fmt: skip
"""What the golden standard alone asks for: sections, subdirectories, examples."""
_MUST = "missing-when-to-use"


def is_kept(active: Iterable[ActiveRule]) -> bool:
    """Whether a run with these rules already holds the skills to the standard."""
    return any(each.rule.name == _MUST and each.severity == "error" for each in active)
