"""Limits on how much of a skill is read. Anything over a limit is reported, never silently skipped.

The defaults are far above the values of real skills; the configuration's `limits` can change them.
"""

from typing import NamedTuple


class Limits(NamedTuple):
    """The limits. In the configuration, their names have hyphens instead of underscores."""

    file_bytes: int = 5_000_000
    """Larger files are not read. The largest real SKILL.md has 291,205 characters."""
    yaml_depth: int = 50
    """Levels of nested lists and mappings."""
    yaml_aliases: int = 10_000
    """Values after every alias is expanded. More is an attack, not a frontmatter."""
    markdown_nesting: int = 60
    """Levels of nested block quotes and lists. Each level of a list counts twice."""
    files_per_skill: int = 100_000
    """Files and folders. The biggest real skill has 2,823 files."""
    findings_per_file: int = 10_000


DEFAULT = Limits()

CONFIGURATION_BYTES = 1_000_000
"""Larger configurations and models files are not read. A real one has a few thousand bytes."""
BASELINE_BYTES = 50_000_000
"""Larger baselines are not read. An entry has about 140 bytes, so this is 350,000 findings."""
MOST_NUMBER = 10**15
"""The largest whole number in a configuration, far above any limit that makes sense."""


def names() -> list[str]:
    """The names of the limits in the configuration."""
    return [field.replace("_", "-") for field in Limits._fields]
