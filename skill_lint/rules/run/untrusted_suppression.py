"""A change suppresses a finding by a comment that its base does not have.

Why: whoever sends a change could silence what it would be refused for. With `--trusted-config`, a
comment counts only if the same comment stands in the same file at the trusted revision. Until then,
the finding is reported. This rule runs only with that option, and cannot be turned off.

Fix: Correct what the comment suppresses. If the comment is right, ask a maintainer to review it: it
counts once it is merged.

Bad:  a pull request that adds <!-- skill-lint: allow leaked-secret -->
Good: a pull request that adds no such comment
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill.suppressions import Suppression


@rule("warning")
def untrusted_suppression(suppression: Suppression) -> Iterator[Finding]:
    message = f"this change adds `{suppression.directive} {suppression.rule}`, which does not count"
    yield Finding(message, suppression.source, suppression.span)
