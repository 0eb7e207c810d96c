"""Files that a person asked for: reports, a badge, a graph, the baseline."""

import os
from collections.abc import Iterable
from pathlib import Path

from skill_lint.cli.error import UsageError
from skill_lint.filesystem.walk import Unwritable
from skill_lint.filesystem.write import write_file
from skill_lint.reporters.escape import visible
from skill_lint.skill.file_name import is_skill_file


def save(path: Path, text: str) -> str | None:
    """Write a file in UTF-8. Returns what went wrong, if anything did."""
    try:
        if is_skill_file(path.name):
            raise Unwritable("it is the name of a skill's own file")
        write_file(path, text.encode("utf-8", "backslashreplace"))
    except Unwritable as error:
        return unwritten(path, error)
    return None


def saved(path: Path, text: str) -> None:
    """Write a file as `save` does. Raises `UsageError`."""
    if failure := save(path, text):
        raise UsageError(failure)


def unwritten(path: Path, reason: object) -> str:
    return f"{visible(str(path))}: cannot be written: {visible(str(reason))}"


def refuse_same(paths: Iterable[Path]) -> None:
    """Refuse outputs of which one would replace another. Raises `UsageError`."""
    seen = set[str]()
    for path in paths:
        real = os.path.realpath(path)
        if real in seen:
            raise UsageError(f"{visible(str(path))}: two outputs would go to this file")
        # Pipes and terminals take any number of outputs.
        is_stream = path.is_absolute() and path.parts[1:2] == ("dev",)
        if not is_stream and (path.is_file() or not path.exists()):
            seen.add(real)
