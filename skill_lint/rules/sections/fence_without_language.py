"""A code fence has no language.

Why: the language tells the agent whether a block is a command to run, a file to write or output to
expect.

Fix: Write the language after the opening fence: `bash`, `python`, `text`.

Fix safety: Safe, because the code is certain to be JSON or names its interpreter after `#!`. The
code stays as it is.

Bad:
    ```
    make test
    ```
Good:
    ```bash
    make test
    ```
"""

import json
from collections.abc import Iterator

from skill_lint.diagnostic import Fix
from skill_lint.lazy_regex import lazy_compile
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill, Span

_SHEBANG = lazy_compile(r"#![ \t]*/(?:usr/)?(?:local/)?bin/(?:env[ \t]+(?:-S[ \t]+)?)?([a-z]+)")
_INTERPRETERS = {
    "bash": "bash",
    "node": "javascript",
    "perl": "perl",
    "python": "python",
    "ruby": "ruby",
    "sh": "sh",
    "zsh": "zsh",
}


@rule("info", fixable="safe", comment="line")
def fence_without_language(skill: Skill) -> Iterator[Finding]:
    for fence in skill.document.fences:
        if fence.language:
            continue
        if language := _language(skill.source.slice(fence.content)):
            mark = skill.source.text[fence.opening.start]
            opening = skill.source.slice(fence.opening)
            end = fence.opening.start + len(opening) - len(opening.lstrip(mark))
            fix = Fix(f"Write `{language}`", (skill.source.edit(Span(end, end), language),))
            message = f"this code fence does not say its language, which is {language}"
            yield Finding(message, skill.source, fence.opening, fix=fix)
        else:
            yield Finding("this code fence does not say its language", skill.source, fence.opening)


def _language(code: str) -> str | None:
    """The language of code, if it is certain: a script with a shebang, or a JSON object."""
    if shebang := _SHEBANG.match(code):
        return _INTERPRETERS.get(shebang[1])
    if not code.lstrip().startswith(("{", "[")):
        return None
    try:
        value = json.loads(code, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    # `[1, 2]` and `{}` may be of any language.
    objects = value if isinstance(value, list) else [value]
    return "json" if any(isinstance(each, dict) and each for each in objects) else None


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")
