"""What the attacks on the model step share: keys that must stay, and servers that record bytes."""

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.security.conftest import GOOD, Lint, Ran, write

Make = Callable[[Mapping[str, str | bytes]], Path]
SECRETS = {
    "AWS_SECRET_ACCESS_KEY": "word-of-aws",
    "GITHUB_TOKEN": "word-of-github",
    "DATABASE_PASSWORD": "word-of-database",
    "SSH_AUTH_SOCK": "word-of-ssh",
    "OPENAI_API_KEY": "word-of-openai",
    "LLM_KEY": "word-of-gateway",
}
"""Variables of the person who runs the command."""
WEAK = GOOD.format(name="a").replace("Use when", "It is for")
"""A skill with one finding that a model is asked about."""
FIX = ("fix", "--llm", "a")


@dataclass
class Recorder:
    """A server on this machine that records every byte, and answers as `answer` says."""

    port: int
    received: bytearray = field(default_factory=bytearray)
    answer: bytes = b""
    connections: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"


def completion() -> bytes:
    text = json.dumps({"description": "Fills in PDF forms. Use when a form has fields."})
    body = json.dumps({"choices": [{"message": {"content": text}, "finish_reason": "stop"}]})
    return response("200 OK", body.encode())


def response(status: str, body: bytes = b"", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def _serve(listener: socket.socket, recorder: Recorder) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        recorder.connections += 1
        with connection:
            connection.settimeout(5)
            while data := _read(connection):
                recorder.received += data
                if recorder.answer:
                    _send(connection, recorder.answer)
                    break


def _read(connection: socket.socket) -> bytes:
    """A request with its body; empty once the connection is closed."""
    data = b""
    with contextlib.suppress(OSError):
        while chunk := connection.recv(1 << 16):
            data += chunk
            head, end, body = data.partition(b"\r\n\r\n")
            sizes = [line for line in head.lower().split(b"\r\n") if b"content-length:" in line]
            if end and len(body) >= int(sizes[0].partition(b":")[2] if sizes else 0):
                break
    return data


def _send(connection: socket.socket, answer: bytes) -> None:
    with contextlib.suppress(OSError):
        connection.sendall(answer)


def recording(answer: bytes) -> Iterator[Recorder]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        recorder = Recorder(listener.getsockname()[1], answer=answer)
        threading.Thread(target=_serve, args=(listener, recorder), daemon=True).start()
        yield recorder
        listener.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def evil() -> Iterator[Recorder]:
    """The attacker's server; it would answer well."""
    yield from recording(completion())


@pytest.fixture
def own() -> Iterator[Recorder]:
    """The server of the model that the person has registered."""
    yield from recording(completion())


@pytest.fixture
def checkout(repository: Make) -> Path:
    return repository({"a/SKILL.md": WEAK})


def registered(server: Recorder, more: str = "") -> str:
    """A models file of the person: one model, with a key."""
    return (
        "models:\n  default: mine\n  registry:\n    mine:\n      model: m\n"
        f"      base_url_default: {server.url}\n      env: LLM_KEY\n      timeout: 5\n{more}"
    )


@pytest.fixture
def person(home: Path, own: Recorder) -> Path:
    """The person's own models file, with one model."""
    return write_own(home / ".config/skill-lint/models.yaml", registered(own))


def write_own(file: Path, text: str) -> Path:
    write(file.parent, {file.name: text})
    file.chmod(0o600)
    return file


def tried(lint: Lint, folder: Path, *words: str, **variables: str) -> Ran:
    """Run the command with all of the person's secrets; none of them may be printed."""
    ran = lint(folder, *(words or FIX), stdin=b"", **{**SECRETS, **variables})
    assert not [word for word in SECRETS.values() if word in ran.said], ran
    assert "\x1b" not in ran.said
    return ran


def refused(lint: Lint, folder: Path, *words: str, **variables: str) -> Ran:
    ran = tried(lint, folder, *words, **variables)
    assert ran.code == 2, ran
    return ran


def got_nothing(*servers: Recorder) -> None:
    for server in servers:
        assert (server.connections, bytes(server.received)) == (0, b"")


def got_only_its_key(server: Recorder) -> None:
    """The person's server was asked, with its own key and no other of the secrets."""
    assert b"Bearer word-of-gateway" in server.received
    others = [word for name, word in SECRETS.items() if name != "LLM_KEY"]
    assert not [word for word in others if word.encode() in server.received]
