"""What the description of the API calls the choices that stand in several places: a name each, and where they are."""

from typing import Any

CHOICES: dict[str, Any] = {
    "SubmissionStatus": "disperin.submissions.workflow.Status",
    "SubmissionKind": "disperin.submissions.models.Kind",
    "ClusterStatus": "industries.rules.ClusterStatus",
    "DocumentKind": "industries.rules.DocumentKind",
    "RegencyKind": "disperin.regions.models.Regency.Kind",
    "VillageKind": "disperin.regions.models.Village.Kind",
    "AttachmentKind": "disperin.attachments.models.Attachment.Kind",
    "FieldKind": "disperin.registers.api.describing.KINDS",
    "YesNo": "industries.rules.YesNo",
    "HalalState": "industries.rules.HalalState",
    "AwardState": "ovop.rules.AwardState",
    "PairState": "disperin.registers.pairing.pairs.PairState",
    "InquiryKind": "disperin.inquiries.models.Kind",
    "InquiryTopic": "disperin.inquiries.models.Topic",
    "InquiryState": "disperin.inquiries.workflow.State",
    "HalalStage": "industries.rules.HalalStage",
    "NominationStage": "ovop.rules.Stage",
    "ZoneKind": "zones.rules.ZoneKind",
    "ZoneStage": "zones.rules.ZoneStage",
    "UtilityKind": "zones.rules.UtilityKind",
    "UtilityStatus": "zones.rules.UtilityStatus",
    "PlotState": "zones.rules.PlotState",
    "ZoneDocumentKind": "zones.rules.ZoneDocumentKind",
    "IssueKind": "zones.rules.IssueKind",
    "IssueState": "zones.rules.IssueState",
}
