"""The last look at all that is about to leave this machine, directly before each request."""

from collections.abc import Iterable

from skill_lint.llm.models.echo import repeats
from skill_lint.text.possible_secrets import possible_secrets


def held_back(texts: Iterable[str], key: str = "") -> str | None:
    """Why these texts must not be sent, or None. `key` is the API key that the request uses.

    The reason names the kind of secret, and never repeats it.
    """
    text = "\n".join(texts)
    if repeats(text, key):
        return "the question holds the model's API key; it is not sent"
    for secret in possible_secrets(text):
        return f"the question holds what looks like {secret.kind}; it is not sent"
    return None
