"""The globs of the configuration."""

import functools
import re


@functools.cache
def pattern(glob: str) -> re.Pattern[str]:
    """A glob as a regular expression: `*` matches within a folder, `**` across folders."""
    words = {"**/": "(?:.*/)?", "/**": "(?:/.*)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|/\*\*$|\*\*|\*|\?)", glob)
    return re.compile("".join(words.get(part, re.escape(part)) for part in parts))
