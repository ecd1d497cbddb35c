"""Tasks: what is asked, how an answer is checked, where answers are kept."""

from tumen.tasks.answers import Answers
from tumen.tasks.check import Feedback, check, solved
from tumen.tasks.definitions import Answer, Mistake, Task, find_task, predictions_of, read_tasks, task_themes, tasks_of

__all__ = [
    "Answer",
    "Answers",
    "Feedback",
    "Mistake",
    "Task",
    "check",
    "find_task",
    "predictions_of",
    "read_tasks",
    "solved",
    "task_themes",
    "tasks_of",
]
