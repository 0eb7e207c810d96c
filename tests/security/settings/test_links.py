"""Attacks by files of settings that are links, devices or secrets."""

import os
from pathlib import Path

import pytest

from tests.security.conftest import GOOD, Lint, git, write
from tests.security.settings.conftest import COMMANDS, MARK, OPTIONS, refused

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


HOW = [
    "relative",
    "two steps",
    "folder",
    "nested repository",
    "root",
    "above a link",
    "in own link",
]


@pytest.mark.parametrize("how", HOW)
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
    elif how == "above a link":
        (home / "own" / "deep").mkdir()
        (checkout / "deep").symlink_to(home / "own" / "deep")
        words += ["--config", "deep/../.skill-lint.yaml"]
    elif how == "in own link":
        # The first link is the person's own; the second one lies in the checkout.
        (checkout / "out.yaml").symlink_to(target)
        (home / "mine.yaml").symlink_to(checkout / "out.yaml")
        words += ["--config", str(home / "mine.yaml")]
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
