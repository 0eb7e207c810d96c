"""The lint step of action.yml: reads inputs from the environment, writes outputs to runner files.

Each input becomes one argument, and no shell evaluates it.
"""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Mapping
from pathlib import Path


def main(environment: Mapping[str, str]) -> int:
    temporary = Path(environment["RUNNER_TEMP"])
    report, summary = temporary / "skill-lint.json", temporary / "skill-lint.md"
    sarif = Path(environment.get("SKILL_LINT_SARIF_FILE") or temporary / "skill-lint.sarif")
    for old in (report, summary):
        old.unlink(missing_ok=True)
    sarif.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "skill_lint", "check", "--output-format", "github"]
    for name, path in (("json", report), ("markdown", summary), ("sarif", sarif)):
        command += ["--output", f"{name}={path}"]
    # Outside of the checkout, because a pull request could commit a forged cache.
    with_cache = {**environment, "SKILL_LINT_CACHE_DIR": str(temporary / "skill-lint-cache")}
    done = subprocess.run([*command, *arguments(environment)], check=False, env=with_cache)
    code = done.returncode
    outputs = {"exit-code": str(code), "sarif-file": str(sarif) if sarif.exists() else ""}
    if report.exists():
        counts = json.loads(report.read_text(encoding="utf-8"))["summary"]
        outputs |= {name: str(counts[name]) for name in ("errors", "warnings", "infos")}
    write_outputs(Path(environment["GITHUB_OUTPUT"]), outputs)
    if summary.exists() and (page := environment.get("GITHUB_STEP_SUMMARY")):
        with Path(page).open("ab") as file:
            file.write(summary.read_bytes() + b"\n")
    return code


def arguments(environment: Mapping[str, str]) -> list[str]:
    """The inputs as arguments of `skill-lint check`; empty inputs are left out."""
    options = []
    for name, option in (("PRESET", "preset"), ("CONFIG", "config"), ("FAIL_ON", "fail-on")):
        if value := environment.get(f"SKILL_LINT_{name}", "").strip():
            options.append(f"--{option}={value}")
    base = environment.get("GITHUB_BASE_REF", "")
    if environment.get("SKILL_LINT_CHANGED_ONLY") == "true" and base:
        options.append(f"--changed-since=origin/{base}")
    paths = [line.strip() for line in environment.get("SKILL_LINT_PATHS", "").splitlines()]
    return [*options, "--", *(path for path in paths if path)]


def write_outputs(file: Path, outputs: Mapping[str, str]) -> None:
    with file.open("a", encoding="utf-8") as stream:
        for name, value in outputs.items():
            # Random, so that no value can contain the end of its own block.
            end = f"end-{uuid.uuid4().hex}"
            stream.write(f"{name}<<{end}\n{value}\n{end}\n")


if __name__ == "__main__":
    raise SystemExit(main(os.environ))
