"""What must hold of every fix, whatever the skill: tried on invented skills and on real ones."""

import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill_lint import Config
from skill_lint.checker import check
from skill_lint.cli.main import main
from skill_lint.config import ActiveRule
from skill_lint.diagnostic import Diagnostic, Fix
from skill_lint.discover import SkillRoot, discover
from skill_lint.fix.apply import apply, compatible, edited
from skill_lint.repair.repair import Repair, mend
from skill_lint.repair.write import write
from skill_lint.rule import Finding, load_rules
from skill_lint.skill import Skill
from skill_lint.skill.source import Source, Span
from tests.fixtures import tree

RULES = Config(select=("all",)).active
HIDING = {
    "cut-off-value", "description-type", "empty-description", "invalid-yaml", "late-frontmatter",
    "license-type", "missing-when-to-use", "name-format", "name-mismatch", "name-type",
    "skill-file-name", "unclosed-fence", "unclosed-frontmatter", "unknown-key",
}  # fmt: skip
"""Once they are mended, a value or a section can be judged for the first time, or anew."""

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


def everything(_: Skill, diagnostics: Sequence[Diagnostic]) -> Iterable[Diagnostic]:
    return [each for each in diagnostics if each.fix and each.suppression is None]


def only_safe(skill: Skill, diagnostics: Sequence[Diagnostic]) -> Iterable[Diagnostic]:
    return [
        each for each in everything(skill, diagnostics) if each.fix and each.fix.safety == "safe"
    ]


def counts(skill: Skill) -> Counter[str]:
    return Counter(each.rule for each in check(skill, RULES))


def judge(root: SkillRoot, *, safe: bool) -> Repair:
    """Mend a skill in memory, hold it against everything that must be true, and give it back."""
    eligible = only_safe if safe else everything
    before = Skill(root.path, root.shown)
    found = sorted(check(before, RULES), key=lambda each: each.sort_key)
    check_one_pass(before, compatible(before, list(eligible(before, found))))
    repair = mend(root, RULES, eligible)
    new = counts(repair.after) - counts(repair.before)
    mended = {each.rule for each in repair.fixed}
    assert not new or mended & HIDING, f"new findings: {new}"
    for key, entry in repair.before.frontmatter.by_key.items():
        start, end = entry.key_span.start, max(entry.key_span.end, entry.span.end)
        lines = {repair.before.source.position(at)[0] for at in (start, end)}
        touched = any(
            edit.region.line <= max(lines) and edit.region.end_line >= min(lines)
            for each in repair.fixed
            if each.fix
            for edit in each.fix.edits
        )
        if entry.node and not touched and not mended & {"late-frontmatter"}:
            now = repair.after.frontmatter.get(key)
            assert now is not None
            assert repr(now.value) == repr(entry.value)
    return repair


def check_one_pass(skill: Skill, chosen: Sequence[Diagnostic]) -> None:
    """Outside the edits every character is as it was; undone, they give back the input."""
    fixes = [each.fix for each in chosen if each.fix]
    draft = apply(skill, fixes)
    for name, content in draft.texts.items():
        was, now = skill.read(draft.on_disk(name)), content.decode()
        edits = sorted(
            (was.span(edit.region), edit.text)
            for fix in fixes
            for edit in fix.edits
            if skill.name_of(edit.path) == was.name
        )
        undone, at, end = [], 0, 0
        for span, text in edits:
            gap = was.text[end : span.start]
            assert now[at : at + len(gap)] == gap
            assert now[at + len(gap) : at + len(gap) + len(text)] == text
            undone += [gap, was.slice(span)]
            at, end = at + len(gap) + len(text), span.end
        assert now[at:] == was.text[end:]
        assert "".join([*undone, now[at:]]) == was.text


@given(skills(), st.booleans())
@settings(max_examples=300)
def test_invented_skills(content: bytes, safe: bool) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder) / "pdf-forms"
        (root / "references").mkdir(parents=True)
        (root / "references" / "a.md").write_text("# A\n")
        (root / "SKILL.md").write_bytes(content)
        repair = judge(SkillRoot(root, "pdf-forms"), safe=safe)
        assert write(repair.before, repair.after) == []
        again = mend(SkillRoot(root, "pdf-forms"), RULES, only_safe if safe else everything)
        assert again.fixed == ()


@given(st.text(max_size=60), st.data())
def test_edits_are_done_where_they_are_said(text: str, data: st.DataObject) -> None:
    source = Source("a.md", "a.md", text)
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    spans = [Span(*pair) for pair in zip(places[::2], places[1::2], strict=False)]
    edits = [source.edit(span, data.draw(st.text(max_size=5))) for span in spans]
    wanted = text
    for span, edit in reversed(list(zip(spans, edits, strict=True))):
        wanted = wanted[: span.start] + edit.text + wanted[span.end :]
    assert edited(source, edits) == wanted


