"""A comment of skill-lint names a rule or a directive that does not exist.

Why: a misspelt rule or directive suppresses nothing, and nobody would notice.

Fix: Correct the rule's name; `skill-lint rules` lists them.

Bad:  <!-- skill-lint: allow brokenlink -->
Good: <!-- skill-lint: allow broken-link -->
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.rules.registry import families, load_rules
from skill_lint.skill.suppressions import Suppression
from skill_lint.text.spelling import nearest


@rule("warning")
def unknown_suppression(suppression: Suppression) -> Iterator[Finding]:
    name = suppression.rule
    guess = nearest(name, load_rules())
    if suppression.directive not in ("allow", "allow-file"):
        message = f"`{suppression.directive}` is no directive; write `skill-lint: allow RULE`"
    elif not name:
        message = f"`{suppression.directive}` names no rule"
    elif name in families():
        message = f"`{name}` is a family of rules; name the rule"
    else:
        message = f"there is no rule `{name}`" + (f"; did you mean `{guess}`?" if guess else "")
    yield Finding(message, suppression.source, suppression.span)
