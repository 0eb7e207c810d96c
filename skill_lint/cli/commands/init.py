"""`skill-lint init`: write a configuration file with comments."""

import os
from collections.abc import Sequence
from pathlib import Path

from skill_lint.cli.error import UsageError
from skill_lint.cli.parser import Parser
from skill_lint.cli.terminal.save import unwritten
from skill_lint.config.file import FILE_NAMES
from skill_lint.filesystem.walk import Unwritable
from skill_lint.filesystem.write import write_file
from skill_lint.reporters.escape import visible

TEMPLATE = """\
# Configuration of skill-lint. Every line is optional; commented lines are examples.

# recommended: what breaks a skill is an error. golden: also the golden standard v2.
# agentskills: only the open Agent Skills specification.
# strict: like recommended, but warnings fail too.
extends: recommended

# The lowest severity that makes the exit code 1: error, warning, info or never.
# fail-on: error

# Run only these rules or families, or do not run these. `skill-lint rules` lists them.
# select: [frontmatter, sections, structure, links, security]
# ignore: [missing-quick-start]

# A severity for a rule (error, warning, info, off), or its severity and options.
# rules:
#   orphan-file: info
#   long-body: {severity: warning, max-lines: 800}

# Skills to skip: globs, relative to this file.
# exclude: ["vendor/**", "template"]

# Skip skills that git ignores, unless it tracks them.
# respect-gitignore: false
"""


def run(words: Sequence[str]) -> int:
    parser = Parser(
        prog="skill-lint init",
        description=f"Write {FILE_NAMES[0]}, a configuration file in which comments explain each "
        "setting. A file that is there already is left alone.",
    )
    parser.add_argument(
        "folder", nargs="?", default=".", metavar="FOLDER", help="default: the working directory"
    )
    path = Path(parser.parse_args(words).folder) / FILE_NAMES[0]
    if os.path.lexists(path):
        raise UsageError(f"{path} exists already; it was left as it is")
    try:
        write_file(path, TEMPLATE.encode(), is_new=True)
    except Unwritable as error:
        raise UsageError(unwritten(path, error)) from None
    print(f"wrote {visible(str(path))}")
    return 0
