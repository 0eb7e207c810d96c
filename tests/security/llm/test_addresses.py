"""An address that reads like one place and leads to another, and servers that send it on."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.security.conftest import Lint
from tests.security.llm.conftest import (
    FIX,
    Recorder,
    got_nothing,
    got_only_its_key,
    recording,
    refused,
    registered,
    response,
    tried,
    write_own,
)

BAD = {
    "a number": ("http://2130706433:PORT/v1", "in another notation"),
    "hexadecimal": ("http://0x7f000001:PORT/v1", "in another notation"),
    "hexadecimal parts": ("http://0x7f.0.0.1:PORT/v1", "in another notation"),
    "octal": ("http://0177.0.0.1:PORT/v1", "in another notation"),
    "zeros": ("http://127.000.000.001:PORT/v1", "in another notation"),
    "short": ("http://127.1:PORT/v1", "in another notation"),
    "as IPv6": ("http://[::ffff:127.0.0.1]:PORT/v1", "in another notation"),
    "as IPv6, in hexadecimal": ("http://[::ffff:7f00:1]:PORT/v1", "in another notation"),
    "long IPv6": ("http://[0:0:0:0:0:0:0:1]:PORT/v1", "in another notation"),
    "a zone": ("http://[::1%25lo]:PORT/v1", "in another notation"),
    "every address": ("http://0.0.0.0:PORT/v1", "every address of a machine"),
    "every address of IPv6": ("http://[::]:PORT/v1", "every address of a machine"),
    "full width": ("http://１２７.0.0.1:PORT/v1", "no URL of letters, digits and signs"),
    "full stops": ("http://127。0。0。1:PORT/v1", "no URL of letters, digits and signs"),
    "letters of another script": ("https://аpi.openai.com/v1", "no URL of letters"),
    "a dot at the end": ("http://localhost.:PORT/v1", "no name of letters"),
    "encoded": ("http://%6cocalhost:PORT/v1", "no name of letters"),
    "a user": ("http://me@127.0.0.1:PORT/v1", "holds a user name or a password"),
    "a password": ("http://me:word-of-url@127.0.0.1:PORT/v1", "holds a user name or a password"),
    "a host as the user": ("https://api.openai.com@127.0.0.1:PORT/v1", "holds a user name"),
    "a backslash": ("http://127.0.0.1:PORT\\@evil.example/v1", "no URL of letters"),
    "a query": ("http://127.0.0.1:PORT/v1?x=", "has a query or a fragment"),
    "a fragment": ("http://127.0.0.1:PORT/#", "has a query or a fragment"),
    "no port": ("http://127.0.0.1:99999/v1", "its port cannot be read"),
    "port 0": ("http://127.0.0.1:0/v1", "port 0 is that of no service"),
    "SSH": ("http://127.0.0.1:22/v1", "port 22 is that of SSH"),
    "Redis": ("https://127.0.0.1:6379/v1", "port 6379 is that of Redis"),
    "Docker": ("http://localhost:2375/v1", "port 2375 is that of Docker"),
    "PostgreSQL": ("http://[::1]:05432/v1", "port 5432 is that of PostgreSQL"),
    "another machine": ("http://192.0.2.1/v1", "plain http to another machine"),
    "a name of another machine": ("http://llm.corp.example/v1", "plain http to another machine"),
    "a name like this machine's": ("http://localhost.evil.example/v1", "plain http to another"),
    "an address like this machine's": ("http://127.0.0.1.evil.example/v1", "plain http to another"),
    "another scheme": ("ftp://127.0.0.1:PORT/v1", "must be a string that matches"),
    "a file": ("file:///etc/passwd", "must be a string that matches"),
    "nothing": ("https://", "must be a string that matches"),
    "a line break": ("http://127.0.0.1:PORT/v1\nX: y", "no URL of letters"),
}


@pytest.mark.parametrize("what", BAD)
def test_an_address_that_reads_like_another(
    what: str, checkout: Path, home: Path, lint: Lint, own: Recorder
) -> None:
    """In the person's file, and in the variable that the file names."""
    text, said = BAD[what]
    url = text.replace("PORT", str(own.port))
    quoted = url.replace("\\", "\\\\").replace("\n", "\\n")
    file = write_own(
        home / ".config/skill-lint/models.yaml", registered(own).replace(own.url, f'"{quoted}"')
    )
    ran = refused(lint, checkout, "models", "--check")
    assert said in ran.err
    assert "models.yaml:6: " in ran.err
    assert "word-of-url" not in ran.err
    file.write_text(registered(own).replace("base_url_default: ", "base_url_env: URL #"))
    ran = refused(lint, checkout, "models", "--check", URL=url)
    assert "the base URL in `URL` is not used: " in ran.err
    assert "word-of-url" not in ran.err
    got_nothing(own)


