"""A code fence is never closed.

Why: everything below the opening line becomes code: headings, links and instructions vanish from
the outline. Often the true cause is a fence inside a fence of the same length.

Fix: Close the fence, delete it if it is left over, or give an outer fence more backticks.

Fix safety: Safe, because the closing line is added at the end of the file, and only if the rest of
the file is clearly code. An outer fence that ended too early has no fix.

Bad:
    ```bash
    make test
    ## Next steps
Good:
    ```bash
    make test
    ```
    ## Next steps
"""

import re
from collections.abc import Iterator

from skill_lint.diagnostic import Fix
from skill_lint.lazy_regex import lazy_compile
from skill_lint.markdown.document import Document
from skill_lint.markdown.elements import Fence
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill, Span

MANY_LINES = 40
"""A longer block may contain text that is not meant as code."""
_PROSE = lazy_compile(
    r"^[ \t]*(?:#{2,6} |`{2,}|~{2,}|\*\*\w|[-*+] |\d+[.)] |\||>|$)|\]\(|^[ \t]*[=-]{3,}[ \t]*$"
    r"|^[A-Z][^;{}()=<>]*[.:!?][ \t]*$",
    re.MULTILINE,
)
"""Signs that a fence holds more than code: Markdown, a sentence, an empty line."""


@rule("error", agentskills="warning", fixable="safe", by_reach=True, comment="line")
def unclosed_fence(skill: Skill) -> Iterator[Finding]:
    for name in skill.guidance_files:
        document = skill.document_of(name)
        if document.outside_fences is not None:
            continue
        for fence in document.fences:
            # In a list, a line of tildes without code below it hides nothing.
            hides = document.source.slice(fence.content).strip() or not fence.in_container
            if not fence.closed and hides:
                cause = _likely_cause(document, fence)
                message = f"this code fence is never closed{cause}"
                fix = None if cause else _closing(document, fence)
                yield Finding(message, document.source, fence.opening, fix=fix)


def _closing(document: Document, fence: Fence) -> Fix | None:
    """The fix that closes the fence at the end of the file, if all of the rest is clearly code."""
    source = document.source
    code = source.slice(fence.content)
    end = len(source.text)
    if fence.in_container or not fence.language or fence.span.end < end - 2:
        return None
    if not code.strip() or _PROSE.search(code.rstrip()) or code.count("\n") > MANY_LINES:
        return None
    opening = source.slice(fence.opening)
    mark = opening[: len(opening) - len(opening.lstrip(opening[0]))]
    before = source.text[source.line_span(source.position(fence.span.start)[0]).start :]
    indent = before[: len(before) - len(before.lstrip(" "))]
    line_end = "" if source.text.endswith(("\n", "\r")) else source.line_end
    closing = f"{line_end}{indent}{mark}{source.line_end if not line_end else ''}"
    return Fix("Close the fence", (source.edit(Span(end, end), closing),))


def _likely_cause(document: Document, last: Fence) -> str:
    """The end of the message, if a fence inside another fence closed the outer one too early."""
    for outer, inner in document.fences_in_fences:
        if outer != last:
            outer_line = document.source.position(outer.span.start)[0]
            line = document.source.position(inner)[0]
            return f", perhaps because line {line} opens a fence inside that of line {outer_line}"
    return ""
