"""How the rows of a list are judged by the job that reads files: compared, never imported."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.coverage.actions.bringing import PURPOSE
from disperin.coverage.actions.comparing import compare
from disperin.coverage.models import OutsideLine
from disperin.desk.refusals import NotNow
from disperin.registers.models import Record
from disperin.registers.record.directory import Register
from disperin.workbooks.importing import purposes
from disperin.workbooks.importing.purposes import Purpose
from disperin.workbooks.models import WORKING, Workbook, WorkbookRow


def _address(workbook: Workbook) -> str:
    return workbook.outside_list.get_absolute_url()


def _forget(register: Register, record: Record) -> None:
    """Lines about a record of which personal data are erased call it by its number, and keep nothing else of it.

    So do lines that say the same again. Their rows go before their time, as do those of lines that may be about it, and
    the rows by which sheets were recognised. Raises NotNow while a job compares.
    """
    if Workbook.objects.filter(purpose=PURPOSE, register=register.slug, state__in=WORKING).exists():
        raise NotNow(_("A list of another office is being compared just now. Wait until it is done."))
    about = OutsideLine.objects.filter(record_number=record.number)
    like = OutsideLine.objects.filter(rivals__contains=[{"number": record.number}])
    again = _said_again(about)
    rows = about | like | OutsideLine.objects.filter(pk__in=[*again, *_said_again(like)])
    held = list(rows.select_related("outside_list"))
    for line in held:
        if line.position is None:  # a record that the list lacks stands in no row
            continue
        WorkbookRow.objects.filter(workbook=line.outside_list.workbook_id, position=line.position).delete()
    for workbook in Workbook.objects.filter(pk__in={line.outside_list.workbook_id for line in held}):
        workbook.sheets = [{**sheet, "samples": []} for sheet in workbook.sheets]  # any may be of such a row
        workbook.save(update_fields=["sheets"])
    for line in like:
        line.rivals = [rival for rival in line.rivals if rival["number"] != record.number]
        line.save(update_fields=["rivals"])
    named = OutsideLine.objects.filter(Q(record_number=record.number) | Q(pk__in=again))
    named.update(name="", nib="", certificate="", village=None, identity="", differs=[])
    named.filter(regency=record.regency_id).update(name=record.number)  # elsewhere not even that is told


def _said_again(lines: QuerySet[OutsideLine]) -> list[int]:
    """The keys of the lines that say anew what one of these lines of the same list says."""
    alike = lines.filter(outside_list=OuterRef("outside_list"), identity=OuterRef("identity"))
    return list(OutsideLine.objects.exclude(identity="").filter(Exists(alike)).values_list("pk", flat=True))


def _index() -> str:
    return reverse("coverage:lists")


purposes.read_for(PURPOSE, Purpose(gettext_lazy("Lists of other offices"), _index, compare, _address, _forget))