def test_plain_http_to_another_machine_that_the_person_allows(
    checkout: Path, home: Path, lint: Lint, own: Recorder
) -> None:
    """Guards honest use, and shows that it is the person's word that counts."""
    text = registered(own).replace(own.url, "http://llm.corp.example/v1")
    write_own(home / ".config/skill-lint/models.yaml", text + "      allow-insecure: true\n")
    assert "m at http://llm.corp.example/v1" in tried(lint, checkout, "models").out


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
def test_a_redirect_to_another_host(
    status: str, checkout: Path, home: Path, lint: Lint, evil: Recorder
) -> None:
    where = f"Location: {evil.url}/chat/completions"
    for sender in recording(response(status, b"", where)):
        write_own(home / ".config/skill-lint/models.yaml", registered(sender))
        ran = tried(lint, checkout)
        assert ran.code == 2
        assert f"redirects to another address ({status[:3]})" in ran.out
    got_nothing(evil)


@pytest.fixture
def proxy() -> Iterator[Recorder]:
    yield from recording(response("502 Bad Gateway"))


def test_a_proxy_on_the_way_to_this_machine(
    checkout: Path, person: Path, lint: Lint, own: Recorder, proxy: Recorder
) -> None:
    """Text and key would go over the network in plain, though the address is of this machine."""
    url = f"http://127.0.0.1:{proxy.port}"
    names = ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "HTTPS_PROXY")
    tried(lint, checkout, **dict.fromkeys(names, url))
    got_only_its_key(own)
    got_nothing(proxy)


def test_variables_of_the_library_add_what_nobody_registered(
    checkout: Path, person: Path, lint: Lint, own: Recorder, evil: Recorder
) -> None:
    """The SDK reads variables of its own."""
    tried(
        lint, checkout,
        OPENAI_BASE_URL=evil.url, OPENAI_ORG_ID="added-1", OPENAI_PROJECT_ID="added-2",
        OPENAI_ADMIN_KEY="added-3", OPENAI_WEBHOOK_SECRET="added-4",  # noqa: S106
        OPENAI_CUSTOM_HEADERS="X-Added: added-5\nAuthorization: Bearer added-6\nCookie: added-7",
    )  # fmt: skip
    got_only_its_key(own)
    assert b"added-" not in own.received
    got_nothing(evil)


@pytest.mark.parametrize("value", ["", " ", "\t"])
def test_a_variable_exists_and_is_empty(
    value: str, checkout: Path, person: Path, lint: Lint, own: Recorder, evil: Recorder
) -> None:
    """As in CI, where a secret is not given to a pull request: no other key takes its place."""
    person.write_text(registered(own, "      env_fallback: OPENAI_API_KEY\n"))
    ran = refused(lint, checkout, LLM_KEY=value)
    assert "`LLM_KEY` is set but empty: give it the API key of the model `mine`" in ran.err
    assert "LLM_KEY is set but empty" in tried(lint, checkout, "models", LLM_KEY=value).out
    person.write_text(registered(own, "      base_url_env: URL\n"))
    ran = refused(lint, checkout, URL=value)
    assert "`URL` is set but empty: give it the base URL of the model `mine`" in ran.err
    got_nothing(own, evil)


def test_a_port_of_this_machine_that_nobody_listens_at(
    checkout: Path, home: Path, lint: Lint
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    write_own(home / ".config/skill-lint/models.yaml", registered(Recorder(port)))
    ran = tried(lint, checkout, *FIX)
    assert ran.code == 2
    assert "cannot be reached" in ran.out
