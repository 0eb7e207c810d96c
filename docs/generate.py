"""Write what is said of the rules and of the presets, from the rules.

docs/rules.md, the pages of `skill-lint explain`, and schemas/rules.schema.json, the part of the
configuration about rules, are written here; docs/presets.md and the files of the presets by
generate_presets.py.

Run: `python docs/generate.py`
"""

import json
import runpy
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from textwrap import indent

from skill_lint.cli.commands.explain import PAGES
from skill_lint.config import score_weights
from skill_lint.config.config import ALWAYS, presets
from skill_lint.diagnostic import SEVERITIES
from skill_lint.rule import Rule, level_of
from skill_lint.rules.registry import load_rules
from skill_lint.rules.silence import SILENCES, Where
from skill_lint.scoring.described import METRICS, in_words, page_name

PAGE = Path(__file__).parent / "rules.md"
EXPLANATIONS = Path(PAGES)
BY_REACH = (
    "An error is a warning in a file that SKILL.md does not lead to, or that is for people, such "
    "as README.md."
)
SCHEMA = Path(__file__).parents[1] / "schemas" / "rules.schema.json"
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
    return f"| [{rule.name}](#{rule.name}) | {rule.level} | {fix} | {rule.summary} |"


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
    for title, text in paragraphs(rule):
        yield from [f"**{title}:** {text}", ""]
    for title, text in [("Bad", rule.bad), ("Good", rule.good)]:
        yield from [f"{title}:", "", *(f"    {line}".rstrip() for line in text.splitlines()), ""]
    if rule.options:
        yield from ["| option | default | meaning |", "|---|---|---|"]
        for name, value in rule.options.items():
            yield f"| `{name}` | `{shown(value)}` | {rule.described_options.get(name, '')} |"
        yield ""
    if others := reporting_for(rule):
        names = ", ".join(map(linked, others))
        fault = "[the same fault](#one-fault-one-finding)"
        yield from [f"Silent where one of these reports {fault}: {names}.", ""]
    yield from [*in_markdown(suppression(rule)), ""]


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
        for name, value in rule.options.items():
            sentence = rule.described_options.get(name, "")
            yield f"    {name}: {sentence} Default: {default(value)}."
    if others := reporting_for(rule):
        yield f"\nSilent where one of these reports the same fault: {', '.join(others)}."
    for text, comment in suppression(rule):
        yield f"\n{text}"
        yield from [f"    {comment}"] if comment else []
    yield f"\n{rule.url}"


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


COMMENTS = {
    "line": (
        "write right above the line, or above the code block or the table that it is in, on a "
        "line of its own with the same indentation",
        "<!-- skill-lint: allow {} -->",
    ),
    "key": (
        "write right above the key in the frontmatter, on a line of its own with the same "
        "indentation",
        "# skill-lint: allow {}",
    ),
}
"""What to write where for a single finding, by where a comment can stand."""


def suppression(rule: Rule) -> Iterator[tuple[str, str]]:
    """How to suppress a finding of a rule: sentences, each with what to write, if anything."""
    if rule.name in ALWAYS:
        yield "Suppress: no comment or setting turns this rule off.", ""
        return
    if rule.comment == "none":
        yield (
            "Suppress: no comment can. To turn the rule off, write in .skill-lint.yaml:",
            f"rules: {{{rule.name}: off}}",
        )
        return
    end = "at the end" if rule.comment == "end" else "below the frontmatter"
    whole = (
        f"write in SKILL.md, on a line of its own {end}:",
        f"<!-- skill-lint: allow-skill {rule.name} -->",
    )
    if rule.comment in COMMENTS:
        where, comment = COMMENTS[rule.comment]
        yield f"Suppress: {where}:", comment.format(rule.name)
        yield f"To suppress all findings of this rule in the skill, {whole[0]}", whole[1]
    else:
        yield f"Suppress: {whole[0]}", whole[1]


def in_markdown(parts: Iterator[tuple[str, str]]) -> Iterator[str]:
    """What `suppression` says, as one paragraph."""
    first, *more = (f"{text} `{what}`" if what else text for text, what in parts)
    yield " ".join([f"**Suppress:**{first.removeprefix('Suppress:')}", *more])


TYPES = {bool: "boolean", int: "integer", str: "string", tuple: "array"}


def schema() -> dict[str, object]:
    """The part of the configuration's JSON Schema that is about each rule's options."""
    level = {"enum": [*SEVERITIES, "off"]}
    of_options = {
        name: {"description": rule.summary, "anyOf": [level, of_rule(rule, level)]}
        for name, rule in load_rules().items()
        if rule.options
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://github.com/skill-lint/skill-lint/raw/main/schemas/rules.schema.json",
        "title": "the severity and the options of each rule",
        "$comment": "Written by docs/generate.py from the rules' docstrings; do not edit.",
        "type": "object",
        "properties": of_options,
        "additionalProperties": {
            "anyOf": [level, {"type": "object", "properties": {"severity": level}}]
        },
    }


def schema_text() -> str:
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def of_rule(rule: Rule, level: dict[str, list[str]]) -> dict[str, object]:
    options = {name: of_option(rule, name, value) for name, value in rule.options.items()}
    return {"type": "object", "properties": {"severity": level, **options}}


def of_option(rule: Rule, name: str, value: object) -> dict[str, object]:
    items = {"items": {"type": "string"}} if isinstance(value, tuple) else {}
    return {
        "description": rule.described_options.get(name, ""),
        "type": TYPES[type(value)],
        **items,
        "default": list(value) if isinstance(value, tuple) else value,
    }


def default(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(value) or "(none)" if isinstance(value, tuple) else str(value)


def write() -> None:
    # The pages say how presets differ, and reading a preset takes the schema.
    SCHEMA.write_text(schema_text(), encoding="utf-8", newline="\n")
    PAGE.write_text(page(), encoding="utf-8")
    EXPLANATIONS.mkdir(exist_ok=True)
    for file in EXPLANATIONS.iterdir():
        file.unlink()
    for name, text in explanations().items():
        (EXPLANATIONS / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
    runpy.run_path(str(Path(__file__).with_name("generate_presets.py")), run_name="__main__")
