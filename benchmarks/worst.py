"""The worst input for every loop and every regular expression over text, by name.

`benchmarks/growth.py` gives each of them to every command, in growing sizes.
"""

import json
from collections.abc import Callable, Mapping
from math import isqrt

HEAD = "---\nname: grown\ndescription: Use when testing.\n"
Files = Mapping[str, str]


def body(text: str) -> Files:
    return {"SKILL.md": f"{HEAD}---\n\n{text}\n"}


def keys(text: str) -> Files:
    return {"SKILL.md": f"{HEAD}{text}\n---\n\n# T\n"}


def v1(text: str) -> Files:
    return {"SKILL.md": f"{HEAD}---\n\n# T\n", "metadata.json": f'{{"skill_id": "a", {text}}}'}


def files(names: list[str], text: str = "# T\n", head: str = "") -> Files:
    return {**body(head), **dict.fromkeys(names, text)}


def chain(n: int) -> Files:
    links = {f"references/f{i}.md": f"see f{i + 1}.md\n" for i in range(n)}
    return {**body("see references/f0.md"), **links}


def skills(n: int, body: Callable[[int], str], head: Callable[[int], str] = lambda i: "") -> Files:
    """`n` skills in one folder, each with a text, and with lines of frontmatter."""
    return {
        f"skills/s-{i}/SKILL.md": (
            f"---\nname: s-{i}\ndescription: Use when {i} is asked for.\n{head(i)}---\n\n# T\n\n{body(i)}\n"
        )
        for i in range(n)
    }


def each_of(n: int, text: str) -> str:
    """A text for each of `n` numbers, with the number in place of `@`."""
    return "".join(text.replace("@", str(i)) for i in range(n))


def baseline(n: int, path: Callable[[int], str]) -> Files:
    """A baseline of `n` findings that are fixed."""
    entries = ",\n".join(
        json.dumps({"path": path(i), "rule": "broken-link", "line": f"{i:016x}", "count": 1})
        for i in range(n)
    )
    found = f'{{"version": 1, "findings": [\n{entries}\n]}}\n'
    return {**body("# T"), ".skill-lint-baseline.json": found}


