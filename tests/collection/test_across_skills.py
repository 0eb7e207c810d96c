"""The rules across skills: what they know, whom they report on, and how far they go."""

import json
import subprocess
from collections.abc import Sequence
from itertools import combinations, islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill_lint import Config, lint
from skill_lint.cli.main import main
from skill_lint.collection.body import Body
from skill_lint.collection.collection import ALL, Extent
from skill_lint.collection.cycles import circle, components
from skill_lint.collection.facts import Content, Facts, Said, facts_of
from skill_lint.collection.scope import roots
from skill_lint.collection.similarity import Similarity
from skill_lint.diagnostic import Diagnostic, Excerpt, Place, Region
from skill_lint.discovery.roots import SkillRoot
from skill_lint.engine.check_collection import check_collection
from skill_lint.engine.task import LintTask
from skill_lint.rule import COLLECTION
from skill_lint.skill import Skill

TOP = Place("SKILL.md", Region(1, 1, 1, 1), Excerpt("", 1))
SCRIPTS = (
    "latin",
    "кириллица",
    "ελληνικά",
    "汉字文件",
    "ひらがな",
    "한국어로",
    "عربية",
    "ไทยแลนด์",
    "हिन्दी",
    "עברית",
)


def said(text: str, path: str) -> Said:
    return Said(text, Place(f"{path}/SKILL.md", Region(2, 7, 2, 9), Excerpt(text[:9], 1)))


def facts(path: str, **texts: str) -> Facts:
    """Facts of a skill; `name` is the folder's unless it is given."""
    name = texts.pop("name", path.rpartition("/")[2])
    made = Facts(path, TOP._replace(path=f"{path}/SKILL.md"), path.rpartition("/")[2])
    fields: dict[str, Any] = {key: said(text, path) for key, text in texts.items()}
    return made._replace(name=said(name, path), **fields)


def judged(
    skills: Sequence[Facts], rule: str, focus: Sequence[str] | None = None, extent: Extent = ALL
) -> list[Diagnostic]:
    active = Config(select=(rule,)).active
    everybody = [each.path for each in skills]
    focused = frozenset(everybody if focus is None else focus)
    return check_collection(skills, focused, active, extent=extent).diagnostics


def write(path: str, text: str = "", **fields: object) -> None:
    folder = Path(path)
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{key}: {json.dumps(each)}" for key, each in {"name": folder.name, **fields}.items()]
    (folder / "SKILL.md").write_text("\n".join(["---", *lines, "---", "", text]), encoding="utf-8")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


# What is found however many there are.


def test_a_thousand_skills_of_one_name_are_one_finding() -> None:
    found = judged([facts(f"skills/s{n:04}", name="pdf") for n in range(1000)], "duplicate-name")
    assert [each.message for each in found] == [
        "the name `pdf` is also that of `skills/s0001` and 998 more"
    ]
    assert len(found[0].related) == 10


@pytest.mark.smoke
def test_a_thousand_descriptions_that_hardly_differ_are_one_finding() -> None:
    words = [f"telling{letter}" for letter in "abcdefghijklmnop"]
    texts = [" ".join(some) for some in islice(combinations(words, 12), 1000)]
    texts += [f"other{n} words{n} here{n}" for n in range(500)]
    skills = [facts(f"skills/s{n:04}", description=text) for n, text in enumerate(texts)]
    found = judged(skills, "overlapping-description")
    assert len(found) == 1
    assert "and 998 more" in found[0].message


def test_a_thousand_skills_that_name_one_missing_skill_are_one_finding() -> None:
    skills = [
        facts(f"skills/s{n:04}", skill_id=f"s{n}")._replace(dependencies=(said("gone", "x"),))
        for n in range(1000)
    ]
    assert len(judged(skills, "unknown-dependency")) == 1


def with_body(skill: Facts, body: Body) -> Facts:
    return skill._replace(unrecorded_content=Content(body))


def test_a_thousand_roots_with_a_skill_of_one_name_are_compared_in_bounded_time() -> None:
    skills = [
        with_body(facts(f"plugins/p{n:04}/skills/pdf"), Body(5, f"{n:04}" * 300, str(n)))
        for n in range(1000)
    ]
    assert judged(skills, "drifted-mirror") == []
    same = [with_body(each, skills[0].unrecorded_content.body) for each in skills[:-1]]
    drifted = with_body(skills[-1], Body(5, f"{'0000' * 299}abcd", "other"))
    found = judged([*same, drifted], "drifted-mirror")
    assert [each.message for each in found] == [
        "`plugins/p0999/skills/pdf` is a copy of this skill that differs from line 304 on"
    ]


