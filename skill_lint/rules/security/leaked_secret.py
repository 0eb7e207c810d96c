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
from skill_lint.skill import Skill, Source, Span
from skill_lint.text.secrets import secrets


@rule("error", agentskills="warning", security_severity="9.8")
def leaked_secret(skill: Skill, *, allow: tuple[str, ...] = ()) -> Iterator[Finding]:
    for name in sorted({*skill.tree.files, *skill.skill_files}):
        if any(fnmatchcase(name, glob) for glob in allow):
            continue
        source = skill.read(name)
        for secret in secrets(source.text):
            # The message says what kind of secret it is, and never repeats the secret.
            message = f"this looks like {secret.kind}"
            yield Finding(message, source, secret.span, cause=_identity(source, secret.span))


def _identity(source: Source, span: Span) -> str:
    """What tells a secret from others of its kind, and does not give it away."""
    # Lazy import: few skills have a secret.
    import hashlib

    text = source.slice(span).encode("utf-8", "surrogatepass")
    return hashlib.sha256(text).hexdigest()
