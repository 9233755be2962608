"""How the rows of a list are judged by the job that reads files: compared, never imported."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disperin.coverage.actions.bringing import PURPOSE
from disperin.coverage.actions.comparing import compare
from disperin.coverage.models import OutsideLine
from disperin.registers.models import Record
from disperin.registers.record.directory import Register
from disperin.workbooks.importing import purposes
from disperin.workbooks.importing.purposes import Purpose
from disperin.workbooks.models import Workbook


def _address(workbook: Workbook) -> str:
    return workbook.outside_list.get_absolute_url()


def _forget(register: Register, record: Record) -> None:
    """Lines about a record of which personal data are erased call it by its number, and keep nothing else of it."""
    lines = OutsideLine.objects.filter(record_number=record.number)
    lines.update(name=record.number, nib="", village=None, differs=[])
    for line in OutsideLine.objects.filter(rivals__contains=[{"number": record.number}]):
        line.rivals = [one for one in line.rivals if one["number"] != record.number]
        line.save(update_fields=["rivals"])


def _index() -> str:
    return reverse("coverage:lists")


purposes.read_for(PURPOSE, Purpose(_("Lists of other offices"), _index, compare, _address, _forget))
