"""What every register must do on its pages, asked of each one that stands in the directory.

Most of it is asked as a visitor; of a register that is read inside only, as somebody of the office (`reader_of`).
"""

import re

import pytest
from django.db import connection
from django.forms import BooleanField
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from disperin.registers import directory
from disperin.submissions import actions
from tests import factories

REGISTERS = directory.all_registers()
PUBLIC = [one for one in REGISTERS if one.model.audience.is_public]
INSIDE = [one for one in REGISTERS if not one.model.audience.is_public]
every_register = pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.slug)
every_public_register = pytest.mark.parametrize("register", PUBLIC, ids=lambda one: one.slug)
every_inside_register = pytest.mark.parametrize("register", INSIDE, ids=lambda one: one.slug)
MOST_QUERIES = 8  # of a list page that was not kept: revision, counts, rows, parts, labels, sample, codes asked for
OF_THE_OFFICE = 6  # more where somebody is signed in: session, person, revision, three numbers of the workbench

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
    "awards": {"state_reason": "Alasan yang hanya dibaca kantor"},
    "zones": {},
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
    "areas": {"basis": "masterplan", "hectares": 10, "source": "Dokumen"},
    "utilities": {"kind": "listrik", "source": "Dokumen"},
    "plots": {"code": "A-1", "hectares": 2, "state": "tersedia"},
    "tenants": {"name": "PT Sasirangan Jaya"},
    "zone_documents": {"kind": "profil"},
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
    """A row of a part, with its secrets. Two registers have documents, and each its own."""
    return SECRET_ROWS["zone_documents" if (register.slug, part) == ("zones", "documents") else part]


def name_of(record):
    """What stands in the address of a record's page."""
    return getattr(record, record.named_by)


def address(register, page, *args):
    """The address of a page of a register."""
    model = register.model
    with translation.override("id"):  # a client leaves its last page's language behind
        return reverse(f"{model._meta.app_label}:{model._meta.model_name}-{page}", args=args)


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
    values = dict(SECRETS[register.slug])
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


@every_public_register
def test_every_secret_of_a_register_is_tried_here(register):
    model = register.model
    secret = {*model.audience.inside, *model.audience.masked} & set(register.form.base_fields)
    boxes = {name for name, field in register.form.base_fields.items() if type(field) is BooleanField}

    assert secret - boxes - OUTSIDE_ANYWAY == set(SECRETS[register.slug])
    for name, part in register.form.parts.items():
        hidden = {*part._meta.model.audience.inside, *part._meta.model.audience.masked} & set(part.base_fields)
        assert hidden - {"file"} <= set(row_of(register, name))


@every_public_register
@pytest.mark.django_db
def test_a_visitor_never_sees_an_inside_or_masked_value(register):
    record = secret_record(register)
    secrets = [one for secret in SECRETS[register.slug].values() for one in spellings(secret)]
    for part in register.form.parts:
        hidden = register.form.parts[part]._meta.model.audience.inside
        secrets += [
            one for name, secret in row_of(register, part).items() if name in hidden for one in spellings(secret)
        ]
    secrets = [secret for secret in secrets if secret not in ("iui", "lembar")]
    listed, single = address(register, "list"), address(register, "detail", name_of(record))
    pages = ["/", listed, f"{listed}?tampilan=peta", f"{listed}peta.json", single, f"/en{listed}", f"/en{single}"]

    for path in pages:
        text = text_of(path)
        assert [secret for secret in secrets if secret in text] == [], path


@every_public_register
@pytest.mark.django_db
def test_a_visitor_finds_no_record_by_what_is_inside(register):
    record = secret_record(register)
    listed = address(register, "list")

    for name, secret in SECRETS[register.slug].items():
        text = secret[0] if isinstance(secret, list) else str(secret)
        for path in (f"{listed}?q={text}", f"{listed}peta.json?q={text}"):
            assert record.number not in text_of(path), name


@every_public_register
@pytest.mark.django_db
def test_asking_for_a_filter_or_order_by_an_inside_field_changes_nothing(register):
    record = secret_record(register)
    listed = address(register, "list")

    for name in (*register.model.audience.inside, *register.model.audience.masked):
        assert record.number in text_of(f"{listed}?{name}=zzz")
        assert record.number in text_of(f"{listed}?order={name}")


@every_register
@pytest.mark.django_db
def test_the_list_shows_a_verified_record_and_leads_to_its_page(register):
    record = make(register)

    text = shown(register, address(register, "list"))

    assert record.name in text
    assert f'href="{address(register, "detail", name_of(record))}"' in text


@every_register
@pytest.mark.django_db
def test_the_page_of_a_record_names_it_with_its_number_and_day(register):
    record = make(register)

    text = shown(register, address(register, "detail", name_of(record)))

    assert record.name in text
    assert record.number in text
    assert str(record.verified_at.year) in text


