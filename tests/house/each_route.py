"""What an address of each route is made of: a world with a record, a file or a task for every one of them."""

from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from disperin.accounts.models import Role
from disperin.assistance.models import Assistance
from disperin.closes.actions import close_quarter
from disperin.coverage.models import OutsideTask
from disperin.duplicates import actions as duplicates
from disperin.inquiries import actions as inquiries
from disperin.inquiries.models import Kind
from disperin.mydata import actions as mydata
from disperin.mydata.models import LackTask
from disperin.registers.dated.quarters import Quarter
from disperin.registers.record import directory
from disperin.registers.record.revisions import losses
from disperin.reports.models import ReportingDuty
from disperin.submissions import actions
from disperin.units.actions import keep_unit
from disperin.units.models import Unit
from disperin.workbooks.models import Export, Making, State, Workbook, WorkbookRow
from industries.models import HalalTask
from tests import factories
from tests.factories import a_pair, a_project, a_service, a_zone, an_establishment, establishment_values
from tests.house.table_of_rights import CAST
from tests.registers.each_register import name_of
from tests.submissions.batches.test_proposing import a_submitted_batch, makers
from tests.submissions.test_consequences import a_photo

A_FIGURE = {
    "year": 2025,
    "period": "tahun",
    "value": 11,
    "certainty": "final",
    "source": "BPS",
    "told_on": "2026-02-05",
}


def publish():
    there = factories.RegencyFactory(code="63.06")
    officer, officer_there = factories.UserFactory(), factories.UserFactory(regency=there)
    verifier, head, administrator = (
        factories.UserFactory(role=role) for role in (Role.VERIFIER, Role.HEAD, Role.ADMINISTRATOR)
    )
    world = one_of_each(officer, verifier, administrator)
    world.close = close_quarter(Quarter.last_over(timezone.localdate()), by=verifier)
    world.people = dict(zip(CAST[1:], (officer, officer_there, verifier, head, administrator), strict=True))
    return world


def one_of_each(officer, verifier, administrator):
    """A row of everything that is listed somewhere, by what it is; once more, another row of each."""
    register = directory.get("establishments")
    record = an_establishment(products=[{"name": "Kain"}])
    zone = a_zone(plots=[{"code": "A-1", "hectares": 2, "state": "tersedia"}])
    hidden = an_establishment(name="Disembunyikan")
    draft = actions.draft(register, establishment_values(name="Draf"), by=officer)
    waiting = actions.draft(register, establishment_values(name="Menunggu"), by=officer)
    actions.submit(waiting, by=officer, acknowledged=True)
    line = factories.a_line_of_a_list(officer)
    factories.an_indicator(kind="struktur_ekonomi", realisations=[A_FIGURE])
    factories.some_assistance(sub_activity_code=f"3.31.{Assistance.objects.count()}")
    made = duplicates.merge(register, an_establishment(name="Tetap"), an_establishment(name="Ditutup"), by=verifier)
    return SimpleNamespace(
        pair=a_pair(record, an_establishment(name="Kembar")),
        merge=made,
        record=record,
        records=records_about(record, zone),
        plot=zone.plots.get(),
        project=a_project(),
        service=a_service(),
        draft=draft,
        waiting=waiting,
        batch=a_submitted_batch(officer, *makers(1)),
        hidden=actions.hide(register, hidden, "", reason="Diminta.", by=administrator),
        product=record.products.get(),
        inquiry=inquiries.receive(kind=Kind.REPORT, record=record, message="Nama keliru."),
        photo=a_photo(officer),
        workbook=a_workbook(officer),
        export=an_export(officer),
        letter=factories.some_letters(record.regency, by=verifier)[0],
        obliged=an_obliged_maker(),
        unit=keep_unit(Unit(key=f"unit-{Unit.objects.count()}", name="Bidang Agro"), by=administrator),
        outside_line=line,
        tasks=tasks_of(officer, record, line),
        view=mydata.save_view(register, "lack=nib", name=f"Tanpa NIB {record.number}", by=officer),
    )


def an_obliged_maker():
    """A maker that the office obliges to report each quarter, and that has not."""
    ReportingDuty.objects.get_or_create(key="besar", defaults={"scale": "besar", "source": "Uji"})
    return an_establishment(name="Wajib Lapor", workers_male=60, workers_female=40, investment=20_000_000_000)


def tasks_of(officer, maker, line):
    """A task of each kind, by the name of its resource: about a maker, its product, a line of a list."""
    told = {"assigned_to": officer, "assigned_by": officer, "due_on": timezone.localdate(), "regency": maker.regency}
    about = {"register": "establishments", "record_id": maker.pk, "record_number": maker.number, "lack": "nib"}
    return {
        "lacktask": LackTask.objects.create(**about, **told),
        "halaltask": HalalTask.objects.create(product=maker.products.get(), **told),
        "outsidetask": OutsideTask.objects.create(line=line, **told),
    }


