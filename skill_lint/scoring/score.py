"""The quality score of a skill: a report, and a gate only where a team makes it one."""

import functools
import json
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from skill_lint.config.score_weights import data
from skill_lint.scoring.metrics import METRICS, measure
from skill_lint.skill.skill import Skill
from skill_lint.skill.style import style

_HERE = Path(__file__).parent


@functools.cache
def quantiles() -> tuple[float, ...]:
    """Totals of real skills: of which each percent, from 0 to 100, is at or below."""
    whole = json.loads((_HERE / "quantiles.json").read_text(encoding="utf-8"))
    return tuple(whole["totals"])


@dataclass(frozen=True)
class Score:
    """The score of one skill. Everything is from 0 to 1 but `percentile`, from 0 to 100.

    `gains` says how much more the total would be with each metric at 1, where it is not.
    """

    path: str
    format: str
    style: str
    metrics: Mapping[str, float]
    gains: Mapping[str, float]
    total: float

    @property
    def percentile(self) -> int:
        """How many percent of real skills have a lower total."""
        total = round(self.total, 4)
        below = bisect_left(quantiles(), total)
        return min(100 if total > quantiles()[-1] else 99, below)


def score(skill: Skill, weights: Mapping[str, float] | None = None) -> Score:
    """The score with the standard's weights, and a team's own in place of some of them."""
    every = {**data()["weights"], **(weights or {})}
    metrics = measure(skill)
    whole = total(metrics, every)
    gains = {
        name: total({**metrics, name: 1.0}, every) - whole
        for name in METRICS
        if metrics[name] < 1.0
    }
    return Score(skill.path, skill.format, style(skill).name, metrics, gains, whole)


def total(metrics: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The weighted mean, times what the number of essentials allows."""
    every = sum(weights.values())
    mean = sum(weights[name] * metrics[name] for name in metrics) / every if every else 0.0
    essentials = sum(metrics[name] > 0 for name in data()["essentials"])
    multiplier: float = data()["multipliers"][essentials]
    return mean * multiplier