WORST: Mapping[str, tuple[int, Callable[[int], Files]]] = {
    # Skills that name each other
    "skills-named": (20, lambda n: skills(n, lambda i: each_of(n, "s-@ "))),
    "skills-linked": (20, lambda n: skills(n, lambda i: each_of(n, "- [x](../s-@/SKILL.md)\n"))),
    "skills-linked-to-gone-files": (20, lambda n: skills(n, lambda i: each_of(n, "[x](../s-@/references/g.md)\n"))),
    "skills-needed": (20, lambda n: skills(n, lambda i: "", lambda i: f"metadata:\n  skill_id: s-{i}\n  dependencies:\n" + each_of(n, "    - s-@\n"))),
    "skills-misspelt": (20, lambda n: skills(n, lambda i: "", lambda i: f"metadata:\n  skill_id: s-{i}\n  see_also:\n" + each_of(n, "    - s-@x\n"))),
    "skills-each-linked-to-the-next": (30, lambda n: skills(n, lambda i: f"[x](../s-{(i + 1) % n}/SKILL.md)")),
    "skills-in-a-circle": (30, lambda n: skills(n, lambda i: "", lambda i: f"metadata:\n  dependencies: [s-{(i + 1) % n}]\n")),
    "skills-of-one-description": (30, lambda n: {f"skills/s-{i}/SKILL.md": body("x")["SKILL.md"] for i in range(n)}),
    "skills-of-similar-descriptions": (30, lambda n: {f"skills/s-{i}/SKILL.md": f"---\nname: s-{i}\ndescription: Use when turning quarterly reports into slides for brand {i}.\n---\n# T\n" for i in range(n)}),
    "skills-that-drifted": (10, lambda n: {f"r{i}/skills/s/SKILL.md": f"{HEAD}---\n\n" + each_of(50, f"line @ {i % 7}\n") for i in range(n)}),
    "ids-of-many-parts": (2_000, lambda n: keys(f"metadata:\n  see_also: [{'a/' * n}b]")),
    # Words that the graph looks for
    "long-words": (5_000, lambda n: body("a" * n)),
    "joined-words": (5_000, lambda n: body("a-" * n)),
    "targets-without-end": (5_000, lambda n: body("](" * n)),
    "code-without-end": (5_000, lambda n: body("`a:" * n)),
    # The baseline
    "baseline-of-gone-files": (500, lambda n: baseline(n, lambda i: f"gone/{i}.md")),
    "baseline-of-one-file": (500, lambda n: baseline(n, lambda i: "grown/SKILL.md")),
    "baseline-of-deep-files": (50, lambda n: baseline(n, lambda i: f"{'d/' * 1_000}{i}.md")),
    # Lines and blocks
    "heading-of-words": (2_000, lambda n: body("# " + "word " * n)),
    "heading-of-phrases": (1_000, lambda n: body("# " + "do not use when " * n)),
    "headings-that-differ": (300, lambda n: body(each_of(n, "# heading @\n\ntext\n\n"))),
    **{
        f"line-of-{name}": (5_000, lambda n, sign=sign: body(sign * n))  # type: ignore[misc]
        for name, sign in {"stars": "*", "brackets": "[", "angles": "<", "ticks": "`", "bars": "|", "parentheses": "(", "hashes": "# "}.items()
    },
    "one-long-line": (20_000, lambda n: body("word " * n)),
    "headings": (500, lambda n: body("# heading\n" * n)),
    "headings-numbered": (500, lambda n: body("# a\n# a-1\n" * n)),
    "headings-below-one": (500, lambda n: body("# top\n" + "## when to use\n" * n)),
    "headings-and-comments": (300, lambda n: body("# when to use\n\n<!-- x -->\n" * n)),
    "fences": (300, lambda n: body("```\nx\n```\n" * n)),
    "fences-that-differ": (200, lambda n: body("```\nx\n````\n~~~\ny\n~~~~\n" * n)),
    "fences-open-in-quotes": (300, lambda n: body("> ```\n> ~~~x\n\n" * n)),
    "fences-and-dead-anchors": (200, lambda n: body("```\nx\n```\n\n[a](#b)\n\n" * n)),
    "numbered-items": (300, lambda n: body("".join(f"{i}. x\n" for i in range(n)))),
    "items-of-stars": (300, lambda n: body("* x\n" * n)),
    "nested-items": (100, lambda n: body("- a\n  - b\n    - c\n" * n)),
    "quotes": (500, lambda n: body("> x\n" * n)),
    "quotes-apart": (300, lambda n: body("> x\n\n" * n)),
    "lazy-quotes": (500, lambda n: body("> x\n" + "y\n" * n)),
    "paragraph-of-lines": (1_000, lambda n: body("text\n" * n)),
    "underlined": (1_000, lambda n: body("text\n" * n + "===\n")),
    "table-rows": (200, lambda n: body("|a|b|\n|-|-|\n" + "|[x](y.md)|`z`|\n" * n)),
    "table-cells": (200, lambda n: body(f"|{'a|' * n}\n|{'-|' * n}\n|{'x|' * n}\n")),
    "bars-of-a-cell": (2_000, lambda n: body("|a|\n|-|\n|" + "\\|" * n + "`x`|\n")),
    "html-blocks": (500, lambda n: body("<div>\n\n" * n)),
    "html-anchors": (500, lambda n: body(each_of(n, '<a id="a@"></a>\n'))),
    "html-images": (300, lambda n: body(each_of(n, '<img src="i@.png">\n'))),
    "html-tags": (1_000, lambda n: body("x " + "<b>" * n)),
    "blank-lines": (2_000, lambda n: body("\n" * n + "x")),
    "lines-of-blanks": (20_000, lambda n: body("x\n" + " " * n + "\ty")),
    "deep-quotes": (500, lambda n: body(">" * n + " x")),
    "items-on-one-line": (500, lambda n: body("- " * n + "x")),
    # Inline
    "brackets": (100, lambda n: body(("[" * 100 + "\n\n") * (n // 20))),
    "bracket-lines": (2, lambda n: body(("[" * 1_900 + "](x)\n\n") * n)),
    "links-without-end": (500, lambda n: body(("[a](" * 50 + "\n\n") * (n // 20))),
    "images": (500, lambda n: body(("![" * 50 + "](x.md)\n\n") * (n // 20))),
    "backticks": (500, lambda n: body(" ".join("`" * i for i in range(1, isqrt(2 * n))))),
    "single-backticks": (2_000, lambda n: body("` `` " * n)),
    "angle-brackets": (2_000, lambda n: body("x " + "<a " * n)),
    "attributes": (1_000, lambda n: body("x <a " + "href=y.md " * n + ">")),
    "quoted-attributes": (1_000, lambda n: body("x <a href='y " * n)),
    "comments-open": (1_000, lambda n: body("x " + "<!-- " * n)),
    "comments-open-in-lines": (500, lambda n: body("x <!-- a\n" * n)),
    "declarations": (20, lambda n: body(("x " + "<!A <?b <![CDATA[ " * 90 + "\n\n") * n)),
    "autolinks": (500, lambda n: body("x " + "<http://a.b> <http:" * n)),
    "entities": (1_000, lambda n: body("&amp;&#x1f525;&A" * n)),
    "backslashes": (5_000, lambda n: body("\\" * n + "[x](y.md)")),
    "emphasis": (2_000, lambda n: body("*a _b " * n)),
    "parentheses": (2_000, lambda n: body("[a](" + "(" * n + ")" * n + ")")),
    "titles": (50, lambda n: body(('[a](b "' * 90 + "\n\n") * n)),
    "definitions": (300, lambda n: body("".join(f"[l{i}]: x{i}.md\n" for i in range(n)))),
    "definitions-of-one": (300, lambda n: body("[a]: gone.md\n" * n)),
    "definitions-open": (500, lambda n: body("[a]: <\n" * n)),
    "labels": (100, lambda n: body("".join(f"[{'l' * 900}{i}]: x.md\n" for i in range(n)))),
    # Links
    "links-to-one-file": (300, lambda n: {**files(["references/a.md"]), **body("[x](references/a.md)\n\n" * n)}),
    "links-to-headings": (300, lambda n: body(each_of(n, "# a@\n\n[x](#a@)\n\n"))),
    "links-to-nested-skills": (30, lambda n: {**files([f"s{i}/SKILL.md" for i in range(n)]), **body(each_of(n, "[x](s@/g.md)\n"))}),
    "mentions-that-differ": (300, lambda n: body(each_of(n, "see references/x@.md\n"))),
    "links-to-one-broken-file": (300, lambda n: body("[x](gone.md)\n\n" * n)),
    "links-to-broken-files": (300, lambda n: body("".join(f"[x](g{i}.md)\n\n" for i in range(n)))),
    "links-on-one-line": (300, lambda n: body("[x](gone.md) " * n)),
    "dead-anchors": (
        200, lambda n: body("".join(f"# h {i}\n[x](#nowhere-{i})\n" for i in range(n))),
    ),
    "long-dead-anchors": (
        50, lambda n: body("".join(f"# {'abcdefgh' * 12}{i}\n[x](#{'hgfedcba' * 12})\n" for i in range(n))),
    ),
    "mentions": (300, lambda n: body("see references/x.md\n\n" * n)),
    "mentions-on-one-line": (300, lambda n: body("see references/x.md " * n)),
    "mention-in-a-mention": (1_000, lambda n: body("references/" * n + "x.md")),
    "slashes": (5_000, lambda n: body("see " + "a/" * n)),
    "parents": (1_000, lambda n: body("[x](" + "../" * n + "y.md)")),
    "suffixes": (2_000, lambda n: body("[x](a" + ":1" * n + "x)")),
    "dots-of-a-domain": (2_000, lambda n: body("[x](" + "a." * n + "!)")),
    "backslash-links": (50, lambda n: {**files([f"r/f{i}.md" for i in range(n)]), **body("".join(f"[x](r\\f{i}.md)\n" for i in range(n)))}),
    "wrong-case-links": (50, lambda n: {**files([f"r/f{i}.md" for i in range(n)]), **body("".join(f"[x](r/F{i}.md)\n" for i in range(n)))}),
    # Suppressions
    "suppression-of-words": (2_000, lambda n: body("<!-- skill-lint: allow broken-link " + "word " * n + "-->\n[x](g.md)")),
    "suppression-of-rules-that-differ": (200, lambda n: body("<!-- skill-lint: allow " + each_of(n, "broken-link@ ") + "-->\n[x](g.md)")),
    "suppressions-with-long-reasons": (50, lambda n: body(each_of(n, "<!-- skill-lint: allow broken-link " + "brokn-lnk-@ " * 20 + "-->\n\n"))),
    "suppressed": (100, lambda n: body("<!-- skill-lint: allow broken-link -->\n[x](g.md)\n\n" * n)),
    "suppressions-unused": (100, lambda n: body("<!-- skill-lint: allow broken-link -->\n\nx\n\n" * n)),
    "suppressions-stacked": (100, lambda n: body("<!-- skill-lint: allow broken-link -->\n" * n + "[x](g.md)")),
    "suppressions-on-one-line": (100, lambda n: body("<!-- skill-lint: allow broken-link --> " * n)),
    "suppression-of-many-lines": (100, lambda n: body("<!-- " + "skill-lint: allow broken-link\n" * n + "-->\n[x](g.md)")),
    "suppression-of-many-rules": (100, lambda n: body("<!-- skill-lint: allow " + "broken-link, " * n + "-->\n[x](g.md)")),
    "suppression-of-misspelt-rules": (50, lambda n: body("<!-- skill-lint: allow " + "broken-lnk " * n + "-->\n[x](g.md)")),
    "suppressions-above-tables": (100, lambda n: body("<!-- skill-lint: allow broken-link -->\n| [x](g.md) |\n| [y](h.md) |\n\n" * n)),
    "suppressions-below-their-findings": (100, lambda n: body("[x](g.md)\n\n<!-- skill-lint: allow broken-link -->\ntext\n\n" * n)),
    "suppressions-of-unknown-rules": (50, lambda n: body("<!-- skill-lint: allow brokenlink -->\n\nx\n\n" * n)),
    "suppressions-and-links": (50, lambda n: body("<!-- skill-lint: allow broken-link -->" * n + "\n" + "[x](g.md) " * n)),
    "suppressions-in-frontmatter": (100, lambda n: keys("# skill-lint: allow unknown-key\n" * n + "x: y")),
    "suppressions-and-values": (100, lambda n: keys("x: y  # skill-lint: allow unknown-key\n" * n)),
    # Frontmatter
    "keys": (100, lambda n: keys("\n".join(f"k{i}: v" for i in range(n)))),
    "keys-nearly-known": (100, lambda n: keys("\n".join(f"licens{i}: v" for i in range(n)))),
    "keys-broken": (100, lambda n: keys("\n".join(f"k{i}: a: b" for i in range(n)))),
    "keys-nearly-known-and-broken": (100, lambda n: keys("\n".join(f"licens{i}: *v" for i in range(n)))),
    "one-key": (100, lambda n: keys("x: y\n" * n)),
    "aliases": (100, lambda n: keys("\n".join(f"k{i}: *a{i}" for i in range(n)))),
    "anchors": (100, lambda n: keys("\n".join(f"k{i}: &a{i} v" for i in range(n)))),
    "merges": (30, lambda n: keys("a: &a {x: y}\n" + "\n".join(f"k{i}: {{<<: *a}}" for i in range(n)))),
    "list": (100, lambda n: keys("x: [" + "a, " * n + "]")),
    "list-of-metadata": (100, lambda n: keys("metadata:\n" + "".join(f"  k{i}: [a]\n" for i in range(n)))),
    "metadata-of-texts": (100, lambda n: keys("metadata:\n" + "".join(f"  k{i}: v\n" for i in range(n)))),
    "blanks-before-a-value": (5_000, lambda n: keys("x:" + " " * n + "- y")),
    "list-open": (500, lambda n: keys("x: [" + "a, " * n)),
    "quote-open": (5_000, lambda n: keys('x: "' + "a b " * n)),
    "blanks-in-a-key": (5_000, lambda n: keys("foo" + " " * n + "x\ny: [a")),
    "blank-lines-in-broken-yaml": (2_000, lambda n: {"SKILL.md": "---\nx: [a\n" + "\n" * n + "\n---\n"}),
    "hyphens-behind-a-colon": (1_000, lambda n: keys("license: x: y " + "a-" * n + "b z")),
    "colons": (2_000, lambda n: keys("license: a" + ": b" * n)),
    "brackets-in-a-key": (2_000, lambda n: keys(f'"{"[" * n}": v')),
    "description": (5_000, lambda n: {"SKILL.md": f"---\nname: grown\ndescription: {'use it when ' * n}\n---\n# T\n"}),
    "description-of-brackets": (2_000, lambda n: {"SKILL.md": f"---\nname: grown\ndescription: '{'<[' * n}'\n---\n# T\n"}),
    "name": (2_000, lambda n: {"SKILL.md": f"---\nname: {'aB-' * n}\ndescription: x\n---\n# T\n"}),
    "block-of-lines": (2_000, lambda n: keys("license: |\n" + "  a\n" * n)),
    "paragraphs-below-an-open-block": (1_000, lambda n: {"SKILL.md": "---\n" + "some text\n\n" * n}),
    "opening-lines": (1_000, lambda n: {"SKILL.md": "---\n" * n}),
    # metadata.json
    "json-keys": (100, lambda n: v1(", ".join(f'"k{i}": 1' for i in range(n)))),
    "json-capabilities": (100, lambda n: v1(f'"capabilities": [{", ".join(["1"] * n)}]')),
    "json-quotes": (5_000, lambda n: v1('"x": "' + '\\"' * n + '"')),
    "json-digits": (500, lambda n: v1(f'"x": {"9" * n}')),
    "json-skill-id": (2_000, lambda n: {**body(""), "metadata.json": json.dumps({"skill_id": "a/" * n})}),
    "json-dependencies": (300, lambda n: v1(f'"dependencies": [{", ".join(f"{chr(34)}d{i}{chr(34)}" for i in range(n))}]')),
    "json-lists": (100, lambda n: v1(", ".join(f'"list_{i}": ["a {i}"]' for i in range(n)))),
    "json-lists-of-one-title": (50, lambda n: v1(", ".join(f'"{"".join("_-"[i >> bit & 1] + "a" for bit in range(12))}": ["b{i}"]' for i in range(n)))),
    "json-lists-in-the-body": (50, lambda n: {**body(each_of(n, "## List @\n\n- a @\n\n")), "metadata.json": f'{{"skill_id": "a", {", ".join(f"{chr(34)}list_{i}{chr(34)}: [{chr(34)}a {i}{chr(34)}]" for i in range(n))}}}'}),
    "json-faults": (100, lambda n: v1(f'"dependencies": [{", ".join(["1"] * n)}], ' + ", ".join(f'"k{i}": 1' for i in range(n)))),
    # Files
    "files": (50, lambda n: files([f"references/f{i}.md" for i in range(n)])),
    "files-in-a-chain": (20, chain),
    "files-with-blanks": (30, lambda n: files([f"references/a file ({i}).md" for i in range(n)], head="a file " * n)),
    "folders": (30, lambda n: files([f"f{i}/a.md" for i in range(n)], head="".join(f"f{i}/b.md " for i in range(n)))),
    "folders-of-the-standard": (30, lambda n: files([f"references/f{i}/a.md" for i in range(n)])),
    "deep-folders": (5, lambda n: files([f"references/{'d/' * 200}{i}/a.md" for i in range(n)])),
    "skills-in-a-skill": (20, lambda n: files([f"s{i}/SKILL.md" for i in range(n)], head="[x](s0/SKILL.md) " * n)),
    "skills": (10, lambda n: {f"skills/s{i}/SKILL.md": body("[x](y.md)")["SKILL.md"] for i in range(n)}),
    "skills-of-one-name": (10, lambda n: {f"g{i}/s/SKILL.md": body("x")["SKILL.md"] for i in range(n)}),
    "folders-meant-as-skills": (5, lambda n: {f"{'d/' * i}{name}": "# T\n" for i in range(n) for name in ("s/SKILL.md", "d/references/x.md")}),
    "links-to-neighbours": (50, lambda n: {
        **{f"b/f{i}.md": "# T\n" for i in range(n)},
        "a/SKILL.md": body("".join(f"[x](../b/f{i}.md)\n\n" for i in range(n)))["SKILL.md"],
    }),
}  # fmt: skip
"""For each case the smallest size to try, and a function from a size to the files."""