def records_about(maker, zone):
    """A record of every register, by the name of its model: each about this maker, or this zone, where it names one."""
    made = {"establishment": maker, "zone": zone}
    for register in directory.all_registers():
        model, leader = register.model, register.model.regency_from
        about = {leader: made[model._meta.get_field(leader).related_model._meta.model_name]} if leader else {}
        if model._meta.model_name not in made:
            made[model._meta.model_name] = factories.RECORDS[register.slug](**about)
    return made


def a_workbook(by):
    """A file that was checked and has a row that is to be mended."""
    sheet = {"name": "Data", "hidden": False, "rows": 1, "heading_row": 1, "headings": ["Nama usaha"], "samples": []}
    workbook = Workbook.objects.create(
        register="establishments", regency=by.regency, sent_by=by, name="ikm.xlsx", state=State.CHECKED, size=1,
        read=1, bad=1, sheets=[sheet | {"unsure": []}], mapping=[{"part": "", "columns": {"0": "name"}}],
    )  # fmt: skip
    WorkbookRow.objects.create(workbook=workbook, position=2, sheet=0, number=2, cells=[""], part="", outcome="bad")
    return workbook


def an_export(by):
    """A file that a job has written for somebody."""
    path = default_storage.save("exports/uji.xlsx", ContentFile(b"PK"))
    told = {"register": "establishments", "kind": "xlsx", "state": Making.READY, "total": 1, "path": path}
    return Export.objects.create(asked_by=by, reach=by.regency_id, losses=losses(), **told)


