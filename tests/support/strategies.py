"""What hypothesis makes skills of: frontmatter, Markdown, and whole folders."""

import json

from hypothesis import strategies as st

MARKDOWN_PARTS = st.sampled_from(
    [
        "[a](b.md)", '[a]( <b c.md> "t")', "![i](x/y.png)", "<https://x.org>", "`code`", "``a`b``",
        "[r]: ref.md", "[r]", "# H", "## *Em* `c`", "- item ", "  - nested ", "1. one ", "> quote ",
        "> > deep ", "```py", "```", "~~~~", '<a href="h.md">', "<!-- c [x](y.md) -->", "\r\n",
        "\r", "<img src='i.png'>", "| a | b |", "|---|---|", "| [t](c.md) | `x\\|y` |", "\\[", "[",
        "](", ")", "é", "🔥", "漢字", "\t", "    ", " ", "\n", "\n\n", "---", "===", "text",
        "\u2028", "\x0c", "\0",
    ]
)  # fmt: skip
MARKDOWN = st.lists(MARKDOWN_PARTS, max_size=30).map("".join)
SCALARS = st.one_of(
    # PyYAML writes these line ends, and the closing line would not begin a line.
    st.text(st.characters(exclude_characters="\x85\u2028\u2029"), max_size=20),
    st.integers(),
    st.booleans(),
    st.none(),
    st.floats(allow_nan=False),
)
STYLES = st.sampled_from([None, '"', "'", "|", ">"])

VALUES = st.sampled_from(
    [
        "pdf-forms", "PDF Forms", "123", "yes", "1.0", "2026-01-02", "null", "", "Fills forms",
        "Use when: a PDF", "*bold* text", "@ada", "`x` y", "#tag here", "posts to #general now",
        '"quoted"', "'it''s'", '"a" b', "[a, b]", "[a", "{a: 1}", "x # comment", "a: b: c",
        "|\n  block: text", ">-\n  folded\n  text", "\n  nested: 1.0\n  other: no", "é🔥漢字: x",
        "C:\\x: y", "say \"hi\": it's", "first: line\n  second line", "&anchor a", "!!int '3'",
    ]
)  # fmt: skip
KEYS = st.sampled_from(
    ["name", "description", "license", "compatibility", "metadata", "Name", "descriptoin",
     "allowed_tools", "tags", "'quoted'", "# comment", "mode"]
)  # fmt: skip
BODY = st.lists(
    st.sampled_from(
        [
            "# Title", "## Common use cases", "text", "", "", "[a](references/A.md)",
            "[b](references\\a.md)", "`references/A.md`", "[c](references/aa.md)", "```",
            '```\n{"a": 1}\n```', "~~~\n#!/bin/sh\n~~~", "<!-- skill-lint: allow broken-link -->",
            "x <!-- skill-lint: allow dead-anchor --> y", "- item", "> quote", "---", "===",
            "<!-- skill-lint: allow broken-link, dead-anchor -- why -->", "| a |\n|---|\n| b |",
        ]
    ),
    max_size=12,
)  # fmt: skip


@st.composite
def skills(draw: st.DrawFn) -> bytes:
    """A SKILL.md with faults."""
    lines = ["---" + draw(st.sampled_from(["", "", " ", "\t "]))]
    for key, value in draw(st.lists(st.tuples(KEYS, VALUES), max_size=5)):
        lines.append(key if key.startswith("#") else f"{key}: {value}")
    lines += draw(st.sampled_from([["---"], ["---"], ["--- "], [""]]))
    head = draw(st.sampled_from(["", "", "", "\ufeff", "\n", "\ufeff\n"]))
    text = head + "\n".join([*lines, "", *draw(BODY)]) + draw(st.sampled_from(["", "\n"]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"]))).encode()


NAMES = st.sampled_from(
    ["SKILL.md", "skill.md", "metadata.json", "references/a.md", "references/A.md",
     "scripts/run.py",
     "resources/r.md", "deep/er/x.md", "README.md", "notes", ".hidden/x.md", "sub/SKILL.md",
     "references/a b.md", "references/new\nline.md", "capabilities/c.md", "assets/x.bin"]
)  # fmt: skip
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), st.text(max_size=9)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=6,
)
FIELDS = ["skill_id", "version", "type", "weight", "capabilities", "keywords", "load_priority"]


@st.composite
def metadata_files(draw: st.DrawFn) -> bytes:
    """A metadata.json, mostly of v1, of any types, and sometimes cut off."""
    data = draw(st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=5))
    text = json.dumps({"skill_id": "a/b", **data} if draw(st.booleans()) else data)
    return text[: len(text) - draw(st.sampled_from([0, 0, 0, 1, 5]))].encode()


@st.composite
def trees(draw: st.DrawFn) -> dict[str, bytes]:
    """The files of a folder that may be a skill: bytes by name."""
    contents = {
        "metadata.json": metadata_files(),
        "SKILL.md": st.one_of(skills(), skills(), st.binary(max_size=200)),
    }
    others = st.one_of(MARKDOWN.map(str.encode), st.binary(max_size=60), skills())
    names = draw(st.lists(NAMES, max_size=6, unique=True))
    return {name: draw(contents.get(name, others)) for name in ["SKILL.md", *names]}
