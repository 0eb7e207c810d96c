"""The real command, with the form of `expected.txt` beside its own output formats.

`python -m tests.support.check broken-link PATH ...` prints what one rule says in that form.
"""

import sys
from collections.abc import Sequence
from unittest import mock

from skill_lint import Report
from skill_lint.cli.main import main
from skill_lint.reporters.formats import RENDERERS
from tests.support.expected import render

_FORMAT = "expected"


def check(rule: str, words: Sequence[str]) -> int:
    """Run `skill-lint` with these words, print what `rule` says, and return the exit code."""

    def of_rule(report: Report, style: object) -> str:
        return render(each for each in report.diagnostics if each.rule == rule)

    with mock.patch.dict(RENDERERS, {_FORMAT: of_rule}):
        return main([*words, "--output-format", _FORMAT])


if __name__ == "__main__":
    raise SystemExit(check(sys.argv[1], sys.argv[2:]))
