"""What holds of any folder at all, tried on invented ones."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from skill_lint import Config, lint
from skill_lint.discovery.roots import SkillRoot
from skill_lint.discovery.walk import discover
from skill_lint.engine.check import check
from skill_lint.fixing.loop import fix_skill
from skill_lint.fixing.write import write
from skill_lint.migration.plan import Stop, plan
from skill_lint.reporters.formats import RENDERERS
from skill_lint.reporters.look import Look
from skill_lint.scoring.score import score
from skill_lint.showing.describe import describe
from skill_lint.skill import Skill
from tests.hostile.judge import printed
from tests.support.fixtures import tree
from tests.support.promises import RULES, check_places, everything
from tests.support.strategies import trees

pytestmark = pytest.mark.slow


@contextmanager
def written(files: Mapping[str, bytes]) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        root = Path(folder) / "pdf-forms"
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        yield root


@given(trees())
@settings(max_examples=150)
def test_no_rule_fails_and_every_place_is_in_its_file(files: Mapping[str, bytes]) -> None:
    with written(files) as root:
        check_places(Skill(root, "pdf-forms"))


@given(trees())
@settings(max_examples=60)
def test_the_same_files_give_the_same_report_in_every_format(files: Mapping[str, bytes]) -> None:
    with written(files) as root:
        first, again = (lint([root], Config(select=("all",))) for _ in range(2))
        assert first == again
        for name, render in RENDERERS.items():
            text = render(first, Look())
            assert text == render(again, Look())
            if name in ("text", "full", "concise", "markdown"):
                printed(text.encode())


@given(trees())
@settings(max_examples=60)
def test_show_score_and_migrate_answer(files: Mapping[str, bytes]) -> None:
    with written(files) as root:
        for found in discover([root], Config()).skills:
            skill = Skill(found.path, found.shown)
            json.dumps(describe(skill))
            assert 0 <= score(skill).total <= 1
            if skill.is_v1:
                migrated(skill)


def migrated(skill: Skill) -> None:
    """What could be migrated is readable afterwards, and has nothing left to move."""
    try:
        result = plan(skill)
    except Stop:
        return
    assert not [each for each in check(result.after, RULES) if each.rule == "internal-error"]


@given(trees())
@settings(max_examples=80)
def test_fixes_settle_and_touch_nothing_else(files: Mapping[str, bytes]) -> None:
    with written(files) as root:
        place = SkillRoot(root, "pdf-forms")
        before = tree(root)
        repair = fix_skill(place, RULES, everything)
        assert tree(root) == before, "nothing is written before it is asked for"
        draft = repair.after.draft
        assert write(repair.before, repair.after) == []
        touched = {*draft.texts, *draft.origins, *draft.origins.values(), *draft.deleted}
        after = tree(root)
        for name in before.keys() | after.keys():
            assert before.get(name) == after.get(name) or name in touched
        assert fix_skill(place, RULES, everything).fixed == ()
