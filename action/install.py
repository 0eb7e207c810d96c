"""The step that installs skill-lint into a virtual environment, outside of the checkout."""

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import inputs
from inputs import InputError
from outputs import write_outputs
from outside import outside

DISTRIBUTION = ""
"""The name of skill-lint on PyPI; empty until there is a release, because it is not ours yet."""


def main(environment: Mapping[str, str]) -> int:
    # setup-python has used it by now; a wrong one ends the step all the same.
    inputs.text(environment, "python-version")
    source = wanted(environment)
    folder = Path(tempfile.mkdtemp(prefix="skill-lint-", dir=environment["RUNNER_TEMP"]))
    python = _python(folder / "venv")
    pip = [str(python), "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    commands = [[sys.executable, "-I", "-m", "venv", str(folder / "venv")], [*pip, "--", source]]
    variables = outside(environment)
    for command in commands:
        done = subprocess.run(command, check=False, cwd=folder, env=variables)
        if done.returncode:
            return done.returncode
    write_outputs(environment, {"python": str(python)})
    return 0


def wanted(environment: Mapping[str, str]) -> str:
    """What pip installs: the version of the input, else the action's own."""
    version = inputs.version(environment, "version")
    if version and not DISTRIBUTION:
        raise InputError(
            "the input `version` cannot be used yet: skill-lint has no release on PyPI, so that "
            "what has its name there is not ours; leave the input empty, and the version is that "
            "of the action (`uses: skill-lint/skill-lint@...`)"
        )
    return f"{DISTRIBUTION}=={version}" if version else environment["GITHUB_ACTION_PATH"]


def _python(venv: Path) -> Path:
    windows = sys.platform == "win32"
    return venv / "Scripts" / "python.exe" if windows else venv / "bin" / "python"
