"""Whatever is written into the text fields of a register is refused by its name or kept as it was read, and all of the
register still opens: the draft and what reads it back, the review, pages, desks, papers, calendars, files and API.
"""

import csv
import io
import json
import re
import unicodedata
from itertools import count
from urllib.parse import quote

import pytest
from django import forms
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.html import escape
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from disperin.accounts import actions as accounts
from disperin.registers.gate.forms import rows_of
from disperin.registers.lists.columns import columns_of
from disperin.registers.values.fields import MarkedText, TextList
from disperin.submissions import actions
from disperin.ui.characters import line
from ovop.models import ChecklistItem
from tests import factories
from tests.budget import examples
from tests.ovop.conftest import KEYS
from tests.registers.each_register import REGISTERS, address, maps_of, name_of, row_of

DAY = "2026-02-01"
BARE = factories.VALUES | {  # the least values of each register that let every one of its texts be said
    "clusters": lambda: factories.cluster_values(status="sk_terbit", decree_number="SK 1", decree_on=DAY),
    "halal": lambda: factories.halal_values(stage="dicabut", checked_on=DAY, checked_by_office="Kantor"),
    "green": lambda: factories.green_values(stage="dicabut"),
    "awards": lambda: factories.award_values(state_reason="Alasan"),
    "nominations": lambda: {**factories.nomination_values(), "papers": [{"item": ChecklistItem.objects.first().pk}]},
    "zones": lambda: factories.zone_values(
        tenants=[{"name": "PT Angkutan", "other_code": "52101", "other_title": "Pergudangan"}]
    ),
    "partnerships": lambda: factories.partnership_values(volume=12, volume_unit="ton"),
    "assistance": lambda: factories.assistance_values(
        state="ditarik",
        decree_on=DAY,
        handover_on=DAY,
        withdrawn_on=DAY,
        beneficiaries=[{"establishment": factories.an_establishment().number, "seen_6_on": DAY, "seen_12_on": DAY}],
    ),
    "commitments": lambda: factories.commitment_values(support_from="provinsi", support_asked="Dana"),
    "indicators": lambda: factories.indicator_values(baseline=1, baseline_year=2024),
    "reports": lambda: factories.report_values(group="menengah_besar", share_foreign=100, foreign_country="Malaysia"),
    "inspections": lambda: factories.inspection_values(visited_on=DAY, inspectors="Tim"),
}
CRAFTED = [
    "<script>alert(1)</script>", "{{ settings.SECRET_KEY }}", "{% load x %}", "%(name)s %d {0} {name}", "=1+1",
    "@SUM(A1)", "-2+3", "a'b\"c`d", "\\u0000 \\ \\\\", '#set text(fill: red) #"', "$x^2$ *b* _i_ ~ `raw` @ref <label>",
    "]]>", "<!--", "&amp; &lt; &", "a\tb", "a\nb", "a\r\nb", "a\u2028b\x0bc", "שלום עולם", "السلام عليكم",
    "نص\u200f\u200e", "e\u0301 ﬁ", "한국어", "👩\u200d👩\u200d👧", "𝒳", "\U0010fffd", "\ue000", "a\u0300\u0301\u0302",
    "\ud800", "a\udfffb", "\x00", "\u202e abc", "\ufeff", "١٢٣", "  ", "\u3164", ",;|", "2026-01-01", "null",
    "__init__",
]  # fmt: skip
TEXT = st.one_of(
    st.sampled_from(CRAFTED),
    st.text(st.characters(), max_size=40),
    st.lists(st.sampled_from(CRAFTED), min_size=2, max_size=4).map(" ".join),
)
UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def text_in_turn(turn):
    """One text, in the plainest example the crafted one whose turn it is: each stands somewhere."""
    return st.one_of(st.just(CRAFTED[next(turn) % len(CRAFTED)]), TEXT)


def places(register):
    """`(part, field)` of all into which anything may be typed; the part is empty for the record's own."""
    for part, form in {"": register.form, **register.form.parts}.items():
        for name, field in form.base_fields.items():
            if isinstance(field, forms.CharField | TextList):
                yield part, name


