"""Colours for the terminal."""

from typing import NamedTuple

from skill_lint.diagnostic import Severity

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}
_SEVERITIES: dict[Severity, str] = {"error": "red", "warning": "yellow", "info": "cyan"}


class Colour(NamedTuple):
    """Paints text with terminal colours if `color` is set; else returns it unchanged."""

    color: bool = False

    def paint(self, text: str, *names: str) -> str:
        if not self.color or not text:
            return text
        codes = ";".join(_CODES[name] for name in names)
        return f"\x1b[{codes}m{text}\x1b[0m"

    def severity(self, severity: Severity, text: str, *names: str) -> str:
        return self.paint(text, _SEVERITIES[severity], *names)
