"""The advice of `explain` on how to suppress a finding, followed word for word.

It is tried on the fixtures of each rule, with all rules on: the finding must be suppressed, and
nothing new may be found.
"""

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from skill_lint.cli.main import main
from skill_lint.config.config import ALWAYS, Config
from skill_lint.engine.causes import SAME
from skill_lint.rules.registry import load_rules
from skill_lint.rules.silence import SILENCES
from skill_lint.skill.blocks import blocks, first_line
from skill_lint.skill.skill import Skill
from tests.support.fixtures import CASES, copied, expected

Capture = pytest.CaptureFixture[str]
Place = Callable[[Any], None]

EDGES = {
    "broken-link/html-tag-over-two-lines": "a comment would stand inside of the tag",
    "broken-link/in-table-list-quotation-and-heading": "or inside of a link over two lines",
    "dangling-symlink/skill-file-itself": "SKILL.md leads nowhere, so no comment can be in it",
    "late-frontmatter/in-code-fence": "the end of the file is in the fence",
    "missing-frontmatter/empty-file": "a file with a comment has something to check",
    "name-type/behind-a-blank-line": "a comment there is the first line of the frontmatter",
    "unclosed-frontmatter/five-dashes-as-closing-line": "all of the file is in the frontmatter",
}
"""Cases in which the advice does not help, with the reason."""
FIRING = [
    case for case in CASES if expected(case) and f"{case.parent.name}/{case.name}" not in EDGES
]


class Advice(NamedTuple):
    """A sentence of the page, and the line below it: what to write."""

    where: str
    what: str


def advice(rule: str, capfd: Capture) -> list[Advice]:
    assert main(["explain", rule]) == 0
    page = capfd.readouterr().out
    part = page[page.index("\nSuppress: ") :]
    blocks = re.findall(r"\n(\S[^:]*?:?[^:]*):\n    (\S.*)\n", part)
    return [Advice(" ".join(where.split()), what) for where, what in blocks]


class Found(NamedTuple):
    findings: list[dict[str, Any]]

    @property
    def counted(self) -> Counter[tuple[str, str, str]]:
        """All places by what is said of them, whichever of a finding's places comes first."""
        return Counter(place for each in self.findings for place in places(each))


def places(finding: dict[str, Any]) -> list[tuple[str, str, str]]:
    rule, path, message = finding["rule"], finding["path"], finding["message"]
    others = [
        (rule, each["path"], message if each["message"] == SAME else each["message"])
        for each in finding["related"]
    ]
    return [(rule, path, message), *others]


def found(capfd: Capture, *words: str) -> Found:
    capfd.readouterr()
    own = [] if Path(".skill-lint.yaml").exists() else ["--isolated"]
    assert main([".", *own, *words, "--output-format", "json", "--no-cache"]) in (0, 1)
    return Found(json.loads(capfd.readouterr().out)["diagnostics"])


def insert(file: Path, at: int, line: str) -> None:
    text = file.read_bytes().decode("utf-8", "surrogateescape")
    file.write_bytes(f"{text[:at]}{line}\n{text[at:]}".encode("utf-8", "surrogateescape"))


def above(finding: dict[str, Any], what: str) -> None:
    """Write a line right above that of a finding, or above the block that the finding is in."""
    file, folder = Path(finding["path"]), finding["skill"]
    text = file.read_bytes().decode("utf-8", "surrogateescape")
    file.write_text(f"{text}\n<!-- skill-lint -->\n", "utf-8", "surrogateescape", newline="")
    known = blocks(Skill(Path(folder), folder))
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    number = first_line(known, finding["path"], finding["line"])
    lines = text.splitlines(keepends=True)
    indent = re.match(r"[ \t]*", lines[number - 1])
    assert indent is not None
    insert(file, len("".join(lines[: number - 1])), indent[0] + what)


def in_skill(finding: dict[str, Any], what: str, *, end: bool) -> None:
    """Write a line below the frontmatter of SKILL.md, or at its end."""
    skill = Skill(Path(finding["skill"]), finding["skill"])
    file, block = Path(skill.source.path), skill.frontmatter.block
    if end or (block and block.unclosed):
        with file.open("a", encoding="utf-8") as opened:
            opened.write(f"\n{what}\n")
    else:
        insert(file, block.end if block else 0, what)


