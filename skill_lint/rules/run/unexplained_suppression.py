"""A comment suppresses a finding and gives no reason.

Why: whoever reads the comment next cannot tell whether it is still needed. The reason follows
two hyphens. The rule is off except in `strict`.

Fix: Write the reason after `--`.

Bad:  <!-- skill-lint: allow broken-link -->
Good: <!-- skill-lint: allow broken-link -- written by the build -->
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill.suppressions import Suppression


@rule("off", strict="warning")
def unexplained_suppression(suppression: Suppression) -> Iterator[Finding]:
    if suppression.rule and not suppression.reason:
        message = f"`allow {suppression.rule}` gives no reason"
        yield Finding(message, suppression.source, suppression.span, cause=suppression.rule)
