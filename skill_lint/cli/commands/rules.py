"""`skill-lint rules`: list every rule, as a table or as JSON."""

import json
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from skill_lint.cli.options.appearance import columns, wants_links
from skill_lint.cli.parser import Parser
from skill_lint.reporters.look import Look
from skill_lint.reporters.table import blocks
from skill_lint.rule import Rule, level_of
from skill_lint.rules.registry import load_rules


def run(words: Sequence[str]) -> int:
    parser = Parser(
        prog="skill-lint rules",
        description="List every rule with its family, its severity, whether its "
        "findings can be fixed (safe or unsafe), and the fault that it finds.",
    )
    parser.add_argument(
        "--output-format", choices=["text", "json"], default="text", help="default: text"
    )
    options = parser.parse_args(words)
    rules = sorted(load_rules().values(), key=lambda rule: (rule.family, rule.name))
    print(_as_json(rules) if options.output_format == "json" else _as_table(rules))
    return 0


def _as_table(rules: Sequence[Rule]) -> str:
    rows = [(rule.name, rule.level, rule.fixable or "", rule.summary) for rule in rules]
    look = Look(links=wants_links(), columns=columns())

    def painted(number: int, cell: str) -> str:
        name = cell.rstrip(" ")
        return look.link(name, urls[name]) + cell[len(name) :] if number == 0 else cell

    urls = {rule.name: rule.url for rule in rules}
    lines = blocks(rows, look.columns, painted=painted)
    texts = {rule.name: "\n".join(each) for rule, each in zip(rules, lines, strict=True)}
    families = groupby(rules, key=lambda rule: rule.family)
    return "\n\n".join(
        "\n".join([family, *(texts[rule.name] for rule in group)]) for family, group in families
    )


def _as_json(rules: Sequence[Rule]) -> str:
    return json.dumps([describe(rule) for rule in rules], indent=2)


def describe(rule: Rule) -> dict[str, Any]:
    """A rule as JSON data."""
    return {
        "name": rule.name,
        "family": rule.family,
        "severity": rule.severity,
        "by_reach": rule.by_reach,
        "presets": {name: level_of(each) for name, each in rule.presets.items()},
        "summary": rule.summary,
        "why": rule.why,
        "remedy": rule.remedy,
        "bad": rule.bad,
        "good": rule.good,
        "fixable": rule.fixable,
        "fix_safety": rule.fix_safety,
        "options": dict(rule.options),
        "option_descriptions": dict(rule.described_options),
        "url": rule.url,
    }
