"""The frontmatter has a key that neither the specification nor a client defines.

Why: clients ignore such a key, so a typo turns a setting off without a message. The reference
implementation refuses the skill. Keys that clients document pass, unless `allow-client-keys` is
false, as in the preset `agentskills`; the message then names the clients. `allow` lists keys of
your own.

Fix: Correct the key, drop it, or move it below `metadata`.

Fix safety: Safe if the key differs from a known key only in case, in hyphens or underscores, or in
one letter of a long key. Unsafe if one letter of a short key differs, or only a final `s`, because
such a key may be meant as it is.

Bad:  descriptoin: Fills PDF forms.
Good: description: Fills PDF forms.

Options:
    allow-client-keys: Accept the keys that a known client documents.
    allow: Keys of your own that are not reported.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from skill_lint.diagnostic import Fix
from skill_lint.rule import Finding, rule
from skill_lint.schema import load, validate
from skill_lint.skill import Skill, Span
from skill_lint.skill.frontmatter import Entry
from skill_lint.text.spelling import kebab, nearest, one_slip

LONG = 7
"""Letters of a known key, from which on one wrong letter is certainly a typo."""


@rule("warning", agentskills={"severity": "error", "allow-client-keys": False}, fixable="safe")
def unknown_key(
    skill: Skill, *, allow_client_keys: bool = True, allow: tuple[str, ...] = ()
) -> Iterator[Finding]:
    schema = "skill-frontmatter" if allow_client_keys else "agentskills-frontmatter"
    known = load(schema)["properties"]
    for entry in skill.frontmatter.entries:
        if entry.key in known or entry.key in allow:
            continue
        clients = load("skill-frontmatter")["properties"]
        if entry.key in clients:
            yield _of_client(skill, entry, clients[entry.key].get("x-clients", ()))
            continue
        fix = None
        guess = nearest(entry.key.replace("_", "-"), clients)
        if guess is not None and guess in skill.frontmatter.by_key:
            message = f"unknown key `{entry.key}`; `{guess}` is there already"
        elif guess is not None:
            message = f"unknown key `{entry.key}`; did you mean `{guess}`?"
            fix = _correction(skill, entry, guess)
        else:
            message = f"unknown key `{entry.key}`; the specification keeps such data in `metadata`"
        yield Finding(message, skill.source, entry.key_span, fix=fix, cause=entry.key)


def _of_client(skill: Skill, entry: Entry, clients: Sequence[str]) -> Finding:
    """The finding on a key that some clients document, and the specification does not have."""
    *others, last = clients or ("no client known here",)
    who = f"{', '.join(others)} and {last} document" if others else f"{last} documents"
    message = f"key `{entry.key}` is not in the specification; {who} it"
    remedy = f"Drop the key, or allow it in `rules`: `unknown-key: {{allow: [{entry.key}]}}`."
    return Finding(message, skill.source, entry.key_span, remedy=remedy)


def _correction(skill: Skill, entry: Entry, key: str) -> Fix | None:
    """The fix that writes the known key; None if the value does not fit it."""
    errors = validate("skill-frontmatter", {key: entry.value})
    written = skill.source.slice(entry.key_span)
    if entry.node is None or any(error.keyword == "type" for error in errors):
        return None
    # `enable-model-invocation` is close to a known key, and means the opposite.
    typo, same = one_slip(entry.key, key), kebab(entry.key) == kebab(key)
    if not (typo or same) or written.strip("\"'") != entry.key or _has_two_candidates(skill, key):
        return None
    # `mode` and `agents` may be keys of their own; `Name` and `descripton` are certain.
    certain = same or (typo and len(key) >= LONG and entry.key != f"{key}s")
    start = entry.key_span.start + len(written) - len(written.lstrip("\"'"))
    edit = skill.source.edit(Span(start, start + len(entry.key)), key)
    return Fix(f"Write `{key}`", (edit,), safety="safe" if certain else "unsafe")


def _has_two_candidates(skill: Skill, key: str) -> bool:
    near = (
        entry
        for entry in skill.frontmatter.entries
        if one_slip(entry.key, key) or kebab(entry.key) == kebab(key)
    )
    return len(list(islice(near, 2))) > 1
