"""What must hold of everything that a command prints or writes for people."""

import re
from collections.abc import Callable

import pytest

EVIL = (
    "x\n::error::y\r::stop-commands::y\x1b[2J\x9b1m\u202ez\u2028 ##[debug]a ##vso[b]\x07\x00\x85d"
)
"""Line breaks, commands of build servers, escape sequences, and controls of the direction."""
NAME = EVIL.replace("\0", "")
"""The same for a name of a file, or an argument."""
_RAW = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
    r"|\r(?!\n)"
)
_COMMAND = re.compile(r"^\s*::.*|##\w*\[.*", re.MULTILINE)
_ANNOTATION = re.compile(
    r"::(error|warning|notice) file=[^:]*,line=\d+,[^:]*title=skill-lint%3A [a-z0-9-]+::"
)


def _inert(text: str) -> None:
    assert not (found := _RAW.search(text)), text[max(0, found.start() - 80) : found.end() + 40]
    forged = [each for each in _COMMAND.findall(text) if not _ANNOTATION.match(each)]
    assert not forged, forged


@pytest.fixture
def inert() -> Callable[[str], None]:
    """Fails if a terminal or a build server would obey something in a text."""
    return _inert
