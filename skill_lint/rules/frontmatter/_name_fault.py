"""What is wrong with a skill's name."""

import re

from skill_lint.schema import load


def name_fault(name: str) -> str | None:
    """What makes a name, normalised by NFKC, no kebab-case; letters of all scripts pass."""
    others = sorted({char for char in name if not (char.isalnum() or char == "-")})
    if others:
        return "has " + ", ".join("a space" if c.isspace() else f"`{c}`" for c in others)
    if name != name.lower():
        return "has capital letters"
    if name.startswith("-") or name.endswith("-"):
        return "begins or ends with a hyphen"
    if "--" in name:
        return "has two hyphens in a row"
    pattern = load("skill-frontmatter")["properties"]["name"]["pattern"]
    return None if re.search(pattern, name) else "is not in kebab-case"
