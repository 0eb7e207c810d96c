"""Hostile bytes and Markdown."""

from collections.abc import Mapping

from tests.hostile.make import GOOD, Case, body, case, skill, text

CASES: Mapping[str, Case] = {
    # Bytes
    "empty": case(skill(b""), "missing-frontmatter"),
    "one-newline": case(skill(b"\n"), "missing-frontmatter"),
    "binary": case(skill(bytes(range(256)) * 40), "unreadable-file"),
    "nul-byte": case(body(b"a\0b\n"), "unreadable-file"),
    "nul-bytes-only": case(skill(b"\0" * 1000), "unreadable-file"),
    "utf-16-with-mark": case(
        skill((GOOD % b"hostile").decode().encode("utf-16")), "unreadable-file"
    ),
    "utf-16-without-mark": case(
        skill((GOOD % b"hostile").decode().encode("utf-16-le")), "unreadable-file"
    ),
    "cp1252": case(body(b"caf\xe9\n"), "unreadable-file"),
    "lone-surrogate": case(body(b"\xed\xa0\x80\n"), "unreadable-file"),
    "byte-order-mark": case(skill(b"\xef\xbb\xbf" + GOOD % b"hostile"), "late-frontmatter"),
    "crlf": case(skill((GOOD % b"hostile").replace(b"\n", b"\r\n"))),
    "lone-cr": case(skill((GOOD % b"hostile").replace(b"\n", b"\r"))),
    "mixed-line-ends": case(skill((GOOD % b"hostile").replace(b"\n", b"\r\n", 3))),
    "no-closing-line": case(skill(b"---\nname: hostile\n"), "unclosed-frontmatter"),
    "only-the-opening-line": case(skill(b"---"), "unclosed-frontmatter"),
    "deep-quotes": case(body(b">" * 10_000 + b" x\n")),
    "deep-list": case(body(b"".join(b"  " * n + b"- x\n" for n in range(500)))),
    "many-brackets": case(body(b"[" * 100_000 + b"](x.md)\n"), "unreadable-file"),
    "many-link-openings": case(body(b"[a](" * 5_000 + b"\n")),
    "many-images": case(body(b"![" * 5_000 + b"](x.md)\n")),
    "many-backticks": case(body(b" ".join(b"`" * n for n in range(1, 400)) + b"\n")),
    "many-angle-brackets": case(body(b"<a " * 50_000 + b"\n")),
    "many-comment-openings": case(body(b"<!-- " * 50_000 + b"\n")),
    "many-comments": case(body(b"<!-- skill-lint: allow broken-link --> " * 3_000 + b"\n")),
    "many-headings": case(body(b"# Heading\n" * 5_000)),
    "many-fences": case(body(b"```\n" * 5_001), "unclosed-fence"),
    "many-tables": case(body(b"|a|b|\n|-|-|\n" + b"|[x](y.md)|`z`|\n" * 500), "broken-link"),
    "many-emphasis": case(body(b"*a _b " * 5_000 + b"\n")),
    "many-broken-links": case(body(b"[x](gone.md)\n\n" * 1_000), "broken-link"),
    "many-definitions": case(body(b"".join(b"[l%d]: x%d.md\n" % (n, n) for n in range(1_000)))),
    "many-mentions": case(body(b"see references/x.md " * 1_000 + b"\n")),
    "angle-brackets-in-a-heading": case(body(b"# " + b"<" * 100_000 + b"\n")),
    "backticks-in-a-heading": case(
        body(b"# " + b" ".join(b"`" * n for n in range(1, 1_500)) + b"\n[x](#y)\n"), "dead-anchor"
    ),
    "blanks-in-a-heading": case(body(b"[x](#zz)\n\n# a" + b" " * 200_000 + b"b\n"), "dead-anchor"),
    "many-dead-anchors": case(
        body(b"".join(b"# heading %d\n[x](#nowhere-%d)\n" % (n, n) for n in range(1_000))),
        "dead-anchor",
    ),
    "many-headings-in-depth": case(body(b"# top\n" + b"## below\n" * 10_000)),
    "many-line-suffixes": case(body(b"[x](a" + b":1" * 50_000 + b"x)\n")),
    "paragraphs-below-an-open-fence": case(skill(b"---\n" + b"some text\n\n" * 30_000)),
    "many-allowed": case(body(b"<!-- skill-lint: allow broken-link -->\n[x](gone.md)\n\n" * 2_000)),
    "line-of-a-megabyte": case(body(b"word " * 200_000 + b"\n")),
    "fifty-megabytes": case(body(b"text\n" * 10_000_000), "unreadable-file"),
    "never-ending-fence": case(body(b"~~~~\n" + b"x\n" * 1_000), "unclosed-fence"),
    "link-to-root": case(body(b"[x](/) [y](/etc/passwd) [z](" + b"../" * 40 + b"etc/passwd)\n")),
    "link-with-nul": case(body(b"[x](a%00b.md) [y](%FF.md)\n"), "broken-link"),
    "link-of-a-thousand-folders": case(body(b"[x](" + b"a/" * 5_000 + b"b.md)\n"), "broken-link"),
    "escape-sequences": case(body(b"[x](\x1b[31mgone.md)\n")),
    "workflow-command": case(body(b"[x](::error::gone.md)\n")),
    # Letters that are not what they seem
    "bidi-override": case(text("[\u202etxt.exe\u202c](\u2066gone\u2069.md)\n"), "broken-link"),
    "zero-width-in-a-link": case(text("[x](go\u200bne.md)\n"), "broken-link"),
    "homoglyph-in-a-link": case(text("[x](r\u0435ferences/a.md)\n"), "broken-link"),
    "letters-of-tags": case(
        text("[x](gone\U000e0069\U000e0067\U000e006e.md) \U000e0001\n"), "broken-link"
    ),
    "soft-hyphens-and-fillers": case(text("[x](go\u00adne\u3164\u115f\u2061.md)\n"), "broken-link"),
    "variation-selectors": case(text("[x](a\ufe0f\U000e0100b.md)\n"), "broken-link"),
    "combining-marks": case(text("[x](" + "e\u0301" * 5_000 + ".md)\n"), "broken-link"),
    "stacked-marks": case(text("# T" + "\u0335" * 50_000 + "\n[x](#y)\n"), "dead-anchor"),
    "private-use-and-noncharacters": case(text("[x](\ue000\ufdd0\U0010ffff.md)\n"), "broken-link"),
    "c1-controls": case(text("[x](\x9b31mgone\x9d.md) [y](\x84.md)\n"), "broken-link"),
    "delete-and-backspace": case(text("[x](<gone\x08\x08\x7f.md>)\n"), "broken-link"),
    "title-of-the-terminal": case(text("[x](<\x1b]0;owned\x07gone.md>)\n"), "thin-body"),
    "hyperlink-of-the-terminal": case(
        text("[x](<\x1b]8;;http://x.org\x1b\\gone.md>)\n"), "thin-body"
    ),
    "workflow-commands": case(
        text("[x](##[error]a.md) [y](::set-output::b.md)\n\n::error::c\n\n[z](::add-mask::d.md)\n"),
        "broken-link",
    ),
    "commands-of-other-servers": case(
        text("[x](##vso[task.complete]a.md) [y](##teamcity[x].md)\n"), "dead-anchor"
    ),
    "markup-in-a-link": case(
        text('[x](<">[script]alert(1).md>) [y](<a|b]]&gt;&lt;script>.md>) [z](@all-_x_.md)\n'),
    ),
    # Line ends
    "nel-line-ends": case(
        skill((GOOD % b"hostile").replace(b"\n", b"\xc2\x85")), "missing-frontmatter"
    ),
    "line-separators": case(
        skill((GOOD % b"hostile").replace(b"\n", b"\xe2\x80\xa8")), "missing-frontmatter"
    ),
    "exotic-blanks-in-the-body": case(
        text("# A\u2028B\n\n[x](gone.md)\x0c\x0b\x85[y](gone.md)\u2029\u3000\n"), "broken-link"
    ),
    "cr-cr-lf": case(skill((GOOD % b"hostile").replace(b"\n", b"\r\r\n"))),
    "only-line-ends": case(body(b"\r\n\r\r\n\n" * 50_000)),
    # Nesting
    "quotes-in-lists-in-quotes": case(body(b"> - " * 2_000 + b"x\n")),
    "lists-in-lists-on-one-line": case(body(b"- " * 10_000 + b"x\n")),
    "numbers-in-numbers": case(body(b"1. " * 5_000 + b"x\n")),
    "quotes-of-growing-depth": case(body(b"".join(b">" * n + b" x\n" for n in range(600)))),
    "fences-in-quotes": case(body(b"> ```\n" * 5_000)),
    "nested-html": case(body(b"<div>" * 5_000 + b"</div>" * 5_000 + b"\n")),
    "html-blocks": case(body(b"<div>\n\n" * 5_000)),
    "nested-emphasis": case(body(b"**_" * 5_000 + b"x" + b"_**" * 5_000 + b"\n")),
    "nested-images": case(body(b"![" * 300 + b"x" + b"](y.png)" * 300 + b"\n"), "broken-link"),
    "nested-links": case(body(b"[" * 300 + b"x" + b"](y.md)" * 300 + b"\n"), "broken-link"),
    "nested-parentheses": case(body(b"[a](" + b"(" * 5_000 + b")" * 5_000 + b")\n")),
    "table-of-many-columns": case(
        body(
            b"|"
            + b"a|" * 2_000
            + b"\n|"
            + b"-|" * 2_000
            + b"\n"
            + (b"|" + b"x|" * 2_000 + b"\n") * 5
        )
    ),
    "table-without-cells": case(body(b"|a|b|\n|-|-|\n" + b"|\n" * 5_000)),
    "bars-in-a-cell": case(body(b"|a|\n|-|\n|" + b"\\|" * 50_000 + b"[x](y.md)|\n"), "broken-link"),
    # Much of one thing
    "many-hashes": case(body(b"#" * 200_000 + b"\n")),
    "many-underlines": case(body(b"x\n" + b"=" * 200_000 + b"\n")),
    "many-stars": case(body(b"* " * 50_000 + b"\n")),
    "many-rules": case(body(b"* * *\n" * 5_000)),
    "many-backslashes": case(body(b"\\" * 200_001 + b"[x](y.md)\n")),
    "many-exclamation-marks": case(body(b"!" * 100_000 + b"[x](y.md)\n"), "broken-link"),
    "many-tildes": case(body(b"~" * 200_000 + b"\n")),
    "many-items": case(body(b"- x\n" * 5_000)),
    "many-numbered-items": case(
        body(b"".join(b"%d. x\n" % (n % 999_999_999) for n in range(1_000)))
    ),
    "many-underlined-lines": case(body(b"text\n" * 5_000 + b"===\n")),
    "many-entities": case(
        body(b"&amp;&#x1f525;&nosuch; " * 10_000 + b"[x](a&amp;b.md)\n"), "broken-link"
    ),
    "unclosed-entities": case(body(b"&#x" * 50_000 + b"&A" * 50_000 + b"\n")),
    "doubled-entities": case(body(b"[x](a&" + b"amp;" * 5_000 + b"b.md)\n")),
    "many-autolinks": case(body(b"<http://a.b>" * 1_000 + b"<http:" * 5_000 + b"\n")),
    "many-attributes": case(body(b"<a " + b"href=x.md " * 2_000 + b">\n"), "broken-link"),
    "unclosed-attributes": case(body(b"<a href='x " * 10_000 + b"\n")),
    "many-titles": case(body(b'[a](b "' * 5_000 + b"\n")),
    "unclosed-angle-targets": case(body(b"[a](<b " * 5_000 + b"\n")),
    "many-declarations": case(body(b"<!A <?b <![CDATA[ " * 10_000 + b"\n")),
    "comments-that-open-in-each-line": case(body(b"<!-- x\n\n" * 5_000)),
    "many-unused-allowances": case(
        body(b"<!-- skill-lint: allow broken-link -->\n\nx\n\n" * 500), "unused-suppression"
    ),
    "an-allowance-of-many-rules": case(
        body(b"<!-- skill-lint: allow " + b"broken-link, " * 5_000 + b"-->\n[x](gone.md)\n"),
    ),
    "an-allowance-of-many-lines": case(
        body(b"<!-- skill-lint: allow broken-link\n" + b"x\n" * 5_000 + b"-->\n[x](gone.md)\n"),
    ),
    "many-definitions-of-one-label": case(body(b"[a]: gone.md\n" * 1_000), "broken-link"),
    "long-labels": case(body(b"".join(b"[%s%d]: x.md\n" % (b"l" * 900, n) for n in range(500)))),
    "unclosed-labels": case(body(b"[a\n" * 1_900)),
    "definitions-that-are-none": case(body(b"[a]: <\n" * 10_000)),
    "titles-over-many-lines": case(body(b'[a]: b "\n' + b"x\n" * 10_000 + b'"\n')),
    "a-path-of-a-million-slashes": case(body(b"see " + b"a/" * 1_000_000 + b" there\n")),
    "mention-in-a-mention": case(body(b"references/" * 100_000 + b"x.md\n")),
    "mentions-of-parents": case(body(b"[x](" + b"../" * 5_000 + b"etc/passwd)\n")),
    "headings-of-one-name": case(body(b"# a\n# a-1\n" * 1_000 + b"[x](#b)\n"), "dead-anchor"),
    "ids-in-html": case(body(b'<a id="x">\n\n' * 5_000 + b"[x](#y)\n"), "dead-anchor"),
    "skill-lint-in-every-word": case(body(b"skill-lint: allow " * 5_000 + b"\n")),
    "rules-of-blanks": case(body(b"- " * 30_000 + b"\n\n" + b"-" + b" " * 200_000 + b"x\n")),
    "lines-of-blanks": case(body((b" " * 1_000 + b"\n") * 500 + b"\t" * 100_000 + b"x\n")),
    "percent-signs-in-a-link": case(body(b"[x](" + b"%2e%2e%2f" * 5_000 + b"etc/passwd)\n")),
    "link-of-five-thousand-letters": case(body(b"[x](" + b"n" * 5_000 + b".md)\n"), "broken-link"),
    "links-to-one-broken-target": case(body(b"[x](gone.md) " * 900 + b"\n"), "broken-link"),
    "line-of-ten-megabytes": case(body(b"word " * 2_000_000 + b"\n"), "unreadable-file"),
    "line-just-below-the-limit": case(body(b"word " * 950_000 + b"\n"), large=True),
}
