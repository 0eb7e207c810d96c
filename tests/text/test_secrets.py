"""What counts as a secret, and what is only an example of one."""

import random
import string

import pytest

from skill_lint.text.secrets import secrets

LETTERS = string.ascii_letters + string.digits


def drawn(length: int, letters: str = LETTERS) -> str:
    """A key of no account, put together here so that no file holds one."""
    return "".join(random.Random(length).choices(letters, k=length))


SECRETS = {
    "an AWS access key": "AKIA" + drawn(16, string.ascii_uppercase[1:] + "234567"),
    "a GitHub token": "ghp_" + drawn(36),
    "a GitLab token": "glpat-" + drawn(20),
    "an Anthropic key": "sk-ant-api03-" + drawn(90),
    "an OpenAI key": "sk-proj-" + drawn(120),
    "a Slack token": "xoxb-" + drawn(12, string.digits) + "-" + drawn(24),
    "a Google API key": "AIza" + drawn(35),
    "a Stripe key": "sk_live_" + drawn(24),
    "an npm token": "npm_" + drawn(36),
    "a Hugging Face token": "hf_" + drawn(34, string.ascii_letters),
    "a JSON web token": ".".join(["eyJ" + drawn(33), "eyJ" + drawn(60), drawn(43)]),
    "a private key": f"-----BEGIN RSA PRIVATE KEY-----\n{drawn(64)}\n",
}

HARMLESS = [
    "sk-...", "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "AKIAIOSFODNN7EXAMPLE",
    "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "ghp_" + "0" * 36, "sk-your-key-here",
    "AIza" + "A" * 35, "xoxb-your-token", "sk-ant-...", "task-management-with-a-long-name",
    "risk-assessment", "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
    "-----BEGIN PUBLIC KEY-----\n" + drawn(64), drawn(40, "0123456789abcdef"),
    "sha256-" + drawn(43), "sk-1234567890abcdef", "hf_model_name_of_some_kind_of_length_34",
    "AKIA" + drawn(30, string.ascii_uppercase), "github_pat_XXXX", "eyJhbGciOiJIUzI1NiJ9",
]  # fmt: skip


@pytest.mark.parametrize("kind", SECRETS)
def test_secrets_are_found(kind: str) -> None:
    for text in (SECRETS[kind], f"key: {SECRETS[kind]}\n", f"export KEY='{SECRETS[kind]}'"):
        assert [each.kind for each in secrets(text)] == [kind]
        span = next(secrets(text)).span
        assert SECRETS[kind].startswith(text[span.start : span.end])


@pytest.mark.parametrize("text", HARMLESS)
def test_placeholders_are_none(text: str) -> None:
    assert list(secrets(f"Set `{text}` first, or TOKEN={text} later.")) == []
