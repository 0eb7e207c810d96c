"""Attacks on the files that decide about a run: configurations, baselines, files of models."""

import os
import resource
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.security.conftest import BROKEN, GOOD, Lint, Ran, git, write

Make = Callable[[Mapping[str, str | bytes]], Path]
MARK = "hunter2-is-my-word"
PATIENCE = 15.0
"""Seconds; the machine of a test may be busy."""
COMMANDS = {
    ".skill-lint.yaml": ["check"],
    "skill-lint.toml": ["check"],
    "pyproject.toml": ["check"],
    ".skill-lint-baseline.json": ["check"],
    "skill-lint-models.yaml": ["models"],
}
"""What reads each file that is found by its name."""
OPTIONS = {
    "--config": ["check", "--config"],
    "--config toml": ["check", "--config"],
    "--baseline": ["check", "--baseline"],
    "score --config": ["score", "--config"],
    "graph --config": ["graph", "--config"],
}
"""What reads a file that the person names."""


@pytest.fixture(autouse=True)
def bounded_memory() -> Iterator[None]:
    """The commands inherit the limit: a bomb must not take the machine with it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (4_000_000_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@pytest.fixture
def checkout(repository: Make) -> Path:
    return repository({"good/SKILL.md": GOOD.format(name="good")})


def refused(lint: Lint, folder: Path, *words: str) -> Ran:
    """Run a command that must end at once, with exit code 2, a message, and no secret."""
    began = time.monotonic()
    ran = lint(folder, *words)
    assert time.monotonic() - began < PATIENCE
    assert ran.code == 2, ran
    assert ran.err.count("\n") == 1, "one line"
    assert MARK not in ran.said
    assert len(ran.err) < 1_000
    return ran


SECRETS = {
    "netrc": f"machine example.com\nlogin me\npassword {MARK}\n",
    "environment": f"KEY={MARK}\nOTHER={MARK}\n",
    "yaml": f"password: {MARK}\n",
    "nested yaml": f"llm:\n  models: {MARK}\n",
    "shadow": f"root:$6${MARK}:19000:0:99999:7:::\n",
    "json": f'{{"key": "{MARK}"}}',
    "one word": MARK,
    "tag": f"a: !{MARK} x\n",
    "alias": f"a: *{MARK}\n",
    "anchor": f"a: &{MARK} x\nb: &{MARK} x\n",
    "quotes": f"a: \"'{MARK}' `x` \\q\"\n",
    "number": f"version: '{MARK}'\nfindings: []\n",
    "version": f'{{"version": "{MARK}", "findings": []}}',
    "preset": f"extends: {MARK}\n",
    "level": f"fail-on: {MARK}\n",
    "list": f"exclude: {MARK}\n",
    "option": f"rules: {{long-body: {{max-lines: {MARK}}}}}\n",
    "severity": f"rules: {{long-body: {{severity: {MARK}}}}}\n",
    "toml value": f"a = {MARK}\n",
    "toml string": f'a = "{MARK}\n',
    "toml table": f"[a]\n[a]\n# {MARK}\n",
    "toml escape": f'a = "\\q{MARK}"\n',
    "date": f"a: !!timestamp {MARK}\n",
    "int": f"a: !!int {MARK}\n",
    "directive": f"%TAG !{MARK}! x\n--- !{MARK} a\n",
}


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("secret", ["netrc", "environment", "yaml", "tag", "int", "json"])
def test_a_link_named_like_a_settings_file_shows_another_file(
    checkout: Path, home: Path, lint: Lint, name: str, secret: str
) -> None:
    write(home, {"secret": f"# [tool.skill-lint]\n{SECRETS[secret]}"})
    (checkout / name).symlink_to(home / "secret")
    ran = refused(lint, checkout, *COMMANDS[name])
    assert "leads out of the checkout" in ran.err


@pytest.mark.parametrize("how", ["relative", "two steps", "folder", "nested repository", "root"])
def test_a_link_leads_out_in_another_way(checkout: Path, home: Path, lint: Lint, how: str) -> None:
    write(home, {"own/.skill-lint.yaml": "fail-on: never\n"})
    git(home / "own", "init", "--quiet")
    target = home / "own" / ".skill-lint.yaml"
    words = ["check"]
    link = checkout / ".skill-lint.yaml"
    if how == "relative":
        link.symlink_to(os.path.relpath(target, checkout))
    elif how == "two steps":
        (checkout / "step").symlink_to(target)
        link.symlink_to("step")
    elif how == "root":
        (checkout / "slash").symlink_to("/")
        words += ["--config", f"slash{target}"]
    else:
        # The link's target is a checkout itself, so that its file seems to stay in one.
        (checkout / "sub").symlink_to(home / "own" if how == "nested repository" else home)
        words += [
            "--config",
            "sub/.skill-lint.yaml" if how != "folder" else "sub/own/.skill-lint.yaml",
        ]
    assert "leads out of the checkout" in refused(lint, checkout, *words).err


def test_a_link_in_an_archive_leads_out(tmp_path: Path, home: Path, lint: Lint) -> None:
    folder = write(tmp_path / "archive", {"good/SKILL.md": GOOD.format(name="good")})
    write(home, {"secret": SECRETS["yaml"]})
    (folder / ".skill-lint.yaml").symlink_to(home / "secret")
    refused(lint, folder, "check")


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("option", OPTIONS)
def test_a_message_quotes_what_a_file_holds(
    checkout: Path, lint: Lint, option: str, secret: str
) -> None:
    """Perhaps the file is not the person's own choice: a workflow passes a name on."""
    end = ".toml" if option.endswith("toml") else ""
    write(checkout, {f"given{end}": SECRETS[secret]})
    refused(lint, checkout, *OPTIONS[option], f"given{end}")


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize(
    "file",
    ["/dev/zero", "/dev/stdin", "/dev/random", "/dev/full", "/dev/tty", "/dev/fd/0",
     "/proc/self/mem", "/proc/self/environ", "/proc/kmsg", "/proc/self/pagemap", "/", ".", "pipe",
     "folder", "socket", "huge", "large", "dangling", "loop", "x" * 300],
)  # fmt: skip
def test_what_is_no_file_hangs_the_run(checkout: Path, lint: Lint, option: str, file: str) -> None:
    if file == "pipe":
        os.mkfifo(checkout / file)
    elif file == "folder":
        (checkout / file).mkdir()
    elif file == "huge":
        (checkout / file).touch()
        os.truncate(checkout / file, 1 << 40)
    elif file == "large":
        (checkout / file).write_bytes(b"#" * 60_000_000)
    elif file == "dangling":
        (checkout / file).symlink_to("nowhere")
    elif file == "loop":
        (checkout / file).symlink_to("loop")
    elif file == "socket":
        import socket

        with socket.socket(socket.AF_UNIX) as server:
            here = Path.cwd()
            os.chdir(checkout)
            try:
                server.bind(file)
            finally:
                os.chdir(here)
    refused(lint, checkout, *OPTIONS[option], file)


