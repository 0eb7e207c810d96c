"""The page that GitHub makes of Markdown, and whether all in it that is not ours is text.

cmark-gfm is GitHub's own parser. What GitHub does afterwards, to the page that the parser makes, is
known from its documentation only: it looks for some signs in each text that is not in code.
"""

import re
from html.parser import HTMLParser

import cmarkgfm
from cmarkgfm.cmark import Options

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
    """The page, with footnotes and HTML as GitHub reads them."""
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
