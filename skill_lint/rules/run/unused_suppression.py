"""A comment suppresses a finding that does not exist.

Why: the fault was fixed and the comment stayed, or the comment stands in the wrong place. The next
fault on that line would go unnoticed. If the file has such a finding, the message says where.

Fix: Delete the comment, or the rule's name in it.

Fix safety: Safe, because only a comment of skill-lint, or a rule's name in it, is deleted. There is
no fix if the finding is in another place.

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
    why = suppression.elsewhere or "there is no such finding here"
    message = f"`{suppression.directive} {suppression.rule}` allows nothing: {why}"
    if suppression.is_misplaced:
        remedy = "Move the comment to where the message says, or delete it."
        yield Finding(message, suppression.source, suppression.span, remedy=remedy)
        return
    fix = None
    if not suppression.alone:
        edit = without_word(suppression.source, suppression.span)
        fix = Fix(f"Delete `{suppression.rule}`", (edit,))
    elif suppression.only and "\n" not in suppression.source.slice(suppression.comment):
        edit = without_comment(suppression.source, suppression.comment)
        fix = Fix("Delete the comment", (edit,))
    yield Finding(message, suppression.source, suppression.span, fix=fix)
