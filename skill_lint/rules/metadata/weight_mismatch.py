"""The `weight` does not fit the number of capabilities.

Why: a loader plans its budget by the weight of a skill. A lightweight skill with twenty
capabilities costs more than planned.

Fix: Correct the weight, or the list of capabilities.

Bad:  "weight": "lightweight" with 12 capabilities
Good: "weight": "heavyweight" with 12 capabilities
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.schema import load
from skill_lint.skill import Skill


@rule("warning")
def weight_mismatch(skill: Skill) -> Iterator[Finding]:
    metadata = skill.metadata
    weights, lists = metadata.given("weight"), metadata.given("capabilities")
    if not skill.is_v1 or not weights or not lists or not isinstance(lists[0].value, list):
        return
    weight, number = weights[0].value, len(lists[0].value)
    ranges = load("skill-metadata")["properties"]["weight"]["x-capabilities"]
    if not isinstance(weight, str) or weight not in ranges:
        return
    fewest, most = ranges[weight]
    if number < fewest or (most is not None and number > most):
        wanted = f"{fewest} or more" if most is None else f"{fewest} to {most}"
        message = f"`weight` is `{weight}`, which is for {wanted} capabilities; there are {number}"
        yield Finding(message, weights[0].source, weights[0].node.span)
