"""Every example in the documentation is what skill-lint does."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from docs import generate, generate_presets, secret_table
from skill_lint.markdown.document import Document
from skill_lint.rules.registry import load_rules
from skill_lint.schema import load
from skill_lint.skill.link_target import read_target
from skill_lint.text.source import decode

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
# On a CI server skill-lint writes for the server.
# The width of a terminal decides where lines end.
PLAIN = {
    key: value
    for key, value in os.environ.items()
    if key not in ("GITHUB_ACTIONS", "CI", "COLUMNS", "FORCE_COLOR", "CLICOLOR_FORCE")
}
SESSION = re.compile(r"```console\n(\$ .*?)```", re.DOTALL)
SESSIONS = [
    pytest.param(match[1], id=f"{page.name}-{number}")
    for page in PAGES
    for number, match in enumerate(SESSION.finditer(page.read_text("utf-8")), 1)
]


@pytest.mark.smoke
@pytest.mark.parametrize("session", SESSIONS)
def test_console_sessions(session: str) -> None:
    command, _, expected = session.removeprefix("$ ").partition("\n")
    words = shlex.split(command)
    assert words[0] == "skill-lint"
    done = subprocess.run(
        [sys.executable, "-m", "skill_lint", *words[1:]],
        cwd=ROOT, env=PLAIN, capture_output=True, text=True, check=False,
    )  # fmt: skip
    # The README shows the beginning of a longer report.
    assert (done.stdout + done.stderr).startswith(expected)
    assert not done.stderr or expected.endswith(done.stderr)


@pytest.mark.smoke
def test_the_library_example() -> None:
    source = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert source is not None
    done = subprocess.run(
        [sys.executable, "-c", source[1]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "examples/skills/csv-report/SKILL.md 25 wrong-case-link" in done.stdout


@pytest.mark.smoke
def test_rule_pages_are_what_the_docstrings_say() -> None:
    assert generate.PAGE.read_text("utf-8") == generate.page(), "run: python docs/generate.py"
    table = secret_table.PAGE.read_text("utf-8")
    assert table == secret_table.page(), "run: python docs/secret_table.py"
    pages = {file.name: file.read_text("utf-8") for file in generate.EXPLANATIONS.iterdir()}
    assert pages == generate.explanations(), "run: python docs/generate.py"


def test_the_schema_of_the_rules_is_what_the_docstrings_say() -> None:
    assert generate.SCHEMA.read_text("utf-8") == generate.schema_text(), "run: docs/generate.py"


def test_each_option_of_a_rule_is_described_where_people_look() -> None:
    page = generate.PAGE.read_text("utf-8")
    of_rules = load("config")["properties"]["rules"]["properties"]
    for name, rule in load_rules().items():
        for option, sentence in rule.described_options.items():
            assert f"| `{option}` | `" in page
            assert f" | {sentence} |" in page
            described = of_rules[name]["anyOf"][1]["properties"][option]
            assert described["description"] == sentence


@pytest.mark.smoke
def test_presets_are_what_the_rules_declare() -> None:
    assert generate_presets.PAGE.read_text("utf-8") == generate_presets.page(), (
        "run: python docs/generate.py"
    )
    files = {file.name: file.read_text("utf-8") for file in generate_presets.FILES.iterdir()}
    assert files == generate_presets.files(), "run: python docs/generate.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages(page: Path) -> None:
    for link in Document(decode(page.read_bytes(), page.name, page.name)).links:
        target = read_target(link.target)
        if target.kind == "path":
            assert (page.parent / target.path).exists(), link.target


def test_configuration_keys_are_all_described() -> None:
    text = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    assert re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE) == list(
        load("config")["properties"]
    )
