"""A file of the skill holds a key, token or private key.

Why: skills are copied, published, and read by agents that pass on what they read. The rule finds
only formats that issuers document, and no placeholders such as `AKIAIOSFODNN7EXAMPLE`.

Fix: Revoke the secret, because it is already exposed, and name the variable that holds a new one.

Bad:  a line with an access key
Good: Set `AWS_ACCESS_KEY_ID` before the first call.

Options:
    allow: Globs of files that are not searched, relative to the skill.
"""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.text.secrets import secrets


@rule("error", agentskills="warning")
def leaked_secret(skill: Skill, *, allow: tuple[str, ...] = ()) -> Iterator[Finding]:
    for name in sorted({*skill.tree.files, *skill.skill_files}):
        if any(fnmatchcase(name, glob) for glob in allow):
            continue
        source = skill.read(name)
        for secret in secrets(source.text):
            # The message says what kind of secret it is, and never repeats the secret.
            yield Finding(f"this looks like {secret.kind}", source, secret.span)
