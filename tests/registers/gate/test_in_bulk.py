"""Many proposals judged at once say what one form each says."""

import uuid
from unittest.mock import patch

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from disperin.accounts.models import Role
from disperin.registers.gate.in_bulk import Proposed, judge
from disperin.registers.gate.refusals import bound_to_fit, told_at_once
from disperin.registers.record import directory
from disperin.registers.values.context import Context
from tests import factories
from tests.budget import examples

PLACES = ("63.07", "63.06")


def choices(*values):
    return st.sampled_from(values)


NAMES = choices("Sasirangan Barabai", "Sasirangan Barabay", "Anyaman Purun", "Dodol Kandangan", "", "N" * 151, 5)
DAYS = choices("2024-11-20", "2019-03-01", "2031-01-01", "kemarin", "", None)
KEYS = {"kbli": choices("13134", "2020-13134", "99999", "", "13134x")}
ESTABLISHMENT = {
    "name": NAMES,
    "legal_form": choices("perorangan", "pt", "", "x"),
    "branch": choices("pangan", "sandang_kulit", "x"),
    "nib": choices("", "1234567890123", "1234567890124", "12"),
    "npwp": choices("", "012345678012000", "013579246801000", "9" * 16, "abc"),
    "kbli": KEYS["kbli"],
    "other_kbli": choices([], ["13134"], ["13134", "13135"]),
    "commodities": choices([], ["sasirangan"], ["emas"]),
    "cluster": choices(None, "SEN-6307-000001", "SEN-6307-999999"),
    "founded_year": choices(None, 1999, 3000, "lama", 10**12),
    "regency": choices(*PLACES, "99.99", "", 63),
    "district": choices("63.07.01", "63.06.01", "x"),
    "village": choices("63.07.01.2001", "63.06.01.2001", "x"),
    "latitude": choices(None, "-2.58", "-9", "utara"),
    "longitude": choices(None, "115.38", "1"),
    "show_on_map": choices(True, False),
    "map_consented_on": DAYS,
    "contact_public": choices(True, False),
    "contact_consented_on": DAYS,
    "phone": choices("", "08125000123", "12"),
    "website": choices("", "toko.example.com", "not a site"),
    "workers_male": choices(None, 3, "banyak", -1, 10**30),
    "owner_name": choices("", "Siti 6307014101900001"),
    "photo": choices("", str(uuid.UUID(int=1)), "x"),
    "colour": st.just("merah"),
    "products": st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "name": choices("Kain", "Syal", ""),
                "kbli": KEYS["kbli"],
                "hs_code": choices("", "12345678", "1"),
                "domestic_share": choices(None, "60", "x"),
                "export_share": choices(None, "30", "90"),
                "key": choices(str(uuid.UUID(int=7))),
            },
        ),
        max_size=3,
    ),
    "documents": st.lists(
        st.fixed_dictionaries(
            {"kind": choices("iui", "x")}, optional={"number": NAMES, "issued_on": DAYS, "valid_until": DAYS}
        ),
        max_size=2,
    ),
}
CLUSTER = {
    "name": NAMES,
    "commodity": choices("sasirangan", "emas"),
    "regency": choices(*PLACES, None),
    "village": choices("63.07.01.2001", "63.06.01.2001"),
    "status": choices("potensi", "terbentuk", "sk", "aktif", "x"),
    "decree_number": choices("", "SK 1"),
    "decree_on": DAYS,
}
NUMBERS = choices("", "ID63000000000000001", "ID63000000000000002", "ID1", "KH1")
HALAL = {
    "establishment": choices("IKM-6307-000001", "IKM-6306-000001", "IKM-9999-000001", ""),
    "scheme": choices("self_declare", "reguler", "x"),
    "stage": choices("terbit_sh", "pengajuan", "dicabut", "x"),
    "stage_on": DAYS,
    "sehati": choices(True, False),
    "certificate_number": NUMBERS,
    "issued_on": DAYS,
    "valid_until": DAYS,
    "revoked_on": DAYS,
    "revoked_reason": choices("", "Bahan"),
    "checked_on": DAYS,
    "covered": st.lists(
        st.fixed_dictionaries({"product": choices(*range(4), "x")}, optional={"key": st.just("x")}), max_size=3
    ),
}
AWARD = {
    "establishment": choices("IKM-6307-000001", "IKM-6306-000001", "IKM-9999-000001"),
    "product": choices(*range(4), "x"),
    "group": choices("batik", "x"),
    "round": choices("2024", "2018", "x"),
    "stars": choices(1, 2, 5, 99, "dua"),
    "decree_number": choices("SK 1", ""),
    "decree_on": DAYS,
    "state": choices("berlaku", "dinilai_ulang", "x"),
    "state_on": DAYS,
    "state_reason": choices("", "Alasan"),
}
SHAPES = {"establishments": ESTABLISHMENT, "clusters": CLUSTER, "halal": HALAL, "awards": AWARD}


@pytest.fixture(scope="module")
def world(once):
    """Two makers with products, a cluster, a certificate and an award, for the generated rows to meet."""
    return once(publish)


