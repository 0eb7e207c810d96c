"""`skill-lint baseline`: take today's findings as known, or drop those that are mended."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from skill_lint.cli.error import UsageError
from skill_lint.cli.options import config as settings
from skill_lint.cli.parser import Parser
from skill_lint.config.file import ConfigError
from skill_lint.discovery.roots import NothingFound
from skill_lint.discovery.walk import discover
from skill_lint.engine.lint import lint_skills
from skill_lint.report.baseline import FILE_NAME, Baseline, BaselineError, read
from skill_lint.reporters.summary import count


def run(words: Sequence[str]) -> int:
    parser = Parser(
        prog="skill-lint baseline",
        description=f"Write {FILE_NAME} with today's findings, which `check` then leaves out. "
        "Where there is one already, only drop the entries that are mended: it grows with "
        "--update alone.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="default: the working directory")
    settings.add_options(parser)
    parser.add_argument("--baseline", metavar="FILE", default=FILE_NAME)
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--update", action="store_true", help="take new findings in as well")
    group.add_argument("--prune", action="store_true", help="drop mended entries; the default")
    options = parser.parse_args(words)
    paths = options.paths or ["."]
    config, _ = settings.settings(options, paths)
    file = Path(options.baseline)
    if options.prune and not file.exists():
        raise UsageError(f"{file}: there is no baseline to prune")
    try:
        report = lint_skills(discover(paths, config), config)
        if options.update or not file.exists():
            known = Baseline(file, Counter()).with_findings(report.diagnostics)
        else:
            old = read(file)
            known = old.without(old.stale(report))
        file.write_text(known.text(), encoding="utf-8", newline="\n")
    except (BaselineError, ConfigError, NothingFound) as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {(error.strerror or '').lower()}") from None
    print(f"{file}: {count(known.entries.total(), 'finding')} in the baseline")
    return 0
