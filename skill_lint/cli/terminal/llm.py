"""What a run of `fix --llm` prints: what will be sent, the answers, and the cost."""

from collections import Counter
from collections.abc import Mapping, Sequence

from skill_lint.cli.terminal.write import printable, say, warn, write
from skill_lint.fixing.diff import diff
from skill_lint.llm.gate.verdict import Passed
from skill_lint.llm.models.client import Message
from skill_lint.llm.models.last_look import held_back
from skill_lint.llm.models.registry import TaskModel
from skill_lint.llm.models.usage import estimate
from skill_lint.llm.session.ask import Asker
from skill_lint.llm.session.optional import BACKGROUND, JUDGE, first_question, is_helped
from skill_lint.llm.session.outcome import Decision, Outcome
from skill_lint.llm.session.propose import MOST_CALLS, Proposal, question
from skill_lint.llm.session.work import Work
from skill_lint.llm.tasks.case import Case, State
from skill_lint.reporters.escape import visible
from skill_lint.text.plural import count

_ENDS: tuple[Decision, ...] = (
    "proposed",
    "applied",
    "declined",
    "rejected",
    "failed",
    "skipped",
    "unwritten",
)
OPTIONAL = {
    "skill_understand": "one question for each skill",
    "skill_gather_examples": "one question for each skill",
    "skill_validate": "one question for each change that passes",
}


def prompts(work: Work, optional: Sequence[str]) -> None:
    """Print exactly what would be sent first."""
    skills = {case.path: case for case in work.cases if is_helped(case)}
    for case in skills.values():
        for lm in optional:
            _prompt(f"{case.path}: {lm}", first_question(lm, case))
    for case in work.cases:
        _prompt(f"{case.path}: {case.task.name}, for {case.task.lm}", question(case))
    for each in work.not_asked:
        print(f"=== {visible(each.path)}: {each.task.name}, not sent: {visible(each.reason)}")


def _prompt(title: str, messages: Sequence[Message]) -> None:
    if reason := held_back(each.content for each in messages):
        print(f"=== {visible(title)}, not sent: {visible(reason)}")
        return
    print(f"=== {visible(title)}")
    for message in messages:
        print(f"--- {message.role}")
        print(*(visible(line) for line in message.content.splitlines()), sep="\n")


def preview(work: Work, asker: Asker) -> None:
    """Print the questions to each model, and the most that they may take."""
    if work.fixed:
        say(f"{count(work.fixed, 'finding')} fixed without a model")
    for each in work.not_asked:
        rules = ", ".join(sorted({finding.rule for finding in each.findings}))
        say(f"{each.path}: {rules}: not asked: {each.reason}")
    for model in asker.models.values():
        if model.task in OPTIONAL:
            say(f"{model.task}: {OPTIONAL[model.task]}, by {model.model} at {model.shown_url}")
            continue
        asked = [case for case in work.cases if case.task.lm == model.task]
        tokens = sum(_tokens(case) for case in asked)
        say(
            f"{model.task}: {count(len(asked), 'question')} to {model.model} at "
            f"{model.shown_url}, about {tokens:,} tokens; an answer has at most "
            f"{model.max_tokens:,}"
        )
    if not work.cases:
        say("no finding here needs a model")
        return
    number, bound = _calls(work, asker), asker.budget.max_calls
    most = number * MOST_CALLS if bound is None else min(number * MOST_CALLS, bound)
    say(f"{count(number, 'call')}, at most {most:,}; answers kept from before cost none")


def _calls(work: Work, asker: Asker) -> int:
    """The calls of a run if each first answer passes."""
    skills = len({case.path for case in work.cases if is_helped(case)})
    validations = len(work.cases) if JUDGE in asker.models else 0
    return len(work.cases) + validations + skills * len(BACKGROUND.keys() & asker.models.keys())


def _tokens(case: Case) -> int:
    return estimate(sum(len(message.content) for message in question(case)))


class Changes:
    """Shows changes that passed the gate. `prefix` is the run's root in the repository."""

    def __init__(self, models: Mapping[str, TaskModel], prefix: str) -> None:
        self._models, self._prefix = models, prefix

    def show(self, proposal: Proposal, before: State, passed: Passed) -> None:
        print(_headline(proposal, passed, self._models))
        shown = diff(before.skill, passed.after.skill, self._prefix)
        write(f"{printable(shown)}\n")


def rejected(outcome: Outcome) -> None:
    """Print why a question led to no change."""
    case, proposal = outcome.proposal.case, outcome.proposal
    ends = {
        "failed": proposal.failure,
        "skipped": f"not asked: {proposal.skipped}",
        "rejected": f"no fix found in {count(len(proposal.attempts), 'answer')}",
    }
    print(f"{visible(case.path)}: {', '.join(case.rules)}: {visible(ends[outcome.decision])}")
    for reason in outcome.reasons:
        print(f"  {visible(str(reason))}")


def totals(work: Work, asker: Asker) -> None:
    """Print the outcomes of the questions, and what they cost."""
    ends = Counter(each.decision for each in work.outcomes)
    parts = [f"{ends[name]} {name}" for name in _ENDS if ends[name]]
    attempts = [each for outcome in work.outcomes for each in outcome.proposal.attempts]
    cached, spent = sum(each.reply.cached for each in attempts), asker.budget.spent
    price = f", cost {spent.cost:.4f}" if spent.cost else ""
    from_before = f", {count(cached, 'answer')} kept from before" if cached else ""
    if work.cases:
        print(
            f"{count(len(work.cases), 'question')}: {', '.join(parts) or 'none answered'}; "
            f"{count(spent.calls, 'call')}, {spent.input_tokens:,} tokens sent, "
            f"{spent.output_tokens:,} received{price}{from_before}"
        )
    if ends["proposed"]:
        print("nothing was written; --apply writes the changes, --interactive asks for each")
    for path, reason in work.unwritten:
        warn(f"{path}: is not written: {reason}")
    if asker.cache.problem:
        warn(f"answers could not be kept: {asker.cache.problem}")


def _headline(proposal: Proposal, passed: Passed, models: Mapping[str, TaskModel]) -> str:
    """The title of a change, the rules that it fixes, and its model and tokens."""
    case = proposal.case
    model = models[case.task.lm].model
    return (
        f"{visible(case.path)}: {visible(passed.change.fix.title)}\n"
        f"  fixes {', '.join(case.rules)}; {case.task.lm} by {visible(model)}, "
        f"{proposal.tokens:,} tokens"
    )
