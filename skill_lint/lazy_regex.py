"""Regular expressions that are compiled on first use.

Compiling all of skill-lint's patterns takes longer than linting a small skill, which needs few.
"""

import re


def lazy_compile(text: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern for use by few runs.

    Each call takes a fraction of a microsecond longer, so use `re.compile` for patterns that are
    matched against every line of every file.
    """
    return _LazyPattern(text, flags)  # type: ignore[return-value]


class _LazyPattern:
    """Has the methods of a compiled pattern; each becomes an attribute on first use."""

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> object:
        method: object = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, method)
        return method
