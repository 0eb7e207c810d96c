"""Names and texts of a repository in the Markdown that GitHub renders."""

import html
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.security.conftest import GOOD, Lint
from tests.support.github_page import SIGNS, plain

Make = Callable[[Mapping[str, str | bytes]], Path]


def hostile(sign: str) -> dict[str, str]:
    """A skill with the sign in its name, its texts, and the names of its files."""
    name = sign.replace("/", "∕")
    quoted = json.dumps(sign)
    text = (
        f"---\nname: {quoted}\ndescription: {quoted}\n{quoted}: x\nlicense: {quoted}\n---\n\n"
        f"# {html.escape(sign)}\n\n[x](<gone {name}.md>) [y](#{name})\n"
        f"<!-- skill-lint: allow {name} -->\n"
    )
    return {f"{name}/SKILL.md": text, f"{name}/scripts/{name}": "", "SKILL.md": text,
            f"{name}/{name}/x": ""}  # fmt: skip


@pytest.mark.parametrize("sign", SIGNS, ids=ascii)
def test_a_skill_becomes_markup_in_a_summary(repository: Make, lint: Lint, sign: str) -> None:
    files = {"sound/SKILL.md": GOOD.format(name="sound"), **hostile(sign)}
    folder = repository({name: text for name, text in files.items() if "/" in name})
    ran = lint(folder, "check", "--min-severity=info", "--output-format=markdown")
    assert ran.code == 1, ran.said
    plain(ran.out)
    plain(lint(folder, "score", "--output-format=markdown").out)
    for message in _comments(lint(folder, "check", "--output-format=rdjson").out):
        plain(f"<br>{message}")
        plain(f"> {message}")


def _comments(report: str) -> Iterator[str]:
    """What reviewdog puts into comments of a pull request."""
    for each in json.loads(report)["diagnostics"]:
        yield each["message"]
        yield from (other["message"] for other in each.get("relatedLocations", ()))
