"""Words of a repository and of a command line in what is printed, whether the run works or fails.

The matrix: where the words come from, and each way by which they can go out.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.security.conftest import BROKEN, GOOD, TREE, Lint, git
from tests.security.output.conftest import EVIL, NAME

Make = Callable[[Mapping[str, str | bytes]], Path]
Inert = Callable[[str], None]

QUOTED = json.dumps(EVIL.replace("\0", ""))
"""In double quotes, as YAML, TOML and JSON read it."""
SKILL = f"""---
name: {QUOTED}
description: {QUOTED}
version: {QUOTED}
{QUOTED}: {QUOTED}
allowed-tools: {QUOTED}
dependencies: [{QUOTED}]
see_also: [{QUOTED}]
metadata: {{{QUOTED}: 1}}
---

# ::error::heading ##[debug]x \x1b[2J\u202e \x9b

::error::body ##vso[task] \x1b[2J

[::error::a \x1b](<gone\x1b ::error:: ##[x].md>) [b](#\u202e::error::) `references/\u202e.md`
<!-- skill-lint: allow ::error::\x1b -- ::x\u202e -->

::stop-commands::x &lt; [c](::error::gone.md)
"""
METADATA = json.dumps({
    "skill_id": EVIL, "type": EVIL, "weight": EVIL, "keywords": [EVIL], EVIL: EVIL,
    "dependencies": [EVIL], "version": EVIL, "description": EVIL, "title": EVIL,
})  # fmt: skip
HOSTILE = {
    f"{NAME}/SKILL.md": SKILL,
    f"{NAME}/metadata.json": METADATA,
    f"{NAME}/references/{NAME}.md": "::error::x\n",
    f"{NAME}/{NAME}/a": "",
    "::error::a/SKILL.md": SKILL,
    "::error::a/scripts/::error::x": "",
    "##[debug]b/SKILL.md": SKILL + "[x](gone.md)\n",
    "##[debug]b/resources/##vso[x]y.md": "",
    "v1/SKILL.md": BROKEN.format(name="v1"),
    "v1/metadata.json": json.dumps({"skill_id": "v1", "type": EVIL, "keywords": [EVIL]}),
    "sound/SKILL.md": GOOD.format(name="sound"),
}
FORMATS = (
    "text", "full", "concise", "json", "sarif", "github", "markdown", "gitlab", "junit", "rdjson",
)  # fmt: skip
WAYS = [
    *(("check", "--output-format", name) for name in FORMATS),
    *(("check", "--all", "--min-severity=info", "--preset=golden", "--output-format", name)
      for name in FORMATS),
    ("check", "--statistics"), ("check", "--list-skills"), ("check", "--show-suppressed", "--all"),
    ("check", "--list-skills", "--output-format=json"), ("validate",), ("check", "--diff"),
    ("fix", "--diff", "--unsafe-fixes"), ("fix", "--unsafe-fixes", "--show-fixes"),
    ("show",), ("show", "--output-format=json"),
    ("score",), ("score", "--output-format=json"), ("score", "--output-format=markdown"),
    ("score", f"{NAME}"), ("graph",), ("graph", "--output-format=json"),
    ("graph", "--output-format=dot"), ("graph", "--output-format=html"),
    ("migrate", "--dry-run"), ("migrate", "--dry-run", "--output-format=json"),
    ("migrate", "--allow-dirty"), ("migrate",), ("baseline",), ("models",),
    ("fix", "--llm", "--show-prompt"), ("fix", "--llm"), ("check", "--verbose", NAME),
]  # fmt: skip


@pytest.mark.parametrize("words", WAYS, ids=" ".join)
def test_a_skill_forges_output(
    repository: Make, lint: Lint, inert: Inert, words: tuple[str, ...]
) -> None:
    """Every name and text is hostile, and everything that can be found in it is."""
    folder = repository(HOSTILE)
    for server in ({"GITHUB_ACTIONS": "true"}, {"TF_BUILD": "True"}):
        ran = lint(folder, *words, stdin=b"", COLUMNS="60", **server)
        assert ran.code in (0, 1, 2), ran.said
        assert ran.said
        inert(ran.out)
        inert(ran.err)


@pytest.mark.parametrize("name", FORMATS)
def test_a_skill_forges_a_report_in_a_file(
    repository: Make, lint: Lint, inert: Inert, name: str
) -> None:
    folder = repository(HOSTILE)
    assert lint(folder, "check", f"--output={name}=report").code == 1
    inert((folder / "report").read_text("utf-8"))


OPTIONS = (
    "--config", "--preset", "--select", "--ignore", "--severity", "--fail-on", "--min-severity",
    "--baseline", "--changed-since", "--stdin-filename", "--trusted-config", "--output",
    "--output-format", "--jobs", "--executor", "--cache-dir", "--color", "--sarif-category",
    "--no-such-option",
)  # fmt: skip
GIVEN = [
    *(("check", f"{option}={NAME}") for option in OPTIONS),
    *(("check", f"--severity={NAME}=error"), ("check", f"--severity=broken-link={NAME}")),
    *(("check", f"--output={form}={NAME}/x") for form in ("json", NAME)),
    *((command, NAME) for command in
      ("check", "fix", "show", "score", "graph", "migrate", "baseline", "explain", "init", "cache",
       "rules", "models", "help", "validate")),
    *((command, f"--{NAME}") for command in
      ("check", "fix", "show", "score", "graph", "migrate", "baseline", "explain", "init", "cache",
       "rules", "models", "validate")),
    ("check", "--owning-skills", f"-{NAME}"), ("cache", "info", "--cache-dir", NAME),
    ("cache", "clean", "--cache-dir", NAME), ("score", "--compare", NAME),
    ("score", "--fail-under", NAME), ("score", "--badge", f"{NAME}/x"), ("score", "--badge", NAME),
    ("graph", "--output", NAME), ("graph", "--output", f"json={NAME}/x"),
    ("models", "--models", NAME), ("models", "add", "--from", NAME, NAME),
    ("baseline", "--prune", "--baseline", NAME), ("baseline", "--baseline", NAME),
    ("fix", "--llm", "--models", NAME), ("fix", "--llm", "--max-cost", NAME),
    ("fix", "--llm", "--max-calls", NAME), ("fix", "--llm", "--report", f"{NAME}/x"),
    ("explain", "--all", NAME), ("rules", "--output-format", NAME), (NAME,), (f"--{NAME}=x",),
]  # fmt: skip


@pytest.mark.parametrize("words", GIVEN, ids=lambda words: ascii(" ".join(words)))
@pytest.mark.parametrize("form", ["", "::"])
def test_a_word_of_the_command_line_forges_output(
    repository: Make, lint: Lint, inert: Inert, words: tuple[str, ...], form: str
) -> None:
    """A workflow passes on what a stranger names: a branch, a file, an input."""
    folder = repository({"a/SKILL.md": GOOD.format(name="a")})
    ran = lint(folder, *(word.replace(NAME, form + NAME) for word in words), GITHUB_ACTIONS="true")
    inert(ran.out)
    inert(ran.err)


YAML = ".skill-lint.yaml"
TOML = "skill-lint.toml"
PYPROJECT = "pyproject.toml"
BASELINE = ".skill-lint-baseline.json"
MODELS = "skill-lint-models.yaml"
ENTRY = {"path": EVIL, "rule": EVIL, "line": EVIL, "count": 1}
SETTINGS: Mapping[str, Mapping[str, str]] = {
    "key": {YAML: f"{QUOTED}: 1\n"},
    "value": {YAML: f"fail-on: {QUOTED}\n"},
    "preset": {YAML: f"extends: {QUOTED}\n"},
    "rule": {YAML: f"rules: {{{QUOTED}: error}}\n"},
    "severity": {YAML: f"rules: {{broken-link: {QUOTED}}}\n"},
    "severity in a mapping": {YAML: f"rules: {{broken-link: {{severity: {QUOTED}}}}}\n"},
    "option": {YAML: f"rules: {{long-body: {{{QUOTED}: 1}}}}\n"},
    "value of an option": {YAML: f"rules: {{long-body: {{max-lines: {QUOTED}}}}}\n"},
    "globs of a rule": {YAML: f"rules: {{leaked-secret: {{allow: [{QUOTED}]}}}}\n"},
    "select": {YAML: f"select: [{QUOTED}]\n"},
    "ignore": {YAML: f"ignore: [{QUOTED}]\n"},
    "exclude": {YAML: f"exclude: [{QUOTED}, '**']\n"},
    "limit": {YAML: f"limits: {{{QUOTED}: 1}}\n"},
    "value of a limit": {YAML: f"limits: {{files: {QUOTED}}}\n"},
    "weight": {YAML: f"score-weights: {{{QUOTED}: 1}}\n"},
    "key twice": {YAML: f"{QUOTED}: 1\n{QUOTED}: 2\n"},
    "tag": {YAML: "extends: !<x\u202e%1b::error::> a\n"},
    "anchor": {YAML: "extends: *x\u202e::error::\n"},
    "raw control": {YAML: "extends: \x1b[2J\n"},
    "raw text": {YAML: "::error::x ##[debug]\n"},
    "broken": {YAML: "a: [\n::error::x\n\u202e: ]]\n"},
    "llm": {YAML: f"llm: {{{QUOTED}: {QUOTED}}}\n"},
    "toml key": {TOML: f"{QUOTED} = 1\n"},
    "toml value": {TOML: f"fail-on = {QUOTED}\n"},
    "toml table": {TOML: f"[rules.{QUOTED}]\nseverity = 'error'\n"},
    "toml table twice": {TOML: f"[{QUOTED}]\n[{QUOTED}]\n"},
    "toml key twice": {TOML: f"{QUOTED} = 1\n{QUOTED} = 1\n"},
    "toml broken": {TOML: "::error::x = \x1b[2J\n"},
    "toml control": {TOML: "a = '\x1b\u202e'\n"},
    "pyproject key": {PYPROJECT: f"[tool.skill-lint]\n{QUOTED} = 1\n"},
    "pyproject broken": {PYPROJECT: "[tool.skill-lint]\n::error::x\u202e = \x1b\n"},
    "two files": {YAML: "extends: golden\n", TOML: "extends = 'golden'\n"},
    "baseline": {BASELINE: EVIL},
    "entry of a baseline": {BASELINE: json.dumps({"version": 1, "findings": [ENTRY]})},
    "stale entry": {BASELINE: json.dumps({"version": 1, "findings": [
        {"path": f"a/{EVIL}", "rule": "broken-link", "line": "00", "count": 1}]})},
    "version of a baseline": {BASELINE: json.dumps({"version": EVIL, "findings": []})},
    "key of a baseline": {BASELINE: json.dumps({EVIL: EVIL})},
    "models key": {MODELS: f"{QUOTED}: 1\n"},
    "models default": {MODELS: f"models: {{default: {QUOTED}}}\n"},
    "models task": {MODELS: f"models: {{tasks: {{{QUOTED}: {QUOTED}}}}}\n"},
    "models registry": {MODELS: f"models: {{registry: {{{QUOTED}: {{model: {QUOTED}, "
                                f"base_url_default: {QUOTED}, env: {QUOTED}}}}}}}\n"},
    "models broken": {MODELS: "::error::x: [\x1b\u202e\n"},
}  # fmt: skip
READERS = (
    ("check",), ("check", "--output-format=github"), ("models",), ("baseline",), ("fix", "--llm"),
)  # fmt: skip


@pytest.mark.parametrize("words", READERS, ids=" ".join)
@pytest.mark.parametrize("what", SETTINGS)
def test_a_file_of_settings_forges_output(
    repository: Make, lint: Lint, inert: Inert, what: str, words: tuple[str, ...]
) -> None:
    folder = repository({"a/SKILL.md": BROKEN.format(name="a"), **SETTINGS[what]})
    ran = lint(folder, *words, GITHUB_ACTIONS="true")
    inert(ran.out)
    inert(ran.err)


@pytest.mark.parametrize("what", SETTINGS)
def test_a_file_of_settings_and_its_name_forge_output(
    repository: Make, lint: Lint, inert: Inert, what: str
) -> None:
    kind, text = next(iter(SETTINGS[what].items()))
    option = {BASELINE: "--baseline", MODELS: "--models"}.get(kind, "--config")
    name = f"{NAME}{Path(kind).suffix}"
    folder = repository({"a/SKILL.md": BROKEN.format(name="a"), name: text})
    ran = lint(folder, "models" if kind == MODELS else "check", option, name)
    inert(ran.out)
    inert(ran.err)


def test_a_folder_forges_the_words_about_the_working_directory(
    repository: Make, lint: Lint, inert: Inert
) -> None:
    folder = repository({f"{NAME}/a/SKILL.md": BROKEN.format(name="a"),
                         f"{NAME}/{YAML}": "", f"{NAME}/{TOML}": ""}) / NAME  # fmt: skip
    for command in ("check", "show", "baseline", "score"):
        ran = lint(folder, command)
        assert "two configurations" in ran.err
        inert(ran.out)
        inert(ran.err)
    for each in (YAML, TOML):
        (folder / each).unlink()
    for words in (*WAYS, ("baseline",), ("init",)):
        ran = lint(folder, *words, TF_BUILD="True")
        inert(ran.out)
        inert(ran.err)


def test_a_branch_forges_output(repository: Make, lint: Lint, inert: Inert) -> None:
    folder = repository({"a/SKILL.md": GOOD.format(name="a")})
    git(folder, "branch", "x\u202e")
    for option in ("--changed-since", "--trusted-config"):
        for name in FORMATS:
            ran = lint(folder, "check", option, "x\u202e", "--output-format", name)
            assert ran.code == 0, ran.said
            inert(ran.out)
            inert(ran.err)


BUGS = {
    "reading settings": "import skill_lint.config.file as x\nx.read_settings = broken\n",
    "a rule": "import skill_lint.skill.skill as x\nx.Skill.reach = property(broken)\n",
}
"""No bug of this kind is known, so the test puts one in."""


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("bug", BUGS)
def test_a_bug_prints_what_a_file_says(
    repository: Make, lint: Lint, inert: Inert, tmp_path: Path, bug: str, name: str
) -> None:
    code = f"def broken(*given):\n    raise RuntimeError({EVIL!r})\n\n{BUGS[bug]}"
    (tmp_path / "sitecustomize.py").write_text(code)
    folder = repository({"a/SKILL.md": GOOD.format(name="a"), YAML: "extends: golden\n"})
    done = subprocess.run(
        [sys.executable, "-P", "-m", "skill_lint", "--verbose", "--output-format", name],
        cwd=folder, capture_output=True, check=False,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": f"{tmp_path}{os.pathsep}{TREE}"},
    )  # fmt: skip
    assert done.returncode == 2
    assert b"RuntimeError" in done.stderr
    inert(done.stdout.decode())
    inert(done.stderr.decode())
