"""The step that lints the checkout. Each input becomes one argument, and no shell evaluates it."""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import base
import git
import inputs
import since
from inputs import InputError
from outputs import write_outputs
from outside import outside, workspace
from places import sarif_file, state, working_directory

PYTHON = (sys.executable, "-I", "-X", "utf8")
"""Imports nothing from the working directory, which is the checkout."""
_OPTIONS = ("preset", "config", "baseline", "select", "ignore", "fail-on", "output-format")
"""The inputs that are options of `skill-lint check` under the same name."""


def main(environment: Mapping[str, str]) -> int:
    try:
        options, sarif = arguments(environment), sarif_file(environment)
        place = working_directory(environment)
    except InputError:
        write_outputs(environment, {"exit-code": "2"})
        raise
    return lint(environment, options, place, sarif)


def lint(environment: Mapping[str, str], options: list[str], place: Path, sarif: str) -> int:
    """Run skill-lint in `place`, and write what the runner shows of it. Returns the exit code."""
    folder = Path(tempfile.mkdtemp(prefix="skill-lint-", dir=environment["RUNNER_TEMP"]))
    sarif = sarif or str(folder / "skill-lint.sarif")
    # By the name of the output that has its path.
    files = {
        "json": folder / "skill-lint.json",
        "markdown": folder / "skill-lint.md",
        "rdjson": folder / "skill-lint.rdjson",
        "sarif": Path(workspace(environment), sarif),
    }
    written = [f"--output={name}={file}" for name, file in files.items()]
    command = [*PYTHON, "-m", "skill_lint", "check", "--allow-empty", *written, *options]
    before = {name: state(file) for name, file in files.items()}
    code = subprocess.run(command, check=False, cwd=place, env=_variables(environment)).returncode
    here = {name for name, file in files.items() if state(file) not in (None, before[name])}
    outputs = {f"{name}-file": str(files[name]) for name in ("markdown", "rdjson") if name in here}
    outputs |= {"exit-code": str(code), "sarif-file": sarif if "sarif" in here else ""}
    write_outputs(environment, {**outputs, **_counts(files["json"])})
    if "markdown" in here and (page := environment.get("GITHUB_STEP_SUMMARY")):
        with Path(page).open("ab") as stream:
            stream.write(files["markdown"].read_bytes() + b"\n")
    return code


def arguments(environment: Mapping[str, str]) -> list[str]:
    """The inputs as arguments of `skill-lint check`; empty inputs are left out.

    What decides whose settings count comes last, so that no word of `args` can replace it.
    """
    options = [
        f"--{name}={value}" for name in _OPTIONS if (value := inputs.text(environment, name))
    ]
    inputs.flag(environment, "upload-sarif")
    words, trust = inputs.words(environment, "args"), base.options(environment)
    paths = inputs.lines(environment, "paths")
    return [*options, *words, *since.options(environment), *trust, "--", *paths]


def _variables(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment of skill-lint."""
    temporary = Path(environment["RUNNER_TEMP"])
    # Outside of the checkout, because a pull request could commit a forged cache.
    cache = {"SKILL_LINT_CACHE_DIR": str(temporary / "skill-lint-cache")}
    if hasattr(os, "geteuid") and temporary.stat().st_uid != os.geteuid():
        # For root in a container, it belongs to the runner's user, and no cache there is used.
        cache = {"SKILL_LINT_NO_CACHE": "1"}
    # The checkout may be that of another commit than the event, or of another repository.
    commit = git.asked(environment, "rev-parse", "HEAD") if _is_own(environment) else None
    return {
        **outside(environment),
        **cache,
        **git.settings(environment),
        "GITHUB_SHA": commit or "",
    }


def _is_own(environment: Mapping[str, str]) -> bool:
    """Whether the checkout is one of the repository that the workflow runs for."""
    url = git.asked(environment, "config", "--get", "remote.origin.url") or ""
    host = environment.get("GITHUB_SERVER_URL", "").rpartition("/")[2]
    name = environment.get("GITHUB_REPOSITORY", "")
    own = rf"(https?://|ssh://)?([^@/]+@)?{re.escape(host)}[:/]{re.escape(name)}(\.git)?/?"
    return bool(re.fullmatch(own, url, re.IGNORECASE))


def _counts(report: Path) -> dict[str, str]:
    """The numbers of findings in the JSON report; none if the run wrote no report."""
    if not report.exists():
        return {}
    counts = json.loads(report.read_text(encoding="utf-8"))["summary"]
    return {name: str(counts[name]) for name in ("errors", "warnings", "infos")}
