"""`skill-lint explain RULE`: explain what a rule wants, and why; or all rules of a family.

The pages are files that docs/generate.py writes from the rules' docstrings; no rule is imported.
"""

import os
from collections.abc import Sequence

from skill_lint.cli.error import UsageError

PAGES = os.path.join(os.path.dirname(__file__), "explanations")  # noqa: PTH118, PTH120
_BETWEEN = "\n---\n\n"


def run(words: Sequence[str]) -> int:
    is_name = len(words) == 1 and not words[0].startswith("-")
    name = words[0] if is_name else _parsed(words)
    rules = [page.removesuffix(".txt") for page in sorted(os.listdir(PAGES))]  # noqa: PTH208
    if name in rules:
        print(_page(name), end="")
        return 0
    pages = [_page(rule) for rule in rules]
    families = sorted(set(map(_family, pages)))
    if name and name not in families:
        raise UsageError(f"there is no rule or family `{name}`{_hint(name, rules, families)}")
    print(_BETWEEN.join(page for page in pages if name in ("", _family(page))), end="")
    return 0


def _page(rule: str) -> str:
    with open(os.path.join(PAGES, f"{rule}.txt"), encoding="utf-8") as page:  # noqa: PTH118, PTH123
        return page.read()


def _family(page: str) -> str:
    """The family that a page names in its title: `broken-link (links)`."""
    title = page.partition("\n")[0]
    return title[title.rindex("(") + 1 : -1]


def _hint(name: str, rules: Sequence[str], families: Sequence[str]) -> str:
    # Lazy import: printing a page does not need it.
    from skill_lint.text.spelling import did_you_mean

    listed = f"; `skill-lint rules` lists the rules; the families: {', '.join(families)}"
    return did_you_mean(name, [*rules, *families]) or listed


def _parsed(words: Sequence[str]) -> str:
    """The name of a rule or family, from words that are more than a name; empty for all rules."""
    # Lazy import: printing a page does not need it.
    from skill_lint.cli.parser import Parser

    parser = Parser(
        prog="skill-lint explain",
        description="Explain a rule: what is wrong, why it matters, how to fix it, and how to "
        "suppress a finding. The names of rules are in each report; `skill-lint rules` lists them.",
    )
    parser.add_argument(
        "rule", metavar="RULE", nargs="?",
        help="the name of a rule, such as broken-link, or of a family, such as links",
    )  # fmt: skip
    parser.add_argument("--all", action="store_true", help="explain every rule")
    given = parser.parse_args(words)
    if given.all == bool(given.rule):
        wrong = "leave out RULE or --all" if given.all else "name a rule or a family, or give --all"
        raise UsageError(f"{wrong}; `skill-lint rules` lists the rules")
    return given.rule or ""
