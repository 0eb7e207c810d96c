"""`skill-lint baseline`: write today's findings to the baseline, or remove the fixed ones."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from skill_lint.cli.error import UsageError
from skill_lint.cli.options import config
from skill_lint.cli.parser import Parser
from skill_lint.cli.terminal.save import saved
from skill_lint.config.config import ALWAYS
from skill_lint.config.file import ConfigError
from skill_lint.diagnostic import Diagnostic
from skill_lint.discovery.roots import NothingFound
from skill_lint.discovery.walk import discover
from skill_lint.engine.causes import one_per_cause
from skill_lint.engine.lint import lint_skills
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.report.baseline import FILE_NAME, Baseline, BaselineError, read
from skill_lint.reporters.escape import visible
from skill_lint.text.plural import count


def run(words: Sequence[str], root: Root) -> int:
    parser = Parser(
        prog="skill-lint baseline",
        description=f"Write all findings of today into {FILE_NAME}, so that `check` reports "
        "only what comes later. If there is a baseline already, remove the findings that are fixed "
        "from it, and count the new ones without adding them; --update adds them.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="default: the working directory")
    config.add_options(parser)
    parser.add_argument(
        "--baseline", metavar="FILE", default=FILE_NAME,
        help=f"the file to write (default: {FILE_NAME} in the working directory)",
    )  # fmt: skip
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--update", action="store_true", help="replace the baseline by all findings of today"
    )
    group.add_argument(
        "--prune", action="store_true",
        help="only remove what is fixed: what happens anyway if there is a baseline",
    )  # fmt: skip
    given = parser.parse_args(words)
    paths, recorder = given.paths or ["."], Recorder(is_recording=False)
    settings, _ = config.run_config(config.settle(given), paths, root, recorder)
    file = Path(given.baseline)
    if given.prune and not file.exists():
        raise UsageError(f"{file}: there is no baseline to prune")
    try:
        report = lint_skills(discover(paths, settings, root, recorder), settings)
        is_new = given.update or not file.exists()
        old = Baseline(file, Counter(), root) if is_new else read(file, root, recorder)
    except (BaselineError, ConfigError, NothingFound) as error:
        raise UsageError(str(error)) from None
    found = [each for each in report.diagnostics if each.rule not in ALWAYS]
    baseline = old.with_findings(found) if is_new else old.without(old.stale(report))
    saved(file, baseline.text())
    print(*_summary(old, baseline, found, is_new=is_new), sep="\n")
    return 0


def _summary(
    old: Baseline, baseline: Baseline, found: Sequence[Diagnostic], *, is_new: bool
) -> Iterator[str]:
    """What the baseline holds now, and how many findings are not in it."""
    fixed = (old.entries - baseline.entries).total()
    they_are = "it is" if fixed == 1 else "they are"
    removed = f"; {count(fixed, 'finding')} removed, because {they_are} fixed"
    if not fixed:
        removed = "" if is_new else ", as before"
    new_places, known = baseline.split(found)
    # An entry is one place; `check` counts the places of one cause as one finding.
    number, others = len(one_per_cause(known)), baseline.entries.total() - len(known)
    more = f"; it has {count(others, 'place')} in skills that were not linted" if others else ""
    yield (
        f"{visible(str(baseline.file))}: {count(number, 'finding')} in the baseline{removed}{more}"
    )
    if new := len(one_per_cause(new_places)):
        are, them = ("is", "it") if new == 1 else ("are", "them")
        yield (
            f"{count(new, 'new finding')} {are} not in the baseline: `check` reports {them}, and "
            f"`baseline --update` takes {them} in"
        )
