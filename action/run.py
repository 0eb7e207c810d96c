"""The step that lints the checkout. Each input becomes one argument, and no shell evaluates it."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import base
import git
import inputs
from inputs import InputError
from outputs import write_outputs
from outside import outside, workspace

PYTHON = (sys.executable, "-I", "-X", "utf8")
"""Imports nothing from the working directory, which is the checkout."""


def main(environment: Mapping[str, str]) -> int:
    try:
        options, sarif = arguments(environment), sarif_file(environment)
    except InputError:
        write_outputs(environment, {"exit-code": "2"})
        raise
    return lint(environment, options, sarif)


def lint(environment: Mapping[str, str], options: list[str], sarif: str) -> int:
    """Run skill-lint, and write what the runner shows of it. Returns the exit code."""
    temporary = Path(environment["RUNNER_TEMP"])
    folder = Path(tempfile.mkdtemp(prefix="skill-lint-", dir=temporary))
    report, summary = folder / "skill-lint.json", folder / "skill-lint.md"
    sarif = sarif or str(folder / "skill-lint.sarif")
    command = [*PYTHON, "-m", "skill_lint", "check", "--output-format", "github"]
    for name, path in (("json", str(report)), ("markdown", str(summary)), ("sarif", sarif)):
        command += ["--output", f"{name}={path}"]
    # Outside of the checkout, because a pull request could commit a forged cache.
    variables = {
        **outside(environment), "SKILL_LINT_CACHE_DIR": str(temporary / "skill-lint-cache"),
        **git.settings(environment),
    }  # fmt: skip
    place = workspace(environment)
    code = subprocess.run([*command, *options], check=False, cwd=place, env=variables).returncode
    outputs = {"exit-code": str(code), "sarif-file": sarif if _exists(place, sarif) else ""}
    write_outputs(environment, {**outputs, **_counts(report)})
    if summary.exists() and (page := environment.get("GITHUB_STEP_SUMMARY")):
        with Path(page).open("ab") as file:
            file.write(summary.read_bytes() + b"\n")
    return code


def arguments(environment: Mapping[str, str]) -> list[str]:
    """The inputs as arguments of `skill-lint check`; empty inputs are left out."""
    options = [
        f"--{name}={value}"
        for name in ("preset", "config", "fail-on")
        if (value := inputs.text(environment, name))
    ]
    inputs.flag(environment, "upload-sarif")
    return [*options, *base.options(environment), "--", *inputs.lines(environment, "paths")]


def sarif_file(environment: Mapping[str, str]) -> str:
    """Where the SARIF file goes, relative to the checkout; empty for the folder of the step.

    A file that is there is deleted, because a pull request could commit one for the upload.
    """
    given = inputs.text(environment, "sarif-file")
    if not given:
        return ""
    # Without `..`, which leads elsewhere behind a link.
    name = os.path.normpath(given)
    place = workspace(environment)
    file = Path(os.path.abspath(Path(place, name)))  # noqa: PTH100
    _refuse_links(Path(place), file.parent)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"the file of the input `sarif-file`: {error.strerror}") from None
    return name


def _refuse_links(place: Path, folder: Path) -> None:
    """Refuse a folder in the checkout that a symbolic link of the checkout leads away from."""
    real = Path(os.path.realpath(place))
    for root in (Path(os.path.abspath(place)), real):  # noqa: PTH100
        if folder.is_relative_to(root):
            expected = real / folder.relative_to(root)
            if Path(os.path.realpath(folder)) != expected:
                raise InputError(
                    "the input `sarif-file` leads through a symbolic link of the checkout; name a "
                    "folder without one, or leave the input empty"
                )


def _exists(place: str, file: str) -> bool:
    return Path(place, file).exists()


def _counts(report: Path) -> dict[str, str]:
    """The numbers of findings in the JSON report; none if the run wrote no report."""
    if not report.exists():
        return {}
    counts = json.loads(report.read_text(encoding="utf-8"))["summary"]
    return {name: str(counts[name]) for name in ("errors", "warnings", "infos")}