@pytest.mark.parametrize("length", [1, 2, 500])
def test_a_circle_is_one_finding_however_long(length: int) -> None:
    skills = [
        facts(f"skills/s{n:03}")._replace(dependencies=(said(f"s{(n + 1) % length:03}", "x"),))
        for n in range(length)
    ]
    found = judged(skills, "dependency-cycle")
    assert len(found) == 1
    assert found[0].message.startswith("depends on itself: `s000` → ")
    assert found[0].message.endswith("→ `s000`")


@pytest.mark.long
def test_twenty_thousand_skills_are_judged() -> None:
    skills = [
        facts(
            f"skills/s{n:05}",
            skill_id=f"id-{n}",
            description=" ".join(f"{word}{n * k % 20_011}" for k, word in enumerate(SCRIPTS * 9)),
        )
        for n in range(20_000)
    ]
    active = [each for each in Config().active if each.rule.family == COLLECTION]
    found = check_collection(skills, frozenset(each.path for each in skills), active).diagnostics
    assert not [each for each in found if each.rule == "internal-error"]
    assert {each.rule for each in found} <= {"listing-budget", "overlapping-description"}


def test_descriptions_of_two_thousand_characters_in_ten_scripts_are_compared() -> None:
    long = " ".join(SCRIPTS * 40)
    assert len(long) > 2000
    skills = [facts("skills/a", description=long), facts("skills/b", description=f"{long} end")]
    found = judged(skills, "overlapping-description")
    assert [each.message.partition(",")[0] for each in found] == [
        "the description is 100% like that of `skills/b`"
    ]


# Whom a finding is reported on.


def test_a_finding_is_reported_on_a_skill_that_is_linted() -> None:
    skills = [facts("skills/a", name="pdf"), facts("skills/b", name="pdf")]
    found = judged(skills, "duplicate-name", focus=["skills/b"])
    assert [(each.skill, each.related[0].path) for each in found] == [
        ("skills/b", "skills/a/SKILL.md")
    ]


def test_a_fault_of_others_is_not_reported() -> None:
    skills = [facts(f"skills/{name}", name="pdf") for name in "ab"] + [facts("skills/c")]
    assert judged(skills, "duplicate-name", focus=["skills/c"]) == []


def test_what_a_part_of_a_collection_does_not_have_is_not_missing() -> None:
    skill = facts("skills/a", skill_id="a")._replace(dependencies=(said("b", "skills/a"),))
    found = [
        judged([skill], "unknown-dependency", extent=extent)
        for extent in (ALL, Extent(False, ("skills",)), Extent(False, ("skills/a",)), Extent(False))
    ]
    assert list(map(len, found)) == [1, 1, 0, 0]


def test_a_changed_skill_is_compared_with_those_that_did_not_change(
    here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write("skills/a", name="pdf")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "one"]):
        subprocess.run([*git, *words], check=True)
    write("skills/b", name="pdf")
    subprocess.run([*git, "add", "-A"], check=True)
    main(["--changed-since", "HEAD", "--isolated", "--select", "duplicate-name", "-q"])
    assert "    skills/b/SKILL.md:2:7\n" in capfd.readouterr().out


def test_a_skill_that_vanishes_before_it_is_read_is_a_finding_of_its_own(here: Path) -> None:
    write("skills/a", description="About a.")
    task = LintTask(Config().active, {})
    gone = task.lint(SkillRoot(Path("skills/gone"), "skills/gone"))
    assert "missing-skill-file" in {each.rule for each in gone.diagnostics}
    light = LintTask((), {}).lint_all(
        [SkillRoot(Path(f"skills/{each}"), f"skills/{each}") for each in ("a", "gone")]
    )
    found = check_collection(
        [each.facts for each in light], frozenset({"skills/a"}), task.active
    ).diagnostics
    assert found == []


