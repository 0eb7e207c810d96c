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


@rule("warning")
def long_body(skill: Skill, *, max_lines: int = 500, max_tokens: int = 5_000) -> Iterator[Finding]:
    body = Source("", "", skill.document.body.strip())
    lines = len(body.line_starts)
    tokens = len(body.text) // 4
    faults = []
    if lines > max_lines:
        faults.append(f"{lines:,} lines (at most {max_lines:,} are recommended)")
    if tokens > max_tokens:
        limit = f"at most {max_tokens:,} are recommended"
        faults.append(f"about {tokens:,} tokens, estimated as characters / 4 ({limit})")
    if faults:
        yield Finding(f"the body has {' and '.join(faults)}", skill.source, skill.body_start)
