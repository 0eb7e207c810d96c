"""Attacks by what files of settings hold: bombs, other encodings, strange entries."""

import time
from pathlib import Path

import pytest

from tests.security.conftest import GOOD, Lint, write
from tests.security.settings.conftest import MARK, PATIENCE, Make, refused


def laughs(*, merge: bool = False) -> str:
    """A mapping that aliases make huge: nine in each of nine."""
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for before, now in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{now}: &{now} [{', '.join([f'*{before}'] * 9)}]")
    return "\n".join([*lines, "exclude: *i" if not merge else "<<: {exclude: *i}"])


YAML = {
    "a billion laughs": laughs(),
    "laughs in a merge": laughs(merge=True),
    "deep flow": "[" * 100_000,
    "deep flow, closed": "[" * 3_000 + "]" * 3_000,
    "deep mapping": "{a: " * 3_000 + "}" * 3_000,
    "deep block": "".join(f"{' ' * n}a:\n" for n in range(900)),
    "dashes": "- " * 100_000,
    "questions": "? " * 100_000,
    "an alias to itself": "exclude: &a [*a]",
    "digits": f"limits: {{file-bytes: {'9' * 5_000}}}",
    "hexadecimal digits": f"limits: {{file-bytes: 0x{'f' * 5_000}}}",
    "base 60 beyond all floats": f"score-weights: {{pattern_count: 1{':59' * 300}.5}}",
    "base 60": f"limits: {{file-bytes: 1{':59' * 300_000}}}",
    "a number beyond all bounds": "limits: {file-bytes: 99999999999999999999}",
    "an option beyond all bounds": f"rules: {{long-body: {{max-lines: 0x{'f' * 4_000}}}}}",
    "a weight beyond all bounds": f"score-weights: {{metadata: 0x{'f' * 2_000}}}",
    "not a number": "score-weights: {metadata: .nan}",
    "infinite": "limits: {file-bytes: .inf}",
    "a key twice": "fail-on: error\nfail-on: never\n",
    "a key twice below": "rules:\n  long-body: error\n  long-body: off\n",
    "a key twice, quoted": "fail-on: error\n'fail-on': never\n",
    "a date": "extends: 2001-01-01",
    "binary": "extends: !!binary aGk=",
    "an object": "extends: !!python/object/apply:os.system [id]",
    "a complex key": "? [a, b]\n: c",
    "null as a key": "~: 1",
    "a number as a key": "1: 1",
    "two documents": "fail-on: error\n---\nfail-on: never\n",
    "a list": "[a]",
    "a word": "golden",
    "many keys": "".join(f"k{n}: 1\n" for n in range(90_000)),
    "many values": "exclude:\n" + "- x\n" * 200_000,
    "a long key": f"{'k' * 900}: 1",
    "a very long key": f"? {'k' * 100_000}\n: 1",
    "escape sequences in a key": '"\\e[31mred\\e[0m": 1',
    "line ends in a key": '"a\\nb\\r::error::x": 1',
    "NUL": "fail-on: \0",
    "a control character": "fail-on: \x01never",
    "an empty alias": "a: *",
    "a tab": "\tfail-on: never",
    "over a megabyte": "#" * 1_000_001,
}  # fmt: skip
TOML = {
    "dots": f"a{'.a' * 100_000} = 1",
    "quoted dots": '"a"' + '."a"' * 50_000 + " = 1",
    "spaced dots": "a" + " . a" * 50_000 + " = 1",
    "dots in a table": f"[a{'.a' * 100_000}]",
    "dots in an inline table": f"llm = {{a{'.a' * 50_000} = 1}}",
    "dots, half as deep, in two steps": f"[llm{'.a' * 40}]\nb{'.b' * 40} = 1",
    "deep arrays": f"exclude = {'[' * 100_000}",
    "deep arrays, closed": f"exclude = {'[' * 400}{']' * 400}",
    "deep inline tables": f"llm = {'{a=' * 100_000}",
    "digits": f"a = {'9' * 5_000}",
    "hexadecimal digits": f"limits.file-bytes = 0x{'f' * 5_000}",
    "a weight beyond all bounds": f"score-weights.metadata = 0x{'f' * 900}",
    "infinite": "score-weights.metadata = inf",
    "not a number": "limits.file-bytes = nan",
    "a key twice": "fail-on = 'error'\nfail-on = 'never'\n",
    "a table twice": "[rules]\n[rules]\n",
    "a date": "extends = 2001-01-01",
    "NUL": "a = '\0'",
    "many tables": "".join(f"[k{n}]\n" for n in range(90_000)),
    "an open string": f'a = "{"x" * 900_000}',
    "escape sequences in a key": '"\\u001b[31m" = 1',
}


@pytest.mark.parametrize("text", YAML)
def test_a_yaml_file_ends_no_run(checkout: Path, lint: Lint, text: str) -> None:
    write(checkout, {".skill-lint.yaml": YAML[text]})
    ran = refused(lint, checkout, "check")
    assert "\x1b" not in ran.err


