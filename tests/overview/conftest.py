"""A world in which every kind of thing has a day: `everything(n)` makes n of each, late and to come."""

import datetime

import pytest
from django.utils import timezone

from disperin.accounts.actions import create_token
from disperin.commitments.models import Forum
from disperin.coverage.actions import assign_lines
from disperin.inquiries import actions as inquiries
from disperin.inquiries.models import Inquiry, Kind
from disperin.letters.models import DataRequest
from disperin.mydata.actions import assign_lacks
from disperin.registers.lists.lacks import lacks_of
from disperin.registers.record import directory
from disperin.reports.models import ReportingDeadline, ReportingDuty
from disperin.workbooks.models import State, Workbook
from industries import actions as halal
from industries.models import Product
from ovop.models import AwardRound
from tests.factories import (
    FOOD,
    a_commitment,
    a_forum,
    a_green_certificate,
    a_halal_certificate,
    a_line_of_a_list,
    a_milestone,
    a_report,
    a_zone,
    an_award,
    an_establishment,
    an_inspection,
    an_issue,
    some_assistance,
)
from tests.overview.months import months_later
from zones.models import ZoneIssue

DAY = datetime.timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def one_of_each(today):
    """`one_of_each(by=officer, late=3)`: a thing of every kind, its day so many days ago, where that officer works."""

    def make(*, by, late=3):
        day, regency = today - late * DAY, by.regency_id
        a_year_before = (day - 365 * DAY).isoformat()
        maker = an_establishment(
            regency=regency,
            name=f"Pembuat {late}",
            products=[FOOD],
            documents=[{"kind": "pirt", "number": "1", "valid_until": day.isoformat()}],
        )
        task = halal.assign(Product.objects.filter(establishment=maker), to=by, due_on=today, by=by)[0]
        type(task).objects.filter(pk=task.pk).update(due_on=day)
        register = directory.get("establishments")
        lacks, makers = [lacks_of(register)["nib"]], type(maker).objects.filter(pk=maker.pk)
        (lacking,) = assign_lacks(register, lacks, makers, to=by, due_on=today, by=by)
        type(lacking).objects.filter(pk=lacking.pk).update(due_on=day)
        line = a_line_of_a_list(by, name=f"Baris {late}")
        (asked,) = assign_lines(type(line).objects.filter(pk=line.pk), to=by, due_on=today, by=by)
        type(asked).objects.filter(pk=asked.pk).update(due_on=day)
        ended = {"issued_on": "2020-01-02", "stage_on": "2020-01-02", "valid_until": day.isoformat()}
        zone = a_zone(
            regency=regency,
            name=f"Kawasan {late}",
            areas=[{"basis": "masterplan", "hectares": 10, "source": "RTRW", "source_date": a_year_before}],
            utilities=[{"kind": "listrik", "source": "PLN", "as_of": a_year_before}],
            documents=[{"kind": "tata_ruang", "number": "1", "valid_until": day.isoformat()}],
            plots_as_of=a_year_before,
            tenants_as_of=a_year_before,
            outline_as_of=a_year_before,
        )
        inquiry = inquiries.receive(kind=Kind.REPORT, record=maker, message=f"Keliru {late}.")
        inquiries.take(inquiry, by=by)
        Inquiry.objects.filter(pk=inquiry.pk).update(reply_due_on=day, answer_due_on=day)
        a_milestone(zone=zone, planned_start="2020-01-02", planned_finish=day.isoformat())
        an_issue(zone=zone, light="merah", opened_on="2020-01-02", due_on=day.isoformat())
        for months, other in ((6, 12), (12, 6)):  # each waits for one result alone
            given = min(months_later(day, -months), today)
            seen = {f"seen_{other}_on": given.isoformat()}
            some_assistance(
                regency=regency, name=f"Bantuan {late} {months}", kind="pelatihan", state="diserahkan",
                handover_on=given.isoformat(), beneficiaries=[{"establishment": maker.number, **seen}],
            )  # fmt: skip
        forum = Forum.objects.first() or a_forum(regency=regency, day="2020-01-02")
        a_commitment(regency=regency, forum=forum, due_on=day.isoformat())
        letter = {"subject": "Data", "variables": "Unit", "register": "clusters", "written_on": day - DAY}
        DataRequest.objects.create(regency=by.regency, made_by=by, due_on=day, **letter)
        an_inspection(establishment=maker, planned_on=day.isoformat())
        an_inspection(
            establishment=maker,
            planned_on="2020-01-02",
            visited_on="2020-01-03",
            inspectors="Tim",
            findings=[{"found": "Limbah", "follow_up": "Bak", "due_on": day.isoformat()}],
        )
        before = ReportingDeadline.objects.count()
        quarter, scale = {"year": 2005 + before, "quarter": "TW1"}, ("besar", "menengah", "kecil")[before % 3]
        ReportingDeadline.objects.create(opens_on="2020-01-02", due_on=day, source="Uji", **quarter)
        a_report(establishment=maker, **quarter)
        # this maker alone is obliged, in this quarter alone: so no report is missing
        makers.update(industry_scale=scale)
        its_day = datetime.date(2005 + before, 3, 31)
        duty = {"key": f"uji{before}", "scale": scale, "source": "Uji"}
        ReportingDuty.objects.create(**duty, valid_from=its_day, valid_to=its_day)
        a_halal_certificate(establishment=maker, **ended)
        a_green_certificate(establishment=maker, **ended)
        an_award(establishment=maker, valid_until=max(day, datetime.date(2024, 12, 1)).isoformat())
        AwardRound.objects.filter(pk="2024").update(opens_on="2020-01-02", closes_on=max(day, today))
        workbook = Workbook.objects.create(
            register="establishments", regency=by.regency, sent_by=by, name=f"ikm{late}.xlsx", state=State.CHECKED,
            size=1,
        )  # fmt: skip
        Workbook.objects.filter(pk=workbook.pk).update(sent_at=timezone.now() - (late + 30) * DAY)
        key, _token = create_token(by, name=f"Token {late}", scope="read", days=1, by=by)
        type(key).objects.filter(pk=key.pk).update(expiry=timezone.now() - late * DAY)
        assert ZoneIssue.objects.filter(zone=zone).exists()
        return maker

    return make
