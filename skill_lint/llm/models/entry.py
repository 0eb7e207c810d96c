"""An entry of somebody else's models file, as lines that a person may put into the own file.

The lines are shown where people copy from, so they hold only what can be judged at a glance: the
model's name, the address, and the name of one variable. Nothing in them can hide or begin a new
line.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skill_lint.llm.models.address import fault_of
from skill_lint.llm.models.registry import OPENAI

COPIED = ("model", "base_url_default", "env")
_FORMS = {
    "key": re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}"),
    "model": re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,99}"),
    "base_url_default": re.compile(r"[A-Za-z0-9._~:/\[\]-]{1,200}"),
    "env": re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}"),
}
_OF_OTHERS = re.compile(
    r"(?:AWS|AZURE|GCP|GCLOUD|GOOGLE_APPLICATION|GITHUB|GH|ACTIONS|GITLAB|CI|BITBUCKET|CIRCLE|SSH|"
    r"GPG|GIT|NPM|NODE|YARN|PYPI|TWINE|UV|POETRY|CARGO|DOCKER|KUBE|VAULT|PG|MYSQL|POSTGRES|REDIS|"
    r"MONGO|DATABASE|DB|SLACK|STRIPE|TWILIO|SENDGRID|SENTRY|SKILL_LINT|XDG)_.*"
    r"|.*(?:PASSWORD|PASSWD|PASSPHRASE|PASS|PWD|COOKIE|SESSION|DSN|PRIVATE_KEY|CREDENTIALS?|"
    r"DATABASE_URL|CONNECTION_STRING)"
    r"|HOME|PATH|USER|LOGNAME|SHELL|TERM|HOSTNAME|MAIL|LANG|PS1|NETRC|SUDO_USER|APPDATA",
    re.IGNORECASE,
)
"""Names of variables that hold the key of something else, or no key at all."""


@dataclass(frozen=True)
class Entry:
    """What is taken of an entry, and the names of its keys that are left out.

    `fault` says why nothing can be taken; empty if it can.
    """

    key: str
    values: Mapping[str, str]
    left_out: Sequence[str]
    fault: str

    @property
    def lines(self) -> list[str]:
        """The entry as lines of YAML, below `registry`."""
        return [
            f"    {self.yaml_key}:",
            *(f"      {name}: {_scalar(value)}" for name, value in self.values.items()),
        ]

    @property
    def yaml_key(self) -> str:
        return _scalar(self.key)

    @property
    def host(self) -> str:
        return self.values["base_url_default"].partition("://")[2].partition("/")[0]


def entry_of(key: str, data: Mapping[str, Any]) -> Entry:
    """What can be taken of an entry that passed the schema."""
    url = str(data.get("base_url_default", "" if "base_url_env" in data else OPENAI))
    given = {"model": data["model"], "base_url_default": url, "env": data.get("env", "")}
    values = {name: str(value) for name, value in given.items() if value}
    left_out = [name for name in data if name not in COPIED]
    return Entry(key, values, left_out, _fault(key, values))


def _fault(key: str, values: Mapping[str, str]) -> str:
    if not _FORMS["key"].fullmatch(key):
        return "its key is more than a word of letters and digits"
    if "base_url_default" not in values:
        return "it has no `base_url_default`, and a variable of its own choice holds the address"
    if fault := fault_of(values["base_url_default"]):
        return f"`base_url_default` is not used: {fault}"
    for name, value in values.items():
        if not _FORMS[name].fullmatch(value):
            return f"`{name}` is too long, or has characters that could mislead"
    if _OF_OTHERS.fullmatch(values.get("env", "")):
        return (
            f"`{values['env']}` is not the name of a variable for the key of a model. If it really "
            "is one, write the entry yourself"
        )
    return ""


def _scalar(text: str) -> str:
    """A text as YAML, quoted unless it can only be read as this text."""
    is_plain = re.fullmatch(
        r"[A-Za-z][A-Za-z0-9_./-]*|https?://[A-Za-z0-9._~:/-]*[A-Za-z0-9/]", text
    )
    is_word = text.lower() in ("true", "false", "yes", "no", "on", "off", "null", "y", "n")
    return text if is_plain and not is_word else json.dumps(text)
