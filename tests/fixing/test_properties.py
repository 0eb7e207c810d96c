"""What must hold of every fix, whatever the skill: tried on invented skills and on real ones."""

import os
import random
import re
import shutil
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill_lint import Config
from skill_lint.cli.main import main
from skill_lint.diagnostic import Fix
from skill_lint.discovery.roots import SkillRoot
from skill_lint.discovery.walk import discover
from skill_lint.edits.apply import edited
from skill_lint.edits.gate import within_words
from skill_lint.fixing.loop import fix_skill
from skill_lint.fixing.write import write
from skill_lint.markdown.document import Document
from skill_lint.rule import ActiveRule, Finding
from skill_lint.rules.registry import load_rules
from skill_lint.skill import Skill
from skill_lint.text.source import Source, Span
from tests.support.fixtures import tree
from tests.support.promises import RULES, everything, judge, only_safe
from tests.support.strategies import MARKDOWN, skills


@pytest.mark.slow
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
        again = fix_skill(SkillRoot(root, "pdf-forms"), RULES, only_safe if safe else everything)
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


PATHS = st.sampled_from(["", "", "a", "b.md", "references/", "---", "1.", "..", "-", "x_y", "___"])
LINES = st.one_of(
    st.sampled_from(
        ["see a/b.md now", "a [b](c.md)", "[r]: a.md", "1. a", "a\n---", "| a | b.md |"]
    ),
    MARKDOWN,
)


@pytest.mark.slow
@given(st.lists(LINES, max_size=6).map("\n".join), PATHS, st.data())
@settings(max_examples=1_000)
def test_a_path_in_place_of_another_leaves_the_structure(
    text: str, path: str, data: st.DataObject
) -> None:
    source = Source("a.md", "a.md", text)
    start = data.draw(st.integers(0, len(text)))
    longest = re.match("[A-Za-z0-9./_-]*", text[start:])
    assert longest
    span = Span(start, start + data.draw(st.integers(0, longest.end())))
    if within_words(source, source.edit(span, path)):
        old = Document(source)
        new = Document(Source("a.md", "a.md", text[: span.start] + path + text[span.end :]))
        assert old.has_structure_of(new)
        changed = source.position(start)[0]
        for one, other in zip(old.headings, new.headings, strict=True):
            assert one.level == other.level
            assert one.text == other.text or one.line <= changed <= one.end_line


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
    repair = fix_skill(SkillRoot(tmp_path, "a"), [rule], everything)
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
    repair = fix_skill(SkillRoot(tmp_path, "a"), RULES, only_safe)
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
        again = fix_skill(root, RULES, only_safe if safe else everything)
        assert again.fixed == ()
    print(f"fixed, {'safe' if safe else 'unsafe too'}:", dict(fixed.most_common()))
    assert fixed["invalid-yaml"] >= 12


@pytest.mark.long
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
    """The skills of the corpus in which there is something to fix."""
    for root in discover([corpus], Config()).skills:
        if fix_skill(root, Config().active, everything).fixed:
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