@every_register
@pytest.mark.django_db
def test_pages_stand_in_english_under_their_own_address(register):
    record = make(register)

    for path in (address(register, "list"), address(register, "detail", name_of(record))):
        text = shown(register, f"/en{path}")
        assert '<html lang="en">' in text
        assert f'hreflang="id" href="http://testserver{path}"' in text


@every_public_register
@pytest.mark.django_db
def test_the_path_alone_decides_the_language(register):
    client = Client(headers={"accept-language": "en"})

    assert '<html lang="id">' in text_of(address(register, "list"), client)


@every_register
@pytest.mark.django_db
def test_a_number_in_small_letters_leads_to_the_page(register):
    record = make(register)

    answer = reader_of(register).get(address(register, "detail", record.number.lower()))

    assert (answer.status_code, answer["Location"]) == (301, address(register, "detail", name_of(record)))


@every_register
@pytest.mark.django_db
@pytest.mark.parametrize("number", ["IKM-6307-999999", "x", "IKM-6307-1", "%00", "IKM-6307-" + "9" * 400])
def test_an_unknown_number_is_a_page_that_says_so(register, number):
    answer = reader_of(register).get(address(register, "list") + number + "/")

    assert answer.status_code == 404
    assert "<h1>" in answer.content.decode()


@every_register
@pytest.mark.django_db
def test_an_empty_register_says_what_will_come(register):
    assert "empty-state" in shown(register, address(register, "list"))
    assert shown(register, address(register, "list") + "peta.json") == '{"type":"FeatureCollection","features":[]}'


@every_register
@pytest.mark.django_db
def test_a_search_that_finds_nothing_offers_the_whole_list(register):
    make(register)

    text = shown(register, address(register, "list") + "?q=qqqqqqqq")

    assert "empty-state" in text
    assert f'href="{address(register, "list")}"' in text


@every_register
@pytest.mark.django_db
def test_a_misspelled_word_shows_what_is_spelled_alike(register):
    record = make(register)

    text = shown(register, address(register, "list") + "?q=sasirngan")

    assert "sasirngan" in text
    assert record.number in text


@every_register
@pytest.mark.django_db
def test_a_filter_narrows_list_and_map(register):
    here, there = make(register, regency="63.07"), make(register, regency="63.06")

    text = shown(register, address(register, "list") + "?regency=63.06")

    assert there.number in text
    assert here.number not in text


@every_register
@pytest.mark.django_db
def test_every_order_of_the_list_works(register):
    make(register, name="Anggrek"), make(register, name="Zamrud", regency="63.06")
    listed = address(register, "list")

    found = re.findall(r'<option value="([^"]+)"', shown(register, listed))

    assert {"name", "-name", "-verified_at"} <= set(found)
    for order in found:
        text = shown(register, f"{listed}?order={order}")
        assert "notice-warning" not in text
    names = [re.findall("Anggrek|Zamrud", shown(register, f"{listed}?order={order}"))[0] for order in ("name", "-name")]
    assert names == ["Anggrek", "Zamrud"]


@every_register
@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "regency=99", "regency=63.07&regency=99", "status=x", "branch=x", "order=nix", "cursor=nix", "q=%00",
        "q=" + "a" * 500, "cursor=WyJuIiwieCIsOTk5OTk5OTk5OTk5OTk5OTk5OTk5XQ", "cursor=WyJuIixudWxsLDFd", "in_box=1",
        "cursor=%F0%9F%98%80", "cursor=WyJuIiwiXHUwMDAwIiwxXQ",
        "order=-verified_at&cursor=WyJuIiwieCIsMV0", "page=x", "regency[]=1", "%00=1",
    ],
)  # fmt: skip
def test_a_value_that_makes_no_sense_keeps_the_page(register, query):
    record = make(register)
    listed = address(register, "list")

    text = shown(register, f"{listed}?{query}")

    assert record.number in text or "q=a" in query
    assert reader_of(register).get(f"{listed}peta.json?{query}").status_code == 200


@every_register
@pytest.mark.django_db
def test_a_bad_filter_is_named_with_its_value_and_a_way_out(register):
    make(register)
    listed = address(register, "list")

    text = shown(register, f"{listed}?regency=99&order=name")

    assert "notice-warning" in text
    assert "“99”" in text
    assert f'href="{listed}?order=name"' in text


