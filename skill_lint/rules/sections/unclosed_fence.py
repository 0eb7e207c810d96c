"""A code fence is never closed.

Why: everything below the opening line becomes code: headings, links and instructions vanish from
the outline. Often the true cause is a fence inside a fence of the same length.

Fix: Close the fence, delete it if it is left over, or give an outer fence more backticks.

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

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.skill.blocks import Fence
from skill_lint.skill.markdown import Document

_INNER = re.compile(r"^[ \t]*(?:`{3,}|~{3,})\w", re.MULTILINE)


@rule("error")
def unclosed_fence(skill: Skill) -> Iterator[Finding]:
    for name in skill.guidance_files:
        document = skill.document_of(name)
        if document.outside_fences is not None:
            continue
        for fence in document.fences:
            # In a list, a line of tildes without code below it hides nothing.
            hides = document.source.slice(fence.content).strip() or not fence.in_container
            if not fence.closed and hides:
                message = f"this code fence is never closed{_perhaps(document, fence)}"
                yield Finding(message, document.source, fence.opening)


def _perhaps(document: Document, last: Fence) -> str:
    """Where a fence inside a fence of the same length ended the outer one too early."""
    for fence in document.fences:
        inner = _INNER.search(document.source.text, *fence.content) if fence != last else None
        if inner:
            outer_line = document.source.position(fence.span.start)[0]
            line = document.source.position(inner.start())[0]
            return f"; the one on line {line}, inside that of line {outer_line}, may have ended it"
    return ""