def arguments(name, world):
    """What stands in the address of a route."""
    subject = name.split(":")[-1]
    if name in ("downloads:list", "register-export"):
        return {"slug": "establishments", "kind": "csv"}
    if name in ("downloads:detail", "downloads:file", "export-detail"):
        return {"pk": world.export.pk}
    if name.startswith(("workbooks:", "workbook-")) and subject not in ("index", "template", "workbook-list"):
        return {"pk": world.workbook.pk}
    if subject == "correct" and name.startswith("closes:"):
        return {"key": world.close.period.key, "pk": world.close.figures.first().pk}
    if name == "closes:figures":
        return {"key": world.close.period.key, "dimension": "regency"}
    if name == "close-detail":
        return {"period": world.close.period.key}
    if name.startswith("closes:") and subject not in ("list", "close-quarter"):
        return {"key": world.close.period.key}
    if name == "figures:changes":
        return {"register": "establishments"}
    if name in ("figures:figure", "figures:file"):
        return {"register": "establishments", "facet": "regency"}
    if name in ("regency_pages:regency", "regency_pages:sheet"):
        return {"slug": "6307"}
    if name in ("mydata:table", "mydata:lacking"):
        return {"slug": "establishments"}
    if name == "mydata:view":
        return {"pk": world.view.pk}
    if name in ("pair-detail", "pair-dismiss", "pair-merge", "pair-unmerge"):
        return {"pk": world.pair.pk}
    if name in ("outsidelist-detail", "outsideline-detail"):
        line = world.outside_line
        return {"pk": line.pk if name == "outsideline-detail" else line.outside_list_id}
    if name.endswith(("task-detail", "task-end")):
        return {"pk": world.tasks[name.partition("-")[0]].pk}
    if name == "sitemap-records":
        return {"slug": "establishments", "number": 1}
    if name in ("front:feed", "front:picture"):
        return {"name": {"feed": "bintang", "picture": "portal"}[subject]}
    if name == "front:embed-figure":
        return {"slug": "establishments"}
    if name == "front:embed-own":
        return {"name": "halal"}
    if name == "front:embed-cut":
        return {"slug": "establishments", "facet": "branch"}
    if name == "front:embed-record":
        return {"slug": "establishments", "number": world.record.number}
    if name == "front:icon":
        return {"size": 192}
    if name == "front:record-picture":
        return {"slug": "establishments", "number": world.record.number, "version": world.record.version}
    if name == "front:product-picture":
        return {"number": world.product.number, "version": world.record.version}
    if name == "submissions:chosen":
        return {}
    if name == "submissions:hand-over":
        return {"pk": world.people["officer"].pk}
    if name in ("duplicates:pair", "duplicates:merge"):
        return {"pk": getattr(world, subject).pk}
    if name.startswith("duplicates:pair"):
        return {}
    if name == "hidden-lift":
        return {"pk": world.hidden.pk}
    if name in ("submissions:record-versions", "submissions:hide"):
        return {"slug": "establishments", "number": world.record.number}
    if name == "erasure:erase":
        return {"slug": "establishments", "number": world.record.number}
    if name == "reports:batch-sheet":
        return {"kind": "xlsx"}
    if name in ("reports:sheet", "reports:copy-forward", "reports:note-step", "reports:take-back"):
        number = {"number": world.records["quarterlyreport"].number}
        return {**number, "kind": "xlsx"} if subject == "sheet" else number
    if subject in ("batches", "batch-list"):
        return {}
    if subject.split("-")[0] == "batch":
        return {"number": world.batch.number}
    if name.startswith("submissions:") and subject not in ("inbox", "start", "hidden", "old-stock"):
        of_draft = subject in ("edit", "check", "options", "withdraw")
        return {"number": (world.draft if of_draft else world.waiting).number}
    if subject.startswith("submission-") and subject != "submission-list":
        return {"number": world.waiting.number}
    if name in ("inquiries:state", "inquiries:detail", "inquiry-detail"):
        return {"number": world.inquiry.number}
    if name == "industries:product-detail":
        return {"number": world.product.number}
    if subject in ("award-share", "label"):
        return {"number": world.records["award"].number}
    if subject in ("nomination-step", "nomination-assess", "nomination-result"):
        return {"number": world.records["nomination"].number}
    if subject in ("zone-shapes", "zone-picture", "zone-self-check", "zone-progress", "zone-profile"):
        return {"number": world.records["zone"].slug}
    if subject in ("service-detail", "service-reveal"):
        return {"number": world.service.number}
    if subject in ("project-detail", "project-progress", "project-reveal"):
        return {"number": world.project.slug if name.startswith("zones:") else world.project.number}
    if name.startswith("coverage:") and subject not in ("lists", "bring"):
        return {"pk": world.outside_line.pk if subject == "line" else world.outside_line.outside_list_id}
    if name in ("letters:letter", "letters:revise", "letters:withdraw", "letters:file"):
        return {"pk": world.letter.pk}
    if name == "planning:years-file":
        return {"number": world.records["indicator"].number}
    if name == "planning:template-file":
        return {"kind": "tc23"}
    if name == "planning:table-file":
        return {"kind": "tc23", "form": "xlsx"}
    if subject == "inspection-minutes":
        return {"number": world.records["inspection"].number}
    if subject in ("minutes", "carry-over"):
        return {"number": world.records["forum"].number}
    for kind, record in world.records.items():
        if subject in (f"{kind}-detail", f"{kind}-reveal"):
            return {"number": name_of(record) if name.endswith(":" + subject) else record.number}
    return {
        "plot-detail": {"key": world.plot.key},
        "calendar-file": {"token": "a" * 43},
        "check": {"token": "abc"},
        "verify": {"token": "abc"},
        "motif": {"number": "IKM-6307-000001"},
        "product-detail": {"key": world.product.key},
        "product-readiness": {"key": world.product.key},
        "round-export": {"key": "2024"},
        "product-halal-status": {"key": world.product.key},
        "regency-detail": {"code": "63.07"},
        "district-detail": {"code": "63.07.01"},
        "village-detail": {"code": "63.07.01.2001"},
        "kbliclass-detail": {"key": "2020-13134"},
        "register-detail": {"slug": "establishments"},
        "figure-detail": {"name": "establishments.regency"},
        "chapter": {"slug": "ringkasan"},
        "register-template": {"slug": "establishments"},
        "register-changes": {"slug": "establishments"},
        "token-revoke": {"key": "0" * 15},
        "open": {"pk": 1},
        "file": {"pk": world.photo.pk},
        "photo": {"content_hash": world.photo.short_hash, "pk": world.photo.pk, "width": 480},
        "attachment-detail": {"pk": world.photo.pk},
    }.get(subject, {})


def address(name, world):
    if name == "mydata:change":
        return f"{reverse(name, kwargs={'slug': 'establishments'})}?field=phone&which=all"
    if name == "workbooks:template":
        return f"{reverse(name)}?daftar=establishments&kabupaten=63.07"
    if name == "reports:reminder":
        return f"{reverse(name)}?year=2025&quarter=TW4&maker={world.obliged.number}"
    if name == "search":
        return f"{reverse(name)}?q=kain"
    if name == "register-changes":
        day = timezone.localdate()
        return f"{reverse(name, kwargs=arguments(name, world))}?from={day}&until={day}"
    if name == "register-template":
        return f"{reverse(name, kwargs=arguments(name, world))}?regency=63.07"
    return reverse(name, kwargs=arguments(name, world))
