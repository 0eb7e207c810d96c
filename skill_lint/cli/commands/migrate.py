"""`skill-lint migrate`: convert v1 skills to v2, without losing anything."""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from skill_lint.cli.options import config
from skill_lint.cli.parser import Parser
from skill_lint.cli.terminal.write import printable, write
from skill_lint.discovery.roots import SkillRoot
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.filesystem.uncommitted import why_not_restorable
from skill_lint.fixing.diff import diff
from skill_lint.fixing.write import write as write_skill
from skill_lint.migration.plan import Plan, Stop, plan
from skill_lint.reporters.escape import inert_json, visible
from skill_lint.reporters.rebase import prefix_of

_NO_V1 = "is not a v1 skill"


@dataclass
class Migrations:
    """The outcome of each skill, by its path."""

    migrated: dict[str, Plan] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    unanswered: dict[str, str] = field(default_factory=dict)
    """The checkouts for which git gives no answer, with the reason."""


def run(words: Sequence[str], root: Root) -> int:
    parser = Parser(
        prog="skill-lint migrate",
        description="Convert the v1 skills at or below each PATH to v2: move metadata.json into "
        "the frontmatter and the body, resources/ and capabilities/ into references/.",
        epilog="Exit codes: 0 all done, 1 a skill could not be migrated, 2 wrong usage.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="default: the working directory")
    parser.add_argument("--dry-run", action="store_true", help="print the diff, but write nothing")
    parser.add_argument(
        "--allow-dirty",
        action="store_true",
        help="also migrate skills that git could not bring back as they are",
    )
    parser.add_argument("--keep-metadata", action="store_true", help="never delete metadata.json")
    parser.add_argument("--output-format", choices=["text", "json"], default="text")
    config.add_file_options(parser)
    options = parser.parse_args(words)
    _, found = config.found_for(options, root)
    outcome = Migrations()
    for each in sorted(found.skills, key=lambda each: each.shown):
        _migrate(each, options, found.tops, outcome)
    if options.output_format == "json":
        write(_as_json(outcome, dry_run=options.dry_run))
    else:
        prefix = prefix_of(root, Recorder(is_recording=False))
        for result in outcome.migrated.values() if options.dry_run else ():
            write(printable(diff(result.before, result.after, prefix)))
        write("".join(f"{line}\n" for line in _as_text(outcome, dry_run=options.dry_run)))
    return int(bool(outcome.failed))


def _migrate(
    root: SkillRoot, options: argparse.Namespace, tops: Sequence[str], outcome: Migrations
) -> None:
    skill = root.open()
    if not skill.is_v1:
        outcome.skipped[root.shown] = _NO_V1
        return
    try:
        result = plan(skill, keep_metadata=options.keep_metadata)
    except Stop as stop:
        outcome.failed[root.shown] = str(stop)
        return
    if not result.done:
        kept = "; ".join(f"`{name}` {reason}" for name, reason in result.kept.items())
        outcome.skipped[root.shown] = (
            f"has nothing to move: {kept}" if kept else "is migrated already"
        )
        return
    checked = () if options.dry_run or options.allow_dirty else result.after.draft.touched
    if checked and (reason := why_not_restorable(root.path, checked, outcome.unanswered)):
        outcome.failed[root.shown] = reason
        return
    unwritten = [] if options.dry_run else write_skill(result.before, result.after, tops)
    if unwritten:
        outcome.failed[root.shown] = "; ".join(f"{path}: {reason}" for path, reason in unwritten)
    else:
        outcome.migrated[root.shown] = result


def _as_json(outcome: Migrations, *, dry_run: bool) -> str:
    whole = {
        "migrated": [
            {
                "path": path,
                "done": list(result.done),
                "kept": result.kept,
                **({"diff": diff(result.before, result.after)} if dry_run else {}),
            }
            for path, result in outcome.migrated.items()
        ],
        "skipped": [{"path": path, "reason": each} for path, each in outcome.skipped.items()],
        "failed": [{"path": path, "reason": each} for path, each in outcome.failed.items()],
        "errors": len(outcome.failed),
    }
    return inert_json(json.dumps(whole, indent=2) + "\n")


def _as_text(outcome: Migrations, *, dry_run: bool) -> Iterator[str]:
    for path, result in outcome.migrated.items():
        yield f"{'would migrate' if dry_run else 'migrated'} {visible(path)}"
        yield from (f"  {visible(done)}" for done in result.done)
        for name, reason in result.kept.items():
            yield f"  kept metadata.json: `{visible(name)}` {visible(reason)}"
    for path, reason in outcome.skipped.items():
        if reason != _NO_V1:
            yield f"skipped {visible(path)}: {visible(reason)}"
    for path, reason in outcome.failed.items():
        yield f"failed {visible(path)}: {visible(reason)}"
    numbers = (len(outcome.migrated), len(outcome.skipped), len(outcome.failed))
    yield "{:,} migrated, {:,} skipped, {:,} failed".format(*numbers)
