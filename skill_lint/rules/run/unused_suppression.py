"""A comment suppresses a finding that does not exist.

Why: the fault was fixed and the comment stayed. The next fault on that line would go unnoticed.

Fix: Delete the comment, or the rule's name in it.

Fix safety: Safe, because only a comment of skill-lint, or a rule's name in it, is deleted.

Bad:  <!-- skill-lint: allow broken-link --> above a link that works
Good: no comment
"""

from collections.abc import Iterator

from skill_lint.diagnostic import Fix
from skill_lint.edits.comments import without_comment, without_word
from skill_lint.rule import Finding, rule
from skill_lint.skill.suppressions import Suppression


@rule("warning", fixable="safe")
def unused_suppression(suppression: Suppression) -> Iterator[Finding]:
    message = f"`allow {suppression.rule}` allows nothing: there is no such finding here"
    fix = None
    if not suppression.alone:
        edit = without_word(suppression.source, suppression.span)
        fix = Fix(f"Delete `{suppression.rule}`", (edit,))
    elif suppression.only and "\n" not in suppression.source.slice(suppression.comment):
        edit = without_comment(suppression.source, suppression.comment)
        fix = Fix("Delete the comment", (edit,))
    yield Finding(message, suppression.source, suppression.span, fix=fix)
