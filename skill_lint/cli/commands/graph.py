"""`skill-lint graph`: how skills refer to each other, to read, to draw and to look at."""

from collections.abc import Sequence
from pathlib import Path

from skill_lint.cli.error import UsageError
from skill_lint.cli.options import config as settings
from skill_lint.cli.options import output
from skill_lint.cli.parser import Parser
from skill_lint.graphs import dot, html, json_graph, text
from skill_lint.graphs.build import build
from skill_lint.skill.skill import Skill

RENDERERS = {"dot": dot.render, "html": html.render, "json": json_graph.render, "text": text.render}
_ENDINGS = {
    ".dot": "dot",
    ".gv": "dot",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".txt": "text",
}


def run(words: Sequence[str]) -> int:
    parser = Parser(
        prog="skill-lint graph",
        description="Show how the skills at or below PATH refer to each other: links, mentions by "
        "name, dependencies and see-also; which files nothing leads to, which skills depend on "
        "each other in a circle, and which descriptions overlap.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="default: the working directory")
    parser.add_argument("--output-format", choices=sorted(RENDERERS), default=None)
    parser.add_argument(
        "--output", "-o", metavar="[FORMAT=]FILE", action="append", default=[],
        help="write this format to a file; without FORMAT the ending says which; may be repeated",
    )  # fmt: skip
    settings.add_file_options(parser)
    options = parser.parse_args(words)
    outputs = [_output(word) for word in options.output]
    found = settings.discovered(options)
    roots = sorted(found.skills, key=lambda root: root.shown)
    skills = (Skill(root.path, root.shown, limits=root.limits) for root in roots)
    graph = build(skills, settings.of_file(options))
    for name, path in outputs:
        _save(path, RENDERERS[name](graph))
    if options.output_format or not outputs:
        output.write(RENDERERS[options.output_format or "text"](graph))
    else:
        output.write(f"{text.summary(graph)}\n")
    return 0


def _output(word: str) -> tuple[str, Path]:
    name, equals, file = word.partition("=")
    path = Path(file if equals and name in RENDERERS else word)
    kind = name if equals and name in RENDERERS else _ENDINGS.get(path.suffix.lower(), "")
    if not kind or path == Path():
        known = ", ".join(sorted(RENDERERS))
        raise UsageError(f"--output takes FORMAT=FILE with one of {known}, not `{word}`")
    return kind, path


def _save(path: Path, content: str) -> None:
    try:
        path.write_bytes(content.encode("utf-8", "backslashreplace"))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"{path}: cannot be written: {reason}") from None
