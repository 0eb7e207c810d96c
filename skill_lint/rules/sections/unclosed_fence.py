"""A code fence is never closed.

Why: everything below the opening line becomes code: headings, links and instructions vanish from
the outline. Often the true cause is a fence inside a fence of the same length.

Fix: Close the fence, or give an outer fence one backtick more than the inner one.

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

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


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
                yield Finding("this code fence is never closed", document.source, fence.opening)
