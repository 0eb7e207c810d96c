"""Keys and passwords in a text, found by the formats that their issuers document, in linear time.

Placeholders are not secrets: `sk-...`, `AKIAIOSFODNN7EXAMPLE`, `ghp_xxxx`. Formats that many
harmless texts have, such as forty hexadecimal digits, are not searched for.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from skill_lint.lazy_regex import lazy_compile
from skill_lint.text.source import Span

MIN_ENTROPY = 2.8
"""Bits per character; a random key of 16 letters and digits has 3.2 and more."""

_SHAPES = {
    "an AWS access key": r"(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Z0-9])",
    "a GitHub token": r"(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{60,255})",
    "a GitLab token": r"glpat-[A-Za-z0-9_-]{20,64}",
    "an Anthropic key": r"sk-ant-[A-Za-z0-9]{2,12}-[A-Za-z0-9_-]{40,200}",
    "an OpenAI key": r"sk-(?:proj-|svcacct-|admin-)[A-Za-z0-9_-]{40,200}"
    r"|sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}|sk-[A-Za-z0-9]{48}(?![A-Za-z0-9])",
    "a Slack token": r"xox[abeoprs]-[0-9A-Za-z]{8,14}-[0-9A-Za-z-]{20,200}"
    r"|https://hooks\.slack\.com/services/T[A-Z0-9]{8,12}/B[A-Z0-9]{8,12}/[A-Za-z0-9]{24}",
    "a Google API key": r"AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])",
    "a Stripe key": r"[sr]k_live_[A-Za-z0-9]{24,99}",
    "an npm token": r"npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])",
    "a PyPI token": r"pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,200}",
    "a Hugging Face token": r"hf_[A-Za-z]{34}(?![A-Za-z0-9])",
    "a JSON web token": r"eyJ[\w-]{15,2000}\.eyJ[\w-]{15,4000}\.[\w-]{20,2000}",
    "a private key": r"-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED |PGP )?PRIVATE KEY"
    r"(?: BLOCK)?-----\s{1,4}(?:[\w-]{1,20}: [^\r\n]{0,80}\s{1,4}){0,4}[A-Za-z0-9+/=]{40}",
}  # fmt: skip
_ANY = lazy_compile(
    r"(?<![A-Za-z0-9_])(?:"
    + "|".join(f"(?P<k{number}>{shape})" for number, shape in enumerate(_SHAPES.values()))
    + ")"
)
KINDS = list(_SHAPES)
_SIGNS = [
    re.compile(sign).search
    for sign in (
        "A(?:KIA|SIA|Iza)", "_[A-Za-z0-9]{24}", "github_pat_", "glpat-", "sk-[A-Za-z0-9_-]{40}",
        "xox[a-z]-", r"hooks\.slack\.com", "pypi-AgE", r"eyJ[\w-]{15}", "PRIVATE KEY",
    )
]  # fmt: skip
"""Fast searches; at least one of them succeeds in every text with a secret.

Each pattern begins with at least one fixed character. Such a search is ten times as fast as one for
all shapes.
"""
_PLACEHOLDER = re.compile(
    r"example|sample|dummy|fake|placeholder|your|redacted|here|(.)\1{5}|x{4}|12345|abcde|\.\.\.",
    re.IGNORECASE,
)


class Secret(NamedTuple):
    """A probable secret. `kind` is its name with an article: `an AWS access key`."""

    kind: str
    span: Span


def secrets(text: str) -> Iterator[Secret]:
    """The parts of a text that have the shape of a secret and are not placeholders."""
    # Most texts contain none of the signs, and searching for signs is fast.
    if not any(sign(text) for sign in _SIGNS):
        return
    for match in _ANY.finditer(text):
        found = match[0]
        if _PLACEHOLDER.search(found) is None and _entropy(found) >= MIN_ENTROPY:
            number = int((match.lastgroup or "k0")[1:])
            yield Secret(KINDS[number], Span(*match.span()))


def _entropy(text: str) -> float:
    counts = Counter(text).values()
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts)
