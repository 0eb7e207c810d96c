"""Globs as the configuration has them."""

import functools
import re


@functools.cache
def pattern(glob: str) -> re.Pattern[str]:
    """A glob as a regular expression: `*` stays within a folder, `**` does not."""
    words = {"**/": "(?:.*/)?", "/**": "(?:/.*)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|/\*\*$|\*\*|\*|\?)", glob)
    return re.compile("".join(words.get(part, re.escape(part)) for part in parts))
