"""What is done once a day: forgotten drafts are withdrawn, unused files and old counts go."""

from disperin.attachments.actions import remove_unreferenced
from disperin.registers.record import directory
from disperin.registers.record.actions import forget_ended_windows
from disperin.submissions import actions
from disperin.submissions.models import Submission
from disperin.submissions.models.files import files_in


def keep_house() -> dict[str, int]:
    """Do the day's work; gives what was done, as numbers by name. May be run at any time."""
    withdrawn = actions.withdraw_forgotten()
    removed = remove_unreferenced(kept=files_of_open_submissions())
    return {
        "withdrawn": len(withdrawn),
        "removed": removed,
        "forgotten": forget_ended_windows(),
    }


def files_of_open_submissions() -> set[str]:
    """The ids of the files that stand in the values of submissions which can still come true."""
    kept: set[str] = set()
    for register, values in Submission.objects.open().values_list("register", "values").iterator():
        kept |= files_in(directory.get(register), values)
    return kept
