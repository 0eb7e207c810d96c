"""Every task of the fix step, in the order in which their changes are made."""

from skill_lint.llm.tasks.description import DescriptionTask
from skill_lint.llm.tasks.overview import OverviewTask
from skill_lint.llm.tasks.quick_start import QuickStartTask
from skill_lint.llm.tasks.split import SplitTask
from skill_lint.llm.tasks.task import Task
from skill_lint.llm.tasks.when_to_use import WhenToUseTask

# The split comes last: the sections that the others write are none that it moves.
TASKS: tuple[Task, ...] = (
    DescriptionTask(),
    OverviewTask(),
    WhenToUseTask(),
    QuickStartTask(),
    SplitTask(),
)