@every_register
@pytest.mark.django_db
def test_a_closed_record_leaves_the_list_and_keeps_its_page(register):
    record = make(register)
    values = {"closed_on": "2026-01-02", "closed_reason": "error"}
    actions.publish(register, values, by=factories.an_administrator(), record=record, kind="close")
    listed = address(register, "list")

    page = shown(register, address(register, "detail", name_of(record)))

    assert record.number not in shown(register, listed)
    assert record.number not in shown(register, f"{listed}peta.json")
    assert record.number not in shown(register, "/")
    assert "notice-warning" in page
    assert "2 Januari 2026" in page


@every_register
@pytest.mark.django_db
def test_the_list_asks_as_often_for_three_rows_as_for_one(register):
    listed = address(register, "list")
    paths = [
        listed,
        f"{listed}?regency=63.07",
        f"{listed}?q=sasirangan",
        f"{listed}?tampilan=peta",
        f"{listed}peta.json",
    ]

    client = reader_of(register)

    def asked():
        counts = []
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                text_of(path, client)
            counts.append(len(queries))
        return counts

    make(register)
    with_one = asked()
    make(register, name="Sasirangan Dua"), make(register, name="Sasirangan Tiga")

    assert asked() == with_one
    assert max(with_one) <= MOST_QUERIES + (0 if register.model.audience.is_public else OF_THE_OFFICE)


@every_public_register
@pytest.mark.django_db
def test_an_unchanged_page_costs_one_query_and_is_not_sent_again(register):
    make(register)
    listed = address(register, "list")
    first = Client().get(listed)

    with CaptureQueriesContext(connection) as queries:
        again = Client().get(listed)
    asked = len(queries)  # before the next request empties the log
    unchanged = Client().get(listed, headers={"if-none-match": first["ETag"]})

    assert asked == 1
    assert again.content == first.content
    assert unchanged.status_code == 304


@every_register
@pytest.mark.django_db
def test_a_change_is_seen_at_once(register):
    make(register)
    listed = address(register, "list")
    shown(register, listed)

    later = make(register, name="Yang Baru Saja")

    assert later.number in shown(register, listed)


@every_public_register
@pytest.mark.django_db
def test_a_visitors_pages_hold_no_token_and_set_no_cookie(register):
    record = make(register)

    for path in ("/", address(register, "list"), address(register, "detail", name_of(record))):
        answer = Client().get(path)
        assert "csrfmiddlewaretoken" not in answer.content.decode()
        assert not answer.cookies


@every_register
@pytest.mark.django_db
def test_pages_are_only_read(register):
    record = make(register)

    for path in (address(register, "list"), address(register, "detail", name_of(record)), address(register, "map")):
        assert reader_of(register).post(path).status_code == 405


@every_inside_register
@pytest.mark.django_db
def test_a_visitor_is_sent_to_sign_in_and_told_nothing(register):
    record = make(register)
    listed = address(register, "list")

    for path in (listed, f"{listed}peta.json", address(register, "detail", record.number), f"{listed}x/"):
        answer = Client().get(path)
        assert (answer.status_code, answer["Location"]) == (302, f"/masuk/?next={path}")
    maker, zone = getattr(record, "establishment", None), getattr(record, "zone", None)
    about = f"/industri/{maker.number}/" if maker else f"/kawasan/{zone.slug}/"
    for path in ("/", "/industri/", "/kawasan/", about):
        assert record.number not in text_of(path)


@every_inside_register
@pytest.mark.django_db
def test_an_officer_sees_and_counts_only_the_own_regency(register, officer):
    here, there = make(register, regency="63.07"), make(register, regency="63.06")
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    listed = address(register, "list")

    text = text_of(listed, client)

    assert here.number in text
    assert there.number not in text
    assert there.number not in text_of(f"{listed}peta.json", client)
    assert there.number not in text_of(f"{listed}?regency=63.06", client)
    assert client.get(address(register, "detail", there.number)).status_code == 404
    assert re.search(r'<p class="result-count"[^>]*>1 ', text)


@every_inside_register
@pytest.mark.django_db
def test_no_browser_and_no_proxy_keeps_what_only_the_office_reads(register):
    record = make(register)

    for path in (address(register, "list"), address(register, "detail", record.number)):
        assert "no-store" in reader_of(register).get(path)["Cache-Control"]


@every_inside_register
@pytest.mark.django_db
def test_the_api_answers_about_it_only_within_reach(register, officer, api):
    here, there = make(register, regency="63.07"), make(register, regency="63.06")
    place = f"/api/v1/{register.slug}/"

    assert [api().get(path).status_code for path in (place, f"{place}{here.number}/")] == [401, 401]
    assert [row["number"] for row in api(officer).get(place).json()["results"]] == [here.number]
    assert api(officer).get(f"{place}{here.number}/").json()["number"] == here.number
    assert api(officer).get(f"{place}{there.number}/").status_code == 404
    assert "no-store" in api(officer).get(f"{place}{here.number}/")["Cache-Control"]
