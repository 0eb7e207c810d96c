"""How much of a skill is looked at. What is over a limit is reported, never passed over in silence.

The defaults are far above what real skills have; the configuration's `limits` sets others.
"""

from typing import NamedTuple


class Limits(NamedTuple):
    """The names are those of the configuration, with hyphens for underscores."""

    file_bytes: int = 5_000_000
    """Larger files are not read: the largest real SKILL.md has 291,205 characters."""
    yaml_depth: int = 50
    """Lists and mappings in each other."""
    yaml_aliases: int = 10_000
    """Values once every alias is followed: more is a bomb, not a frontmatter."""
    markdown_nesting: int = 60
    """Quotations and lists in each other, each level of a list counting twice."""
    files_per_skill: int = 100_000
    """Files and folders: the biggest real skill has 2,823 files."""
    findings_per_file: int = 10_000


DEFAULT = Limits()


def names() -> list[str]:
    """The limits as the configuration calls them."""
    return [field.replace("_", "-") for field in Limits._fields]
