"""Write docs/rules.md and the pages of `skill-lint explain` from the rules' docstrings.

Run: `python docs/generate.py`
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from textwrap import fill, indent

from skill_lint.cli.commands.explain import PAGES
from skill_lint.config.config import preset, presets
from skill_lint.rule import Rule
from skill_lint.rules.registry import load_rules
from skill_lint.rules.silence import SILENCES, Where

PAGE = Path(__file__).parent / "rules.md"
EXPLANATIONS = Path(PAGES)
SAME: dict[Where, str] = {"place": "place", "cause": "key, path or folder", "skill": "skill"}


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
        *one_fault(),
    ]
    for family, group in groupby(rules, key=lambda rule: rule.family):
        lines += [f"## Family `{family}`", ""]
        for rule in group:
            lines += section(rule)
    return "\n".join(lines).rstrip("\n") + "\n"


def row(rule: Rule) -> str:
    fix = rule.fixable or ""
    return f"| [{rule.name}](#{rule.name}) | {rule.severity} | {fix} | {rule.summary} |"


def one_fault() -> Iterator[str]:
    """Which rule is silent where another one reports."""
    yield from ["## One fault, one finding", ""]
    yield from ["Where two rules find the same fault, the one in the first column reports it.", ""]
    yield from ["| reports | silent | about the same | why |", "|---|---|---|---|"]
    for each in SILENCES:
        reports, silent = (", ".join(map(linked, names)) for names in (each.reports, each.silent))
        yield f"| {reports} | {silent} | {SAME[each.where]} | {each.why} |"
    yield ""
    yield from [
        "A rule speaks again if the other one is turned off. A comment that suppresses the finding "
        "of the one does not bring up that of the other. No finding is left out for one that is "
        "less severe: if `orphan-file` is an error, and `no-progressive-disclosure` a warning, "
        "both are reported.",
        "",
        "One rule reports one cause once in a file, such as a target that many links have, with "
        "the other places: `(and 12 more places)`. JSON, SARIF, rdjson, GitLab and JUnit list "
        "them all. A comment suppresses the place where it stands; the baseline and `--new-only` "
        "judge each place too.",
        "",
    ]


def reporting_for(rule: Rule) -> list[str]:
    """The rules for which this one is silent."""
    reports = (name for each in SILENCES if rule.name in each.silent for name in each.reports)
    return sorted({*reports})


def linked(name: str) -> str:
    return f"[{name}](#{name})"


def section(rule: Rule) -> Iterator[str]:
    yield from [f"### {rule.name}", "", rule.summary, ""]
    yield from [" ".join([levels(rule), *([fixability(rule)] if rule.fixable else [])]), ""]
    if others := reporting_for(rule):
        names = ", ".join(map(linked, others))
        fault = "[the same fault](#one-fault-one-finding)"
        yield from [f"Silent where one of these reports {fault}: {names}.", ""]
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
    yield levels(rule)
    if rule.fixable:
        yield fixability(rule)
    if others := reporting_for(rule):
        text = f"Silent where one of these reports the same fault: {', '.join(others)}."
        yield fill(text, width=88, break_on_hyphens=False)
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
