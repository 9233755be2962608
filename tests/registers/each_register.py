"""Every register that stands in the directory, with secrets to be looked for, and how to ask its pages."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from disperin.registers.record import directory
from tests import factories

REGISTERS = directory.all_registers()
PUBLIC = [one for one in REGISTERS if one.model.audience.is_public]
INSIDE = [one for one in REGISTERS if not one.model.audience.is_public]


def _each(registers):
    """One after the other; `make fast` asks the first of them alone."""
    marks = [(), *[pytest.mark.thorough] * (len(registers) - 1)]
    return pytest.mark.parametrize(
        "register", [pytest.param(one, id=one.slug, marks=mark) for one, mark in zip(registers, marks, strict=True)]
    )


every_register, every_public_register, every_inside_register = map(_each, (REGISTERS, PUBLIC, INSIDE))
MOST_QUERIES = 8  # of a list page that was not kept: revision, counts, rows, parts, labels, sample, codes asked for
OF_THE_OFFICE = 5  # more where somebody is signed in: session, person, three numbers of the workbench

# Something to be recognised in every field that the public may not see; a test asks that none is missing.
SECRETS = {
    "establishments": {
        "nib": "9120304857261",
        "npwp": "013579246801000",
        "owner_name": "Rahasia Pemilik",
        "siinas_account": "akun-rahasia-siinas",
        "address": "Jalan Rahasia 77",
        "postal_code": "71391",
        "latitude": "-2.587654",
        "longitude": "115.387654",
        "phone": "081298765432",
        "email": "rahasia@example.com",
        "website": "https://rahasia.example.com/",
        "marketplaces": ["https://toko-rahasia.example.com/"],
        "workers_male": 917,
        "workers_female": 823,
        "investment": 918273645,
        "land_building_value": 827364519,
        "capital": 736451928,
        "annual_sales": 645192837,
        "as_of": "2019-07-13",
    },
    "clusters": {},
    "inspections": {"visited_on": "2026-01-16", "inspectors": "Tim pengawas"},  # documents and findings are of a visit
    "awards": {"state_reason": "Alasan yang hanya dibaca kantor"},
    "zones": {},
    "news": {},
    "milestones": {
        "responsible": "Dinas Rahasia Umum",
        "progress_note": "Catatan rahasia 913",
        "contract_number": "KONTRAK-RAHASIA-4",
        "contract_value": 834519276,
    },
    "partnerships": {"volume": 834519277, "volume_unit": "gantang rahasia"},
    "halal": {  # a certificate that was revoked, so that every field has something to say
        "stage": "dicabut",
        "stage_on": "2019-07-13",
        "recomposed_on": "2018-03-17",
        "revoked_reason": "Alasan rahasia 4711",
    },
    "green": {"stage": "dicabut", "stage_on": "2019-07-13", "revoked_reason": "Alasan rahasia 4712"},
}
SECRET_ROWS = {
    "products": {
        "name": "Kain panjang",
        "halal_category": "barang_gunaan",
        "animal_origin": "yes",
        "forbidden_material": "Bahan contoh",
        "forbidden_evidence": "Uji rahasia 40911",
        "unit": "lembar",
        "yearly_capacity": 554433221,
        "domestic_share": "61.37",
        "export_share": "12.83",
    },
    "documents": {
        "kind": "iui",
        "number": "SURAT-RAHASIA-9",
        "issued_on": "2018-03-17",
        "valid_until": "2031-04-19",
    },
    "covered": {},
    "coaching": {
        "year": 2017,
        "kind": "sarana",
        "what": "Rumah produksi rahasia",
        "funds": "dak_fisik",
        "value": 834519279,
        "result": "Hasil rahasia 914",
    },
    "areas": {"basis": "masterplan", "hectares": 10, "source": "Dokumen"},
    "utilities": {"kind": "listrik", "source": "Dokumen"},
    "plots": {"code": "A-1", "hectares": 2, "state": "tersedia"},
    "tenants": {"name": "PT Sasirangan Jaya"},
    "zone_documents": {"kind": "profil"},
    "checked_documents": {"kind": "kkpr", "answer": "ada"},
    "findings": {"found": "Limbah belum diolah"},
    "beneficiaries": {},  # names a maker or a cluster of its own
    "goods": {"item": "Mesin jahit", "unit": "unit", "quantity": 2},
    "photos": {"caption": "Bak pengolahan"},
    "targets": {
        "year": 2026,
        "value": 100,
        "document": "renstra",
        "document_name": "Renstra",
        "document_on": "2025-09-01",
    },
    "realisations": {"year": 2025, "period": "tw1", "value": 90, "certainty": "final", "source": "Laporan"},
    "reported_products": {"name": "Kain sasirangan", "unit": "lembar"},
    "materials": {"kind": "baku", "name": "Kain katun", "unit": "meter"},
    "supplies": {"kind": "listrik", "source": "PLN", "unit": "kWh"},
    "machines": {"name": "Mesin jahit", "number": 2},
    "facilities": {"kind": "reparasi", "name": "Slipway", "unit": "GT"},
}
# no consent, no date; a scan, whose file has a view that asks; what stands only where a baseline was frozen anew
OUTSIDE_ANYWAY = {
    "show_on_map",
    "contact_public",
    "map_consented_on",
    "contact_consented_on",
    "decree",
    "evidence",
    "agreement",
    "baseline_reason",
}


def row_of(register, part):
    """A row of a part, with its secrets. Several registers have documents, and each its own."""
    own = {
        ("zones", "documents"): "zone_documents",
        ("inspections", "documents"): "checked_documents",
        ("reports", "products"): "reported_products",
    }
    return SECRET_ROWS[own.get((register.slug, part), part)]


def name_of(record):
    """What stands in the address of a record's page."""
    return getattr(record, record.named_by)


def address(register, page, *args):
    """The address of a page of a register."""
    model = register.model
    with translation.override("id"):  # a client leaves its last page's language behind
        return reverse(f"{model._meta.app_label}:{model._meta.model_name}-{page}", args=args)


def maps_of(register):
    """The address of the map of its list, in a list that is empty where its records have no place."""
    return [address(register, "map")] if register.model.point else []


def text_of(path, client=None):
    """What a visitor reads at an address; the answer must be 200."""
    answer = (client or Client()).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def reader_of(register):
    """Somebody who may read this register: a visitor, or the administrator where only the office does."""
    client = Client()
    if not register.model.audience.is_public:
        client.force_login(factories.an_administrator(), backend="django.contrib.auth.backends.ModelBackend")
    return client


def shown(register, path):
    """What whoever may read this register reads at an address."""
    return text_of(path, reader_of(register))


def make(register, **values):
    """A record of a register."""
    return factories.RECORDS[register.slug](**values)


def secret_record(register):
    """A record with a recognisable secret in every field that is not public."""
    values = dict(SECRETS.get(register.slug, {}))
    if "npwp" in values:
        values["legal_form"] = "cv"
    for part in register.form.parts:
        values[part] = [row_of(register, part)]
    return make(register, **values)


def spellings(secret):
    """The ways in which a page might write a secret."""
    texts = secret if isinstance(secret, list) else [str(secret)]
    for text in texts:
        yield text
        if isinstance(secret, int) and secret > 999:
            yield f"{secret:,}"
            yield f"{secret:,}".replace(",", ".")
        if re.fullmatch(r"-?[0-9]+\.[0-9]+", text):
            yield text.replace(".", ",")
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            yield f"{int(text[8:])} {['Juli', 'Maret', 'April'][['07', '03', '04'].index(text[5:7])]} {text[:4]}"
        if text.startswith("08"):
            yield f"+62{text[1:]}"
