"""A comment allows a finding that is not there.

Why: the fault was mended and the comment stayed; the next fault on that line would pass unseen.

Fix: Delete the comment, or the rule's name in it.

Bad:  <!-- skill-lint: allow broken-link --> above a link that works
Good: no comment
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.suppress import Suppression


@rule("warning")
def unused_suppression(suppression: Suppression) -> Iterator[Finding]:
    message = f"`allow {suppression.rule}` allows nothing: there is no such finding here"
    yield Finding(message, suppression.source, suppression.span)
