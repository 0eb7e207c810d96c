"""A comment allows a finding and does not say why.

Why: who reads the comment next cannot tell whether it still holds. A team that wants a reason for
each sets `require-reason`; it stands behind two hyphens.

Fix: Write the reason behind `--`.

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
        yield Finding(message, suppression.source, suppression.span)
