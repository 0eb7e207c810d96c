"""The figures that `overlapping-description` gives of itself, counted again on real skills."""

import re
from pathlib import Path

import pytest

from benchmarks import overlap
from skill_lint.rules.registry import load_rules


def test_the_sample_is_200_different_pairs() -> None:
    judged = overlap.load()
    assert len({(each.one, each.two) for each in judged}) == 200
    assert all("/" in path and not path.startswith("/") for each in judged for path in each[:2])


@pytest.mark.slow
def test_the_rule_states_its_precision(corpus: Path) -> None:
    repositories = overlap.read(corpus)
    rows = {row.threshold: row for row in overlap.table(repositories, overlap.load())}
    why = load_rules()["overlapping-description"].why
    default, middle, low = rows[0.4], rows[0.35], rows[0.3]
    assert f"{default.found} reach the default of 0.40, and between {default.right} of" in why
    assert f"from 0.35 on it is {middle.right} of {middle.found}" in why
    assert f"from 0.30 on {low.right} of {low.found}" in why
    assert default.precision >= 0.9


@pytest.mark.slow
def test_no_pair_above_the_thresholds_is_left_unjudged(corpus: Path) -> None:
    known = {(each.one, each.two) for each in overlap.load()}
    high = {(one, two) for score, one, two in overlap.scored(overlap.read(corpus)) if score >= 0.3}
    assert high <= known


@pytest.mark.slow
def test_the_scores_of_the_sample_are_todays(corpus: Path) -> None:
    scores = {(one, two): score for score, one, two in overlap.scored(overlap.read(corpus))}
    for each in overlap.load():
        assert each.score == pytest.approx(scores[each.one, each.two], abs=0.002)


def test_the_options_are_those_that_the_page_names() -> None:
    rule = load_rules()["overlapping-description"]
    assert rule.options == {"percent": 40, "allow": (), "roots": ()}
    assert re.search(r"`percent` is the\s+threshold times 100", rule.doc)
