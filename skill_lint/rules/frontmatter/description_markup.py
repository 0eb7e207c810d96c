"""The `description` contains markup.

Why: clients show the description as text inside a prompt of their own. Tags in it can be mistaken
for the structure of that prompt, and Markdown is shown as it is written.

Fix: Write the description without markup.

Bad:  description: Fills <b>PDF</b> forms.
Good: description: Fills PDF forms.
"""

from collections.abc import Iterator

from skill_lint.lazy_regex import lazy_compile
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill

_MARKUP = lazy_compile(
    r"</?[A-Za-z][\w-]*(?:\s[^<>]{0,200})?/?>|\*\*(?=[^\s*/.])[^*\n]{1,200}(?<=[^\s*/])\*\*(?!\w)|\[[^\]\n]{1,200}\]\([^)\s]{1,500}\)"
)


@rule("warning")
def description_markup(skill: Skill) -> Iterator[Finding]:
    entry = skill.frontmatter.get("description")
    if entry is None or not isinstance(entry.value, str):
        return
    for match in _MARKUP.finditer(skill.source.text, *entry.span):
        span = type(entry.span)(*match.span())
        message = f"`description` has `{match[0]}`, which reads as markup"
        yield Finding(message, skill.source, span, cause=entry.key)
