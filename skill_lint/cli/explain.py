"""`skill-lint explain RULE`: what a rule wants, and why."""

import argparse
from collections.abc import Iterator, Sequence

from skill_lint.cli.failure import Failure
from skill_lint.rule import Rule, load_rules
from skill_lint.spelling import nearest


def run(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="skill-lint explain", description="Say what a rule wants, and why."
    )
    parser.add_argument("rule", metavar="RULE")
    name = parser.parse_args(words).rule
    rule = load_rules().get(name)
    if rule is None:
        guess = nearest(name, load_rules())
        hint = f"; did you mean `{guess}`?" if guess else "; `skill-lint rules` lists them"
        raise Failure(f"there is no rule `{name}`{hint}")
    print("\n".join(_page(rule)))
    return 0


def _page(rule: Rule) -> Iterator[str]:
    yield f"{rule.name} ({rule.family}, {rule.severity})"
    yield ""
    yield rule.summary
    for title, text in [("Why", rule.why), ("Fix", rule.remedy)]:
        yield f"\n{title}: {text}"
    for title, text in [("Bad", rule.bad), ("Good", rule.good)]:
        yield f"\n{title}:\n" + "\n".join(f"    {line}" for line in text.splitlines())
    if rule.options:
        yield "\nOptions:"
        yield from (f"    {name}: {_default(value)}" for name, value in rule.options.items())
    yield f"\nAllow it in one place: <!-- skill-lint: allow {rule.name} -->"
    yield rule.url


def _default(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(value) or "(none)" if isinstance(value, tuple) else str(value)
