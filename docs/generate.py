"""Write docs/rules.md and the pages of `skill-lint explain` from the rules' docstrings.

Run: `python docs/generate.py`
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from textwrap import indent

from skill_lint.cli.commands.explain import PAGES
from skill_lint.config import score_weights
from skill_lint.config.config import preset, presets
from skill_lint.rule import Rule
from skill_lint.rules.registry import load_rules
from skill_lint.scoring.described import METRICS, in_words, page_name

PAGE = Path(__file__).parent / "rules.md"
EXPLANATIONS = Path(PAGES)


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
    pages = {name: explanation(rule) for name, rule in load_rules().items()}
    pages |= {page_name(name): of_metric(name) for name in METRICS}
    return {f"{name}.txt": "\n".join(lines) + "\n" for name, lines in pages.items()}


def of_metric(name: str) -> Iterator[str]:
    described, weights = METRICS[name], score_weights.data()["weights"]
    yield f"{in_words(name)} (score)"
    yield ""
    yield f"A metric of `skill-lint score`, from 0 to 1. In JSON and in `score-weights`: {name}."
    yield f"Weight: {weights[name]}, of {sum(weights.values()):.2f} for all metrics."
    yield f"\nMeasures: {described.measures}"
    yield f"\nTo raise it: {described.advice}"


def explanation(rule: Rule) -> Iterator[str]:
    yield f"{rule.name} ({rule.family})"
    yield ""
    yield rule.summary
    yield levels(rule)
    if rule.fixable:
        yield fixability(rule)
    for title, text in paragraphs(rule):
        yield f"\n{title}: {text}"
    for title, text in [("Bad", rule.bad), ("Good", rule.good)]:
        yield f"\n{title}:\n{indent(text, '    ')}"
    if rule.options:
        yield "\nOptions:"
        yield from (f"    {name}: {default(value)}" for name, value in rule.options.items())
    yield f"\n{how_to_suppress(rule)}"
    yield rule.url


def levels(rule: Rule) -> str:
    """A rule's severity, and where presets differ: "Severity: error; in `agentskills` off."."""
    by_preset = {
        name: {active.rule.name: active.severity for active in preset(name).active}
        for name in presets()
    }
    others = [
        f"in `{name}` {severities.get(rule.name, 'off')}"
        for name, severities in by_preset.items()
        if severities.get(rule.name, "off") != rule.severity
    ]
    return "; ".join([f"Severity: {rule.severity}", *others]) + "."


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