def field_of(register, place):
    part, name = place
    return (register.form.parts[part] if part else register.form).base_fields[name]


def with_texts(register, values, texts):
    """The values with a text in each place, and one row of each part."""
    written = {**values, **{part: [row_of(register, part)] for part in register.form.parts if part not in values}}
    for place, text in texts.items():
        part, name = place
        value = [text] if isinstance(field_of(register, place), TextList) else text
        if part:
            written[part] = [{**written[part][0], name: value}, *written[part][1:]]
        else:
            written[name] = value
    return written


def propose(register, texts, *, by, client):
    """Submit a record with whichever of the texts are not refused: `(submission, {place: text})`.

    The draft is opened on the way, by its proposer's client: with all that was typed, and read back.
    """
    values, texts = BARE[register.slug](), dict(texts)
    while True:
        try:
            with transaction.atomic():
                draft = actions.draft(register, with_texts(register, values, texts), by=by)
                for page in ("edit", "check"):
                    opened(client, reverse(f"submissions:{page}", args=[draft.number]))
                return actions.submit(draft, by=by, acknowledged=True), texts
        except ValidationError as error:
            paths = [path.split(".") for path in error.error_dict]
            refused = {(path[0] if len(path) > 1 else "", path[-1]) for path in paths}
            if not refused <= set(texts):  # nothing but a text can be at fault, and it is named
                raise
            texts = {place: text for place, text in texts.items() if place not in refused}


def seen(text):
    """What a reader sees of a text, but for the blanks."""
    unseen = ("Cc", "Cf", "Cn", "Zs", "Zl", "Zp")
    return "".join(one for one in UNSEEN.sub("", text) if unicodedata.category(one) not in unseen)


def assert_kept(register, record, place, text):
    part, name = place
    holder = rows_of(register.form.parts[part], record)[0] if part else record
    stored, field = getattr(holder, name), field_of(register, place)
    stored = "".join(stored) if isinstance(stored, list) else stored
    form = register.form.parts[part] if part else register.form
    if isinstance(field, MarkedText | forms.URLField | forms.EmailField) or name in form.tidies:
        assert stored == form.tidied(name, line(text)), place  # codes and addresses have a form of their own
    else:
        assert seen(stored) == seen(text), place


def pages_of(register, submission):
    """Where the officer and the verifier read a proposal."""
    yield reverse("submissions:detail", args=[submission.number])
    yield reverse("submissions:review", args=[submission.number])
    yield f"/api/v1/submissions/{submission.number}/"
    yield reverse("submissions:inbox") + "?status=reviewing"


def addresses(register, record, text):
    """Wherever a record is shown, written into a file, or answered."""
    asked, named = f"?q={quote(text, errors='surrogatepass')}", name_of(record)
    for prefix in ("", "/en"):
        yield prefix + address(register, "detail", named)
    yield from (address(register, "list"), *maps_of(register))
    yield address(register, "list") + asked
    yield f"/api/v1/{register.slug}/"
    yield f"/api/v1/{register.slug}/{record.number}/"
    yield f"/api/v1/registers/{register.slug}/export.xlsx"
    yield f"/api/v1/registers/{register.slug}/export.{'geojson' if register.model.point else 'csv'}"
    yield reverse("submissions:record-versions", args=[register.slug, record.number])
    yield reverse("submissions:inbox") + asked + "&status=verified"
    columns = "&".join(f"column={name}" for name in columns_of(register))
    yield f"/data/{register.slug}/?{columns}"
    yield f"/data/{register.slug}/belum-ada/"
    yield from (f"/cari/?q={quote(str(record))}", "/cari/" + asked, "/", "/ringkasan/", "/tenggat/")
    yield from {
        "establishments": ["/halal/", "/ovop/kesiapan/", "/industri/kbli/", "/api/v1/products/"],
        "zones": [
            *(f"{prefix}/kawasan/{named}/profil.pdf" for prefix in ("", "/en")),
            *(f"/kawasan/{named}/{one}" for one in ("kemajuan/", "petak.json", "akreditasi/")),
            f"/kawasan/banding/?kawasan={named}",
            "/kawasan/portofolio/",
        ],
        "awards": [f"/ovop/{named}/bagikan.jpg", f"/ovop/{named}/label/", "/ovop/statistik/"],
    }.get(register.slug, [])