def harming(skill: Skill) -> Iterator[Finding]:
    """A rule with a bug: its first fix is none, its second breaks the YAML, its third is good."""
    for heading in skill.document.headings:
        edits = {
            "Idle": skill.source.edit(heading.span, "Idle "),
            "Harm": skill.source.edit(Span(4, 4), "x: [\n"),
            "Good": skill.source.edit(heading.span, "Better"),
        }
        if heading.text in edits:
            fix = Fix("Change it", (edits[heading.text],))
            yield Finding(f"`{heading.text}`", skill.source, heading.span, fix=fix)


def test_a_fix_that_does_harm_is_not_done(tmp_path: Path) -> None:
    text = "---\nname: a\ndescription: Use when testing.\n---\n\n# Idle\n\n# Harm\n\n# Good\n"
    (tmp_path / "SKILL.md").write_text(text, encoding="utf-8")
    rule = ActiveRule(load_rules()["broken-link"], "error", {})
    rule = ActiveRule(type(rule.rule)("harming", "links", "error", harming, ""), "error", {})
    repair = mend(SkillRoot(tmp_path, "a"), [rule], everything)
    assert {(each.diagnostic.message, each.reason) for each in repair.refused} == {
        ("`Idle`", "the finding would remain"),
        ("`Harm`", "the result would not be valid YAML"),
    }
    assert [each.message for each in repair.fixed] == ["`Good`"]
    assert write(repair.before, repair.after) == []
    after = (tmp_path / "SKILL.md").read_text(encoding="utf-8")
    assert after == text.replace("# Good", "# Better")


@pytest.mark.parametrize("change", ["edited", "deleted", "a folder"])
def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path, change: str) -> None:
    file = tmp_path / "SKILL.md"
    file.write_text("---\nname: a\ndescription: Use when: b\n---\n# A\n", encoding="utf-8")
    repair = mend(SkillRoot(tmp_path, "a"), RULES, only_safe)
    assert repair.fixed
    if change == "edited":
        file.write_text("mine", encoding="utf-8")
    else:
        file.unlink()
    if change == "a folder":
        file.mkdir()
    left = tree(tmp_path)
    reasons = [each.reason for each in write(repair.before, repair.after)]
    wanted = "changed" if change == "edited" else "deleted or replaced"
    assert reasons == [f"the file was {wanted} while it was linted"]
    assert tree(tmp_path) == left


@pytest.mark.slow
@pytest.mark.parametrize("safe", [True, False])
def test_real_skills(
    corpus: Path,
    tmp_path: Path,
    safe: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    copy = tmp_path / "corpus"
    shutil.copytree(corpus, copy, symlinks=True)
    monkeypatch.chdir(copy)
    fixed: Counter[str] = Counter()
    for root in discover(["."], Config()).skills:
        repair = judge(root, safe=safe)
        fixed.update(each.rule for each in repair.fixed)
        assert repair.refused == ()
        assert write(repair.before, repair.after) == []
        again = mend(root, RULES, only_safe if safe else everything)
        assert again.fixed == ()
    print(f"fixed, {'safe' if safe else 'unsafe too'}:", dict(fixed.most_common()))
    assert fixed["invalid-yaml"] >= 12


@pytest.mark.slow
def test_a_run_that_is_killed_leaves_no_half_file(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`SKILL_LINT_KILLS` says how often; every file is as it was, or as it should be."""
    kills = int(os.environ.get("SKILL_LINT_KILLS", "20"))
    copy, words = tmp_path / "copy", ["check", ".", "--fix", "--unsafe-fixes", "--quiet"]
    copy_fixable(corpus, copy)
    monkeypatch.chdir(copy)
    was = tree(copy)
    seconds = run_for(words, None)
    wanted = tree(copy)
    assert wanted != was
    chance = random.Random(20261122)
    states: Counter[str] = Counter()
    for _ in range(kills):
        restore(copy, was)
        run_for(words, chance.uniform(0, seconds))
        now = {name: data for name, data in tree(copy).items() if not name.endswith(".tmp")}
        assert all(data in (was.get(name), wanted.get(name)) for name, data in now.items())
        assert was.keys() - wanted.keys() | now.keys() >= was.keys() & wanted.keys()
        states["some" if now not in (was, wanted) else "none" if now == was else "all"] += 1
    print(f"{kills} kills within {seconds:.2f} s:", dict(states))
    run_for(words, None)
    left = [name for name in tree(copy) if name.endswith(".tmp")]
    for name in left:
        (copy / name).unlink()
    assert tree(copy) == wanted


def copy_fixable(corpus: Path, copy: Path) -> None:
    """The skills of the corpus in which there is something to mend."""
    for root in discover([corpus], Config()).skills:
        if mend(root, Config().active, everything).fixed:
            place = copy / root.path.resolve().relative_to(corpus.resolve())
            shutil.copytree(root.path, place, symlinks=True, dirs_exist_ok=True)


def restore(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in tree(folder).items():
        if files.get(name) != data:
            (folder / name).unlink()
    for name, data in files.items():
        if not (folder / name).is_symlink() and not (folder / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)


def run_for(words: list[str], seconds: float | None) -> float:
    """Run the command in a child that is killed after so long. Returns how long it took."""
    begin = time.monotonic()
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os._exit(main(words))
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return time.monotonic() - begin
