"""What a repository can put into SARIF: addresses of files, and links in messages."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.security.conftest import BROKEN, Lint, git

Make = Callable[[Mapping[str, str | bytes]], Path]
# What SARIF's standard, and the viewers that are made for it, take for a link in a message.
LINK = re.compile(r"\[[^\[]*?\]\(([^)]*)\)")


def uris(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        if "uri" in data:
            yield data["uri"]
            assert ("uriBaseId" in data) != data["uri"].startswith("file:///"), data
        for each in data.values():
            yield from uris(each)
    elif isinstance(data, list):
        for each in data:
            yield from uris(each)


def messages(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        if isinstance(data.get("message"), dict):
            yield data["message"]["text"]
        for each in data.values():
            yield from messages(each)
    elif isinstance(data, list):
        for each in data:
            yield from messages(each)


@pytest.mark.parametrize("where", ["inside", "above", "outside", "absolute", "no repository"])
@pytest.mark.parametrize("name", ["a", "..a", "..", "...", "a b", "::x", "c:x"])
def test_a_file_of_a_report_is_another_one(
    repository: Make, lint: Lint, tmp_path: Path, where: str, name: str
) -> None:
    """GitHub refuses or misplaces what leads out of the repository."""
    skill = f"{name}/SKILL.md" if name != ".." else "x/SKILL.md"
    broken = BROKEN.format(name="x") + "[y](Gone.md)\n"
    folder = repository({skill: broken, "sub/b/SKILL.md": broken, "sub/b/gone.md": ""})
    other = tmp_path / "other" / Path(skill).parent
    other.mkdir(parents=True)
    (other / "SKILL.md").write_text(broken)
    place, words = {
        "inside": (folder, "."), "above": (folder / "sub", ".."),
        "outside": (folder, "../other"), "absolute": (folder / "sub", str(tmp_path / "other")),
        "no repository": (tmp_path / "other", "../checkout/sub"),
    }[where]  # fmt: skip
    ran = lint(place, "check", "--output-format=sarif", words)
    assert ran.code == 1, ran.said
    found = {each for each in uris(json.loads(ran.out)) if not each.startswith("https://json")}
    assert found
    for uri in found:
        assert not uri.startswith(("..", "/"))
        assert "/../" not in uri
        assert uri.isascii()
        is_outside = where in ("outside", "absolute", "no repository")
        assert uri.startswith("file:///") == is_outside


LINKS = [
    "[x](https://evil)", "[a [b](https://evil)", r"[a\]b](https://evil)", r"\[x](https://evil)",
    r"\\[x](https://evil)", "](https://evil)", "[](https://evil)",
]  # fmt: skip


@pytest.mark.parametrize("text", LINKS)
def test_a_message_has_a_link_of_a_stranger(repository: Make, lint: Lint, text: str) -> None:
    quoted = json.dumps(text)
    skill = f"---\nname: {quoted}\ndescription: {quoted}\n{quoted}: 1\n---\n\n# {text}\n"
    folder = repository({"a/SKILL.md": skill, "b/SKILL.md": skill, "c/SKILL.md": skill})
    (folder / text.replace("/", "")).mkdir()
    git(folder, "add", "--all")
    ran = lint(folder, "check", "--output-format=sarif", "--preset=golden")
    assert ran.code == 1, ran.said
    assert "evil" in ran.out or "x" in ran.out
    for message in messages(json.loads(ran.out)["runs"]):
        for target in LINK.findall(message):
            # Our own links have the number of a related location.
            assert re.fullmatch(r"\d+", target), message
        assert "](h" not in message
