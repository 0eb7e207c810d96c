"""`skill-lint graph`: how skills refer to each other, as text, JSON, DOT or an HTML page."""

from collections.abc import Sequence
from pathlib import Path

from skill_lint.cli.error import UsageError
from skill_lint.cli.options import config
from skill_lint.cli.parser import LOOSE, Parser
from skill_lint.cli.terminal.save import refuse_same, saved
from skill_lint.cli.terminal.write import write
from skill_lint.filesystem.paths import Root
from skill_lint.graphs import dot, html, json_graph, text
from skill_lint.graphs.build import build
from skill_lint.text.spelling import did_you_mean

RENDERERS = {"dot": dot.render, "html": html.render, "json": json_graph.render, "text": text.render}
_ENDINGS = {
    ".dot": "dot",
    ".gv": "dot",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".txt": "text",
}


def run(words: Sequence[str], root: Root) -> int:
    parser = Parser(
        prog="skill-lint graph",
        description="Show how the skills at or below PATH refer to each other: links, mentions by "
        "name, dependencies and see-also. Also show unreferenced files, circular dependencies, and "
        "overlapping descriptions.",
        epilog="Exit codes: 0 done, 2 wrong usage or no skill found.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="default: the working directory")
    parser.add_argument(
        "--output-format", choices=sorted(RENDERERS), default=None, help="default: text"
    )
    parser.add_argument(
        "--output", "-o", metavar="[FORMAT=]FILE", action="append", default=[],
        help="write this format to a file; by default the ending of FILE decides; may be repeated",
    )  # fmt: skip
    config.add_file_options(parser)
    options = parser.parse_args(words)
    outputs = [_output(word) for word in options.output]
    refuse_same(path for _, path in outputs)
    settings, found = config.found_for(options, root)
    roots = sorted(found.skills, key=lambda each: each.shown)
    graph = build((each.open() for each in roots), settings)
    for name, path in outputs:
        saved(path, RENDERERS[name](graph))
    if options.output_format or not outputs:
        write(RENDERERS[options.output_format or "text"](graph))
    else:
        write(f"{text.summary(graph)}\n")
    return 0


def _output(word: str) -> tuple[str, Path]:
    name, equals, file = word.partition("=")
    path = Path(file if equals and name in RENDERERS else word)
    kind = name if equals and name in RENDERERS else _ENDINGS.get(path.suffix.lower(), "")
    if not kind or path == Path():
        known = sorted(RENDERERS)
        hint = did_you_mean(name, known, LOOSE)
        names = ", ".join(known)
        raise UsageError(f"--output takes FORMAT=FILE with one of {names}, not `{word}`{hint}")
    return kind, path
