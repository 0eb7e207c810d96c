"""The `description` is empty.

Why: the description is all that an agent sees when it decides whether to load the skill.

Fix: Say what the skill does and when to use it.

Fix safety: Safe, because a text of several words after `#word` becomes the value, as the author
wrote it. Unsafe if a later ` # ` may begin a comment. Other empty descriptions have no fix.

Bad:  description: ""
Good: description: Fills PDF forms. Use when a PDF has fields to fill.
"""

from collections.abc import Iterator

from skill_lint.diagnostic import Fix
from skill_lint.edits.quote import quote_text
from skill_lint.lazy_regex import lazy_compile
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill, Span
from skill_lint.skill.frontmatter import Entry

_COMMENT = lazy_compile(
    r":[ \t]+(#(?!(?i:todo|fixme|xxx|noqa|yamllint|cspell)\b)[^\s#]\S*[ \t][^\r\n]*[^\s])"
)


@rule("error", agentskills="error", fixable="safe")
def empty_description(skill: Skill) -> Iterator[Finding]:
    entry = skill.frontmatter.get("description")
    if entry is None or entry.node is None:
        return
    if entry.value is None or (isinstance(entry.value, str) and not entry.value.strip()):
        fix = _from_comment(skill, entry)
        yield Finding("`description` is empty", skill.source, entry.span, fix=fix)


def _from_comment(skill: Skill, entry: Entry) -> Fix | None:
    """Quotes around a text that begins with `#word`, which YAML reads as a comment."""
    match = _COMMENT.match(skill.source.text, entry.key_span.end)
    return quote_text(skill.source, Span(*match.span(1))) if match else None
