"""The quality score of a skill. It fails a run only if a team asks for that."""

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
    """The percentiles 0 to 100 of the totals of real skills: 101 numbers."""
    whole = json.loads((_HERE / "quantiles.json").read_text(encoding="utf-8"))
    return tuple(whole["totals"])


@dataclass(frozen=True)
class Score:
    """The score of one skill. All numbers are from 0 to 1, except `percentile` from 0 to 100.

    `gains` holds, for each metric below 1, how much the total would rise if the metric were 1.
    """

    path: str
    format: str
    style: str
    metrics: Mapping[str, float]
    gains: Mapping[str, float]
    total: float

    @property
    def percentile(self) -> int:
        """The percentage of real skills with a lower total."""
        total = round(self.total, 4)
        below = bisect_left(quantiles(), total)
        return min(100 if total > quantiles()[-1] else 99, below)


def score(skill: Skill, weights: Mapping[str, float] | None = None) -> Score:
    """The score with the standard's weights; `weights` replaces some of them."""
    all_weights = {**data()["weights"], **(weights or {})}
    metrics = measure(skill)
    whole = total(metrics, all_weights)
    gains = {
        name: total({**metrics, name: 1.0}, all_weights) - whole
        for name in METRICS
        if metrics[name] < 1.0
    }
    return Score(skill.path, skill.format, style(skill).name, metrics, gains, whole)


def total(metrics: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The weighted mean of the metrics, times a multiplier for the number of essentials above 0."""
    divisor = sum(weights.values())
    mean = sum(weights[name] * metrics[name] for name in metrics) / divisor if divisor else 0.0
    essentials = sum(metrics[name] > 0 for name in data()["essentials"])
    multiplier: float = data()["multipliers"][essentials]
    return mean * multiplier
