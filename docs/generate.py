"""Write docs/rules.md from the rules' docstrings: `python docs/generate.py`."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from skill_lint.cli.explain import fixability, levels
from skill_lint.rule import Rule, load_rules

PAGE = Path(__file__).parent / "rules.md"


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
    return f"| [{rule.name}](#{rule.name}) | {rule.severity} | {fix} | {rule.summary} |"


def section(rule: Rule) -> Iterator[str]:
    yield from [f"### {rule.name}", "", rule.summary, ""]
    yield from [" ".join([levels(rule), *([fixability(rule)] if rule.fixable else [])]), ""]
    yield from [f"**Why:** {rule.why}", "", f"**Fix:** {rule.remedy}", ""]
    for title, text in [("Bad", rule.bad), ("Good", rule.good)]:
        yield from [f"{title}:", "", *(f"    {line}".rstrip() for line in text.splitlines()), ""]
    if rule.options:
        yield from ["| option | default |", "|---|---|"]
        yield from (f"| `{name}` | `{shown(value)}` |" for name, value in rule.options.items())
        yield ""


def shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"[{', '.join(value)}]" if isinstance(value, tuple) else str(value)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
