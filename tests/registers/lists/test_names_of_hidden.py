"""What a record names and is hidden in another regency is called by its number: in lists, files, answers and pages."""

import io

from django.conf import settings
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from disperin.registers.lists.columns import columns_of
from disperin.registers.models import Part
from disperin.registers.record import directory
from disperin.registers.record.withholding import names_of
from disperin.submissions.actions.moving_followers import move_followers
from tests.factories import RegencyFactory, a_cluster, a_partnership, a_zone, an_establishment, some_assistance
from tests.registers.each_register import address, name_of
from tests.submissions.hiding import hide

NAME = "Zzqx Tersembunyi"


def named_rows(register, record):
    """What a record and its open rows name and may lie elsewhere: other records, and rows of them."""
    rows = [record]
    for part in register.form.parts.values():
        rows += part._meta.model.open_of(record)
    leads = register.model.regency_from
    named = [getattr(row, name) for row in rows for name in names_of(type(row)) if name != leads]
    return [one for one in named if one is not None]


def taken_away(row, by):
    """Let a record (that of a row) be called NAME, move to another regency, and be hidden there."""
    record = getattr(row, row.parent) if isinstance(row, Part) else row
    if not record.audience.is_public:
        return
    for one in {record, row}:
        if "name" in {field.name for field in one._meta.concrete_fields}:
            type(one)._base_manager.filter(pk=one.pk).update(name=NAME)
    record.refresh_from_db()
    left = record.regency_id
    record.regency = RegencyFactory(code="63.06")
    record.save(update_fields=["regency"])
    move_followers({record: left}, by=by)
    if not record.hidden:
        hide(record, by=by, slug=directory.of(type(record)).slug)


def places(register, record):
    """Every way by which the register tells of its records."""
    columns = "&".join(f"column={one}" for one in columns_of(register))
    files = [
        reverse("downloads:list", kwargs={"slug": register.slug, "kind": kind})
        for kind in ("csv", "geojson" if register.model.point else "csv")
    ]
    files.append(f"{files[0]}?table=1&{columns}")
    files.append(reverse("downloads:list", kwargs={"slug": register.slug, "kind": "xlsx"}))
    files.append(f"{files[-1]}?table=1&{columns}")
    table = reverse("mydata:table", args=[register.slug])
    found = [f"{table}?{columns}", f"{table}?closed=1&{columns}", *files]
    found += [address(register, "list"), f"/api/v1/{register.slug}/", f"/api/v1/{register.slug}/{record.number}/"]
    found += [f"/api/v1/{register.slug}/?closed=true"]
    found += [address(register, "detail", name_of(record))]
    found += [reverse("submissions:record-versions", args=[register.slug, record.number])]
    return found


def read(client, page):
    """The status of a page and its text; of a file for people with an account, which is posted for, its cells."""
    is_inside = settings.SESSION_COOKIE_NAME in client.cookies and page.startswith("/unduh/")
    answer = client.post(page) if is_inside else client.get(page)
    content = answer.getvalue() if answer.streaming else answer.content
    if content.startswith(b"PK"):
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        content = repr([book.get_sheet_by_name(name).to_python() for name in book.sheet_names]).encode()
    return answer.status_code, content.decode()


def made():
    """A record of each kind that names what may come to lie in another regency."""
    maker, buyer = an_establishment(name="Penerima"), an_establishment(name="Pembeli")
    zone = a_zone(tenants=[{"establishment": an_establishment(name="Penyewa").number}, {"name": "PT Lain"}])
    tenant = zone.tenants.get(establishment=None)
    cluster = a_cluster(name="Sentra")
    yield a_partnership(buyer=buyer)
    yield a_partnership(buyer=None, buyer_tenant=str(tenant.key))
    yield some_assistance(beneficiaries=[{"establishment": maker.number}, {"cluster": cluster.number}])
    yield an_establishment(name="Anggota", cluster=cluster.number)
    yield a_zone(name="Kawasan lain", tenants=[{"establishment": buyer.number}])


def test_no_name_of_what_is_hidden_elsewhere_is_told(administrator, officer, verifier, signed_in):
    records = [(directory.of(type(one)), one) for one in made()]
    for register, record in records:
        for other in named_rows(register, record):
            taken_away(other, administrator)
    readers = {"officer": signed_in(officer), "visitor": Client()}
    pages = [page for register, record in records for page in places(register, record)]

    told = {(who, page): read(client, page) for who, client in readers.items() for page in dict.fromkeys(pages)}

    assert {place: status for place, (status, _text) in told.items() if status >= 500} == {}
    leaks = [place for place, (_status, text) in told.items() if NAME in text]
    assert leaks == []
    assert len([page for (who, page), (status, _text) in told.items() if who == "officer" and status == 200]) > 40
    assert all(
        NAME in read(signed_in(verifier), page)[1] for page in pages if page.startswith("/data/partnerships/?column")
    )
