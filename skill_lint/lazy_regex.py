"""Regular expressions that are compiled when they are first used.

To compile all of skill-lint's takes longer than to lint a small skill with the few that it needs.
"""

import re
from typing import cast


def lazy_compile(text: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression that few runs need. Where each line of each file is tried, `re.compile`
    is better: here each call takes a fraction of a microsecond more."""
    return cast("re.Pattern[str]", _Late(text, flags))


class _Late:
    """Has the methods of a compiled pattern, each from its first use on as an attribute."""

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> object:
        method: object = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, method)
        return method
