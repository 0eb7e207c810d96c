"""Begin a new rule: `python -m tests.new_rule links no-such-thing`.

Writes the rule's file, a fixture with a finding and a fixture without one. What is left is to
write the check and its documentation. A rule with fixes also gets `fixable=` and, after `Fix:`, a
paragraph `Fix safety:`. A rule with options gets a list `Options:` at the end of its docstring.
"""

import argparse
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent

RULE = '''\
"""State the fault in one sentence, with a full stop.

Why: state what the fault costs an agent or an author.

Fix: State in the imperative how to fix the fault.

Bad:  show a skill with the fault
Good: show the skill without the fault
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("warning")
def {function}(skill: Skill) -> Iterator[Finding]:
    for heading in skill.document.headings:
        if heading.text == "Find me":
            yield Finding(f"the heading says `{{heading.text}}`", skill.source, heading.span)
'''

SKILL = """\
---
name: pdf-forms
description: Fills PDF forms. Use when a PDF has fields to fill.
---

# {title}
"""

EXPECTED = """\
pdf-forms/SKILL.md:6:3-6:10 warning {name}
  the heading says `Find me`
  marked: Find me
  remedy: State in the imperative how to fix the fault.
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.new_rule", description=__doc__)
    parser.add_argument("family", help="the folder below skill_lint/rules")
    parser.add_argument("name", help="the rule's name in kebab-case, which names the fault")
    options = parser.parse_args()
    for path in create(ROOT, options.family, options.name):
        print(path.relative_to(ROOT))
    print("Now write the check and docstring, and run: python docs/generate.py && python -m pytest")


def create(root: Path, family: str, name: str) -> list[Path]:
    """Write the files of a new rule below `root`. None of them may exist."""
    function = name.replace("-", "_")
    fixtures = root / "tests" / "rules" / name
    files = {
        root / "skill_lint" / "rules" / family / f"{function}.py": RULE.format(function=function),
        fixtures / "heading-says-so" / "pdf-forms" / "SKILL.md": SKILL.format(title="Find me"),
        fixtures / "heading-says-so" / "expected.txt": EXPECTED.format(name=name),
        fixtures / "heading-says-else" / "pdf-forms" / "SKILL.md": SKILL.format(title="PDF forms"),
    }
    families = sorted(path.parent.name for path in root.glob("skill_lint/rules/*/__init__.py"))
    if family not in families:
        raise SystemExit(f"there is no family `{family}`; there are {', '.join(families)}")
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name):
        raise SystemExit(f"`{name}` is not in kebab-case")
    if any(path.exists() for path in files):
        raise SystemExit(f"the rule `{name}` exists already")
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    return list(files)


if __name__ == "__main__":
    main()
