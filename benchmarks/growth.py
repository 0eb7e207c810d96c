"""Measure how the time of a run grows with its input: `python benchmarks/growth.py [NAME ...]`.

Every loop and every regular expression over text has its worst input here. Each input is linted
with every rule, fixed in memory, reported in every format, shown and scored, at sizes n, 2n and 4n.
The exponent is 1 if the time grows linearly with the input, and 2 if it grows with the square. An
exponent over 1.4 is marked `steep`, and the exit code is then 1. Times are processor seconds, the
best of three runs.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from math import isqrt, log2
from pathlib import Path

from skill_lint.config.config import Config
from skill_lint.discovery.roots import Discovery
from skill_lint.discovery.walk import discover
from skill_lint.engine.lint import lint_skills
from skill_lint.fixing.diff import diff
from skill_lint.fixing.loop import fix_skill
from skill_lint.reporters.formats import RENDERERS
from skill_lint.reporters.look import Look
from skill_lint.scoring.score import score
from skill_lint.showing.describe import describe
from skill_lint.skill.skill import Skill

STEEP = 1.4
ENOUGH = 0.04
"""Seconds: shorter runs are mostly noise, so the size is doubled until a run takes this long."""
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


WORST: Mapping[str, tuple[int, Callable[[int], Files]]] = {
    # Lines and blocks
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


def write(folder: Path, content: Files) -> None:
    for name, text in content.items():
        path = folder / "grown" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


def everything(found: Discovery, config: Config) -> None:
    """Lint, report, fix, show and score: all that a user could do with the skills."""
    report = lint_skills(found, config, fingerprints=True)
    for render in RENDERERS.values():
        render(report, Look())
    for root in found.skills:
        result = fix_skill(
            root, config.active, lambda _, diagnostics: (each for each in diagnostics if each.fix)
        )
        diff(result.before, result.after)
        describe(Skill(root.path, root.shown))
        score(Skill(root.path, root.shown))


def seconds(content: Files, times: int = 3) -> float:
    """Processor seconds of the best of `times` runs."""
    folder = Path(tempfile.mkdtemp())
    try:
        write(folder, content)
        os.chdir(folder)
        return min(_once() for _ in range(times))
    finally:
        os.chdir("/")
        subprocess.run(["rm", "-rf", str(folder)], check=True)


def _once() -> float:
    config = Config(select=("all",), limits={"findings-per-file": 1_000_000})
    begin = time.process_time()
    everything(discover(["grown"], config), config)
    return time.process_time() - begin


def measure(name: str) -> tuple[int, list[float], float]:
    """The size n, the seconds at n, 2n and 4n, and the exponent."""
    size, make = WORST[name]
    base = seconds({"SKILL.md": f"{HEAD}---\n"}, 1)
    while seconds(make(size), 1) < base + ENOUGH:
        size *= 2
        if size > 1_000_000:
            break
    taken = [seconds(make(factor * size)) for factor in (1, 2, 4)]
    exponent = log2(taken[2] / taken[1])
    if exponent > STEEP:
        # A single step, such as a limit that is reached, is not growth.
        exponent = min(exponent, log2(seconds(make(8 * size)) / taken[2]))
    return size, taken, exponent


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks/growth.py")
    parser.add_argument("names", nargs="*", metavar="NAME", help="default: all of them")
    steep = []
    print("| worst case | n | n, s | 2n, s | 4n, s | exponent |\n|---|---|---|---|---|---|")
    for name in parser.parse_args().names or WORST:
        size, taken, exponent = measure(name)
        mark = " steep" if exponent > STEEP else ""
        steep += [name] if mark else []
        cells = " | ".join(f"{each:.2f}" for each in taken)
        print(f"| {name} | {size:,} | {cells} | {exponent:.2f}{mark} |", flush=True)
    print(f"\n{len(steep)} steep: {', '.join(steep)}" if steep else "\nall about linear")
    return int(bool(steep))


if __name__ == "__main__":
    sys.exit(main())