def test_reports_lead_to_the_other_skills(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for number in range(5):
        write(f"skills/s{number}", name="pdf")
    words = ["--isolated", "--select", "duplicate-name", "--output-format"]

    def reported(name: str) -> str:
        main([*words, name])
        return capfd.readouterr().out

    result = json.loads(reported("sarif"))["runs"][0]["results"][0]
    uris = [
        each["physicalLocation"]["artifactLocation"]["uri"] for each in result["relatedLocations"]
    ]
    assert uris == [f"skills/s{number}/SKILL.md" for number in (1, 2, 3, 4)]
    assert result["message"]["text"].endswith(
        "([the same name](1)) ([the same name](2)) ([the same name](3))"
    )
    others = json.loads(reported("rdjson"))["diagnostics"][0]["relatedLocations"]
    assert others[0] == {
        "message": "the same name",
        "location": {"path": "skills/s1/SKILL.md", "range": {"start": {"line": 2}}},
    }
    assert "%0Askills/s3/SKILL.md:2: the same name%0ARename" in reported("github")
    assert "= skills/s4/SKILL.md:2:7: the same name\n" in reported("full")


# What is known of a skill.


def test_facts_are_plain_and_the_same_after_a_light_read(here: Path) -> None:
    write("skills/b")
    write("skills/a", "See [b](../b/SKILL.md).", description="About a.", metadata={"skill_id": "a"})
    full = LintTask(Config().active, {}).lint(SkillRoot(Path("skills/a"), "skills/a")).facts
    light = LintTask((), {}).lint(SkillRoot(Path("skills/a"), "skills/a")).facts
    assert full == light == facts_of(Skill(Path("skills/a"), "skills/a"))
    assert [each.path for each in light.links] == ["skills/b/SKILL.md"]
    assert light.unrecorded_content.files == {"SKILL.md": Path("skills/a/SKILL.md").stat().st_size}


def test_a_light_read_parses_no_markdown_without_a_way_out(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("skills/a", "See [r](references/r.md) and [web](https://example.com).")

    def parsed(*_: object) -> None:
        raise AssertionError("parsed")

    monkeypatch.setattr("skill_lint.markdown.parsed_text.ParsedText.inlines", parsed)
    assert facts_of(Skill(Path("skills/a"), "skills/a")).links == ()


def test_the_working_directory_itself_may_be_a_skill(here: Path) -> None:
    write(".", name="pdf", description="About pdf.")
    write("skills/b", name="pdf", description="About b.")
    assert [each.rule for each in lint(".", Config(select=(COLLECTION,))).diagnostics] == []


@pytest.mark.parametrize(
    ("path", "root"),
    [
        ("skills/pdf", "skills"),
        ("a/b", "."),
        (".claude/skills/pdf", ".claude/skills"),
        (".curated/pdf", ".curated"),
        ("skills/.curated/pdf", "skills/.curated"),
        ("plugins/office/skills/pdf", "plugins/office/skills"),
        ("plugins/office/pdf", "plugins/office"),
        ("docs/zh-CN/skills/pdf", "docs/zh-CN/skills"),
        ("skills/ja/pdf", "skills/ja"),
        ("skills/python/web/django", "skills"),
        ("skills/skills", "skills"),
        ("skills/test", "skills"),
        ("tests/data/pdf", None),
        ("skills/vendor/pdf", None),
        ("template", None),
    ],
)
def test_each_skill_is_listed_in_one_root(path: str, root: str | None) -> None:
    assert roots([path, "zzz/other"])[path] == root


def test_folders_that_all_skills_are_in_say_nothing() -> None:
    paths = ["tests/fixtures/a", "tests/fixtures/b"]
    assert roots(paths) == dict.fromkeys(paths, ".")


# How alike texts are.


@given(st.lists(st.text(max_size=80), min_size=2, max_size=6))
def test_likeness_is_symmetric_bounded_and_whole_for_the_same(texts: list[str]) -> None:
    similarity = Similarity([*texts, texts[0]])
    last = len(texts)
    for one in range(last + 1):
        for two in range(last + 1):
            score = similarity.score(one, two)
            assert score == similarity.score(two, one)
            assert 0 <= score <= 1.000001
    assert similarity.score(0, last) in (0.0, pytest.approx(1))


@given(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=40), st.integers(0, 3))
def test_the_index_finds_what_comparing_all_finds(letters: list[str], shift: int) -> None:
    words = [f"{one}{two}quux" for one in letters for two in letters[shift : shift + 3]]
    texts = [" ".join(words[start : start + 9]) for start in range(0, len(words), 4)]
    similarity = Similarity(texts)
    pairs = {(one, two) for one, two, _ in similarity.pairs(0.5)}
    every = {
        (one, two)
        for two in range(len(texts))
        for one in range(two)
        if similarity.score(one, two) >= 0.5
    }
    assert pairs == every


@given(st.dictionaries(st.integers(0, 7), st.lists(st.integers(0, 7), max_size=3), max_size=8))
def test_circles_lead_back_to_where_they_begin(numbers: dict[int, list[int]]) -> None:
    graph = {str(node): [str(each) for each in steps] for node, steps in numbers.items()}
    for component in components(graph):
        way = circle(graph, component[0], component)
        assert set(way) <= set(component)
        assert all(two in graph[one] for one, two in zip(way, [*way[1:], way[0]], strict=True))
