"""A link to a file is an absolute path.

Why: the path exists only on the author's machine. The specification asks for paths relative to the
skill's root.

Fix: Write the path relative to the skill's root.

Bad:  [API](/home/me/skills/pdf/references/api.md)
Good: [API](references/api.md)
"""

from collections.abc import Iterator

from skill_lint.lazy_regex import lazy_compile
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill

_ON_A_MACHINE = lazy_compile(r"file:|[A-Za-z]:[\\\\/]|/(?:home|Users|mnt|root|tmp|opt|var|etc)/")
_FILE = lazy_compile(r"/[\w./-]+\.(?:md|py|sh|js|ts|json|ya?ml|txt|toml)$")


@rule("warning", agentskills="warning")
def absolute_link(skill: Skill) -> Iterator[Finding]:
    for link in skill.links:
        # `/docs/api` is an address on a web site; the path of a file has a file's ending.
        if link.target.kind == "absolute" and (
            _ON_A_MACHINE.match(link.written) or _FILE.match(link.target.path)
        ):
            message = f"`{link.written}` is an absolute path"
            yield Finding(message, link.source, link.span, cause=link.target.path)
