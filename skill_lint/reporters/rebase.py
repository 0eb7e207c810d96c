"""Paths that count from the repository's root, for readers who stand there wherever the run was."""

import os
import posixpath

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


def rebased(report: Report, prefix: str) -> Report:
    """The report with each path behind a prefix."""
    if not prefix:
        return report
    return report._replace(diagnostics=tuple(_moved(each, prefix) for each in report.diagnostics))


def _moved(diagnostic: Diagnostic, prefix: str) -> Diagnostic:
    related, elsewhere = (
        tuple(each._replace(path=_join(prefix, each.path)) for each in places)
        for places in (diagnostic.related, diagnostic.elsewhere)
    )
    path, fix = _join(prefix, diagnostic.path), diagnostic.fix
    if fix:
        edits = [edit._replace(path=_join(prefix, edit.path)) for edit in fix.edits]
        fix = fix._replace(edits=tuple(edits))
    return diagnostic._replace(path=path, related=related, elsewhere=elsewhere, fix=fix)


def _join(prefix: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(prefix, path))
