"""All tasks of `fix --llm`, in the order in which their changes are made."""

from skill_lint.llm.tasks.description import DescriptionTask
from skill_lint.llm.tasks.overview import OverviewTask
from skill_lint.llm.tasks.quick_start import QuickStartTask
from skill_lint.llm.tasks.split import SplitTask
from skill_lint.llm.tasks.task import Task
from skill_lint.llm.tasks.when_to_use import WhenToUseTask

# The split comes last. The others write no section that it can move, so its numbers stay valid.
TASKS: tuple[Task, ...] = (
    DescriptionTask(),
    OverviewTask(),
    WhenToUseTask(),
    QuickStartTask(),
    SplitTask(),
)
