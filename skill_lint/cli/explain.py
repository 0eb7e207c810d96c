"""`skill-lint explain RULE`: what a rule wants, and why."""

from collections.abc import Iterator, Sequence
from textwrap import fill, indent

from skill_lint.cli.arguments import Parser
from skill_lint.cli.failure import Failure
from skill_lint.config import preset, presets
from skill_lint.rule import Rule, load_rules
from skill_lint.spelling import nearest


def run(words: Sequence[str]) -> int:
    parser = Parser(prog="skill-lint explain", description="Say what a rule wants, and why.")
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
    yield f"{rule.name} ({rule.family})"
    yield ""
    yield rule.summary
    yield levels(rule)
    if rule.fixable:
        yield fixability(rule)
    for title, text in [("Why", rule.why), ("Fix", rule.remedy)]:
        yield "\n" + fill(f"{title}: {text}", width=88)
    for title, text in [("Bad", rule.bad), ("Good", rule.good)]:
        yield f"\n{title}:\n{indent(text, '    ')}"
    if rule.options:
        yield "\nOptions:"
        yield from (f"    {name}: {_default(value)}" for name, value in rule.options.items())
    yield f"\n{_how_to_allow(rule)}"
    yield rule.url


def levels(rule: Rule) -> str:
    """The severity of a rule, and where a preset has another: `Severity: error; in strict off.`"""
    known = {
        name: {active.rule.name: active.severity for active in preset(name).active}
        for name in presets()
    }
    others = [
        f"in `{name}` {severities.get(rule.name, 'off')}"
        for name, severities in known.items()
        if severities.get(rule.name, "off") != rule.severity
    ]
    return "; ".join([f"Severity: {rule.severity}", *others]) + "."


def fixability(rule: Rule) -> str:
    options = "--fix" if rule.fixable == "safe" else "--fix --unsafe-fixes"
    return f"`{options}` mends it where the remedy is plain."


def _how_to_allow(rule: Rule) -> str:
    if rule.family == "frontmatter":
        return f"Allow it behind the value: # skill-lint: allow {rule.name}"
    if rule.family == "structure":
        return f"Allow it in SKILL.md: <!-- skill-lint: allow-file {rule.name} -->"
    return f"Allow it on a line of its own above: <!-- skill-lint: allow {rule.name} -->"


def _default(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(value) or "(none)" if isinstance(value, tuple) else str(value)