def follow(each: Advice, mine: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Do what the advice says. Returns the findings that it is about."""
    if "line of its own at the end" in each.where or "below the frontmatter" in each.where:
        for skill in {finding["skill"]: finding for finding in mine}.values():
            in_skill(skill, each.what, end="at the end" in each.where)
        return mine
    if "in .skill-lint.yaml" in each.where:
        Path(".skill-lint.yaml").write_text(f"{each.what}\n", encoding="utf-8")
        return mine
    assert "right above the" in each.where
    inside = [finding for finding in mine if finding["path"].endswith(".md")]
    if inside:
        above(inside[0], each.what)
    return inside[:1]


def follow_everywhere(
    each: Advice, mine: list[dict[str, Any]], again: Callable[[], Found]
) -> list[dict[str, Any]]:
    """Do what the advice says, at every place of a finding. Returns the findings it is about.

    A finding stays with the places that have no comment yet, and the next of them comes first.
    """
    meant = follow(each, mine)
    if "right above the" in each.where and meant:
        wanted = places(meant[0])
        left = Found(mine).counted - Counter(wanted)
        for _ in wanted[1:]:
            rest = [
                finding
                for finding in again().findings
                if places(finding)[0] in wanted and set(places(finding)) <= set(wanted)
            ]
            if not Found(rest).counted - left:
                break
            follow(each, rest)
    return meant


def every_rule(name: str) -> list[str]:
    """Options for all rules but those that say the same as this one, and silence it."""
    louder = [rule for each in SILENCES if name in each.silent for rule in each.reports]
    # The advice leaves the reason to the reader, and `unexplained-suppression` asks for one.
    return ["--select", "all", "--ignore", ",".join(["unexplained-suppression", *louder])]


def speaking_again(name: str) -> set[str]:
    """The rules that this one silences, and that speak again where it is turned off."""
    return {rule for each in SILENCES if name in each.reports for rule in each.silent}


def tried(case: Path, number: int, tmp_path: Path, capfd: Capture) -> bool:
    """Follow one piece of advice on a case; whether it is for any finding of the case."""
    rule = case.parent.name
    each = advice(rule, capfd)[number]
    turns_off = each.what.startswith("rules:")
    every = [] if turns_off else every_rule(rule)
    same = speaking_again(rule) if turns_off else set()
    before = found(capfd, *every)
    mine = [finding for finding in before.findings if finding["rule"] == rule]
    meant = follow_everywhere(each, mine, lambda: found(capfd, *every))
    after = found(capfd, *every).counted
    new = after - before.counted
    assert not [finding for finding in new if finding[0] not in same], "nothing new"
    assert (before.counted - after) >= Found(meant).counted, "what was meant is suppressed"
    return bool(meant)


def pieces(rule: str) -> int:
    return 2 if load_rules()[rule].comment in ("line", "key") else 1


@pytest.mark.parametrize(
    ("rule", "number"),
    [
        (name, number)
        for name in sorted({case.parent.name for case in FIRING} - ALWAYS)
        for number in range(pieces(name))
    ],
)
def test_the_advice_of_each_rule(
    rule: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture
) -> None:
    for case in FIRING:
        if case.parent.name == rule:
            monkeypatch.chdir(copied(case, tmp_path))
            if tried(case, number, tmp_path, capfd):
                return
    raise AssertionError("no case of this rule fits the advice")


@pytest.mark.slow
@pytest.mark.parametrize(
    "case", [case for case in FIRING if case.parent.name not in ALWAYS],
    ids=lambda case: f"{case.parent.name}/{case.name}",
)  # fmt: skip
def test_the_advice_on_each_case(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture
) -> None:
    for number in range(pieces(case.parent.name)):
        monkeypatch.chdir(copied(case, tmp_path / str(number)))
        tried(case, number, tmp_path, capfd)


@pytest.mark.parametrize("rule", sorted(ALWAYS))
def test_what_cannot_be_turned_off(rule: str, capfd: Capture) -> None:
    main(["explain", rule])
    assert "Suppress: no comment or setting turns this rule off." in capfd.readouterr().out
    assert rule in {each.rule.name for each in Config(rules={rule: "off"}).active}
