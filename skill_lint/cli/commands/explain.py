"""`skill-lint explain RULE`: explain what a rule wants, and why; or all rules of a family.

The pages are files that docs/generate.py writes from the rules' docstrings; no rule is imported.
"""

import os
from collections.abc import Sequence

from skill_lint.cli.error import UsageError
from skill_lint.cli.options.appearance import columns
from skill_lint.reporters.wrap import prose

PAGES = os.path.join(os.path.dirname(__file__), "explanations")  # noqa: PTH118, PTH120
_BETWEEN = "\n---\n\n"


def run(words: Sequence[str]) -> int:
    is_name = len(words) == 1 and not words[0].startswith("-")
    name = _page_name(words[0] if is_name else _parsed(words))
    known = [page.removesuffix(".txt") for page in sorted(os.listdir(PAGES))]  # noqa: PTH208
    if name in known:
        print(_page(name), end="")
        return 0
    pages = [_page(each) for each in known]
    families = sorted(set(map(_family, pages)))
    if name and name not in families:
        what = f"there is no rule, family or metric `{name}`"
        raise UsageError(f"{what}{_hint(name, known, families)}")
    print(_BETWEEN.join(page for page in pages if name in ("", _family(page))), end="")
    return 0


def _page_name(word: str) -> str:
    """The name of the page about a rule or a metric, of which JSON has longer names."""
    name = word.replace("_", "-").replace(" ", "-")
    return name.removeprefix("has-").removeprefix("uses-") if "_" in word else name


def _page(name: str) -> str:
    with open(os.path.join(PAGES, f"{name}.txt"), encoding="utf-8") as page:  # noqa: PTH118, PTH123
        return prose(page.read(), columns())


def _family(page: str) -> str:
    """The family that a page names in its title: `broken-link (links)`."""
    title = page.partition("\n\n")[0]
    return title[title.rindex("(") + 1 : -1]


def _hint(name: str, known: Sequence[str], families: Sequence[str]) -> str:
    # Lazy import: printing a page does not need it.
    from skill_lint.text.spelling import did_you_mean

    listed = f"; `skill-lint rules` lists the rules; the families: {', '.join(families)}"
    return did_you_mean(name, [*known, *families]) or listed


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