def opened(client, path, method="get", **sent):
    """The answer, whole; what a person can open is never an error of ours, and no text becomes markup."""
    is_search = path.startswith("/cari/")  # which leads to a record that is the only one so called
    answer = getattr(client, method)(path, sent or None, follow=is_search)
    body = b"".join(answer) if answer.streaming else answer.content
    assert answer.status_code == 200 or (answer.status_code == 400 and "q=" in path), (
        path
    )  # what is asked may be no text
    if answer["Content-Type"].startswith("text/html"):
        assert b"<script>alert(1)" not in body, path
    return body


def assert_labels_are_printed(client, maker, form):
    """The labels of a star tell what maker and product are called: as a drawing, and as one of the papers."""
    with override_settings(OVOP_SIGNING_KEYS=f"satu={KEYS[1]}"):
        award = factories.an_award(establishment=maker)
        for one in ("svg", form):
            opened(client, f"/ovop/{award.number}/label/", method="post", form=one)
        opened(client, f"/ovop/{award.number}/bagikan.jpg")


def assert_told_alike(register, record):
    """Page, API, CSV and GeoJSON tell a visitor each public text as it is stored; a page names the record so."""
    visitor, files = Client(), f"/api/v1/registers/{register.slug}/export"
    page = opened(visitor, address(register, "detail", name_of(record))).decode()
    answer = json.loads(opened(visitor, f"/api/v1/{register.slug}/{record.number}/"))
    told = opened(visitor, f"{files}.csv").decode("utf-8-sig")
    (row,) = (one for one in csv.DictReader(io.StringIO(told, newline="")) if one["number"] == record.number)
    features = json.loads(opened(visitor, f"{files}.geojson"))["features"] if register.model.point else []
    drawn = [one["properties"] for one in features if one["id"] == record.number] or [answer]

    assert escape(record.name) in page
    texts = {name for part, name in places(register) if not part}
    for name in texts & set(register.model.audience.public):
        stored = getattr(record, name)
        in_a_cell = "; ".join(stored) if isinstance(stored, list) else stored
        assert answer[name] == stored == drawn[0][name], name
        assert row[name].removeprefix("'") == in_a_cell.removeprefix("'"), name  # no formula


@pytest.mark.thorough
@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.slug)
@settings(
    max_examples=examples(2, 100), suppress_health_check=[HealthCheck.function_scoped_fixture], phases=[Phase.generate]
)
@given(data=st.data())
def test_any_text_is_refused_or_kept_and_all_that_shows_it_opens(register, officer, verifier, second_verifier, data):
    proposer = second_verifier if register.model.of_province else officer
    turn = count(7 * REGISTERS.index(register))  # not the same ones in every register
    texts = {place: data.draw(text_in_turn(turn), label=str(place)) for place in places(register)}
    inside, own = Client(), Client()
    for client, user in ((inside, verifier), (own, proposer)):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    for cache in caches.all():  # the revisions of the example before come again
        cache.clear()
    with transaction.atomic():
        submission, kept = propose(register, texts, by=proposer, client=own)
        submission = actions.claim(submission, by=verifier)
        for path in pages_of(register, submission):
            opened(inside, path)
        decided = actions.verify(submission, by=verifier, round=1)
        record = register.model.objects.get(number=decided.record_number)
        for place, text in kept.items():
            assert_kept(register, record, place, text)
        for path in addresses(register, record, data.draw(TEXT, label="q")):
            opened(inside, path)
        token = accounts.make_calendar_address(proposer, by=proposer)
        for path in ("/pemberitahuan/", f"/tenggat/{token}.ics"):
            opened(own, path)
        if register.slug == "establishments":
            assert_labels_are_printed(inside, record, data.draw(st.sampled_from(["a7", "a4", "png"]), label="form"))
        if register.slug == "nominations":
            opened(inside, "/ovop/putaran/2024/usulan.zip", method="post")
        if register.model.audience.is_public:
            assert_told_alike(register, record)
        transaction.set_rollback(True)
