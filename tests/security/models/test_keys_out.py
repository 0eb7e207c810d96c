"""Attempts of an endpoint to have the API key shown, reported or kept, by repeating it."""

import base64
import codecs
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.security.conftest import Lint
from tests.security.models.conftest import ONE, lead_to, weak
from tests.support.model_server import Behaviour, Raw, answer, serving

KEY = "-".join(["gw", "7Qm2", "xT9vLk4R", "b8WzN3hJ", "5pYc"])


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode().rstrip("=")


ENCODINGS: Mapping[str, Callable[[str], str]] = {
    "whole": lambda key: key,
    "upper-case": str.upper,
    "spaced-out": " ".join,
    "in-halves": lambda key: f"{key[:14]} and then {key[14:]}",
    "in-pieces": lambda key: " or ".join(key[at : at + 6] for at in range(0, len(key), 6)),
    "first-half": lambda key: key[:14],
    "reversed": lambda key: key[::-1],
    "url-encoded": lambda key: "".join(f"%{ord(char):02X}" for char in key),
    "url-encoded-twice": lambda key: quote("".join(f"%{ord(char):02X}" for char in key)),
    "html-entities": lambda key: "".join(f"&#{ord(char)};" for char in key),
    "base64": _base64,
    "base64-of-the-header": lambda key: _base64(f"Bearer {key}"),
    "base64-twice": lambda key: _base64(_base64(key)),
    "base32": lambda key: base64.b32encode(key.encode()).decode().rstrip("="),
    "hexadecimal": lambda key: key.encode().hex(),
}


def in_answer(shown: str) -> Behaviour:
    text = f"Fills PDF forms with {shown} at once. Use when a form comes back."
    return json.dumps({"description": text})


def error(status: int, shown: str) -> Behaviour:
    body = json.dumps({"error": {"message": f"wrong key {shown}", "code": shown, "type": shown}})
    return Raw(status, body.encode(), {"X-Request-Id": shown, "WWW-Authenticate": shown})


REPEATED: Mapping[str, Behaviour] = {
    **{f"answer-{name}": in_answer(encode(KEY)) for name, encode in ENCODINGS.items()},
    "answer-of-no-form": f"Your key is {KEY}",
    "answer-in-json-escapes": json.dumps({"x": "".join(f"\\u{ord(char):04x}" for char in KEY)}),
    "answer-as-a-field": json.dumps({KEY: "x"}),
    **{f"status-{status}": error(status, KEY) for status in (400, 401, 403, 404, 418, 429, 500)},
    "redirect": Raw(302, b"", {"Location": f"http://127.0.0.1:9/{KEY}"}),
    "page": Raw(200, f"<html>{KEY}</html>".encode(), {"Content-Type": "text/html"}),
    "usage": answer("{}", usage={"prompt_tokens": KEY}),
    "cut-off": Raw(200, f'{{"choices": [{{"message": "{KEY}'.encode(), length=900),
}


def traces(key: str) -> list[str]:
    """What would give the key away: parts of it, and its encodings."""
    parts = [key[at : at + 8] for at in range(len(key) - 7)]
    encoded = [encode(key) for name, encode in ENCODINGS.items() if name != "in-halves"]
    return [*parts, *encoded, codecs.encode(key, "rot13")]


@pytest.mark.parametrize("way", REPEATED)
def test_an_endpoint_repeats_the_key(way: str, tmp_path: Path, models: Path, lint: Lint) -> None:
    folder = weak(tmp_path / "skills", "pdf-forms").parent
    with serving(REPEATED[way]) as server:
        lead_to(models, server.url)
        ran = lint(
            folder, "fix", "--llm", ".", "--models", str(models), "--report", "report.json", *ONE,
            GATEWAY_KEY=KEY, OPENAI_LOG="debug",
        )  # fmt: skip
        assert KEY.encode() in bytes(server.received)
    written = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert any(file.name == "report.json" for file in written) or "status-40" in way
    everything = ran.said + "".join(file.read_text("utf-8", "replace") for file in written)
    assert [trace for trace in traces(KEY) if trace in everything] == []
    if way.startswith("answer-"):
        assert "repeats the API key in its answer, which was dropped" in ran.out
    assert ran.code == 2


@pytest.mark.parametrize("key", ["ollama", "none", "not-needed", "sk-no-key-required"])
def test_a_word_in_the_place_of_a_key(key: str, tmp_path: Path, models: Path, lint: Lint) -> None:
    """No attack: such a word is no secret, and a text may have it."""
    folder = weak(tmp_path / "skills", "pdf-forms", f"Start {key} first.").parent
    with serving(in_answer(key)) as server:
        lead_to(models, server.url)
        ran = lint(folder, "fix", "--llm", ".", "--models", str(models), *ONE, GATEWAY_KEY=key)
        assert server.connections > 0
    assert "API key" not in ran.said
