"""Write skill_lint/scoring/quantiles.json: the distribution of the scores of real skills.

    python benchmarks/quantiles.py CORPUS

CORPUS is a folder with skills. Copies of the same SKILL.md count once.
"""

import hashlib
import json
import sys
from pathlib import Path

from skill_lint import Config
from skill_lint.discovery.walk import discover
from skill_lint.scoring.score import score
from skill_lint.skill import Skill

TABLE = Path(__file__).parent.parent / "skill_lint" / "scoring" / "quantiles.json"


def main() -> None:
    totals: dict[str, float] = {}
    for root in discover([sys.argv[1]], Config()).skills:
        skill = Skill(root.path, root.shown)
        if skill.source.text:
            key = hashlib.sha256(skill.source.text.encode()).hexdigest()
            totals[key] = score(skill).total
    ranked = sorted(totals.values())
    table = [ranked[round(percent / 100 * (len(ranked) - 1))] for percent in range(101)]
    whole = {"skills": len(ranked), "totals": [round(value, 4) for value in table]}
    TABLE.write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")
    print(f"{len(ranked)} skills: {table[0]:.3f} {table[50]:.3f} {table[90]:.3f} {table[100]:.3f}")


if __name__ == "__main__":
    main()
