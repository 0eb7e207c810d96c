"""The wide search: what must not leave this machine, and what may."""

import json
import time
from urllib.parse import quote

import pytest

from skill_lint.text.possible_secrets import possible_secrets
from skill_lint.text.secrets import secrets
from tests.support.secret_samples import samples

SAMPLES = samples()
HARMLESS = [
    "Set `OPENAI_API_KEY=sk-...` first.", "export GITHUB_TOKEN=<token>", "password: your-password",
    "api_key = os.environ['API_KEY']", "const token = process.env.TOKEN;", "token: string",
    "password: ${DB_PASSWORD}", "PASSWORD={{ vault.password }}", "Authorization: Bearer $TOKEN",
    "curl -u user:password https://example.com", "postgresql://user:password@localhost:5432/app",
    "The token is expired.", "Each API key is secret: keep it in a safe place.",
    "max_tokens: 4096", "token_savings: 60-65%", "AKIAIOSFODNN7EXAMPLE", "sk-1234567890abcdef",
    "task-management-for-a-long-project-name", "references/GettingStarted/how-to-begin.md",
    "123e4567-e89b-12d3-a456-426614174000", "def test_the_password_is_never_printed():",
    "AmazonS3FilesClientFullAccess", "https://docs.example.com/v1beta/cachedContents/list",
    "-----BEGIN PUBLIC" + " KEY-----", "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
]  # fmt: skip


def test_the_formats_are_many() -> None:
    assert len(SAMPLES) == len(set(SAMPLES.values())) >= 120


@pytest.mark.parametrize("name", SAMPLES)
def test_each_format_is_found(name: str) -> None:
    secret = SAMPLES[name]
    for text in (
        secret,
        f"Before.\n\n{secret}\n\nAfter.",
        f"Set `{secret}` first.",
        json.dumps({"excerpt": f"Before.\n{secret}\nAfter."}),
        f"https://x.test/?q={quote(secret, safe='')}",
    ):
        assert list(possible_secrets(text)), text


@pytest.mark.parametrize("text", HARMLESS)
def test_what_stands_for_a_secret_is_none(text: str) -> None:
    assert list(possible_secrets(text)) == []


def test_the_wide_search_finds_what_the_precise_one_finds() -> None:
    certain = {name for name, secret in SAMPLES.items() if list(secrets(secret))}
    assert 20 < len(certain) < len(SAMPLES)


def test_the_kind_repeats_no_part_of_the_secret() -> None:
    for text in SAMPLES.values():
        for each in possible_secrets(text):
            assert not list(possible_secrets(each.kind))
            assert 0 <= each.span.start < each.span.end <= len(text)


@pytest.mark.parametrize(
    "part",
    ["a/", "password=", "password=a/b.", "eyJ", "eyJaaaaaaaaaaaa.", "sk-", "://a:", "curl ", "0.",
     "machine ", "-----BEGIN ", "A" * 70 + "\n", "\\u0041", "%41", "a:1:", "token ", "$2b$"],
)  # fmt: skip
def test_hostile_texts_are_searched_in_no_time(part: str) -> None:
    """Each takes under a second; a search that tries every split would never end."""
    start = time.process_time()
    list(possible_secrets(part * (60_000 // len(part))))
    assert time.process_time() - start < 10
