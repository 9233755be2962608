"""Every column that names a person says whether it is in their hands, to be handed on, or remembers what they did."""

from django.apps import apps

from disperin.accounts.models import User

IN_HAND = {
    "submissions.Submission.proposed_by",
    "submissions.Submission.claimed_by",
    "submissions.Submission.meant_for",
    "submissions.Batch.made_by",
    "workbooks.Workbook.sent_by",
    "inquiries.Inquiry.handled_by",
    "industries.HalalTask.assigned_to",
    "mydata.LackTask.assigned_to",
    "coverage.OutsideTask.assigned_to",
}
DEEDS = {
    "attachments.Attachment.uploaded_by",
    "closes.Close.closed_by",
    "closes.CloseCorrection.by",
    "coverage.OutsideList.made_by",
    "coverage.OutsideTask.assigned_by",
    "history.Entry.actor",
    "industries.HalalTask.assigned_by",
    "mydata.LackTask.assigned_by",
    "inquiries.Inquiry.ended_by",
    "letters.DataRequest.made_by",
    "ovop.Assessment.assessor",
    "ovop.Label.made_by",
    "registers.DuplicatePair.decided_by",
    "registers.DuplicatePair.named_by",
    "registers.DuplicateSearch.begun_by",
    "registers.Hidden.by",
    "registers.Hidden.ended_by",
    "registers.Merge.merged_by",
    "registers.Merge.undone_by",
    "reports.FilingStep.noted_by",
    "submissions.Batch.worked_by",
    "submissions.BatchSample.drawn_by",
    "submissions.Submission.decided_by",
    "submissions.Submission.submitted_by",
    "submissions.SubmissionRound.decided_by",
    "submissions.SubmissionRound.submitted_by",
    "zones.SelfCheckAnswer.answered_by",
    "zones.SelfCheckAnswerEvent.answered_by",
}
# Of nobody's work: what a person was told, asked for, or signs in with.
THEIR_OWN = {
    "accounts.Absence.stand_in",
    "accounts.Absence.user",
    "accounts.ApiKey.user",
    "accounts.CalendarAddress.user",
    "handbook.Tick.user",
    "head.AlertRule.person",
    "head.MondayChoice.user",
    "head.MondayMail.user",
    "mydata.FirstView.user",
    "mydata.SavedView.owner",
    "notices.Notice.recipient",
    "workbooks.Export.asked_by",
}
FOLDERS = {"disperin", "industries", "ovop", "zones"}


def test_every_column_that_names_a_person_is_decided():
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.partition(".")[0] in FOLDERS
        for field in model._meta.concrete_fields
        if field.related_model is User
    }

    assert found == IN_HAND | DEEDS | THEIR_OWN
