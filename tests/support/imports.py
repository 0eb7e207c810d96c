"""What a run imports."""

import subprocess
import sys

PARSERS = {"frontmatter", "jsonschema", "markdown_it", "yaml"}


def imported(words: list[str]) -> set[str]:
    """The modules that a run imports."""
    command = [sys.executable, "-X", "importtime", "-m", "skill_lint", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