@pytest.mark.parametrize("name", [".skill-lint.yaml", "skill-lint.toml"])
@pytest.mark.parametrize("kind", ["pipe", "folder", "device", "dangling", "loop", "huge"])
def test_a_configuration_that_is_no_file_is_left_out_in_silence(
    checkout: Path, lint: Lint, name: str, kind: str
) -> None:
    place = checkout / name
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    elif kind == "huge":
        place.touch()
        os.truncate(place, 1 << 40)
    else:
        place.symlink_to({"device": "/dev/zero", "dangling": "nowhere", "loop": name}[kind])
    refused(lint, checkout, "check")


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


# What honest users do goes on working.


def never(lint: Lint, folder: Path, *words: str) -> None:
    """The configuration counts: nothing fails."""
    ran = lint(folder, "check", *words)
    assert (ran.code, ran.err) == (0, "")


@pytest.fixture
def broken(repository: Make) -> Path:
    return repository({"bad/SKILL.md": BROKEN.format(name="bad")})


def test_honest_a_link_that_stays_in_the_checkout(broken: Path, lint: Lint) -> None:
    write(broken, {"shared/lint.yaml": "fail-on: never\n"})
    (broken / ".skill-lint.yaml").symlink_to("shared/lint.yaml")
    never(lint, broken)
    (broken / "linked").symlink_to("shared")
    (broken / ".skill-lint.yaml").unlink()
    never(lint, broken, "--config", "linked/lint.yaml")


def test_honest_a_link_of_the_persons_own(broken: Path, home: Path, lint: Lint) -> None:
    """Dotfiles are linked, and lie in a checkout of their own."""
    write(home, {"dotfiles/lint.yaml": "fail-on: never\n"})
    git(home / "dotfiles", "init", "--quiet")
    (home / "lint.yaml").symlink_to("dotfiles/lint.yaml")
    never(lint, broken, "--config", str(home / "lint.yaml"))


def test_honest_a_checkout_behind_a_link(broken: Path, lint: Lint) -> None:
    write(broken, {".skill-lint.yaml": "fail-on: never\n"})
    (broken.parent / "link").symlink_to(broken)
    never(lint, broken.parent / "link")
    never(lint, broken, "--config", str(broken.parent / "link" / ".skill-lint.yaml"))


@pytest.mark.parametrize(
    "content",
    [b"\xef\xbb\xbffail-on: never\n", b"fail-on: never\r\n", b"# a\rfail-on: never\r",
     b"---\nfail-on: never\n", b"{fail-on: never}", b'"fail-on": never',
     b"score-weights: {}\nfail-on: &n never\nexclude: []\n",
     b"rules:\n  long-body: &x {severity: warning}\n  few-examples: {<<: *x}\nfail-on: never\n",
     b"fail-on: never\n" + b"# comment\n" * 50_000,
     b"fail-on: never\nexclude:\n" + b"- vendor/**\n" * 5_000],
)  # fmt: skip
def test_honest_ways_to_write_a_configuration(broken: Path, lint: Lint, content: bytes) -> None:
    write(broken, {".skill-lint.yaml": content})
    never(lint, broken)


def test_honest_a_pyproject_of_others(broken: Path, lint: Lint) -> None:
    write(
        broken, {"pyproject.toml": "[project]\nname = 'x'\n[tool.skill-lint]\nfail-on = 'never'\n"}
    )
    never(lint, broken)
    write(broken, {"pyproject.toml": "[project\n"})
    assert lint(broken, "check").code == 1


def test_honest_a_baseline_of_many_findings(broken: Path, lint: Lint) -> None:
    assert lint(broken, "baseline", ".").code == 0
    never(lint, broken)
    text = (broken / ".skill-lint-baseline.json").read_text()
    more = "".join(
        f'    {{"path": "gone/{n}.md", "rule": "no-such-rule", "line": "{n}", "count": 1}},\n'
        for n in range(100_000)
    )
    write(
        broken,
        {".skill-lint-baseline.json": text.replace('"findings": [\n', f'"findings": [\n{more}')},
    )
    never(lint, broken)
