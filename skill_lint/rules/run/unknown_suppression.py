"""A comment allows a rule that does not exist.

Why: a misspelt rule allows nothing, and the finding it was written for comes back.

Fix: Correct the rule's name; `skill-lint rules` lists them.

Bad:  <!-- skill-lint: allow brokenlink -->
Good: <!-- skill-lint: allow broken-link -->
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, load_rules, rule
from skill_lint.spelling import nearest
from skill_lint.suppress import Suppression


@rule("warning")
def unknown_suppression(suppression: Suppression) -> Iterator[Finding]:
    guess = nearest(suppression.rule, load_rules())
    hint = f"; did you mean `{guess}`?" if guess else ""
    message = f"there is no rule `{suppression.rule}`{hint}"
    yield Finding(message, suppression.source, suppression.span)
