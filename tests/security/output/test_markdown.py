"""Names and texts of a repository in the Markdown that GitHub renders.

cmark-gfm is GitHub's own parser. What GitHub does afterwards, to the page that the parser makes, is
only known from its documentation: it looks for these signs in each text that is not in code.
"""

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given, settings
from hypothesis import strategies as st

from skill_lint.reporters import gfm
from tests.security.conftest import GOOD, Lint

Make = Callable[[Mapping[str, str | bytes]], Path]

SIGNS = [
    "@name", "@org/team", "x@name", "(@name)", "#1", "(#1)", "GH-1", "gh-12", "owner/repo#1",
    "o/r@1234567", "1234567", "a1b2c3d4e5f60718293a4b5c6d7e8f9012345678", "abcdef0",
    "https://x.example/a", "http://x.example", "ftp://x.example", "HTTPS://X.EXAMPLE",
    "www.x.example", "WWW.x.example", "(www.x.example)", "mailto:a@b.example",
    "xmpp:a@b.example/c", "a@b.example", "a.b+c@d.example", "$x$", "$$x$$", "$`x`$", "a$b",
    ":smile:", ":+1:", ":100:", "<b>", "<img src=x onerror=y>", "<!-- x", "</td></tr></table>",
    "<https://x.example>", "<a@b.example>", "&lt;b&gt;", "&#64;name", "&copy;",
    "[x](https://x.example)", "![x](https://x.example)", "[x]", "[^1]", "[x][y]", "a|b", "|",
    "\\|", "\\\\|", "a\\|b", "`", "``", "`x", "x`", "`x`", "``x``", "`a``b`", "`@name`",
    "`a`@name", "@name`a`", "`a|b`", "`a\\|b`", "`|`", "` `", "\\", "\\\\", "\\@name",
    "\\`@name\\`", "*x*", "**x**", "_x_", "__x__", "~x~", "~~x~~", "# x", "- x", "> x", "1. x",
    "---", "===", "+ x", "!1", "%1", "&1", "~label", "CVE-2020-1234", "GHSA-aaaa-bbbb-cccc",
    "\u202e@name", "\n# x", "`\n@name", "x\r\n\r\n<b>", "\x1b]8;;https://x.example\x07",
    "｀@name｀", "a` @name `b", "``` x",
]  # fmt: skip
ACTIVE = re.compile(
    r"@\w|(?<!\w)#\d|/\w+#\d|\bgh-\d|\b[0-9a-f]{7,40}\b|https?://|ftp://|www\.|mailto:|xmpp:|\$"
    r"|:[\w+-]+:|\bcve-\d|\bghsa-\w|!\d|%\d|&\d|~\w",
    re.IGNORECASE,
)
"""What GitHub, and GitLab, look for in the texts of a page."""


class Page(HTMLParser):
    """The elements of a page, and its texts outside of code and of links that are our own."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.whole = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.whole += data
        if not {"code", "a"} & set(self.open):
            self.texts.append(data)


OURS = {"h2", "h3", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "code", "a", "br",
        "blockquote"}  # fmt: skip
HOME = "https://github.com/skill-lint/skill-lint/"


def rendered(markdown: str) -> Page:
    return Page(
        cmarkgfm.github_flavored_markdown_to_html(
            markdown, options=Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
        )
    )


def plain(markdown: str) -> Page:
    """The page that the Markdown makes, in which all that a stranger wrote is text."""
    page = rendered(markdown)
    for tag, attributes in page.tags:
        assert tag in OURS, tag
        assert set(attributes) <= {"href"}, attributes
        assert str(attributes.get("href", HOME)).startswith(HOME), attributes
    for text in page.texts:
        assert not ACTIVE.search(text), text
    return page


@pytest.mark.parametrize("sign", SIGNS, ids=ascii)
def test_a_message_becomes_markup(sign: str) -> None:
    for text in (sign, f"no file at `{sign}`", f"{sign} {sign}", f'a "{sign}", b', f"x{sign}y"):
        plain(f"- {gfm.line(text)}\n")
        in_list = plain(f"- skipped {gfm.line(text)}\n").whole
        in_table = plain(f"| a | b |\n|---|---|\n| x | {gfm.cell(text)} |\n")
        cells = [each for each, _ in in_table.tags if each == "td"]
        assert len(cells) == 2
        # Nothing is lost but the marks of code.
        wanted = re.sub(r"[`\s]", "", gfm.visible(text))
        assert re.sub(r"[`\s]", "", in_list) == f"skipped{wanted}"
        assert re.sub(r"[`\s]", "", in_table.whole) == f"abx{wanted}"


def test_a_path_is_shown_letter_by_letter() -> None:
    for sign in SIGNS:
        shown = gfm.visible(sign)
        if not shown.strip():
            continue
        assert plain(f"### {gfm.code(sign)}\n").whole.strip() == shown.strip()
        in_table = plain(f"| a |\n|---|\n| {gfm.code_cell(sign)} |\n").whole
        assert in_table.split("a", 1)[1].strip() == shown.strip()


PIECES = st.lists(
    st.sampled_from(
        [*SIGNS, " ", "  ", "`", "``", "|", "\\", "x", "@", "#", "1", ":", "/", "w", "."]
    ),
    max_size=12,
).map("".join)


@settings(max_examples=400, deadline=None)
@given(PIECES | st.text(max_size=30))
def test_a_mixture_becomes_markup(text: str) -> None:
    plain(f"- {gfm.line(text)}\n")
    page = plain(f"| a | b |\n|---|---|\n| x | {gfm.cell(text)} |\n")
    assert [tag for tag, _ in page.tags].count("td") == 2
    page = plain(f"| a | b |\n|---|---|\n| x | {gfm.code_cell(text)} |\n")
    assert [tag for tag, _ in page.tags].count("td") == 2
    plain(f"### {gfm.code(text)}\n")


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
