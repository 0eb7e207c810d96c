"""`skill-lint fix --llm`: questions to models, and what is shown, or written, of their answers."""

import argparse
import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from skill_lint.cli.commands import check
from skill_lint.cli.error import UsageError
from skill_lint.cli.options import baseline as known
from skill_lint.cli.options import config as settings
from skill_lint.cli.options import output, selection
from skill_lint.cli.terminal import llm as llm_show
from skill_lint.cli.terminal.review import Bar, Terminal
from skill_lint.config.config import Config
from skill_lint.discovery.roots import Discovery
from skill_lint.engine.lint import lint_skills
from skill_lint.fixing.write import Unwritten, write
from skill_lint.llm.gate.verdict import Passed
from skill_lint.llm.models.client import Refused
from skill_lint.llm.session.ask import Asker
from skill_lint.llm.session.outcome import Decision, Outcome, applied, as_json
from skill_lint.llm.session.propose import Proposal, answered, propose
from skill_lint.llm.session.review import Review
from skill_lint.llm.session.work import Work, asker, gather, optional_tasks
from skill_lint.llm.tasks.case import State
from skill_lint.report.baseline import Baseline
from skill_lint.reporters import summary
from skill_lint.reporters.colour import Colour
from skill_lint.reporters.escape import inert_json, visible


def run(options: argparse.Namespace) -> int:
    selection.settle(options)
    config, _ = settings.settings(options, options.paths)
    baseline, changes = known.load(options), selection.find_changes(options)
    found = selection.select(options, config, changes)
    work = gather(found, config, baseline, options)
    if options.show_prompt:
        llm_show.prompts(work, optional_tasks(config, options))
        return 0
    asking = asker(work, config, options)
    llm_show.preview(work, asking)
    try:
        with asyncio.Runner() as runner:
            _ask_and_show(work, asking, runner, options)
    finally:
        # A run that is broken off has a report as well.
        reported = _report(work, asking, options)
    llm_show.totals(work, asking)
    code = _code_of_disk(found, config, baseline)
    failed = any(each.decision == "failed" for each in work.outcomes)
    return 2 if work.unwritten or failed or not reported else code


def _ask_and_show(
    work: Work, asking: Asker, runner: asyncio.Runner, options: argparse.Namespace
) -> None:
    bar = Bar(len(work.cases))
    try:
        proposals = runner.run(propose(work.cases, asking, bar.step))
    except Refused as error:
        raise UsageError(visible(str(error))) from None
    finally:
        bar.clear()
    if options.interactive:
        _review(work, proposals, asking, runner)
    else:
        _present(work, proposals, asking, writes=bool(options.apply))


def _present(work: Work, proposals: Sequence[Proposal], asking: Asker, *, writes: bool) -> None:
    """Show what passed, and why the rest did not; write it, skill by skill, if that is wanted."""
    for start, group in work.by_skill(proposals):
        state, passed = start, list[int]()
        for proposal, verdict in applied(start, group):
            if isinstance(verdict, Passed):
                llm_show.change(proposal, state, verdict, asking.models)
                passed.append(len(work.outcomes))
                work.outcomes.append(Outcome.of(proposal, verdict, before=state))
                state = verdict.after
            else:
                work.outcomes.append(Outcome.of(proposal, verdict))
                llm_show.rejected(work.outcomes[-1])
        if writes and passed:
            _write(work, start, state, passed)


def _write(work: Work, start: State, end: State, passed: Sequence[int]) -> None:
    """Write all changes of a skill at once, and say of each outcome whether it was."""
    unwritten = tuple(write(start.disk, end.skill))
    work.unwritten += unwritten
    decision: Decision = "unwritten" if unwritten else "applied"
    for number in passed:
        outcome = work.outcomes[number]
        work.outcomes[number] = replace(outcome, decision=decision, unwritten=unwritten)


def _review(
    work: Work, proposals: Sequence[Proposal], asking: Asker, runner: asyncio.Runner
) -> None:
    """Let the person decide on each."""

    def again(proposal: Proposal, word: str) -> Proposal:
        assert proposal.answer is not None
        try:
            return runner.run(answered(proposal.case, asking, wish=(proposal.answer, word)))
        except Refused as error:
            raise UsageError(visible(str(error))) from None

    def written(state: State, passed: Passed) -> Sequence[Unwritten]:
        unwritten = write(state.disk, passed.after.skill)
        work.unwritten += unwritten
        return unwritten

    review = Review(Terminal(asking.models), again, written, work.outcomes)
    for state, group in work.by_skill(proposals):
        review.of_skill(state, group)
        if review.stopped:
            return


def _report(work: Work, asking: Asker, options: argparse.Namespace) -> bool:
    """Write the report, if one is wanted. Returns whether that worked."""
    if not options.report:
        return True
    whole = as_json(work.outcomes, work.not_asked, asking.models, asking.budget.spent)
    text = inert_json(json.dumps(whole, indent=2) + "\n")
    try:
        Path(options.report).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        llm_show.say(f"skill-lint: {options.report}: cannot be written: {reason}")
        return False
    return True


def _code_of_disk(found: Discovery, config: Config, baseline: Baseline | None) -> int:
    """Lint what is on the disk now: the counts are printed, the exit code is `check`'s."""
    report = lint_skills(found, config)
    if baseline:
        report = known.apply(report, baseline, show=False)
    print(summary.render(report, Colour()), end="")
    crashed = output.crashes(report.diagnostics, verbose=False)
    return 2 if crashed else check.exit_code(report, config)
