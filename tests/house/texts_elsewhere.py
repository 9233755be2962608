"""What people write that is no register's: a row of each model that holds such texts, and any text in them."""

import datetime

from django.utils import timezone

from disperin.accounts.models import User
from disperin.attachments.models import Attachment
from disperin.coverage.models import OutsideLine, OutsideList, OutsideTask
from disperin.inquiries import actions as inquiries
from disperin.inquiries.models import Holiday, Inquiry, Investment, Kind
from disperin.letters.models import DataRequest
from disperin.mydata.models import LackTask, SavedView
from disperin.notices.models import Notice
from disperin.planning.models import TablePaper
from disperin.registers.hiding.hidden import Hidden
from disperin.registers.pairing.pairs import DuplicatePair
from disperin.reports.models import FilingStep
from disperin.submissions.models import Batch, Submission, SubmissionRound
from disperin.ui.characters import line
from disperin.units.models import Unit
from disperin.workbooks.models import Workbook, WorkbookRow
from industries.models import ChainStep, Commodity, HalalTask, LeadingIndustry, OutsideCount
from ovop.models import ChecklistItem, Scheme

DAY = datetime.date(2026, 1, 2)
ELSEWHERE = {  # what people write that is no register's: the texts of each model
    Attachment: ["name"],
    Batch: ["name", "work_note"],
    ChainStep: ["stage_id", "stage_en", "product_id", "product_en", "source"],
    ChecklistItem: ["name_id", "name_en"],
    Commodity: ["name_id", "name_en", "note"],
    DataRequest: ["nature", "enclosures", "subject", "basis", "variables", "period", "contact"],
    DuplicatePair: ["first_name", "second_name", "note"],
    FilingStep: ["reason"],
    HalalTask: ["note"],
    Hidden: ["reason"],
    Holiday: ["name", "basis"],
    Inquiry: ["record_title", "message", "sender_name", "answer"],
    Investment: ["plot", "company", "sector"],
    LackTask: ["note"],
    LeadingIndustry: ["name_id", "name_en", "source"],
    Notice: ["title", "body"],
    OutsideCount: ["what_id", "what_en", "source"],
    OutsideLine: ["name", "nib", "certificate", "says_regency", "problem"],
    OutsideList: ["source"],
    OutsideTask: ["note"],
    SavedView: ["name"],
    Scheme: ["name_id", "name_en", "short_id", "short_en", "legal_basis"],
    Submission: ["title", "message", "note"],
    SubmissionRound: ["message", "note"],
    TablePaper: ["head", "signatures", "source"],
    Unit: ["name", "place"],
    User: ["full_name"],
    Workbook: ["name"],
    WorkbookRow: ["title"],
}


def beside(world):
    """What the world of all routes has none of; everybody who asked agreed to the use of their data."""
    people, source = world.people, {"source": "Dokumen", "source_on": DAY}
    Unit.objects.create(key="bidang", name="Bidang Industri")
    Unit.objects.create(key="dinas", name="Dinas Perindag", regency=world.record.regency, takes_letters=True)
    ChainStep.objects.create(commodity="sasirangan", stage=1, stage_id="Bahan", product_id="Kain", **source)
    LeadingIndustry.objects.create(regency=world.record.regency, name_id="Sasirangan", **source)
    told = {"only_industry": True, "what_id": "Usaha industri", "what_en": "Makers", "source": "BPS", "counted_on": DAY}
    OutsideCount.objects.create(regency=world.record.regency, number=10, **told)
    Holiday.objects.create(day=timezone.localdate(), name="Libur")
    TablePaper.objects.create(key="kertas", kind="tc23", head="Dinas", signatures="Kepala Dinas")
    report = world.records["quarterlyreport"]
    FilingStep.objects.create(report=report, state="konsep", on=DAY, noted_by=people["officer"])
    asked = inquiries.receive(
        kind=Kind.QUESTION, record=world.records["zone"], email="a@example.com", consented=True,
        investment={"company": "PT Contoh", "sector": "Kayu"},
    )  # fmt: skip
    inquiries.answer(inquiries.take(asked, by=people["verifier"]), text="Ada.", by=people["verifier"])
    Inquiry.objects.update(consented=True)


def rewrite(model, name, text):
    """The same text in every row, told apart by its number: as forms keep it, and within the column."""
    field, rows = model._meta.get_field(name), model._base_manager.all()
    if (model, name) == (Inquiry, "answer"):
        rows = rows.exclude(answer="")  # the others have none yet
    for pk in rows.values_list("pk", flat=True):
        longest = (field.max_length or 500) - len(str(pk)) - 1
        model._base_manager.filter(pk=pk).update(**{name: f"{line(text)[:longest]} {pk}"})