def publish():
    officer, verifier = factories.UserFactory(), factories.UserFactory(role=Role.VERIFIER)
    cluster = factories.a_cluster()
    here = factories.an_establishment(
        nib="1234567890123", cluster=cluster.number, products=[{"name": "Kain"}, {"name": "Syal"}]
    )
    there = factories.an_establishment(regency="63.06", name="Anyaman Purun", products=[{"name": "Tas"}])
    factories.KbliClassFactory(code="13135")
    certificate = factories.a_halal_certificate(establishment=here)
    award = factories.an_award(establishment=here)
    products = [str(one.key) for maker in (here, there) for one in maker.products.all()]
    return {
        "records": {"establishments": [here, there], "clusters": [cluster], "halal": [certificate], "awards": [award]},
        "products": [*products, str(uuid.UUID(int=9))],
        "people": [officer, verifier],
    }


def with_products(value, products):
    """Places in the list of products become their keys."""
    if isinstance(value, list):
        return [with_products(one, products) for one in value]
    if isinstance(value, dict):
        return {name: products[one] if name == "product" and one != "x" else one for name, one in value.items()}
    return value


def alone(register, proposed, by):
    """What the form says of one proposal by itself: (errors, values, typed, warnings)."""
    form_class, record = register.form, proposed.record
    record = record and type(record).objects.get(pk=record.pk)
    given = {"regency": by.regency_id, **proposed.values} if record is None and by.regency_id else proposed.values
    unfit = form_class.unfit(given, known_keys=form_class.known_keys(record))
    form = bound_to_fit(form_class, given, unfit, record=record, by=by)
    with patch.object(Context, "check_constraints", lambda _one, *asked: Model.validate_constraints(*asked)):
        is_valid = form.is_valid()  # as Django judges
    found = told_at_once(form, given, unfit, code="unfit")
    errors = {path: {(str(text), one.code) for one in some for text in one.messages} for path, some in found.items()}
    warnings = [(path, str(text)) for path, text in form.remarks()] if is_valid else []
    return set(unfit), errors, *form.entered(), warnings


def without_keys(values):
    """New rows have a key that was just made up, so they are named by their place."""
    places, plain = {}, dict(values)
    for name, rows in values.items():
        if isinstance(rows, list) and rows and isinstance(rows[0], dict):
            places |= {row["key"]: str(at) for at, row in enumerate(rows)}
            plain[name] = [{field: one for field, one in row.items() if field != "key"} for row in rows]
    return plain, places


def named(path, places):
    return ".".join(places.get(piece, piece) for piece in path.split("."))


FILE_ONLY = {"twice_in_file", "same_record", "out_of_reach"}


@pytest.mark.thorough
@pytest.mark.django_db
@pytest.mark.parametrize("slug", SHAPES)
@settings(max_examples=examples(12, 200), phases=[Phase.generate])
@given(data=st.data())
def test_many_at_once_are_judged_as_each_by_itself(slug, world, data):
    register = directory.get(slug)
    by = data.draw(st.sampled_from(world["people"]))
    plain = PLAIN[slug](world)
    proposals = []
    for row in range(1, data.draw(st.integers(1, 5)) + 1):
        given_values = data.draw(st.fixed_dictionaries({}, optional=SHAPES[slug]))
        given_values = {name: with_products(one, world["products"]) for name, one in given_values.items()}
        if "product" in given_values and given_values["product"] != "x":
            given_values["product"] = world["products"][given_values["product"]]
        record = data.draw(st.sampled_from([None, *world["records"][slug]]))
        proposals.append(Proposed((plain if record is None else {}) | given_values, record, row))

    found = judge(register, proposals, by=by)

    for judged, proposed in zip(found, proposals, strict=True):
        unfit, errors, values, typed, warnings = alone(register, proposed, by)
        warnings = warnings if proposed.record is None or judged.changed else []  # what stays as it is warns nobody
        told, places = without_keys(judged.values)
        expected, own_places = without_keys(values)
        assert told == expected
        assert {named(path, places) for path in judged.typed} == {named(path, own_places) for path in typed}
        assert {
            (named(path, places), one.message, one.code)
            for path, some in judged.errors.items()
            for one in some
            if one.code not in FILE_ONLY
        } == {
            (named(path, own_places), text, code or "invalid") for path, some in errors.items() for text, code in some
        }
        assert {path for path, some in judged.errors.items() if any(one.code == "unfit" for one in some)} == unfit
        assert [(named(path, places), one.message) for path, some in judged.warnings.items() for one in some] == sorted(
            [(named(path, own_places), text) for path, text in warnings],
            key=lambda one: [path for path, _text in warnings].index(one[0]) if one[0] in dict(warnings) else 0,
        )


PLAIN = {
    "establishments": lambda world: factories.establishment_values(),
    "clusters": lambda world: factories.cluster_values(),
    "halal": lambda world: factories.halal_values(establishment=world["records"]["establishments"][0]),
    "awards": lambda world: factories.award_values(establishment=world["records"]["establishments"][0]),
}


def queries(register, proposals, by):
    with CaptureQueriesContext(connection) as asked:
        judge(register, proposals, by=by)
    return len(asked)


@pytest.mark.django_db
@pytest.mark.parametrize("slug", SHAPES)
def test_a_hundred_rows_are_judged_with_as_many_queries_as_ten(slug, world):
    register, (_officer, verifier) = directory.get(slug), world["people"]
    plain = PLAIN[slug](world)
    new = [Proposed(plain, None, row) for row in range(1, 101)]
    changed = [Proposed({}, world["records"][slug][0], row) for row in range(1, 101)]
    queries(register, new[:2] + changed[:2], verifier)

    counts = [queries(register, new[:some] + changed[:some], verifier) for some in (5, 50)]

    assert counts[0] == counts[1]
    assert counts[0] < 30
