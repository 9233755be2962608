"""The letter as a paper."""

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from disperin.letters.models import DataRequest
from disperin.papers.official import OfficialPaper, Passage, Said, Table
from disperin.papers.sample import sample_mark
from disperin.ui.formats import day


def upload_address(letter: DataRequest) -> str:
    """Where the data is sent in: the import, with the right register chosen."""
    return f"{settings.PUBLIC_ORIGIN}{reverse('workbooks:index')}?{urlencode({'daftar': letter.register})}"


def letter_paper(letter: DataRequest) -> OfficialPaper:
    """What a letter says as a paper. Addressed to no office of the list, it goes by the name of its regency."""
    asked = [_("Please send the following data through the portal.")]
    if letter.period:
        asked.append(_("Period of the data: %(period)s.") % {"period": letter.period})
    if letter.due_on:
        asked.append(_("The data is expected by %(day)s.") % {"day": day(letter.due_on)})
    table = Table(
        headings=[_("No."), _("Variable"), _("Format")],
        widths=[0.4, 4, 2],
        rows=[
            [str(at), variable.name, variable.format or "–"] for at, variable in enumerate(letter.asked_for, start=1)
        ],
    )
    ways: list[str | Said] = [_("Where to send it: %(address)s") % {"address": upload_address(letter)}]
    ways.append(_("The template with all columns stands on the same page."))
    ways.append(Said(_("Contact"), letter.contact))
    basis = [f"{at}. {line}" for at, line in enumerate(letter.founded_on, start=1)]
    return OfficialPaper(
        title=f"{letter.subject}: {letter.regency.name}",
        head=str(settings.PROVINCE.office),
        facts=[
            Said(_("Number"), letter.number),
            Said(_("Nature"), letter.nature),
            Said(_("Enclosures"), letter.enclosures),
            Said(_("Subject"), letter.subject),
            Said(_("Day"), day(letter.written_on)),
        ],
        address=[_("To"), *_addressee(letter)],
        passages=[
            *([Passage(_("Basis"), basis)] if basis else []),
            Passage(_("Data that is asked for"), asked, table),
            Passage(_("How it is sent"), ways),
        ],
        signatures=[str(settings.PROVINCE.office)],
        name_label=_("Name and post"),
        footer=_("Written in the portal on %(day)s.") % {"day": day(letter.written_on)},
        page=_("Page {page} of {pages}"),
        language=get_language() or "id",
        mark=" · ".join(_marks(letter)),
    )


def _marks(letter: DataRequest) -> list[str]:
    withdrawn = [_("WITHDRAWN on %(day)s") % {"day": day(letter.withdrawn_on)}] if letter.withdrawn_on else []
    return [*withdrawn, *filter(None, [sample_mark()])]


def _addressee(letter: DataRequest) -> list[str]:
    """The office by its own name, then where it is; without that name there is a line to write on."""
    office = letter.office
    return [office.name if office else "", letter.regency.name, *([office.place] if office and office.place else [])]
