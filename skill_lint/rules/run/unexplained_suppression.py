"""A comment suppresses a finding and gives no reason.

Why: whoever reads the comment next cannot tell whether it is still needed. A team that wants a
reason for each suppression sets `require-reason`. The reason follows two hyphens.

Fix: Write the reason after `--`.

Bad:  <!-- skill-lint: allow broken-link -->
Good: <!-- skill-lint: allow broken-link -- written by the build -->
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill.suppressions import Suppression


@rule("warning")
def unexplained_suppression(
    suppression: Suppression, *, require_reason: bool = False
) -> Iterator[Finding]:
    if require_reason and suppression.rule and not suppression.reason:
        message = f"`allow {suppression.rule}` gives no reason"
        yield Finding(message, suppression.source, suppression.span, cause=suppression.rule)
