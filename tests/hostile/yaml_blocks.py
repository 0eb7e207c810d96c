"""Hostile frontmatter."""

from collections.abc import Mapping

from tests.hostile.make import Case, case, keys, skill, text  # noqa: F401

BOMB = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (c, c, b", ".join([b"*%c" % (c - 1)] * 9)) for c in range(98, 106)
)
MERGE_BOMB = b"a: &a {x: y}\n" + b"".join(
    b"%c: &%c {<<: [%s]}\n" % (c, c, b", ".join([b"*%c" % (c - 1)] * 9)) for c in range(98, 106)
)
ODDITIES = b"""on: off
y: n
time: 1:30:00
octal: 0o17
old: 017
hex: 0xFF
binary: 0b1010
thousands: 1_000_000
infinite: -.inf
none: .nan
tilde: ~
stamp: 2001-12-14t21:59:43.10-05:00
set: !!set {a, b}
ordered: !!omap [a: b]
pairs: !!pairs [a: b, a: c]
bytes: !!binary aGVsbG8=
"""

CASES: Mapping[str, Case] = {
    "frontmatter-list": case(skill(b"---\n- a\n- b\n---\n# T\n"), "frontmatter-not-mapping"),
    "frontmatter-scalar": case(skill(b"---\njust text\n---\n# T\n"), "frontmatter-not-mapping"),
    "frontmatter-empty": case(skill(b"---\n---\n# T\n"), "missing-name"),
    "python-object-tag": case(keys(b"x: !!python/object/apply:os.system [id]"), "invalid-yaml"),
    "python-name-tag": case(keys(b"x: !!python/name:os.system ''"), "invalid-yaml"),
    "alias-bomb": case(keys(BOMB), "invalid-yaml"),
    "alias-to-itself": case(keys(b"x: &x [*x]"), "invalid-yaml"),
    "unknown-alias": case(keys(b"x: *nothing"), "invalid-yaml"),
    "merge-key": case(keys(b"x: &x {a: b}\ny:\n  <<: *x")),
    "complex-key": case(keys(b"? [a, b]\n: c"), "invalid-yaml"),
    "deep-flow": case(keys(b"x: " + b"[" * 10_000 + b"]" * 10_000), "invalid-yaml"),
    "deep-flow-unclosed": case(keys(b"x: " + b"{" * 10_000), "invalid-yaml"),
    "deep-block": case(
        keys(b"\n".join(b" " * depth + b"a:" for depth in range(2_000))), "invalid-yaml"
    ),
    "deep-sequence": case(keys(b"x: \n  " + b"- " * 5_000 + b"y"), "invalid-yaml"),
    "date-that-is-none": case(keys(b"updated: 2026-02-30"), "invalid-yaml"),
    "huge-integer": case(keys(b"x: " + b"9" * 10_000), "invalid-yaml"),
    "control-character": case(keys(b"x: a\x07b"), "invalid-yaml"),
    "second-document": case(keys(b"x: y\n...\nz: w"), "invalid-yaml"),
    "a-thousand-keys": case(keys(b"\n".join(b"k%d: v" % n for n in range(1_000))), "unknown-key"),
    "tab-indentation": case(keys(b"x:\n\ty: z"), "invalid-yaml"),
    "escape-behind-a-long-text": case(keys(b'x: "' + b"x" * 200_000 + b' \\q"'), "invalid-yaml"),
    "blanks-in-a-key": case(keys(b"foo" + b" " * 200_000 + b"x\ny: [a"), "invalid-yaml"),
    "merge-bomb": case(keys(MERGE_BOMB), "invalid-yaml"),
    "merge-of-a-scalar": case(keys(b"<<: text"), "invalid-yaml"),
    "merge-of-nothing": case(keys(b"x: &x {a: b}\ny:\n  <<:"), "invalid-yaml"),
    "merge-of-a-list": case(
        keys(b"a: &a {k: 1}\nb: &b {k: 2}\nmetadata: {<<: [*a, *b], k: 3}"), "unknown-key"
    ),
    "merge-into-itself": case(keys(b"x: &x {<<: *x}"), "invalid-yaml"),
    "merges-of-thousands": case(
        keys(
            b"a: &a {" + b", ".join(b"k%d: v" % n for n in range(400)) + b"}\nb: {<<: [*a, *a, *a]}"
        )
    ),
    "anchor-given-twice": case(keys(b"a: &x b\nc: &x d\ne: *x"), "invalid-yaml"),
    "anchor-of-a-long-name": case(keys(b"a: &" + b"n" * 100_000 + b" b"), "unknown-key"),
    "many-anchors": case(
        keys(b"\n".join(b"k%d: &a%d v" % (n, n) for n in range(400))), "unknown-key"
    ),
    "many-unknown-aliases": case(
        keys(b"\n".join(b"k%d: *a%d" % (n, n) for n in range(100))), "invalid-yaml"
    ),
    "alias-as-key": case(keys(b"a: &a b\n*a : c")),
    "oddities-of-yaml-1.1": case(keys(ODDITIES), "unknown-key"),
    "binary-that-is-none": case(keys(b"x: !!binary '%%%'"), "unknown-key"),
    "float-that-is-none": case(keys(b"x: !!float abc"), "invalid-yaml"),
    "integer-of-sixty": case(keys(b"x: " + b":".join([b"59"] * 5_000))),
    "float-beyond-all-floats": case(keys(b"x: 1" + b":59" * 300 + b".5"), "invalid-yaml"),
    "float-of-sixties": case(keys(b"x: 1" + b":59" * 3_000 + b".5"), "invalid-yaml"),
    "exponent-of-a-float": case(keys(b"x: 1.0e+" + b"9" * 1_000), "unknown-key"),
    "octal-of-a-thousand-digits": case(keys(b"x: 0" + b"7" * 20_000)),
    "year-zero": case(keys(b"x: 0000-01-01"), "invalid-yaml"),
    "date-with-a-wild-zone": case(keys(b"x: 2001-01-01 00:00:00 +99:99")),
    "date-at-the-end-of-time": case(keys(b"x: 9999-12-31 23:59:59 -23:59")),
    "yaml-directive": case(
        skill(b"%YAML 1.2\n---\nname: hostile\n---\n# T\n"),
        "missing-frontmatter",
        "late-frontmatter",
    ),
    "directive-inside": case(keys(b"%TAG ! tag:x,2000:\nx: !y z"), "invalid-yaml"),
    "tag-of-a-long-name": case(keys(b"x: !<" + b"t" * 50_000 + b"> y"), "invalid-yaml"),
    "null-as-key": case(keys(b"~: a\nnull: b\n: c")),
    "true-as-key": case(keys(b"true: a\nyes: b\n1.0: c\n2001-01-01: d")),
    "explicit-keys": case(keys(b"? a\n: b\n? c")),
    "key-of-a-thousand-letters": case(keys(b"k" * 1_000 + b": v"), "unknown-key"),
    "key-beyond-measure": case(keys(b"k" * 200_000 + b": v")),
    "value-of-a-megabyte": case(keys(b"license: " + b"v" * 1_000_000)),
    "value-of-many-lines": case(keys(b"license: a" + b"\n  b" * 20_000)),
    "block-of-many-lines": case(keys(b"license: |\n" + b"  b\n" * 20_000)),
    "folded-blank-lines": case(keys(b"license: >\n  a\n" + b"\n" * 50_000 + b"  b")),
    "flow-of-ten-thousand": case(keys(b"x: [" + b"a, " * 9_000 + b"]"), "unknown-key"),
    "flow-without-end": case(keys(b"x: [" + b"a, " * 5_000), "invalid-yaml"),
    "quote-without-end": case(keys(b'x: "' + b"a b " * 50_000), "invalid-yaml"),
    "quotes-doubled": case(keys(b"x: '" + b"''" * 50_000 + b"'"), "unknown-key"),
    "escapes-of-letters": case(keys(b'x: "\\N\\_\\L\\P\\e[31m\\0\\a"'), "unknown-key"),
    "escape-sequence-in-a-key": case(keys(b'"\\e[2J\\e]0;x\\a": v'), "unknown-key"),
    "escape-sequence-in-the-name": case(
        skill(b'---\nname: "\\e[31mhostile"\ndescription: Use when x.\n---\n# T\n'), "name-format"
    ),
    "workflow-command-in-the-name": case(
        skill(
            b'---\nname: "x\\n::error::owned\\n##[error]y"\ndescription: Use when x.\n---\n# T\n'
        ),
        "name-format",
    ),
    "workflow-command-in-a-key": case(
        keys(b'"::error file=x::y": v\n"##[group]": w'), "unknown-key"
    ),
    "bidi-in-the-name": case(
        skill('---\nname: "\u202eelitsoh\u200b"\ndescription: Use when x.\n---\n# T\n'.encode()),
        "name-format",
    ),
    "homoglyph-in-the-name": case(
        skill("---\nname: h\u043estile\ndescription: Use when x.\n---\n# T\n".encode()),
        "name-format",
        "name-mismatch",
    ),
    "half-a-character-in-the-name": case(
        skill(b'---\nname: "\\ud800"\ndescription: Use when x.\n---\n# T\n'), "invalid-yaml"
    ),
    "half-a-character": case(keys(b'x: "\\ud83d\\ude00"'), "invalid-yaml"),
    "character-beyond-unicode": case(keys(b'x: "\\U00110000"'), "invalid-yaml"),
    "nel-in-a-value": case(keys("license: a\x85  b\u2028  c".encode())),
    "byte-order-mark-inside": case(keys("x: a\ufeffb\n\ufeffy: c".encode())),
    "cr-in-frontmatter": case(keys(b"x: a\ry: b\r\nz: c"), "unknown-key"),
    "many-comments-in-frontmatter": case(
        keys(
            b"# skill-lint: allow unknown-key\n" * 500
            + b"x: y\n"
            + b"# skill-lint: allow unknown-key\n" * 500
            + b"license: MIT"
        ),
        "unused-suppression",
    ),
    "comment-that-ends-at-a-separator": case(
        skill("---\n# skill-lint: allow long-name \u2028name: hostile\n---\n# T\n".encode()),
        "unused-suppression",
    ),
    "many-empty-values": case(keys(b"\n".join(b"k%d:" % n for n in range(400))), "unknown-key"),
    "many-broken-values": case(
        keys(b"\n".join(b"k%d: a: b" % n for n in range(1_000))), "invalid-yaml"
    ),
    "many-of-one-key": case(keys(b"x: y\n" * 1_000), "duplicate-key"),
    "keys-that-are-nearly-known": case(
        keys(b"\n".join(b"licens%d: v" % n for n in range(400))), "unknown-key"
    ),
    "dashes-in-a-block": case(keys(b"x: |\n  ---\n  - a\n---\n" * 500)),
    "opening-lines-only": case(skill(b"---\n" * 20_000), "missing-name"),
    "tags-of-many-kinds": case(
        keys(b"\n".join(b"k%d: !t%d v" % (n, n) for n in range(100))), "invalid-yaml"
    ),
    "metadata-of-every-type": case(
        keys(
            b"metadata:\n  a: [1, {b: null}]\n  c: 1.5\n  d: 2020-01-01\n  e: !!binary aGk=\n  f: .nan"
        ),
        "metadata-values",
    ),
    "allowed-tools-of-every-type": case(keys(b"allowed-tools: [1, null, {a: b}, [c], 2020-01-01]")),
    "description-that-is-a-mapping": case(
        skill(
            b"---\nname: {a: b}\ndescription: [x, {y: z}]\nlicense: 1\ncompatibility: [a]\n---\n# T\n"
        ),
        "name-type",
    ),
}
