"""Writes the files of the presets, and docs/presets.md, from the levels that the rules declare.

`python docs/generate.py` runs it too.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from textwrap import fill

from skill_lint import config
from skill_lint.config.config import preset, presets
from skill_lint.rule import Rule, Setting, level_of
from skill_lint.rules.registry import load_rules

PAGE = Path(__file__).parent / "presets.md"
FILES = Path(config.__path__[0]) / "presets"

ABOUT = {
    "recommended": "What breaks a skill is an error, what misleads an agent is a warning, and what "
    "the golden standard alone asks for is an info.",
    "golden": 'The golden standard v2: its musts are errors, such as a section "When to Use".',
    "agentskills": "The verdict of the specification's reference validator: what that rejects is "
    "an error, and nothing else is.",
    "strict": "Like `recommended`, but warnings fail the run, infos are shown, and the opt-in "
    "rules are on. The sections of the golden standard are not part of it.",
}
WHO = {
    "recommended": "Whoever writes skills for agents: take it, unless one of the others is asked "
    "of you.",
    "golden": "A team that keeps the golden standard v2; `skill-lint validate` checks it.",
    "agentskills": "Whoever publishes where the reference validator decides, and wants to fail "
    "only for what it refuses.",
    "strict": "A team that starts anew, or has no finding left, and wants to keep it so.",
}
INTRODUCTION = """\
# Which preset do I take?

<!-- Written by docs/generate.py; do not edit. -->

A *preset* gives each rule a level: `error`, `warning`, `info` or `off`. `extends: golden` in the
configuration starts from a preset, and `--preset golden` does so for one run. Without either, a run
starts from `recommended`. The key `rules` changes single levels
([configuration.md](configuration.md)).

| preset | what it checks | who should take it |
|---|---|---|
"""
REACH = """
\\* An error in SKILL.md and in what SKILL.md leads to. It is a warning in a file that is for people
(README, CHANGELOG, a skill card), in what only such a file leads to, and in a file that nothing
leads to. A rule never chooses its own severity: these rules declare that they go by reach, and one
place in skill-lint makes their errors milder.
"""
AGENTSKILLS = """\
## Where `agentskills` differs from the reference validator

`agentskills` has an error where `skills-ref`, the specification's reference validator, rejects a
skill, and no other error. What the specification's text asks for beyond that is a warning, such as
an empty body or a dead link. So is what nobody wants to miss: a leaked secret, a code fence that is
never closed, and two skills of one name. Two differences are left:

- `skills-ref` rejects YAML outside of a small subset, such as lists in brackets. Such YAML is
  valid, so `unportable-yaml` only warns.
- `skills-ref` reads every value as text, so `name: 123` passes. YAML and clients read a number, and
  the specification asks for a string, so here it is an error.
"""


def files() -> dict[str, str]:
    """The text of each preset's file, by the name of the file."""
    return {f"{name}.yaml": "\n".join(_file(name)) + "\n" for name in presets()}


def _file(name: str) -> Iterator[str]:
    yield from (f"# {line}" for line in fill(ABOUT[name], width=94).splitlines())
    yield "# Written by docs/generate.py from the rules, which say their levels; do not edit."
    yield f"fail-on: {preset(name).threshold}"
    if least := preset(name).shown_from:
        yield f"min-severity: {least}"
    yield "rules:"
    for family, group in groupby(_rules(), key=lambda rule: rule.family):
        yield f"  # {family}"
        yield from (f"  {each.name}: {_yaml(each.presets[name])}" for each in group)


def _yaml(setting: Setting) -> str:
    if isinstance(setting, str):
        # YAML 1.1 reads a bare `off` as false.
        return '"off"' if setting == "off" else setting
    return f"{{{', '.join(f'{key}: {_scalar(value)}' for key, value in setting.items())}}}"


def _scalar(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def page() -> str:
    rows = "".join(f"| `{name}` | {ABOUT[name]} | {WHO[name]} |\n" for name in presets())
    return "\n".join([INTRODUCTION + rows, *_table(), REACH, AGENTSKILLS])


def _table() -> Iterator[str]:
    yield from ["## The level of every rule", ""]
    yield f"| rule | family | {' | '.join(presets())} |"
    yield "|---" * (len(presets()) + 2) + "|"
    yield from map(_row, _rules())


def _row(rule: Rule) -> str:
    mark = " \\*" if rule.by_reach else ""
    cells = " | ".join(
        f"{cell}{mark}" if (cell := _cell(rule.presets[name])) == "error" else cell
        for name in presets()
    )
    return f"| [{rule.name}](rules.md#{rule.name}) | {rule.family} | {cells} |"


def _cell(setting: Setting) -> str:
    options = setting if isinstance(setting, Mapping) else {}
    given = ", ".join(
        f"`{key}: {_scalar(value)}`" for key, value in options.items() if key != "severity"
    )
    return f"{level_of(setting)}, {given}" if given else level_of(setting)


def _rules() -> list[Rule]:
    return sorted(load_rules().values(), key=lambda rule: (rule.family, rule.name))


def write() -> None:
    PAGE.write_text(page(), encoding="utf-8")
    FILES.mkdir(exist_ok=True)
    for file in FILES.iterdir():
        file.unlink()
    for name, text in files().items():
        (FILES / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
