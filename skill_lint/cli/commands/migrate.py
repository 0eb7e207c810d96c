"""`skill-lint migrate`: convert v1 skills to v2, without losing anything."""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from skill_lint.cli.options import config
from skill_lint.cli.parser import Parser
from skill_lint.cli.terminal.failures import told
from skill_lint.cli.terminal.write import printable, write
from skill_lint.discovery.roots import SkillRoot
from skill_lint.engine.isolated import each_skill
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.filesystem.uncommitted import why_not_restorable
from skill_lint.fixing.diff import diff
from skill_lint.fixing.write import write as write_skill
from skill_lint.migration.plan import Plan, Stop, plan
from skill_lint.reporters.escape import inert_json, visible
from skill_lint.reporters.rebase import prefix_of

_NO_V1 = "it is not a v1 skill: neither metadata.json nor the frontmatter has a `skill_id`"


@dataclass
class Migrations:
    """The outcome of each skill, by its path.

    `refused` says of skills that a dry run would migrate why they would not be migrated yet.
    """

    migrated: dict[str, Plan] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    unanswered: dict[str, str] = field(default_factory=dict)
    """The checkouts for which git gives no answer, with the reason."""


def run(words: Sequence[str], root: Root) -> int:
    parser = Parser(
        prog="skill-lint migrate",
        description="Convert skills of the older format v1, which have a metadata.json, to v2: "
        "move metadata.json into the frontmatter and the body of SKILL.md, and resources/ and "
        "capabilities/ into references/. Other skills are left alone.",
        epilog="Exit codes: 0 all done, 1 a skill could not be migrated, 2 wrong usage, no skill "
        "found, or a failure of skill-lint.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="default: the working directory")
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="say what would be done to which skill, with the diff, but write nothing",
    )
    parser.add_argument(
        "--allow-dirty",
        action="store_true",
        help="also migrate skills with changes that are not committed, which git could not bring "
        "back",
    )
    parser.add_argument(
        "--keep-metadata", action="store_true", help="leave metadata.json where it is"
    )
    parser.add_argument(
        "--output-format", choices=["text", "json"], default="text", help="default: text"
    )
    config.add_file_options(parser)
    options = parser.parse_args(words)
    _, found = config.found_for(options, root)
    outcome = Migrations()
    tried = each_skill(found.skills, lambda each: _migrate(each, options, found.tops, outcome))
    outcome.failed |= tried.failed
    if options.output_format == "json":
        write(_as_json(outcome, dry_run=options.dry_run))
    else:
        prefix = prefix_of(root, Recorder(is_recording=False))
        for result in outcome.migrated.values() if options.dry_run else ():
            write(printable(diff(result.before, result.after, prefix)))
        write("".join(f"{line}\n" for line in _as_text(outcome, dry_run=options.dry_run)))
    return told(tried.failed) or int(bool(outcome.failed))


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
            f"there is nothing to move: {kept}" if kept else "it is migrated already"
        )
        return
    checked = () if options.allow_dirty else result.after.draft.touched
    if checked and (reason := why_not_restorable(root.path, checked, outcome.unanswered)):
        (outcome.refused if options.dry_run else outcome.failed)[root.shown] = reason
        if not options.dry_run:
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
    return _planned(outcome) if dry_run else _done(outcome)


def _planned(outcome: Migrations) -> Iterator[str]:
    """What a run would do with each skill, and why it would leave the others alone."""
    for path, reason in outcome.skipped.items():
        yield f"would leave alone {visible(path)}: {visible(reason)}"
    for path, result in outcome.migrated.items():
        yield f"would migrate {visible(path)}"
        yield from (f"  {visible(_present(done))}" for done in result.done)
        yield from _kept(result)
        if refused := outcome.refused.get(path):
            yield f"  but today it would be refused: {visible(path)} {visible(refused)}"
    for path, reason in outcome.failed.items():
        yield f"could not migrate {visible(path)}: {visible(reason)}"
    numbers = {
        "would be migrated": len(outcome.migrated) - len(outcome.refused),
        **({"would be refused today": len(outcome.refused)} if outcome.refused else {}),
        "left alone": len(outcome.skipped),
        "would fail": len(outcome.failed),
    }
    yield ", ".join(f"{number:,} {what}" for what, number in numbers.items())
    yield "nothing was written; run it again without --dry-run to write the changes"


_PRESENT = {"deleted": "delete", "made": "make", "moved": "move", "wrote": "write"}


def _present(done: str) -> str:
    """What a step has done, as what it would do."""
    verb, _, rest = done.partition(" ")
    return f"{_PRESENT[verb]} {rest}"


def _done(outcome: Migrations) -> Iterator[str]:
    """What a run did. The skills that are not v1 are only counted."""
    for path, result in outcome.migrated.items():
        yield f"migrated {visible(path)}"
        yield from (f"  {visible(done)}" for done in result.done)
        yield from _kept(result)
    for path, reason in outcome.skipped.items():
        if reason != _NO_V1:
            yield f"left alone {visible(path)}: {visible(reason)}"
    for path, reason in outcome.failed.items():
        yield f"failed {visible(path)}: {visible(reason)}"
    numbers = (len(outcome.migrated), len(outcome.skipped), len(outcome.failed))
    yield "{:,} migrated, {:,} left alone, {:,} failed".format(*numbers)


def _kept(result: Plan) -> Iterator[str]:
    for name, reason in result.kept.items():
        yield f"  metadata.json stays: `{visible(name)}` {visible(reason)}"
