"""The `description` does not say when to use the skill.

Why: an agent reads the description to decide whether to load the skill. "Use when ..." names the
moment; a description of the content does not. A heading in the body comes too late, because the
agent reads it after it has loaded the skill. The key `when_to_use` of Claude Code counts.

Fix: Add a sentence that begins with "Use when".

Bad:  description: PDF forms.
Good: description: Fills PDF forms. Use when a PDF has fields to fill.

Options:
    phrases: More phrases that say when to use a skill, such as "Reach for this".
"""

from collections.abc import Iterator

from skill_lint.markdown.headings import sections_for_use
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.skill.trigger import lacks_trigger

_BOTH = (
    'Add a sentence that begins with "Use when" to the `description`; a section "When to Use" in '
    "the body can say more, but agents see it only when the skill is loaded."
)


@rule("warning", agentskills="warning")
def untriggered_description(skill: Skill, *, phrases: tuple[str, ...] = ()) -> Iterator[Finding]:
    if not lacks_trigger(skill, phrases):
        return
    span, cause = skill.frontmatter.by_key["description"].span, "description"
    if found := sections_for_use(skill.document):
        message = (
            "`description` does not say when to use the skill; the heading "
            f"`{found[0].heading.text}` does, but agents see it only when the skill is loaded"
        )
        yield Finding(message, skill.source, span, cause=cause)
    else:
        message = "neither the `description` nor a heading says when to use the skill"
        yield Finding(message, skill.source, span, remedy=_BOTH, cause=cause)
