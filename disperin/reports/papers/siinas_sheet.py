"""Reports as a paper, block by block, for whoever enters them in SIINas: of one maker, or of several."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from disperin.papers.official import OfficialPaper, Passage, Said, Table
from disperin.papers.sample import sample_mark
from disperin.reports.models import QuarterlyReport
from disperin.reports.papers.siinas_order import Block, blocks_of, is_in_known_order
from disperin.ui import formats

MOST_PRINTED = 40  # reports of one paper; more are several papers


def sheet_paper(report: QuarterlyReport) -> OfficialPaper:
    """The sheet of one report as verified last."""
    maker = report.establishment
    title = _("Quarterly report of %(name)s") % {"name": report}
    facts = [
        Said(_("Establishment"), f"{maker.name} ({maker.number})"),
        Said(_("SIINas account"), maker.siinas_account),
        Said(_("Regency/city"), report.regency.name),
        Said(_("Quarter"), report.period.title),
        Said(_("Stage"), str(report.get_stage_display())),
        Said(_("Form of the report"), str(report.get_group_display())),
        Said(_("Parent company"), report.parent_company or "–"),
        Said(_("Who signs"), ", ".join(filter(None, (report.signer, report.signer_post)))),
    ]
    return _paper(title, facts, [_passage(block) for block in blocks_of(report)], report.number, [report])


def batch_paper(reports: Sequence[QuarterlyReport], quarter: str, *, left_out: int) -> OfficialPaper:
    """The sheets of several reports one after the other. `left_out`: how many more there are than are printed."""
    facts = [Said(_("Quarter"), quarter), Said(_("Reports"), formats.number(len(reports)))]
    if left_out:
        text = _("%(number)s more: choose a regency or a form.") % {"number": formats.number(left_out)}
        facts.append(Said(_("Not printed here"), text))
    passages = []
    for report in reports:
        maker = report.establishment
        lines = [
            Said(_("SIINas account"), maker.siinas_account or "–"),
            Said(_("Stage"), str(report.get_stage_display())),
            Said(_("Form of the report"), str(report.get_group_display())),
        ]
        passages.append(Passage(f"{maker.name} – {report.number}", lines))
        passages += [_passage(block) for block in blocks_of(report)]
    return _paper(_("Quarterly reports, %(quarter)s") % {"quarter": quarter}, facts, passages, quarter, reports)


def _paper(
    title: str, facts: list[Said], passages: list[Passage], about: str, reports: Sequence[QuarterlyReport]
) -> OfficialPaper:
    if all(is_in_known_order(report) for report in reports):
        footer = _("%(about)s · in the order of Permenperin 13/2025 Ps 7. Confidential.")
    else:
        footer = _("%(about)s · Confidential.")
    return OfficialPaper(
        title=title,
        head=str(settings.PROVINCE.office),
        heading=_("Sheet for SIINas").upper(),
        facts=facts,
        passages=passages,
        signatures=[],
        name_label=_("Name and post"),
        footer=footer % {"about": about},
        page=_("Page {page} of {pages}"),
        language=get_language() or "id",
        mark=sample_mark(),
    )


def _passage(block: Block) -> Passage:
    if block.rows:
        table = Table(
            list(block.headings), [1.0] * len(block.headings), [[_said(cell) for cell in row] for row in block.rows]
        )
        return Passage(block.title, (), table)
    lines = [Said(label, _said(value)) for label, value in block.lines]
    return Passage(block.title, lines or [_("None is entered.")])


def _said(value: Any) -> str:
    if value is None or value == "":
        return "–"
    return str(value) if isinstance(value, str) else formats.number(value)
