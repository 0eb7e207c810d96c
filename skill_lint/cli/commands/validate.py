"""`skill-lint validate`: the golden standard's own command, which ends with a verdict."""

import os
from collections.abc import Iterator, Sequence

from skill_lint.cache.session import Session
from skill_lint.cli.commands import check
from skill_lint.cli.commands.show import metadata_json_lines
from skill_lint.cli.error import UsageError
from skill_lint.cli.options.appearance import columns
from skill_lint.config.config import Config
from skill_lint.discovery.roots import Discovery
from skill_lint.filesystem.paths import Root
from skill_lint.report.report import Report
from skill_lint.reporters.escape import visible
from skill_lint.reporters.wrap import wrapped
from skill_lint.showing.describe import metadata_json
from skill_lint.skill.metadata import FILE
from skill_lint.text.plural import count

STANDARD = "golden"
MOST = 3
"""Skills of which it is said what only their metadata.json has; of more, it is counted."""


def run(words: Sequence[str], session: Session, root: Root) -> int:
    parser = check.parser(
        "validate",
        "Check the skills at or below each PATH by the golden standard, as `check --preset golden` "
        "does. A report for people ends with `Validation passed`, `Validation passed with "
        "warnings` or `Validation failed`, unless no skill was linted, and says "
        "of a skill with metadata.json whether that file may be deleted.",
    )
    parser.set_defaults(preset=STANDARD)
    given = parser.parse_args(words)
    if given.preset != STANDARD:
        raise UsageError(
            f"`validate` checks the preset `{STANDARD}`; use `check --preset {given.preset}`"
        )
    return check.lint(check.settle(given), session, root, _ending)


def _ending(found: Discovery, report: Report, config: Config) -> str:
    lines = [*_about_metadata_files(found), _verdict(report, config)]
    return "".join(f"{line}\n" for line in lines)


def _about_metadata_files(found: Discovery) -> Iterator[str]:
    """Whether each metadata.json of the older format may be deleted."""
    answers = [
        (each.shown, state)
        for each in sorted(found.skills, key=lambda each: each.shown)
        if os.path.lexists(each.path / FILE) and (state := metadata_json(each.open())) is not None
    ]
    if len(answers) > MOST:
        deletable = sum(state["deletable"] for _, state in answers)
        yield from wrapped(
            f"metadata.json may be deleted in {deletable:,} of {count(len(answers), 'skill')} that "
            "have one; `skill-lint show` says what is missing",
            columns(), 2, first=0,
        )  # fmt: skip
        return
    for shown, state in answers:
        lines = metadata_json_lines(state, columns() - 2)
        yield from [f"\n{visible(shown)}", *(f"  {line}" for line in lines)]


def _verdict(report: Report, config: Config) -> str:
    if report.counts["error"] or check.exit_code(report, config):
        return "Validation failed"
    if not report.linted:
        return "Nothing to validate"
    return f"Validation passed{' with warnings' if report.counts['warning'] else ''}"
