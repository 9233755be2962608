"""The letter that reminds one obliged maker of a report that was not sent, or was returned."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from disperin.papers.official import OfficialPaper, Passage, Said
from disperin.papers.sample import sample_mark
from disperin.registers.dated.quarters import Quarter
from disperin.reports.models import ReportingDeadline, ReportingDuty
from disperin.reports.rules import Outcome
from disperin.ui.formats import day


def reminder_paper(
    maker: Any, quarter: Quarter, deadline: ReportingDeadline | None, duties: Sequence[ReportingDuty], on: datetime.date
) -> OfficialPaper:
    """The letter to an obliged maker (with its `outcome`). It goes to the maker by the name it is registered under.

    Number, nature and who signs are left to be written by hand.
    """
    said = {"quarter": quarter.title}
    if maker.outcome == Outcome.RETURNED:
        asked = [_("Your report of %(quarter)s was returned in SIINas. Please correct it and send it again.") % said]
    else:
        asked = [_("As far as this office knows, your report of %(quarter)s was not sent in SIINas yet.") % said]
        asked.append(_("Please send it."))
    if deadline:
        values = {"opens": day(deadline.opens_on), "due": day(deadline.due_on), "source": deadline.source}
        asked.append(_("The report opens on %(opens)s and is due on %(due)s (%(source)s).") % values)
    asked.append(_("If you have sent it, please tell this office the day, so that it can be noted."))
    basis = sorted({duty.source for duty in duties if duty.scale == maker.industry_scale})
    return OfficialPaper(
        title=_("Reminder of the quarterly report: %(name)s") % {"name": maker.name},
        head=str(settings.PROVINCE.office),
        facts=[
            Said(_("Number")),
            Said(_("Nature")),
            Said(_("Subject"), _("Quarterly report in SIINas, %(quarter)s") % said),
            Said(_("Day"), day(on)),
        ],
        address=[_("To"), maker.name, f"{maker.village.name}, {maker.district.name}", maker.regency.name],
        passages=[*([Passage(_("Basis"), basis)] if basis else []), Passage("", asked)],
        signatures=[str(settings.PROVINCE.office)],
        name_label=_("Name and post"),
        footer=_("Written in the portal on %(day)s. %(number)s") % {"day": day(on), "number": maker.number},
        page=_("Page {page} of {pages}"),
        language=get_language() or "id",
        mark=sample_mark(),
    )
