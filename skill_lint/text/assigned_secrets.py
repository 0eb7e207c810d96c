"""Values of names that say secret: `DB_PASSWORD=…`, `"api_key": "…"`, `--token …`.

A value that is code, a variable, or made of the words that stand for a secret is none.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from skill_lint.text.source import Span

# Whoever has it is let in, whatever it looks like.
_OPENING = (
    r"passwor[dt]|passwd|passphrase|passcode|kennwort|contraseña|pwd|secret|mot de passe"
    r"|[-_](?:pass|pw)(?![a-z])|密码|口令|пароль|パスワード"
)
_ACCESS = (
    r"token|credential|密钥|令牌|[-_](?:key|pat|salt)(?![a-z])|(?:api|access|auth|private|signing"
    r"|encryption|account|shared|master|license|storage|service|session|subscription|host|client"
    r"|app|hmac|webhook|ssh|deploy|jwt)[-_. ]?key"
)
_VALUE = (
    r"(?:(?P<quote>[\"'`])(?P<quoted>(?!\s)[^\"'`\n]{4,200})(?P=quote)"
    r"|(?P<plain>[^\s\"'`,;)}\]<>|]{4,200}))"
)
_ASSIGNED = re.compile(
    rf"(?P<name>(?P<password>{_OPENING})|{_ACCESS})[\w.-]{{0,40}}"
    r"(?P<between>[\"'`*\])]{0,4}[ \t]{0,4}(?::=|=>|->|[:=|：＝]|\b(?:is|was|ist)\b)[ \t*]{0,6}"
    r"|>|[\"']?[ \t]{1,4}value=|[\"']?\s{1,20}[\"']?value[\"']?[ \t]?[:=][ \t]?)" + _VALUE,
    re.IGNORECASE,
)
_OPTION = re.compile(
    r"(?<![\w-])--?[\w-]{0,30}(?P<name>(?P<password>pass(?:word|wd|phrase)?|secret)|token|key)"
    r"(?P<between>[ \t]{1,4}|=)" + _VALUE,
    re.IGNORECASE,
)
_CODE = re.compile(
    r"^[$%<{\[(@&*]|[({\[]|\$\{|\{\{|\.\.\.|…|::|=>|^(?:[A-Za-z_]\w*\??\.)+[A-Za-z_]\w*!?$"
    r"|^(?:https?|file|vault|op|arn|ssm|secretsmanager|env):|^[./~]|/$|^[A-Za-z_]+(?:/[A-Za-z_.]+)+$"
)
_STANDS_FOR = re.compile(
    r"your|own|my|the|an?(?=[-_ ])|some|any|new|old|dev|test|prod|local|demo|staging|sample|example"
    r"|fake|dummy|mock|placeholder|change|replace|insert|redacted|hidden|here|this|me|it|with|of|to"
    r"|pass(?:word|wort|wd|phrase|code)?|p@ssw0rd|pwd|secrets?|super|strong|tokens?|keys?|api"
    r"|access|auth|bearer|client|user(?:name)?|admin|root|default|db|data(?:base)?|postgres|mysql"
    r"|redis|app|hash(?:ed)?|vault|service|account|private|public|session|value|string|text|name"
    r"|id|jwt|read|write|only|none|null|nil|true|false|undefined|number|bool(?:ean)?|required"
    r"|optional|empty|input|field|form|label|foo|bar|baz|abc(?:d(?:ef?)?)?|x{2,}|\*{2,}|0{3,}|sk|pk|live"
    r"|1?23(?:4(?:5(?:6(?:7(?:89?0?)?)?)?)?)?"
)
LEAST = 6
"""Characters of a value that could be a secret."""


class Assigned(NamedTuple):
    """A value that could be a secret, and the word for a secret in the name that it is given to."""

    span: Span
    name: str


def assigned(text: str) -> Iterator[Assigned]:
    """The values of names that say secret, in code, settings, prose, tables and commands."""
    for match in (*_ASSIGNED.finditer(text), *_OPTION.finditer(text)):
        group = "quoted" if match["quoted"] else "plain"
        value = match[group].rstrip(".!?:\\")
        # Quoted, or directly behind `=`, it is no word of a sentence.
        is_set = group == "quoted" or match["between"] in ("=", ">")
        if _could_be_secret(value, is_word=not (is_set and match["password"])):
            start = match.start(group)
            yield Assigned(Span(start, start + len(value)), match["name"].strip("-_").lower())


def _could_be_secret(value: str, *, is_word: bool) -> bool:
    """Whether a value could be a secret; `is_word`: only if it is more than letters."""
    if len(value) < LEAST or _CODE.search(value):
        return False
    if stands_for_one(value):
        return False
    if any(char.isdigit() for char in value):
        return len(value) >= 8 or any(char.isalpha() for char in value)
    mixed = not value.islower() and not value.isupper() and len(value) >= 20
    return mixed or not is_word


def stands_for_one(value: str) -> bool:
    """Whether a value is made of words that stand for a secret: `your-api-key`, `sk-123456`."""
    rest = re.sub(r"[\W_]", "", _STANDS_FOR.sub("", value.lower()))
    return len(rest) < 4 or len(set(rest)) < 3
