"""`skill-lint baseline`: write today's findings to the baseline, or remove the fixed ones."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from skill_lint.cli.error import UsageError
from skill_lint.cli.options import config
from skill_lint.cli.parser import Parser
from skill_lint.cli.terminal.save import saved
from skill_lint.config.config import ALWAYS
from skill_lint.config.file import ConfigError
from skill_lint.discovery.roots import NothingFound
from skill_lint.discovery.walk import discover
from skill_lint.engine.lint import lint_skills
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.report.baseline import FILE_NAME, Baseline, BaselineError, read
from skill_lint.reporters.escape import visible
from skill_lint.text.plural import count


def run(words: Sequence[str], root: Root) -> int:
    parser = Parser(
        prog="skill-lint baseline",
        description=f"Write {FILE_NAME} with today's findings; `check` then leaves them out. If "
        "there is a baseline already, only remove the entries that are fixed; new findings are "
        "added only with --update.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="default: the working directory")
    config.add_options(parser)
    parser.add_argument("--baseline", metavar="FILE", default=FILE_NAME)
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--update", action="store_true", help="add new findings as well")
    group.add_argument("--prune", action="store_true", help="remove fixed entries; the default")
    given = parser.parse_args(words)
    paths, recorder = given.paths or ["."], Recorder(is_recording=False)
    settings, _ = config.run_config(config.settle(given), paths, root, recorder)
    file = Path(given.baseline)
    if given.prune and not file.exists():
        raise UsageError(f"{file}: there is no baseline to prune")
    try:
        report = lint_skills(discover(paths, settings, root, recorder), settings)
        if given.update or not file.exists():
            baseline = Baseline(file, Counter(), root).with_findings(
                each for each in report.diagnostics if each.rule not in ALWAYS
            )
        else:
            old = read(file, root, recorder)
            baseline = old.without(old.stale(report))
    except (BaselineError, ConfigError, NothingFound) as error:
        raise UsageError(str(error)) from None
    saved(file, baseline.text())
    print(f"{visible(str(file))}: {count(baseline.entries.total(), 'finding')} in the baseline")
    return 0
