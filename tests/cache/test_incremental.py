"""After one change only what it concerns is linted, and all is said that a whole run says."""

import shutil
from pathlib import Path

import pytest

from tests.support.cached import Capture, kept, lint, rewrite, same_with_and_without
from tests.support.imports import imported


def test_after_one_change_only_that_skill_is_linted(capfdbinary: Capture) -> None:
    lint(capfdbinary)
    before = kept()
    assert len(before) == 4, "three skills, and the run"
    Path("skills/a/SKILL.md").write_text("---\nname: a\n---\n")
    lint(capfdbinary)
    after = kept()
    assert before.keys() == after.keys()
    assert sum(before[key] != after[key] for key in before) == 2, "one skill, and the run"


def test_after_an_edit_the_others_are_not_judged(capfdbinary: Capture) -> None:
    rewrite("c", "../a/SKILL.md", "https://example.org")
    lint(capfdbinary)
    rewrite("a", "# Title", "# Another title")
    found = imported([])
    assert "skill_lint.cache.incremental" in found
    assert "skill_lint.engine.check_collection" not in found
    same_with_and_without(capfdbinary)


WORDS = [
    "", "-q", "--output-format full", "--output-format concise --color always", "--statistics",
    "--show-suppressed", "--output-format github", "--fail-on warning", "--select collection",
    "--output-format full --exit-zero", "skills/b skills", "skills/b", "--preset agentskills",
    "--output-format json", "--all", "--min-severity info", "--min-severity error",
]  # fmt: skip
OVERLAP = "description: Does a. Use when testing."
ALLOWED = f"{OVERLAP} # skill-lint: allow duplicate-description -- on purpose"


@pytest.mark.slow
@pytest.mark.parametrize("line", WORDS)
def test_what_one_skill_changes_in_what_is_said_of_another(line: str, capfdbinary: Capture) -> None:
    """Each step changes one skill, and with it a finding of another one."""
    words = line.split()
    same_with_and_without(capfdbinary, *words)
    for name, old, new in (
        ("b", "description: Does b. Use when testing.", OVERLAP),
        ("a", OVERLAP, ALLOWED),
        ("b", OVERLAP, "description: Something else."),
        ("a", ALLOWED, OVERLAP),
        ("c", "name: c", "name: a"),
        ("c", "[a](../a/SKILL.md)", "[a](../a/references/gone.md)"),
        ("a", "# Title", "## When to Use\n\nAlways."),
    ):
        rewrite(name, old, new)
        same_with_and_without(capfdbinary, *words)


def test_a_copy_that_drifts(capfdbinary: Capture) -> None:
    shutil.copytree("skills/a", ".claude/skills/a")
    for text in ("# Title", "# Other", "# Title\n\nMore.", "# Title"):
        for folder in ("skills/a", ".claude/skills/a"):
            path = Path(folder, "SKILL.md")
            head, _, rest = path.read_text().partition("# ")
            path.write_text(f"{head}{text}\n\nSee{rest.partition('See')[2]}")
            same_with_and_without(capfdbinary)


def test_an_overview_of_many_skills(capfdbinary: Capture) -> None:
    for number in range(30):
        shutil.copytree("skills/a", f"skills/a{number}")
        rewrite(f"a{number}", "name: a", f"name: a{number}")
    shutil.copytree("skills/a7", ".claude/skills/a7")
    lint(capfdbinary)
    rewrite("a7", "references/guide.md)", "references/gone.md)")
    same_with_and_without(capfdbinary)
    assert b"The worst skills" in lint(capfdbinary)[0]


def test_a_file_outside_of_the_skill_that_links_to_it(capfdbinary: Capture) -> None:
    """The one skill is shown by its folder's name, which the other one's link tells."""
    words = ["skills/a", "skills/b"]
    lint(capfdbinary, *words)
    Path("skills/c").rename("skills/d")
    same_with_and_without(capfdbinary, *words)
    Path("skills/d").rename("skills/c")
    same_with_and_without(capfdbinary, *words)
