"""A comment of skill-lint names a rule or a directive that does not exist.

Why: a misspelt rule or directive suppresses nothing, and nobody would notice.

Fix: Correct the rule's name; `skill-lint rules` lists them. A reason stands behind the names.

Bad:  <!-- skill-lint: allow brokenlink -->
Good: <!-- skill-lint: allow broken-link -->
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.rules.registry import families, load_rules
from skill_lint.skill.suppressions import DIRECTIVES, Suppression
from skill_lint.text.spelling import did_you_mean


@rule("warning")
def unknown_suppression(suppression: Suppression) -> Iterator[Finding]:
    name = suppression.rule
    if suppression.directive not in DIRECTIVES:
        message = f"`{suppression.directive}` is no directive; write `skill-lint: allow RULE`"
    elif not name:
        message = f"`{suppression.directive}` names no rule; write `skill-lint: allow RULE`"
    elif name in load_rules():
        message = f"`allow-skill` counts in SKILL.md alone; here, write `allow-file {name}`"
    elif name in families():
        message = f"`{name}` is a family of rules; name the rule"
    else:
        hint = did_you_mean(name, load_rules()) if suppression.may_guess else ""
        message = f"there is no rule `{name}`{hint}"
    yield Finding(message, suppression.source, suppression.span)
