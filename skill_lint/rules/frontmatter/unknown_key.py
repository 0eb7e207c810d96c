"""The frontmatter has a key that neither the specification nor a client defines.

Why: clients ignore such a key, so a typo in one turns a setting off in silence; the reference
implementation refuses the skill. Keys of known clients pass, unless `allow-client-keys` is false;
`allow` lists your own.

Fix: Correct the key, drop it, or move it below `metadata`.

Bad:  descriptoin: Fills PDF forms.
Good: description: Fills PDF forms.
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.schema import load
from skill_lint.skill import Skill
from skill_lint.spelling import nearest


@rule("warning")
def unknown_key(
    skill: Skill, *, allow_client_keys: bool = True, allow: tuple[str, ...] = ()
) -> Iterator[Finding]:
    schema = "skill-frontmatter" if allow_client_keys else "agentskills-frontmatter"
    known = load(schema)["properties"]
    for entry in skill.frontmatter.entries:
        if entry.key in known or entry.key in allow:
            continue
        guess = nearest(entry.key.replace("_", "-"), load("skill-frontmatter")["properties"])
        if guess == entry.key:
            message = f"key `{entry.key}` is a client's, and not in the specification"
        elif guess is not None and guess in skill.frontmatter.by_key:
            message = f"unknown key `{entry.key}`; `{guess}` is there already"
        elif guess is not None:
            message = f"unknown key `{entry.key}`; did you mean `{guess}`?"
        else:
            message = f"unknown key `{entry.key}`; the specification keeps such data in `metadata`"
        yield Finding(message, skill.source, entry.key_span)
