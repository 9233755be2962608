"""The number of a product: given with its verification, kept whatever becomes of it, never given again."""

import csv
import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from disperin.duplicates import actions as duplicates
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.workbooks.exporting.keeping import write
from disperin.workbooks.exporting.selection import Wanted
from disperin.workbooks.exporting.writing import Writer
from disperin.workbooks.models import Kind
from disperin.workbooks.tables.options import options_of
from industries.models import Product
from tests.factories import an_award, an_establishment, establishment_values

pytestmark = pytest.mark.django_db
SLUG = "establishments"


def numbers(record):
    return dict(record.products.order_by("id").values_list("name", "number"))


def changed(record, by, products):
    rows = [{"key": str(record.products.get(name=name).key), **more} for name, more in products.items()]
    return actions.publish(directory.get(SLUG), {"products": rows}, by=by, record=record)


def test_a_draft_has_none_and_each_regency_counts_its_own(officer, verifier):
    register = directory.get(SLUG)
    values = establishment_values(products=[{"name": "Dodol"}, {"name": "Wajik"}])
    waiting = actions.submit(actions.draft(register, values, by=officer), by=officer, acknowledged=True)
    assert not Product.objects.exists()

    record = register.model.objects.get(number=actions.verify(waiting, by=verifier, round=1).record_number)
    elsewhere = an_establishment(regency="63.03", products=[{"name": "Purun"}])

    assert numbers(record) == {"Dodol": "PRD-6307-000001", "Wajik": "PRD-6307-000002"}
    assert numbers(elsewhere) == {"Purun": "PRD-6303-000001"}


def test_it_stays_over_changes_removal_and_return_and_is_never_given_again(administrator):
    record = an_establishment(products=[{"name": "Dodol"}, {"name": "Wajik"}])
    wajik = record.products.get(name="Wajik")

    changed(record, administrator, {"Dodol": {"name": "Dodol durian"}})
    actions.publish(
        directory.get(SLUG),
        {"products": [{"key": str(record.products.get(name="Dodol durian").key)}, {"name": "Lempok"}]},
        by=administrator,
        record=record,
    )
    changed(record, administrator, {"Dodol durian": {}, "Wajik": {"name": "Wajik"}, "Lempok": {}})

    told = {"Dodol durian": "PRD-6307-000001", "Wajik": "PRD-6307-000002", "Lempok": "PRD-6307-000003"}
    assert numbers(record) == told
    wajik.refresh_from_db()
    assert wajik.closed_on is None
    events = Product.pgh_event_models["update"].objects
    assert set(events.filter(pgh_obj_id=wajik.pk).values_list("number", flat=True)) == {"PRD-6307-000002"}


def test_merging_carries_it_along_and_remembers_which_product_stands_instead(verifier):
    keep = an_establishment(products=[{"name": "Dodol"}])
    drop = an_establishment(name="CV Lain", products=[{"name": "Dodol"}, {"name": "Wajik"}])
    theirs, ours = (str(one.products.get(name="Dodol").key) for one in (drop, keep))

    made = duplicates.merge(directory.get(SLUG), keep, drop, by=verifier, same_rows={theirs: ours})

    assert numbers(keep) == {"Dodol": "PRD-6307-000001", "Wajik": "PRD-6307-000003"}
    assert numbers(drop) == {"Dodol": "PRD-6307-000002"}
    assert made.same_rows == {theirs: ours}
    duplicates.unmerge(made, by=verifier)
    assert numbers(drop) == {"Dodol": "PRD-6307-000002", "Wajik": "PRD-6307-000003"}


def test_the_api_finds_a_product_by_number_or_key(client):
    product = an_establishment(products=[{"name": "Dodol"}]).products.get()

    for name in (product.number, product.key):
        answer = client.get(f"/api/v1/products/{name}/").json()
        assert (answer["number"], answer["key"]) == (product.number, str(product.key))
        assert answer["page_url"] == f"http://testserver/produk/{product.number}/"
    for name in ("PRD-6307-000009", "dodol", str(product.key).replace("-", "")):
        assert client.get(f"/api/v1/products/{name}/").status_code == 404


def test_files_name_a_product_by_name_and_number_and_are_read_again(client):
    award = an_award()
    product, register = award.product, directory.get("awards")
    said = f"Kain sasirangan [{product.number}]"

    file = io.BytesIO()
    write(Wanted(register, QueryDict(), by=AnonymousUser()), Kind.CSV, file)
    (row,) = csv.DictReader(io.StringIO(file.getvalue().decode("utf-8-sig")))
    assert (row["product_number"], row["product_name"]) == (product.number, "Kain sasirangan")
    assert client.get(f"/api/v1/awards/{award.number}/").json()["product_number"] == product.number

    writer = Writer(register, by=AnonymousUser())
    assert said in next(writer.rows(register.model.objects.all()))
    options = options_of(register)[""]["product"]
    for text in (said, f"Kain sasirangan [{product.key}]", "Kain sasirangan"):
        assert options.find(text) == [str(product.key)]
