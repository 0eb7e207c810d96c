"""`skill-lint fix --llm`: ask models, and show or write the changes in their answers."""

import argparse
import asyncio
import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from skill_lint.cache.location import refusal
from skill_lint.cli.commands import check
from skill_lint.cli.error import UsageError
from skill_lint.cli.options import baseline, config, selection
from skill_lint.cli.options.appearance import columns, wants_colour, wants_links
from skill_lint.cli.options.cache import user_cache
from skill_lint.cli.options.models import configured, require_any, sources
from skill_lint.cli.terminal import llm
from skill_lint.cli.terminal.report import show_crashes
from skill_lint.cli.terminal.review import Bar, Terminal
from skill_lint.cli.terminal.save import save
from skill_lint.cli.terminal.write import warn, write
from skill_lint.config.config import Config
from skill_lint.config.file import ConfigError
from skill_lint.discovery.roots import Discovery
from skill_lint.engine.lint import lint_skills
from skill_lint.engine.postprocess import with_one_per_cause, without_baselined
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.fixing.write import Unwritten
from skill_lint.fixing.write import write as write_skill
from skill_lint.llm.gate.verdict import Passed
from skill_lint.llm.models.client import Refused
from skill_lint.llm.models.registry import Models
from skill_lint.llm.session.ask import Asker
from skill_lint.llm.session.outcome import Decision, Outcome, applied, as_json
from skill_lint.llm.session.propose import Proposal, answered, propose
from skill_lint.llm.session.review import Review
from skill_lint.llm.session.work import (
    MAX_CALLS,
    Bounds,
    CannotStart,
    Rights,
    Work,
    asker,
    gather,
    optional_tasks,
)
from skill_lint.llm.tasks.case import State
from skill_lint.report.baseline import Baseline
from skill_lint.reporters.escape import inert_json, visible
from skill_lint.reporters.footer import footer
from skill_lint.reporters.formats import RENDERERS
from skill_lint.reporters.look import Look
from skill_lint.reporters.rebase import prefix_of


def run(given: argparse.Namespace, root: Root) -> int:
    recorder = Recorder(is_recording=False)
    chosen = selection.settle(given)
    settings, _ = config.run_config(config.settle(given), chosen.paths, root, recorder)
    accepted = baseline.load(baseline.settle(given), root, recorder)
    changes = selection.find_changes(chosen, root, recorder)
    found = selection.select(chosen, settings, changes, root, recorder)
    # First of all: a file that wants to decide too much ends the run before anything is fixed.
    models = configured(sources(given, settings, root, chosen.paths))
    prefix = prefix_of(root, recorder)
    rights = Rights(
        bool(given.apply or given.interactive), bool(given.allow_dirty), given.unsafe_fixes
    )
    try:
        work = gather(found, settings, accepted, rights)
        if given.show_prompt:
            llm.prompts(work, optional_tasks(models))
            return 0
        asking = _asker(work, models, given)
    except (CannotStart, ConfigError) as error:
        raise UsageError(visible(str(error))) from None
    llm.preview(work, asking)
    try:
        with asyncio.Runner() as runner:
            _ask_and_show(work, asking, runner, given, prefix)
    finally:
        # An interrupted run writes a report, too.
        reported = _report(work, asking, given)
    llm.totals(work, asking)
    look = Look(wants_colour(given.color), wants_links(given.color), columns())
    code = _show_what_is_left(found, settings, accepted, look)
    failed = any(each.decision == "failed" for each in work.outcomes)
    return 2 if work.unwritten or failed or not reported else code


def _asker(work: Work, models: Models, given: argparse.Namespace) -> Asker:
    if work.cases:
        require_any(models)
    bounds = Bounds(given.max_calls or MAX_CALLS, given.max_tokens, given.max_cost)
    return asker(work, models if work.cases else None, bounds, os.environ, _answers_folder())


