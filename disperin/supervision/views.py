"""Inspections, inside the office: the list, one page each, and its minutes as a paper."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk
from disperin.papers.official import official_pdf
from disperin.registers.api.drawing import drawn
from disperin.registers.lists.facets import Facet, regencies
from disperin.registers.lists.views import RecordList
from disperin.registers.record import past
from disperin.submissions.views.record_page import RecordPage
from disperin.supervision.filters import InspectionFilter
from disperin.supervision.models import Finding, Inspection
from disperin.supervision.papers import minutes_of
from disperin.ui.addresses import addresses


class InspectionList(RecordList):
    """`/pengawasan/`: the inspections within one's reach, the newest first."""

    filterset_class = InspectionFilter
    template_name = "supervision/inspection_list.html"
    facets = (Facet("regency", _("Regency/city"), "regency", regencies),)
    columns = (
        "number", "planned_on", "visited_on", "inspectors", "establishment__name", "zone__name", "regency__name",
    )  # fmt: skip

    def cards(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        address, today = addresses("supervision:inspection-detail"), past.today()
        keys = [row["id"] for row in rows]
        open_ones = Finding.objects.filter(inspection__in=keys, closed_on=None, done_on=None)
        findings: dict[int, list[Finding]] = {}
        for finding in open_ones:
            findings.setdefault(finding.inspection_id, []).append(finding)
        return [
            {
                **row,
                "url": address(row["number"]),
                "name": row["establishment__name"] or row["zone__name"],
                "regency": row["regency__name"],
                "open_findings": len(findings.get(row["id"], ())),
                "late_findings": sum(finding.late_days > 0 for finding in findings.get(row["id"], ())),
                "is_late": row["visited_on"] is None and row["planned_on"] < today,
            }
            for row in rows
        ]


class InspectionPage(RecordPage):
    """`/pengawasan/<number>/`: one inspection with what was looked at, found and photographed."""

    template_name = "supervision/inspection_detail.html"
    queryset = Inspection.objects.select_related("regency", "establishment", "zone", "minutes")
    reads = ("inspections", "establishments", "zones", "reference")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = self.object
        photos = record.photos.filter(closed_on=None).select_related("photo")
        return super().get_context_data(
            documents=record.documents.filter(closed_on=None),
            findings=record.findings.filter(closed_on=None),
            photos=[row for row in photos if row.photo],
            **kwargs,
        )


class InspectionFile(Desk):
    """`/pengawasan/<number>/berita-acara.pdf`: its minutes, with places to sign."""

    def get(self, request: UserRequest, number: str) -> HttpResponse:
        if "\x00" in number:
            raise Http404
        reachable = Inspection.objects.within_reach(request.user).select_related("regency", "establishment", "zone")
        inspection = get_object_or_404(reachable, number=number)
        named = {"Content-Disposition": f'inline; filename="berita-acara-{inspection.number}.pdf"'}
        paper = minutes_of(inspection, timezone.localdate())
        return drawn(request, lambda: official_pdf(paper), "application/pdf", headers=named)
