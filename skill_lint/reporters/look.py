"""How text for people looks: its colours, its links, and how long its lines are."""

from typing import TYPE_CHECKING, NamedTuple

from skill_lint.diagnostic import Severity

if TYPE_CHECKING:
    from skill_lint.reporters.permalink import Permalinks

NARROWEST, USUAL = 20, 80
"""Columns: the fewest that lines are wrapped at, and those where there is no terminal."""

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}
_SEVERITIES: dict[Severity, str] = {"error": "red", "warning": "yellow", "info": "cyan"}


class Look(NamedTuple):
    """How a report looks; by default as in a file: no escape sequence, and lines of 80 columns.

    `is_all`: each finding stands by itself, however many there are. `rows` is the number of lines
    that an overview of many skills may take. `paths` and `options`, on a command line, choose the
    same skills and rules again. `permalinks` lead to the files at the commit, if it is known where
    they are.
    """

    color: bool = False
    links: bool = False
    columns: int = USUAL
    is_all: bool = False
    rows: int = 80
    paths: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    permalinks: "Permalinks | None" = None

    def paint(self, text: str, *names: str) -> str:
        """The text in these colours, if there are colours."""
        if not self.color or not text:
            return text
        codes = ";".join(_CODES[name] for name in names)
        return f"\x1b[{codes}m{text}\x1b[0m"

    def severity(self, severity: Severity, text: str, *names: str) -> str:
        return self.paint(text, _SEVERITIES[severity], *names)

    def link(self, text: str, url: str) -> str:
        """The text as a link (OSC 8), if the terminal can show one. The URL must be harmless."""
        return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\" if self.links and url else text