@pytest.mark.parametrize("text", TOML)
def test_a_toml_file_ends_no_run(checkout: Path, lint: Lint, text: str) -> None:
    write(checkout, {"skill-lint.toml": TOML[text]})
    ran = refused(lint, checkout, "check")
    assert "\x1b" not in ran.err


@pytest.mark.parametrize(
    "content",
    ["fail-on: never".encode("utf-16"), "fail-on: never".encode("utf-16-le"), b"\xff\xfe",
     "fail-on: never".encode("utf-32"), b"extends: \xe9", b"\xed\xa0\x80: 1"],
)  # fmt: skip
def test_a_file_of_another_encoding(checkout: Path, lint: Lint, content: bytes) -> None:
    write(checkout, {".skill-lint.yaml": content})
    refused(lint, checkout, "check")


@pytest.mark.parametrize("text", ["a billion laughs", "dashes", "base 60", "a key twice", "NUL"])
def test_a_models_file_ends_no_run(checkout: Path, lint: Lint, text: str) -> None:
    write(checkout, {"skill-lint-models.yaml": YAML[text]})
    refused(lint, checkout, "models")


def findings(text: str) -> str:
    return f'{{"version": 1, "findings": [{text}]}}'


def entry(**parts: object) -> str:
    whole = {
        "path": '"good/SKILL.md"',
        "rule": '"broken-link"',
        "line": '"0"',
        "count": "1",
    } | parts
    return findings("{" + ", ".join(f'"{key}": {value}' for key, value in whole.items()) + "}")


BASELINES = {
    "nested": "[" * 200_000,
    "nested findings": findings("[" * 100_000),
    "a path that is a number": entry(path=1),
    "a path that is a list": entry(path="[]"),
    "a path that is null": entry(path="null"),
    "a rule that is a mapping": entry(rule="{}"),
    "a count that is infinite": entry(count="1e999"),
    "a count that is NaN": entry(count="NaN"),
    "a count that is a text": entry(count='"1"'),
    "a count that is true": entry(count="true"),
    "a count of 0": entry(count="0"),
    "a count below 0": entry(count="-1"),
    "a count of 5,000 digits": entry(count="9" * 5_000),
    "a count beyond all bounds": entry(count="9" * 4_000),
    "a path of a million slashes": entry(path='"' + "/" * 1_000_000 + '"'),
    "findings that are a text": '{"version": 1, "findings": "x"}',
    "findings that are a number": '{"version": 1, "findings": 1}',
    "a version that is a text": f'{{"version": "{MARK}", "findings": []}}',
    "a version of many digits": f'{{"version": {"9" * 4_000}, "findings": []}}',
    "a version that is infinite": '{"version": 1e999, "findings": []}',
    "null": "null",
    "empty": "",
    "NUL": "\0",
}


@pytest.mark.parametrize("text", BASELINES)
def test_a_baseline_ends_no_run(checkout: Path, lint: Lint, text: str) -> None:
    write(checkout, {".skill-lint-baseline.json": BASELINES[text]})
    assert "is no baseline" in refused(lint, checkout, "check").err


@pytest.mark.parametrize(
    "path", ['"\\ud800"', '"a\\u0000b"', '"/etc/passwd"', '"../../.."', '"\\u001b[31m"', '""']
)
def test_a_strange_path_in_a_baseline(checkout: Path, lint: Lint, path: str) -> None:
    """It is an entry of a file that is gone: a stale one, which is reported."""
    write(checkout, {".skill-lint-baseline.json": entry(path=path)})
    ran = lint(checkout, "check")
    assert ran.code in (0, 1)
    assert "\x1b" not in ran.said


def test_a_baseline_of_many_stale_entries_hangs_the_run(checkout: Path, lint: Lint) -> None:
    lines = (
        f'{{"path": "good/{n}.md", "rule": "broken-link", "line": "{n}", "count": 1}}'
        for n in range(20_000)
    )
    write(checkout, {".skill-lint-baseline.json": findings(",\n".join(lines))})
    began = time.monotonic()
    assert lint(checkout, "check", "-q").code in (0, 1)
    assert time.monotonic() - began < 2 * PATIENCE


@pytest.mark.parametrize(
    "glob", ["*a" * 40 + "b", "**/" * 40 + "x", "*" * 500 + "b", "?*" * 40 + "b", "**a" * 40 + "b"]
)
def test_a_glob_that_tries_everything_again_hangs_the_run(
    repository: Make, lint: Lint, glob: str
) -> None:
    name = "a" * 60
    path = "/".join(["a"] * 30)
    files = {f"{path}/{name}/SKILL.md": GOOD.format(name=name)}
    folder = repository({".skill-lint.yaml": f'exclude: ["{glob}"]\n', **files})
    began = time.monotonic()
    assert lint(folder, "check").code in (0, 1)
    assert time.monotonic() - began < PATIENCE
