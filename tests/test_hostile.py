"""Input that no author means: each is a clear finding or nothing, and never a traceback or a hang.

Every case stands in a collection beside a sound skill, which must still be linted.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fixtures import tree

GOOD = b"""---
name: %s
description: Fills PDF forms. Use when a PDF has fields to fill.
---

# PDF forms

Fills PDF forms.

## When to Use This Skill

- A PDF has fields to fill

## Quick Start

```bash
fill form.pdf
```
"""
FRONTMATTER = b"---\nname: hostile\ndescription: Use when testing.\n---\n\n"
SECONDS = 60
"""After which a case counts as a hang; all of them take far less than one."""


def skill(content: bytes) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        (root / "SKILL.md").write_bytes(content)

    return make


def body(content: bytes) -> Callable[[Path], None]:
    return skill(FRONTMATTER + content)


def keys(content: bytes) -> Callable[[Path], None]:
    return skill(
        b"---\nname: hostile\ndescription: Use when testing.\n" + content + b"\n---\n# T\n"
    )


def directory_named_skill_md(root: Path) -> None:
    (root / "SKILL.md").mkdir()


def dangling_symlink(root: Path) -> None:
    (root / "SKILL.md").symlink_to("nowhere.md")


def looping_symlink(root: Path) -> None:
    (root / "SKILL.md").symlink_to("SKILL.md")


def metadata(content: bytes) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        (root / "SKILL.md").write_bytes(GOOD % b"hostile")
        (root / "metadata.json").write_bytes(content)

    return make


def folder_linked_to_itself(root: Path) -> None:
    skill(GOOD % b"hostile")(root)
    (root / "references").symlink_to(".")


def escaping_symlink(root: Path) -> None:
    skill(GOOD % b"hostile")(root)
    (root / "references").mkdir()
    (root / "references" / "passwd.md").symlink_to("/etc/passwd")


def pipe_as_reference(root: Path) -> None:
    skill(GOOD % b"hostile")(root)
    os.mkfifo(root / "notes.md")


def strange_file_names(root: Path) -> None:
    skill(GOOD % b"hostile")(root)
    (root / "references").mkdir()
    for name in ("new\nline.md", "quo\"te'.md", "空 白.md", "esc\x1b[31m.md", "a b.md"):
        (root / "references" / name).write_bytes(b"# Text\n")


def name_that_is_no_utf8(root: Path) -> None:
    skill(GOOD % b"hostile")(root)
    (root / "references").mkdir()
    Path(os.fsdecode(os.fsencode(root / "references") + b"/caf\xe9.md")).write_bytes(b"# T\n")


BOMB = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (c, c, b", ".join([b"*%c" % (c - 1)] * 9)) for c in range(98, 106)
)

# case → (how to make it, the rules of which at least one must speak; none: nothing need be said)
CASES: dict[str, tuple[Callable[[Path], None], set[str]]] = {
    "empty": (skill(b""), {"missing-frontmatter"}),
    "one-newline": (skill(b"\n"), {"missing-frontmatter"}),
    "binary": (skill(bytes(range(256)) * 40), {"unreadable-file"}),
    "nul-byte": (body(b"a\0b\n"), {"unreadable-file"}),
    "nul-bytes-only": (skill(b"\0" * 1000), {"unreadable-file"}),
    "utf-16-with-mark": (skill((GOOD % b"hostile").decode().encode("utf-16")), {"unreadable-file"}),
    "utf-16-without-mark": (
        skill((GOOD % b"hostile").decode().encode("utf-16-le")),
        {"unreadable-file"},
    ),
    "cp1252": (body(b"caf\xe9\n"), {"unreadable-file"}),
    "lone-surrogate": (body(b"\xed\xa0\x80\n"), {"unreadable-file"}),
    "byte-order-mark": (skill(b"\xef\xbb\xbf" + GOOD % b"hostile"), {"late-frontmatter"}),
    "crlf": (skill((GOOD % b"hostile").replace(b"\n", b"\r\n")), set()),
    "lone-cr": (skill((GOOD % b"hostile").replace(b"\n", b"\r")), set()),
    "mixed-line-ends": (skill((GOOD % b"hostile").replace(b"\n", b"\r\n", 3)), set()),
    "no-closing-line": (skill(b"---\nname: hostile\n"), {"unclosed-frontmatter"}),
    "only-the-opening-line": (skill(b"---"), {"unclosed-frontmatter"}),
    "frontmatter-list": (skill(b"---\n- a\n- b\n---\n# T\n"), {"frontmatter-not-mapping"}),
    "frontmatter-scalar": (skill(b"---\njust text\n---\n# T\n"), {"frontmatter-not-mapping"}),
    "frontmatter-empty": (skill(b"---\n---\n# T\n"), {"missing-name"}),
    "python-object-tag": (keys(b"x: !!python/object/apply:os.system [id]"), {"invalid-yaml"}),
    "python-name-tag": (keys(b"x: !!python/name:os.system ''"), {"invalid-yaml"}),
    "alias-bomb": (keys(BOMB), {"invalid-yaml"}),
    "alias-to-itself": (keys(b"x: &x [*x]"), {"invalid-yaml"}),
    "unknown-alias": (keys(b"x: *nothing"), {"invalid-yaml"}),
    "merge-key": (keys(b"x: &x {a: b}\ny:\n  <<: *x"), set()),
    "complex-key": (keys(b"? [a, b]\n: c"), {"invalid-yaml"}),
    "deep-flow": (keys(b"x: " + b"[" * 10_000 + b"]" * 10_000), {"invalid-yaml"}),
    "deep-flow-unclosed": (keys(b"x: " + b"{" * 10_000), {"invalid-yaml"}),
    "deep-block": (
        keys(b"\n".join(b" " * depth + b"a:" for depth in range(2_000))),
        {"invalid-yaml"},
    ),
    "deep-sequence": (keys(b"x: \n  " + b"- " * 5_000 + b"y"), {"invalid-yaml"}),
    "date-that-is-none": (keys(b"updated: 2026-02-30"), {"invalid-yaml"}),
    "huge-integer": (keys(b"x: " + b"9" * 10_000), {"invalid-yaml"}),
    "control-character": (keys(b"x: a\x07b"), {"invalid-yaml"}),
    "second-document": (keys(b"x: y\n...\nz: w"), {"invalid-yaml"}),
    "thousands-of-keys": (keys(b"\n".join(b"k%d: v" % n for n in range(5_000))), {"unknown-key"}),
    "tab-indentation": (keys(b"x:\n\ty: z"), {"invalid-yaml"}),
    "deep-quotes": (body(b">" * 10_000 + b" x\n"), set()),
    "deep-list": (body(b"".join(b"  " * n + b"- x\n" for n in range(500))), set()),
    "many-brackets": (body(b"[" * 100_000 + b"](x.md)\n"), {"unreadable-file"}),
    "many-link-openings": (body(b"[a](" * 20_000 + b"\n"), set()),
    "many-images": (body(b"![" * 20_000 + b"](x.md)\n"), set()),
    "many-backticks": (body(b" ".join(b"`" * n for n in range(1, 400)) + b"\n"), set()),
    "many-angle-brackets": (body(b"<a " * 50_000 + b"\n"), set()),
    "many-comment-openings": (body(b"<!-- " * 50_000 + b"\n"), set()),
    "many-comments": (body(b"<!-- skill-lint: allow broken-link --> " * 3_000 + b"\n"), set()),
    "many-headings": (body(b"# Heading\n" * 20_000), set()),
    "many-fences": (body(b"```\n" * 20_001), {"unclosed-fence"}),
    "many-tables": (body(b"|a|b|\n|-|-|\n" + b"|[x](y.md)|`z`|\n" * 3_000), {"broken-link"}),
    "many-emphasis": (body(b"*a _b " * 20_000 + b"\n"), set()),
    "many-broken-links": (body(b"[x](gone.md)\n\n" * 5_000), {"broken-link"}),
    "many-definitions": (body(b"".join(b"[l%d]: x%d.md\n" % (n, n) for n in range(5_000))), set()),
    "many-mentions": (body(b"see references/x.md " * 20_000 + b"\n"), set()),
    "angle-brackets-in-a-heading": (body(b"# " + b"<" * 400_000 + b"\n"), set()),
    "backticks-in-a-heading": (
        body(b"# " + b" ".join(b"`" * n for n in range(1, 1_500)) + b"\n[x](#y)\n"),
        {"dead-anchor"},
    ),
    "blanks-in-a-heading": (body(b"[x](#zz)\n\n# a" + b" " * 200_000 + b"b\n"), {"dead-anchor"}),
    "many-dead-anchors": (
        body(b"".join(b"# heading %d\n[x](#nowhere-%d)\n" % (n, n) for n in range(5_000))),
        {"dead-anchor"},
    ),
    "many-headings-in-depth": (body(b"# top\n" + b"## below\n" * 60_000), set()),
    "many-line-suffixes": (body(b"[x](a" + b":1" * 50_000 + b"x)\n"), set()),
    "escape-behind-a-long-text": (keys(b'x: "' + b"x" * 200_000 + b' \\q"'), {"invalid-yaml"}),
    "blanks-in-a-key": (keys(b"foo" + b" " * 200_000 + b"x\ny: [a"), {"invalid-yaml"}),
    "paragraphs-below-an-open-fence": (skill(b"---\n" + b"some text\n\n" * 30_000), set()),
    "many-allowed": (
        body(b"<!-- skill-lint: allow broken-link -->\n[x](gone.md)\n\n" * 10_000),
        set(),
    ),
    "line-of-a-megabyte": (body(b"word " * 200_000 + b"\n"), set()),
    "fifty-megabytes": (body(b"text\n" * 10_000_000), {"unreadable-file"}),
    "never-ending-fence": (body(b"~~~~\n" + b"x\n" * 1_000), {"unclosed-fence"}),
    "link-to-root": (body(b"[x](/) [y](/etc/passwd) [z](../../../../../../etc/passwd)\n"), set()),
    "link-with-nul": (body(b"[x](a%00b.md) [y](%FF.md)\n"), {"broken-link"}),
    "link-of-a-thousand-folders": (body(b"[x](" + b"a/" * 5_000 + b"b.md)\n"), {"broken-link"}),
    "escape-sequences": (body(b"[x](\x1b[31mgone.md)\n"), set()),
    "workflow-command": (body(b"[x](::error::gone.md)\n"), set()),
    "directory-named-skill-md": (directory_named_skill_md, {"unreadable-file"}),
    "dangling-symlink": (dangling_symlink, {"missing-skill-file"}),
    "looping-symlink": (looping_symlink, {"missing-skill-file"}),
    "folder-linked-to-itself": (folder_linked_to_itself, set()),
    "escaping-symlink": (escaping_symlink, {"escaping-symlink"}),
    "pipe-as-reference": (pipe_as_reference, {"unreadable-file"}),
    "strange-file-names": (strange_file_names, {"orphan-file"}),
    "metadata-list": (metadata(b'[{"skill_id": "a"}]'), {"invalid-metadata-json"}),
    "metadata-duplicate-keys": (metadata(b'{"skill_id": "a", "skill_id": "b"}'), {"duplicate-key"}),
    "metadata-not-a-number": (metadata(b'{"skill_id": NaN}'), {"invalid-metadata-json"}),
    "metadata-byte-order-mark": (
        metadata(b'\xef\xbb\xbf{"skill_id": "a"}'),
        {"invalid-metadata-json"},
    ),
    "metadata-ten-megabytes-deep": (
        metadata(b'{"skill_id": ' + b"[" * 5_000_000 + b"]" * 5_000_000 + b"}"),
        {"invalid-metadata-json"},
    ),
    "metadata-deep": (
        metadata(b'{"skill_id": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
        {"invalid-metadata-json"},
    ),
    "metadata-lone-surrogate": (metadata(b'{"skill_id": "\\ud800"}'), {"invalid-metadata-json"}),
    "metadata-long-number": (
        metadata(b'{"skill_id": "a", "x": ' + b"9" * 100_000 + b"}"),
        {"invalid-metadata-json"},
    ),
    "metadata-many-keys": (
        metadata(
            b'{"skill_id": "a"'
            + b"".join(b', "k%d": "\\u001b[31m"' % n for n in range(5_000))
            + b"}"
        ),
        {"missing-metadata-field"},
    ),
    "metadata-of-utf-16": (
        metadata('{"skill_id": "a"}'.encode("utf-16")),
        {"invalid-metadata-json"},
    ),
    "metadata-null-everywhere": (
        metadata(b'{"skill_id": null, "version": null, "capabilities": [null], "weight": []}'),
        {"metadata-type"},
    ),
    "name-that-is-no-utf8": (name_that_is_no_utf8, {"orphan-file"}),
}


@pytest.mark.parametrize("case", CASES)
def test_case(case: str, tmp_path: Path) -> None:
    make, wanted = CASES[case]
    for name in ("good", "hostile"):
        (tmp_path / name).mkdir()
    skill(GOOD % b"good")(tmp_path / "good")
    make(tmp_path / "hostile")
    formats = ("text", "full", "concise")
    files = [f"--output={name}={name}.out" for name in formats]
    report = json.loads(run(["--isolated", "--output-format", "json", *files], tmp_path))
    assert report["summary"]["linted"] == 2
    found = {each["rule"] for each in report["diagnostics"] if each["skill"] == "hostile"}
    assert "internal-error" not in found
    assert not wanted or found & wanted
    # Both may have the same description, which is a fault of the two together.
    alone = [each for each in report["diagnostics"] if each["family"] != "collection"]
    assert not [each for each in alone if each["skill"] == "good"]
    for name in formats:
        shown = (tmp_path / f"{name}.out").read_bytes()
        assert b"2 skills linted" in shown
        assert b"\x1b" not in shown, "no escape sequence of a skill reaches the terminal"


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_case_in_every_command(case: str, tmp_path: Path) -> None:
    for name in ("good", "hostile"):
        (tmp_path / name).mkdir()
    skill(GOOD % b"good")(tmp_path / "good")
    CASES[case][0](tmp_path / "hostile")
    before = tree(tmp_path)
    script = (
        "import sys\n"
        "from skill_lint.cli.main import main\n"
        "plain = (['show'], ['score'], ['migrate', '--dry-run'])\n"
        "codes = [main([*words, '.']) for words in plain]\n"
        "codes += [main([name, '.', '--output-format', 'json']) for name in ('show', 'score')]\n"
        "sys.exit(max(codes))\n"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=SECONDS, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert b"\x1b" not in done.stdout
    assert tree(tmp_path) == before
    mend(tmp_path)


def mend(folder: Path) -> None:
    """`--diff` writes nothing, and after `--fix` there is nothing left to fix."""
    good, bad = folder / "good", folder / "hostile"
    before, untouched = tree(good), tree(bad)
    if mended(["--diff"], folder):
        assert tree(bad) == untouched
        mended(["--fix", "--quiet"], folder)
        assert not mended(["--diff"], folder)
    assert tree(good) == before


def mended(options: list[str], folder: Path) -> bool:
    command = [sys.executable, "-m", "skill_lint", "--isolated", "--unsafe-fixes", *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=SECONDS, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert b"is not fixed" not in done.stderr
    return done.returncode == 1


def run(options: list[str], folder: Path) -> bytes:
    command = [sys.executable, "-m", "skill_lint", *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=SECONDS, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
    assert not done.stderr
    return done.stdout
