"""The skills on which skill-lint itself failed."""

from collections.abc import Mapping

from skill_lint.cli.terminal.write import warn
from skill_lint.text.plural import count

EXIT_FAILED = 2
"""The output is not complete, as with the finding `internal-error`."""


def told(failed: Mapping[str, str]) -> int:
    """Say on which skills skill-lint failed, and how, by their paths. Returns the exit code."""
    for path, reason in failed.items():
        warn(f"failed on the skill {path}: {reason}")
    if not failed:
        return 0
    number = count(len(failed), "skill")
    warn(
        f"the output lacks {number}, because of a bug of skill-lint; please report the bug, with "
        "the skill if you can share it"
    )
    return EXIT_FAILED


def as_json(failed: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"path": path, "reason": reason} for path, reason in failed.items()]
