"""Write the pages of the rules and of the presets, and the files of the presets, from the rules.

Run: `python docs/generate.py`
"""

import runpy
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from textwrap import fill, indent

from skill_lint.cli.commands.explain import PAGES
from skill_lint.config.config import presets
from skill_lint.rule import Rule, level_of
from skill_lint.rules.registry import load_rules

PAGE = Path(__file__).parent / "rules.md"
EXPLANATIONS = Path(PAGES)
BY_REACH = (
    "An error is a warning in a file that SKILL.md does not lead to, or that is for people, such "
    "as README.md."
)


def page() -> str:
    rules = sorted(load_rules().values(), key=lambda rule: (rule.family, rule.name))
    lines = [
        "# Rules",
        "",
        "<!-- Written by docs/generate.py from the rules' docstrings; do not edit. -->",
        "",
        f"{len(rules)} rules. `skill-lint explain RULE` prints the same in the terminal.",
        "",
        "| rule | severity | fix | what it finds |",
        "|---|---|---|---|",
        *map(row, rules),
        "",
    ]
    for family, group in groupby(rules, key=lambda rule: rule.family):
        lines += [f"## Family `{family}`", ""]
        for rule in group:
            lines += section(rule)
    return "\n".join(lines).rstrip("\n") + "\n"


def row(rule: Rule) -> str:
    fix = rule.fixable or ""
    return f"| [{rule.name}](#{rule.name}) | {rule.level} | {fix} | {rule.summary} |"


def section(rule: Rule) -> Iterator[str]:
    yield from [f"### {rule.name}", "", rule.summary, ""]
    yield from [" ".join([levels(rule), *([fixability(rule)] if rule.fixable else [])]), ""]
    for title, text in paragraphs(rule):
        yield from [f"**{title}:** {text}", ""]
    for title, text in [("Bad", rule.bad), ("Good", rule.good)]:
        yield from [f"{title}:", "", *(f"    {line}".rstrip() for line in text.splitlines()), ""]
    if rule.options:
        yield from ["| option | default |", "|---|---|"]
        yield from (f"| `{name}` | `{shown(value)}` |" for name, value in rule.options.items())
        yield ""


def paragraphs(rule: Rule) -> Iterator[tuple[str, str]]:
    """The parts of a rule's docstring that are running text, with their titles."""
    yield "Why", rule.why
    yield "Fix", rule.remedy
    if rule.fix_safety:
        yield "Fix safety", rule.fix_safety


def shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"[{', '.join(value)}]" if isinstance(value, tuple) else str(value)


def explanations() -> dict[str, str]:
    """The text of each page of `skill-lint explain`, by the name of its file."""
    return {
        f"{name}.txt": "\n".join(explanation(rule)) + "\n" for name, rule in load_rules().items()
    }


def explanation(rule: Rule) -> Iterator[str]:
    yield f"{rule.name} ({rule.family})"
    yield ""
    yield rule.summary
    yield fill(levels(rule), width=88, break_on_hyphens=False)
    if rule.fixable:
        yield fixability(rule)
    for title, text in paragraphs(rule):
        yield "\n" + fill(f"{title}: {text}", width=88, break_on_hyphens=False)
    for title, text in [("Bad", rule.bad), ("Good", rule.good)]:
        yield f"\n{title}:\n{indent(text, '    ')}"
    if rule.options:
        yield "\nOptions:"
        yield from (f"    {name}: {default(value)}" for name, value in rule.options.items())
    yield f"\n{how_to_suppress(rule)}"
    yield rule.url


def levels(rule: Rule) -> str:
    """A rule's level, and where presets differ: "Severity: error; in `agentskills` off."."""
    words = [
        f"in `{name}` {level}"
        for name in presets()
        if (level := level_of(rule.presets[name])) != rule.level
    ]
    reach = f" {BY_REACH}" if rule.by_reach else ""
    return "; ".join([f"Severity: {rule.level}", *words]) + f".{reach}"


def fixability(rule: Rule) -> str:
    options = "--fix" if rule.fixable == "safe" else "--fix --unsafe-fixes"
    return f"Fixable with `{options}`."


def how_to_suppress(rule: Rule) -> str:
    if rule.family == "frontmatter":
        return f"Suppress it after the value: # skill-lint: allow {rule.name}"
    if rule.family == "structure":
        return f"Suppress it in SKILL.md: <!-- skill-lint: allow-file {rule.name} -->"
    return f"Suppress it on a line of its own above: <!-- skill-lint: allow {rule.name} -->"


def default(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(value) or "(none)" if isinstance(value, tuple) else str(value)


def write() -> None:
    PAGE.write_text(page(), encoding="utf-8")
    EXPLANATIONS.mkdir(exist_ok=True)
    for file in EXPLANATIONS.iterdir():
        file.unlink()
    for name, text in explanations().items():
        (EXPLANATIONS / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
    runpy.run_path(str(Path(__file__).with_name("generate_presets.py")), run_name="__main__")
