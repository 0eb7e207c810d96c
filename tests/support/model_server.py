"""A model's endpoint on this machine that answers as it is told, and misbehaves on demand.

It speaks `/v1/chat/completions`. Each request takes the next of `behaviours`, the last one for
good; `requests` holds what was sent, and `received` every byte that came.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, BinaryIO

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Raw:
    """Bytes to answer with; `length` is what the header says, if not the truth."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    stall: float = 0
    length: int | None = None


Behaviour = Raw | str | Callable[[Json], "Raw | str"]
"""What to do: raw bytes, a text as the model's answer, or a function of the request's JSON."""


def refused(status: int, **headers: str) -> Raw:
    body = json.dumps({"error": {"message": "no", "type": "t"}}).encode()
    return Raw(status, body, {name.replace("_", "-"): value for name, value in headers.items()})


def answer(text: str, finish_reason: str = "stop", usage: Any = None) -> Raw:
    whole = {
        "id": "x", "object": "chat.completion", "created": 1, "model": "m",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish_reason,
                "message": {"role": "assistant", "content": text},
            }
        ],
        "usage": usage or {"prompt_tokens": 400, "completion_tokens": 50, "total_tokens": 450},
    }  # fmt: skip
    return Raw(200, json.dumps(whole).encode())


@dataclass
class ModelServer:
    """The server's address, and what it was asked."""

    url: str
    behaviours: list[Behaviour]
    requests: list[Json] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    connections: int = 0
    received: bytearray = field(default_factory=bytearray)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next(self, request: Json, key: str) -> Raw:
        with self.lock:
            self.requests.append(request)
            self.keys.append(key)
            one = self.behaviours.pop(0) if len(self.behaviours) > 1 else self.behaviours[0]
        made = one(request) if callable(one) else one
        return answer(made) if isinstance(made, str) else made


class _Recorded:
    """A stream that is read, and what was read of it."""

    def __init__(self, stream: BinaryIO, received: bytearray) -> None:
        self._stream, self._received = stream, received

    def read(self, size: int) -> bytes:
        return self._kept(self._stream.read(size))

    def readline(self, size: int = -1) -> bytes:
        return self._kept(self._stream.readline(size))

    def close(self) -> None:
        self._stream.close()

    def _kept(self, data: bytes) -> bytes:
        self._received += data
        return data


@contextmanager
def serving(*behaviours: Behaviour) -> Iterator[ModelServer]:
    """A server for the time of a test."""

    class Handler(BaseHTTPRequestHandler):
        def setup(self) -> None:
            super().setup()
            server.connections += 1
            self.rfile: Any = _Recorded(self.rfile, server.received)

        def do_POST(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            request = json.loads(self.rfile.read(size))
            raw = server.next(request, self.headers.get("Authorization", ""))
            if self.path != "/v1/chat/completions":
                raw = refused(404)
            time.sleep(raw.stall)
            self.reply(raw)

        def reply(self, raw: Raw) -> None:
            try:
                self.send_response(raw.status)
                headers = {"Content-Type": "application/json", **raw.headers}
                for name, value in headers.items():
                    self.send_header(name, value)
                length = len(raw.body) if raw.length is None else raw.length
                self.send_header("Content-Length", str(length))
                self.end_headers()
                self.wfile.write(raw.body)
            except OSError:
                self.close_connection = True
            if raw.length is not None:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    server = ModelServer(f"http://127.0.0.1:{httpd.server_port}/v1", list(behaviours))
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()


def sent(request: Json) -> Json:
    """What a request tells of the skill: the JSON of its first message of the user."""
    messages: Sequence[Json] = request["messages"]
    told = json.loads(next(each["content"] for each in messages if each["role"] == "user"))
    assert isinstance(told, dict)
    return told
