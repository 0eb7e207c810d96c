"""The body is longer than the specification recommends.

Why: the whole body enters the agent's context when the skill is loaded. The number of tokens is
estimated as the number of characters divided by four.

Fix: Move details to files in `references/` and link them.

Bad:  a SKILL.md of 900 lines
Good: a SKILL.md of 200 lines that links to `references/api.md`

Options:
    max-lines: The most lines that a body may have.
    max-tokens: The most tokens that a body may have, estimated as characters divided by four.
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill, Source


@rule("warning", agentskills="warning")
def long_body(skill: Skill, *, max_lines: int = 500, max_tokens: int = 5_000) -> Iterator[Finding]:
    body = Source("", "", skill.document.body.strip())
    lines = len(body.line_starts)
    tokens = len(body.text) // 4
    sizes, limits = list[str](), list[str]()
    if lines > max_lines:
        sizes.append(f"{lines:,} lines")
        limits.append(f"{max_lines:,} lines")
    if tokens > max_tokens:
        sizes.append(f"about {tokens:,} tokens")
        limits.append(f"{max_tokens:,} tokens")
    if sizes:
        message = f"the body has {' and '.join(sizes)}; at most {' and '.join(limits)} are advised"
        yield Finding(message, skill.source, skill.body_start)
