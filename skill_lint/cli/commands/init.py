"""`skill-lint init`: write a configuration file with comments."""

from collections.abc import Sequence
from pathlib import Path

from skill_lint.cli.error import UsageError
from skill_lint.cli.parser import Parser
from skill_lint.config.file import FILE_NAMES
from skill_lint.filesystem.read import reason_of
from skill_lint.reporters.escape import visible

TEMPLATE = """\
# Configuration of skill-lint. Every line is optional; commented lines are examples.

# golden: the golden standard v2. agentskills: only the open Agent Skills specification.
# strict: like golden, but warnings fail too.
extends: golden

# The lowest severity that makes the exit code 1: error, warning, info or never.
# fail-on: error

# Run only these rules or families, or do not run these. `skill-lint rules` lists them.
# select: [frontmatter, sections, structure, links, security]
# ignore: [missing-quick-start]

# A severity for a rule (error, warning, info, off), or its severity and options.
# rules:
#   missing-overview: info
#   long-body: {severity: warning, max-lines: 800}

# Skills to skip: globs, relative to this file.
# exclude: ["vendor/**", "template"]

# Skip skills that git ignores, unless it tracks them.
# respect-gitignore: false
"""


def run(words: Sequence[str]) -> int:
    parser = Parser(prog="skill-lint init", description=f"Write {FILE_NAMES[0]} with comments.")
    parser.add_argument("folder", nargs="?", default=".", metavar="FOLDER")
    path = Path(parser.parse_args(words).folder) / FILE_NAMES[0]
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(TEMPLATE)
    except FileExistsError:
        raise UsageError(f"{path} exists already; it was left as it is") from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {reason_of(error)}") from None
    print(f"wrote {visible(str(path))}")
    return 0
