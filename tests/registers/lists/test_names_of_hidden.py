"""What a record names and is hidden in another regency is called by its number: in lists, files, answers and pages."""

import pytest
from django.test import Client
from django.urls import reverse

from disperin.registers.lists.columns import columns_of
from disperin.registers.models import Part, Record
from disperin.registers.record import directory
from disperin.registers.record.withholding import names_of
from tests.factories import VALUES, RegencyFactory, an_establishment, partnership_values, published
from tests.registers.each_register import address, name_of

NAME = "Zzqx Tersembunyi"


def named_rows(register, record):
    """What a record and its open rows name: other records, and rows of them."""
    rows = [record]
    for part in register.form.parts.values():
        rows += part._meta.model.open_of(record)
    return [other for row in rows for name in names_of(type(row)) if (other := getattr(row, name)) is not None]


def taken_away(row):
    """Let a row be called NAME, hidden, and of another regency: as after a move and a taking down."""
    record = getattr(row, row.parent) if isinstance(row, Part) else row
    for one in {record, row}:
        fields = {field.name for field in one._meta.concrete_fields}
        values = {"hidden": True} | ({"name": NAME} if "name" in fields else {})
        values |= {"regency_id": RegencyFactory(code="63.06").pk} if isinstance(one, Record) else {}
        type(one)._base_manager.filter(pk=one.pk).update(**values)
        if isinstance(one, Record) and "name" not in fields:
            for other in named_rows(directory.of(type(one)), one):
                taken_away(other)


def places(register, record):
    """Every way by which the register tells of its records."""
    columns = "&".join(f"column={one}" for one in columns_of(register))
    files = [
        reverse("downloads:list", kwargs={"slug": register.slug, "kind": kind})
        for kind in ("csv", "geojson" if register.model.point else "csv")
    ]
    table = reverse("mydata:table", args=[register.slug])
    found = [f"{table}?{columns}", f"{table}?closed=1&{columns}", *files, f"{files[0]}?table=1&{columns}"]
    found += [address(register, "list"), f"/api/v1/{register.slug}/", f"/api/v1/{register.slug}/{record.number}/"]
    found += [f"/api/v1/{register.slug}/?closed=true"]
    found += [address(register, "detail", name_of(record))]
    found += [reverse("submissions:record-versions", args=[register.slug, record.number])]
    return found


def read(client, page):
    answer = client.get(page)
    return answer.status_code, (answer.getvalue() if answer.streaming else answer.content).decode()


@pytest.mark.parametrize("slug", VALUES)
def test_no_name_of_what_is_hidden_elsewhere_is_told(db, slug, officer, verifier, signed_in):
    register = directory.get(slug)
    made = {"partnerships": lambda: partnership_values(buyer=an_establishment(name="Pembeli"))}.get(slug, VALUES[slug])
    record = published(slug, made())
    for other in named_rows(register, record):
        taken_away(other)
    readers = {"officer": signed_in(officer), "visitor": Client()}

    told = {(who, page): read(client, page)[1] for who, client in readers.items() for page in places(register, record)}

    assert [place for place, text in told.items() if NAME in text] == []
    inside = read(signed_in(verifier), places(register, record)[0])
    assert inside[0] == 200
