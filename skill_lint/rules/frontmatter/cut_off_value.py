"""A `#` ends a value in the middle of its text.

Why: in YAML a `#` after a blank begins a comment. A client reads `Posts to #general` as `Posts to`,
and reports nothing. A real comment, with a blank after its `#`, passes.

Fix: Put the value in quotes.

Fix safety: Safe if several words follow the `#`, because the value becomes the text that the author
wrote. Unsafe if the rest may be a comment: one word, a note such as `#todo`, or a later ` # `.

Bad:  description: Posts a summary to #general when a build breaks.
Good: description: "Posts a summary to #general when a build breaks."
"""

from collections.abc import Iterator

from skill_lint.edits.quote import quote_text
from skill_lint.lazy_regex import lazy_compile
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill, Span

_REST = lazy_compile(r"[ \t]+(#[^\s#][^\r\n]*)")
_NOTE = lazy_compile(
    r"(?i)#(?:todo|fixme|xxx|noqa|type:|yamllint|pylint|prettier|cspell|comment)\b"
)
"""The beginning of a comment that has no blank after its `#`."""


@rule("warning", fixable="safe")
def cut_off_value(skill: Skill) -> Iterator[Finding]:
    for entry in skill.frontmatter.entries:
        node = entry.node
        # After a single word, a `#` more likely begins a comment.
        if node is None or node.kind != "scalar" or node.style or " " not in node.raw:
            continue
        if rest := _REST.match(skill.source.text, node.span.end):
            message = f"`{entry.key}`: an unquoted `#` ends the value here"
            whole = Span(node.span.start, rest.start() + len(rest[0].rstrip()))
            fix = quote_text(skill.source, whole) if "\n" not in node.raw else None
            if fix and (" " not in rest[1].strip() or _NOTE.match(rest[1])):
                fix = fix._replace(safety="unsafe")
            sign = Span(rest.start(1), rest.start(1) + 1)
            yield Finding(message, skill.source, sign, fix=fix, cause=entry.key)
