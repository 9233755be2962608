"""What may be done with a workbook, by whom, and when: pages draw buttons by it, the API and the verbs refuse by it."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow, Refusal, Refused
from disperin.regions.models import Regency
from disperin.regions.reach import reaches
from disperin.submissions.workflow import not_proposing
from disperin.workbooks.models import State, Workbook
from disperin.workbooks.tables.columns import photo_places


class Step(models.TextChoices):
    CONFIRM = "confirm", gettext_lazy("Confirm the columns")
    CHOOSE = "choose", gettext_lazy("Choose the record")
    MEND = "mend", gettext_lazy("Mend the rows")
    PICTURE = "picture", gettext_lazy("Send photographs")
    SUBMIT = "submit", gettext_lazy("Submit")
    WITHDRAW = "withdraw", gettext_lazy("Withdraw")
    RESUME = "resume", gettext_lazy("Go on")


WHEN = {
    Step.CONFIRM: (State.MAPPING, State.CHECKED),
    Step.CHOOSE: (State.CHECKED, State.SUBMITTED),
    Step.MEND: (State.CHECKED, State.SUBMITTED),
    Step.PICTURE: (State.CHECKED,),
    Step.SUBMIT: (State.CHECKED,),
    Step.WITHDRAW: (State.READING, State.MAPPING, State.CHECKING, State.CHECKED, State.SUBMITTED, State.FAILED),
    Step.RESUME: (State.FAILED,),
}
OF_ANY_PURPOSE = (Step.CONFIRM, Step.WITHDRAW, Step.RESUME)  # also of files that are read for something else


def why_not(step: Step, workbook: Workbook, user: User) -> Refusal:
    """Why this user may not take this step now, as a Refusal; empty if they may."""
    if not reaches(user, workbook):
        return Refusal(_("This lies outside your reach."), forbidden=True)
    if reason := not_proposing(user, workbook.regency_id, workbook.sent_by):
        return reason
    if workbook.purpose and (step not in OF_ANY_PURPOSE or workbook.state == State.CHECKED):
        return Refusal(_("The rows of this file are compared, not imported."))
    if workbook.state not in WHEN[step]:
        values = {"step": Step(step).label, "state": State(workbook.state).label}
        return Refusal(_("“%(step)s” is not possible: this file is “%(state)s”.") % values)
    if step != Step.WITHDRAW and workbook.forgotten_at:
        return Refusal(_("The rows of this file were removed after their time. Send the file again."))
    if step == Step.CONFIRM and workbook.handed_in:
        return Refusal(_("Rows of this file were submitted, so its columns stay what they are. Send the file anew."))
    if step == Step.PICTURE and not photo_places(workbook.target, workbook.mapping):
        return Refusal(_("No column of this file is read as the name of a photograph. Say which one it is first."))
    if step in (Step.CHOOSE, Step.MEND) and workbook.state == State.SUBMITTED and not workbook.bad + workbook.skipped:
        return Refusal(_("Every row of this file was submitted; nothing is left to be mended."))
    if workbook.stock and step in (Step.SUBMIT, Step.RESUME) and not user.can_publish:
        return Refusal(_("Only an administrator may bring in rows of an older system."), forbidden=True)
    if step == Step.SUBMIT and not workbook.adds_up:
        return Refusal(_("The rows do not add up. Nothing is submitted; send the file again."))
    if step == Step.SUBMIT and workbook.handed_in and not workbook.to_propose:
        return Refusal(_("What is right in this file was submitted. Mend the other rows first."))
    if step == Step.SUBMIT and not workbook.to_propose:
        return Refusal(_("This file has no row that is new or changed, so there is nothing to submit."))
    return Refusal()


def open_steps(workbook: Workbook, user: User) -> list[Step]:
    """The steps that this user may take now."""
    return [step for step in Step if not why_not(step, workbook, user)]


def refuse_unless_open(step: Step, workbook: Workbook, user: User) -> None:
    """Raises Refused (never this person's) or NotNow (not in this state) with the reason in words."""
    if reason := why_not(step, workbook, user):
        raise (Refused if reason.forbidden else NotNow)(reason)


def refuse_elsewhere(user: User | AnonymousUser, regency: Regency) -> None:
    """Raises Refused for the template of a regency for which somebody cannot send it back."""
    if user.is_authenticated and user.regency_id and user.regency_id != regency.pk:
        text = _("This template is for %(regency)s; you can only propose within your own regency.")
        raise Refused(text % {"regency": regency})
