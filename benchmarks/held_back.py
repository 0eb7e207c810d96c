"""Measure how many skills `fix --llm` asks no model about, because they could hold a secret.

Run: `python benchmarks/held_back.py FOLDER ...`. For each folder it prints the number of skills,
how many the wide search holds back and why, and how many have a finding of `leaked-secret` in
SKILL.md. What was found is not printed.
"""

import sys
from collections import Counter
from pathlib import Path

from skill_lint.text.possible_secrets import possible_secrets
from skill_lint.text.secrets import secrets


def measure(folder: Path) -> str:
    kinds, held, certain, number = Counter[str](), 0, 0, 0
    for file in sorted(folder.rglob("SKILL.md")):
        text = file.read_text("utf-8", "replace")
        found = {each.kind for each in possible_secrets(text)}
        number, held, certain = number + 1, held + bool(found), certain + any(secrets(text))
        kinds.update(found)
    share = 100 * held / max(1, number)
    reasons = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
    return (
        f"{folder}: {number} skills, {held} held back ({share:.1f} %), {certain} with a finding of "
        f"leaked-secret{f'; {reasons}' if reasons else ''}"
    )


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(measure(Path(name)))
