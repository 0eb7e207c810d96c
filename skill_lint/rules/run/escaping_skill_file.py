"""SKILL.md is a symbolic link out of the checkout.

Why: what it leads to is no part of the repository: whoever reviews or copies the skill does not get
it, and on another machine it is another file. skill-lint does not read it, so the skill was not
linted. This rule cannot be turned off.

Fix: Put the file in place of the link. If it should be linted where it is, pass its folder as well.

Bad:  pdf/SKILL.md -> /home/me/notes/pdf.md
Good: pdf/SKILL.md -> ../shared/pdf.md
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, LedOut, rule


@rule("error")
def escaping_skill_file(link: LedOut) -> Iterator[Finding]:
    message = f"SKILL.md is a symbolic link out of the checkout, to `{link.target}`; it is not read"
    yield Finding(message, link.source)