def _answers_folder() -> Path | None:
    """The folder of kept answers, in the user's cache; None if a commit could have filled it."""
    base = user_cache()
    return Path(base, "answers") if base and not refusal(base, os.getcwd()) else None  # noqa: PTH109


def _ask_and_show(
    work: Work, asking: Asker, runner: asyncio.Runner, given: argparse.Namespace, prefix: str
) -> None:
    bar = Bar(len(work.cases))
    try:
        proposals = runner.run(propose(work.cases, asking, bar.step))
    except Refused as error:
        raise UsageError(visible(str(error))) from None
    finally:
        bar.clear()
    shown = llm.Changes(asking.models, prefix)
    if given.interactive:
        _review(work, proposals, asking, runner, shown)
    else:
        _present(work, proposals, shown, writes=bool(given.apply))


def _present(
    work: Work, proposals: Sequence[Proposal], shown: llm.Changes, *, writes: bool
) -> None:
    """Show the changes that passed, and why others did not; if `writes`, write them by skill."""
    for start, group in work.by_skill(proposals):
        state, passed = start, list[int]()
        for proposal, verdict in applied(start, group):
            if isinstance(verdict, Passed):
                shown.show(proposal, state, verdict)
                passed.append(len(work.outcomes))
                work.outcomes.append(Outcome.of(proposal, verdict, before=state))
                state = verdict.after
            else:
                work.outcomes.append(Outcome.of(proposal, verdict))
                llm.rejected(work.outcomes[-1])
        if writes and passed:
            _write(work, start, state, passed)


def _write(work: Work, start: State, end: State, passed: Sequence[int]) -> None:
    """Write all changes of a skill at once, and record that in their outcomes."""
    unwritten = tuple(write_skill(start.disk, end.skill, work.tops))
    work.unwritten += unwritten
    decision: Decision = "unwritten" if unwritten else "applied"
    for number in passed:
        outcome = work.outcomes[number]
        work.outcomes[number] = replace(outcome, decision=decision, unwritten=unwritten)


def _review(
    work: Work,
    proposals: Sequence[Proposal],
    asking: Asker,
    runner: asyncio.Runner,
    shown: llm.Changes,
) -> None:
    """Let the user decide on each change."""

    def again(proposal: Proposal, word: str) -> Proposal:
        assert proposal.answer is not None
        try:
            return runner.run(answered(proposal.case, asking, wish=(proposal.answer, word)))
        except Refused as error:
            raise UsageError(visible(str(error))) from None

    def written(state: State, passed: Passed) -> Sequence[Unwritten]:
        unwritten = write_skill(state.disk, passed.after.skill, work.tops)
        work.unwritten += unwritten
        return unwritten

    review = Review(Terminal(shown), again, written, work.outcomes)
    for state, group in work.by_skill(proposals):
        review.of_skill(state, group)
        if review.stopped:
            return


def _report(work: Work, asking: Asker, given: argparse.Namespace) -> bool:
    """Write the report, if `--report` asks for it. Returns whether that worked."""
    if not given.report:
        return True
    whole = as_json(work.outcomes, work.not_asked, asking.models, asking.budget.spent)
    text = inert_json(json.dumps(whole, indent=2) + "\n")
    if failure := save(Path(given.report), text):
        warn(failure)
    return not failure


def _show_what_is_left(
    found: Discovery, settings: Config, accepted: Baseline | None, look: Look
) -> int:
    """Lint the files on the disk, and print the findings. Returns the exit code of `check`."""
    report = lint_skills(found, settings)
    if accepted:
        report = without_baselined(accepted, show=False)(report)
    report = with_one_per_cause(report)
    least = settings.shown_from or "warning"
    print(flush=True)
    write(RENDERERS["text"](report.at_least(least), look) + footer(report, look, least))
    crashed = show_crashes(report.diagnostics, verbose=False)
    return 2 if crashed else check.exit_code(report, settings)
