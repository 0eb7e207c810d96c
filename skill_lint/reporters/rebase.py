"""Paths that count from the repository's root, for readers who stand there wherever the run was."""

import os
import posixpath
from collections.abc import Callable

from skill_lint.diagnostic import Diagnostic
from skill_lint.filesystem.paths import Root, upwards
from skill_lint.filesystem.recorder import Recorder
from skill_lint.report.report import Report


def prefix_of(root: Root, recorder: Recorder) -> str:
    """The run's root as seen from the root of the repository that it is in; empty where it is that.

    POSIX. Outside of a repository empty as well.
    """
    for folder in upwards(root.absolute):
        if recorder.exists(os.path.join(folder, ".git")):  # noqa: PTH118
            relative = os.path.relpath(root.absolute, folder).replace(os.sep, "/")
            return "" if relative == "." else relative
    return ""


def rebased(report: Report, root: Root, recorder: Recorder) -> Report:
    """The report with paths from the repository's root. Those of files outside are absolute."""
    prefix = prefix_of(root, recorder)

    def path(given: str) -> str:
        joined = posixpath.normpath(posixpath.join(prefix, given))
        is_outside = joined == ".." or joined.startswith("../")
        return root.absolute_of(given).replace(os.sep, "/") if is_outside else joined

    return report._replace(diagnostics=tuple(_moved(each, path) for each in report.diagnostics))


def _moved(diagnostic: Diagnostic, path: Callable[[str], str]) -> Diagnostic:
    related, elsewhere = (
        tuple(each._replace(path=path(each.path)) for each in places)
        for places in (diagnostic.related, diagnostic.elsewhere)
    )
    fix = diagnostic.fix
    if fix:
        edits = [edit._replace(path=path(edit.path)) for edit in fix.edits]
        fix = fix._replace(edits=tuple(edits))
    return diagnostic._replace(
        path=path(diagnostic.path), related=related, elsewhere=elsewhere, fix=fix
    )
