"""The findings of a report in the format rdjson."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from inputs import InputError


class Place(NamedTuple):
    """A place in a file: the line counts from 1, and the column counts bytes from 1."""

    line: int
    column: int


class Suggestion(NamedTuple):
    """A text in place of another. `end` is behind the last byte."""

    start: Place
    end: Place
    text: str


class Finding(NamedTuple):
    """What a comment says of a finding. `message` is Markdown."""

    path: str
    line: int
    severity: str
    rule: str
    url: str
    message: str
    suggestions: tuple[Suggestion, ...]


def read(file: str) -> list[Finding]:
    """The errors and warnings of a file, which are what people are shown.

    Raises `InputError` if it is no such report.
    """
    try:
        report = json.loads(Path(file).read_text("utf-8"))
        found = [_finding(each) for each in report["diagnostics"]]
    except OSError as error:
        raise InputError(f"the file of the input `rdjson-file`: {error.strerror}") from None
    except (ValueError, TypeError, LookupError, AttributeError):
        message = "the file of the input `rdjson-file` is no report in skill-lint's format rdjson"
        raise InputError(message) from None
    return [each for each in found if each.severity != "info"]


def _finding(found: Mapping[str, Any]) -> Finding:
    location, code = found["location"], found["code"]
    return Finding(
        path=str(location["path"]),
        line=int(location["range"]["start"]["line"]),
        severity=str(found["severity"]).lower(),
        rule=str(code["value"]),
        url=str(code["url"]),
        message=str(found["message"]),
        suggestions=tuple(map(_suggestion, found.get("suggestions", []))),
    )


def _suggestion(found: Mapping[str, Any]) -> Suggestion:
    start, end = (_place(found["range"][side]) for side in ("start", "end"))
    return Suggestion(start, end, str(found["text"]))


def _place(found: Mapping[str, Any]) -> Place:
    return Place(int(found["line"]), int(found["column"]))
