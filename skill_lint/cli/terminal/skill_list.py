"""`--list-skills`: the skills that discovery found, and those that it skipped."""

import json

from skill_lint.discovery.left_out import led_out
from skill_lint.discovery.roots import Discovery
from skill_lint.reporters.escape import inert_json, visible
from skill_lint.text.plural import count


def render(found: Discovery, output_format: str) -> str:
    skills = sorted(root.shown for root in found.skills)
    left_out = (*found.skipped, *map(led_out, found.led_out))
    skipped = sorted(left_out, key=lambda each: each.path)
    if output_format == "json":
        reasons = [{"path": each.path, "reason": visible(each.reason)} for each in skipped]
        return inert_json(json.dumps({"skills": skills, "skipped": reasons}, indent=2) + "\n")
    lines = [visible(skill) for skill in skills]
    lines += [f"skipped {visible(each.path)}: {visible(each.reason)}" for each in skipped]
    total = f"{count(len(skills), 'skill')} found, {len(skipped):,} skipped"
    return "".join(f"{line}\n" for line in [*lines, total])
