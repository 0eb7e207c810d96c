"""A code fence does not say its language.

Why: the language tells the agent whether a block is a command to run, a file to write or output
to expect.

Fix: Write the language behind the opening fence: `bash`, `python`, `text`.

Bad:
    ```
    make test
    ```
Good:
    ```bash
    make test
    ```
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("info")
def fence_without_language(skill: Skill) -> Iterator[Finding]:
    bare = [fence for fence in skill.document.fences if not fence.language]
    if bare:
        more = f" (and {len(bare) - 1} more below)" if len(bare) > 1 else ""
        message = f"this code fence does not say its language{more}"
        yield Finding(message, skill.source, bare[0].opening)
