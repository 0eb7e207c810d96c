"""Text onto standard output, as bytes that any terminal takes."""

import os
import sys

from skill_lint.reporters.escape import visible


def write(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def printable(text: str) -> str:
    """A diff as it is, for programs; for a terminal, and for GitHub's log, made harmless."""
    if not sys.stdout.isatty() and os.environ.get("GITHUB_ACTIONS") != "true":
        return text
    return "".join(f"{visible(line)}\n" for line in text.splitlines())
