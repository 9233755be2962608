"""What the office does beside: news, assistance, forums, plans, inspections, reports, letters, lists of others."""

from datetime import date

from django.utils import timezone

from disperin.commitments.models import Forum
from disperin.coverage.actions.bringing import PURPOSE
from disperin.coverage.models import OutsideList
from disperin.letters import actions as letters
from disperin.workbooks.models import State, Workbook
from tests.factories.industries import an_establishment
from tests.factories.publishing import published
from tests.factories.reference import RegencyFactory


def news_values(*, regency="63.07", name="Pelatihan sasirangan", **values):
    """The least values of a piece of news."""
    plain = {"kind": "berita", "title_id": name, "text_id": "Dinas melatih dua puluh pembuat.", "day": "2026-01-15"}
    return {**plain, "regency": RegencyFactory(code=regency).pk, **values}


def some_news(**values):
    """A verified piece of news."""
    return published("news", news_values(**values))


def assistance_values(*, regency="63.07", name="Bantuan mesin sasirangan", **values):
    """The least values of an assistance."""
    plain = {"name": name, "kind": "mesin_peralatan", "year": 2026, "funds": "apbd_kabupaten", "organiser": "Dinas"}
    return {**plain, "state": "direncanakan", "regency": RegencyFactory(code=regency).pk, **values}


def some_assistance(**values):
    """A verified assistance."""
    return published("assistance", assistance_values(**values))


def forum_values(*, regency="63.07", name="Forum sasirangan", **values):
    """The least values of a forum, held in the middle of January 2026."""
    plain = {"kind": "forum_perangkat_daerah", "name": name, "day": "2026-01-15", "place": "Barabai"}
    return {**plain, "regency": RegencyFactory(code=regency).pk, **values}


def a_forum(**values):
    """A verified forum."""
    return published("forums", forum_values(**values))


def commitment_values(*, regency="63.07", forum=None, name="Mengusulkan sentra sasirangan", **values):
    """The least values of a commitment: the next item of a forum, not begun, without a due day."""
    forum = forum or Forum.objects.first() or a_forum()
    plain = {"forum": forum.number, "item": forum.commitments.count() + 1, "name": name, "state": "terbuka"}
    return {**plain, "regency": RegencyFactory(code=regency).pk, **values}


def a_commitment(**values):
    """A verified commitment."""
    return published("commitments", commitment_values(**values))


def indicator_values(*, regency="63.07", name="Jumlah pembuat sasirangan", **values):
    """The least values of an indicator: of the plan, told every quarter, more is better."""
    plain = {
        "name": name, "level": "sasaran", "kind": "iku", "measure": "unit", "frequency": "triwulanan",
        "direction": "naik", "over_year": "terakhir", "definition": "Pembuat yang tercatat.",
    }  # fmt: skip
    return {**plain, "regency": RegencyFactory(code=regency).pk, **values}


def an_indicator(**values):
    """A verified indicator."""
    return published("indicators", indicator_values(**values))


def inspection_values(*, regency="63.07", establishment=None, name="Sasirangan Barabai", **values):
    """The least values of an inspection: planned for the middle of January 2026; it is called by its maker."""
    establishment = establishment or an_establishment(regency=regency, name=name)
    about = {} if "zone" in values else {"establishment": establishment.number}
    return {**about, "planned_on": "2026-01-15", **values}


def an_inspection(**values):
    """A verified inspection."""
    return published("inspections", inspection_values(**values))


def report_values(*, regency="63.07", establishment=None, name="Sasirangan Barabai", **values):
    """The least values of a quarterly report: of the first quarter of 2026; it is called by its maker."""
    establishment = establishment or an_establishment(regency=regency, name=name)
    plain = {"year": 2026, "quarter": "TW1", "stage": "produksi", "group": "kecil"}
    return {"establishment": establishment.number, **plain, **values}


def a_report(**values):
    """A verified quarterly report."""
    return published("reports", report_values(**values))


def some_letters(*regencies, by, **values):
    """Letters that ask these regencies for data, due in the middle of February 2026."""
    plain = {
        "number": "", "written_on": date(2026, 1, 15), "nature": "", "enclosures": "", "subject": "Permintaan data IKM",
        "basis": "", "variables": "Jumlah unit usaha; bilangan bulat", "period": "Tahun 2025",
        "due_on": date(2026, 2, 15), "contact": "", "register": "establishments",
    }  # fmt: skip
    return letters.write(regencies, {**plain, **values}, by=by)


def a_line_of_a_list(by, **values):
    """A new line of a list of SIINas accounts, as the job has compared it."""
    told = {"register": "establishments", "regency": by.regency, "sent_by": by, "name": "siinas.xlsx", "size": 1}
    workbook = Workbook.objects.create(**told, purpose=PURPOSE, state=State.CHECKED)
    brought = OutsideList.objects.create(
        kind="siinas", regency=by.regency, listed_on=date(2026, 1, 31), source="Surat uji", workbook=workbook,
        made_by=by, compared_at=timezone.now(), counts={by.regency_id: {"new": 1}},
    )  # fmt: skip
    plain = {"regency": by.regency, "position": 2, "number": 2, "outcome": "new", "name": "Dapur Baru"}
    return brought.lines.create(**{**plain, **values})
