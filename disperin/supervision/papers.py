"""The minutes of an inspection, as they are to be signed."""

import datetime

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from disperin.papers.official import OfficialPaper, Passage, Said, Table
from disperin.papers.sample import sample_mark
from disperin.supervision.models import DocumentCheck, Finding, Inspection
from disperin.ui.formats import day


def minutes_of(inspection: Inspection, on: datetime.date) -> OfficialPaper:
    """The minutes of an inspection as the register stands on a day. Who signs is left to be written by hand."""
    documents = list(inspection.documents.filter(closed_on=None))
    findings = list(inspection.findings.filter(closed_on=None))
    point = f"{inspection.latitude}, {inspection.longitude}" if inspection.latitude is not None else ""
    passages = [Passage(_("What was seen"), inspection.summary.splitlines() or [_("Nothing is entered.")])]
    passages.append(
        Passage(_("Documents that were checked"), (), _documents(documents))
        if documents
        else Passage(_("Documents that were checked"), [_("None is entered.")])
    )
    passages.append(
        Passage(_("Findings and follow-ups"), (), _findings(findings))
        if findings
        else Passage(_("Findings and follow-ups"), [_("None is entered.")])
    )
    return OfficialPaper(
        title=_("Minutes of the inspection of %(name)s") % {"name": inspection},
        head=str(settings.PROVINCE.office),
        heading=_("Minutes of inspection").upper(),
        facts=[
            Said(_("Number"), inspection.minutes_number),
            Said(_("Inspected"), f"{inspection}, {inspection.regency.name}"),
            Said(_("Planned for"), day(inspection.planned_on)),
            Said(_("Visited on"), day(inspection.visited_on) if inspection.visited_on else ""),
            Said(_("Who went there"), inspection.inspectors),
            Said(_("Point"), point),
        ],
        passages=passages,
        signatures=[_("For those who inspected"), _("For %(name)s") % {"name": inspection}],
        name_label=_("Name and post"),
        footer=_("%(number)s · as the register stands on %(day)s.") % {"number": inspection.number, "day": day(on)},
        page=_("Page {page} of {pages}"),
        language=get_language() or "id",
        mark=sample_mark(),
    )


def _documents(rows: list[DocumentCheck]) -> Table:
    return Table(
        headings=[_("Document or duty"), _("Is it there"), _("Number"), _("Valid until"), _("Note")],
        widths=[2.4, 1, 1.4, 1.1, 1.5],
        rows=[
            [
                str(document.get_kind_display()),
                str(document.get_answer_display()),
                document.number or "–",
                day(document.valid_until) if document.valid_until else "–",
                document.note or "–",
            ]
            for document in rows
        ],
    )


def _findings(rows: list[Finding]) -> Table:
    return Table(
        headings=[_("What was found"), _("What is to be done"), _("Due on"), _("State")],
        widths=[2.5, 2.5, 1.1, 1.2],
        rows=[
            [finding.found, finding.follow_up or "–", day(finding.due_on) if finding.due_on else "–", _state(finding)]
            for finding in rows
        ],
    )


def _state(finding: Finding) -> str:
    return (
        f"{finding.get_state_display()}, {day(finding.done_on)}"
        if finding.done_on
        else str(finding.get_state_display())
    )
