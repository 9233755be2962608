"""English pages say of each text that somebody entered in Indonesian that it is (WCAG 2.2, 3.1.2), or tell its twin."""

from html.parser import HTMLParser

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models

from disperin.registers.record import directory
from industries.models import ChainStep
from tests import factories
from tests.registers.each_register import PUBLIC, address, name_of, text_of

pytestmark = pytest.mark.django_db

# What is written in words, by model: each is looked for on the pages. A twin is what readers of English get instead.
WORDS = {
    "Establishment": {"story_id"},
    "Product": {"name", "category", "forbidden_material", "description_id"},
    "Zone": {
        "manager_source", "stage_note", "stage_source", "project_basis", "focus_industries", "summary_id",
        "outline_source", "plots_source", "tenants_source",
    },
    "ZoneArea": {"note", "source"},
    "Utility": {"name", "note", "source"},
    "Plot": {"terms"},
    "Tenant": {"other_title"},
    "ZoneDocument": {"title", "source"},
    "Milestone": {"name"},
    "News": {"title_id", "text_id"},
}  # fmt: skip
TWINS = {
    "title_en", "text_en", "story_en", "description_en", "summary_en", "stage_note_en", "project_basis_en",
    "focus_industries_en", "note_en",
}  # fmt: skip
# Names of people, companies and places, brands, numbers, codes and addresses: the same in every language
SAME_IN_EVERY_LANGUAGE = {
    "name", "also_known_as", "manager", "brand", "number", "code", "other_code", "decree_number", "certificate_number",
    "standard_number", "checked_by_office", "permits", "unit", "hs_code", "slug", "search_text", "commodities",
    "districts", "other_kbli", "contact_office", "contact_phone", "contact_email", "contact_website",
}  # fmt: skip
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Texts(HTMLParser):
    """What stands in the body of a page, each text with the language it is said to be in."""

    def __init__(self, page):
        super().__init__()
        self.open, self.found = [("", "")], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("lang") or self.open[-1][1]))

    def handle_endtag(self, tag):
        while self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not {"head", "script", "textarea"} & {tag for tag, _language in self.open}:
            self.found.append((data, self.open[-1][1]))


def models_of(register):
    return [register.model, *(form._meta.model for form in register.form.parts.values())]


def texts_of(model):
    """The public columns of words that are typed freely."""
    for field in model._meta.concrete_fields:
        kind = field.base_field if isinstance(field, ArrayField) else field
        is_text = isinstance(kind, models.CharField | models.TextField) and not kind.choices
        if is_text and field.name in model.audience.public:
            yield field.name


def test_every_public_text_is_words_a_twin_or_the_same_in_every_language():
    for model in {model for register in PUBLIC for model in models_of(register)}:
        known = WORDS.get(model.__name__, set()) | TWINS | SAME_IN_EVERY_LANGUAGE
        assert {*texts_of(model)} <= known, model


def said(name, model):
    return f"Kata {name.replace('_', ' ')} {model.lower()}"


def filled(model, **values):
    """These values, and words in every column that has some."""
    words = {name: said(name, model) for name in WORDS[model]}
    return words | ({"focus_industries": [words["focus_industries"]]} if "focus_industries" in words else {}) | values


@pytest.fixture(scope="module")
def paths(once):
    """Pages on which all those words stand."""

    def build():
        material = {"halal_category": "makanan", "forbidden_evidence": "Uji"}
        plain = filled("Product")
        del plain["forbidden_material"]
        maker = factories.an_establishment(**filled("Establishment"), products=[filled("Product", **material), plain])
        award = factories.an_award(establishment=maker)
        zone = factories.a_zone(
            **filled("Zone", manager="PT Kawasan"),
            areas=[filled("ZoneArea", basis="masterplan", hectares=10)],
            utilities=[filled("Utility", kind="listrik", capacity=3, free_capacity=2, unit="mw")],
            plots=[filled("Plot", code="A-1", hectares=2, state="tersedia")],
            tenants=[filled("Tenant", name="PT Satu", other_code="52101")],
            documents=[filled("ZoneDocument", kind="kkpr")],
        )
        milestone = factories.a_milestone(
            zone=zone, **filled("Milestone", planned_finish="2026-02-01", planned_start="2026-01-01")
        )
        news = factories.RECORDS["news"](**filled("News"))
        records = {"news": news, "establishments": maker, "awards": award, "zones": zone, "milestones": milestone}
        pages = [
            path
            for slug, record in records.items()
            for path in (
                address(directory.get(slug), "list"),
                address(directory.get(slug), "detail", name_of(record)),
            )
        ]
        return [*pages, f"/kawasan/{zone.slug}/kemajuan/", f"/kawasan/banding/?kawasan={zone.slug}"]

    return once(build)


def test_english_pages_mark_each_entered_text_with_its_language(paths):
    wanted = {said(name, model) for model, names in WORDS.items() for name in names}
    seen = set()
    for path in paths:
        for text, language in Texts(text_of(f"/en{path}")).found:
            found = {one for one in wanted if one in text}
            assert not found or language == "id", (path, text.strip(), language)
            seen |= found

    assert wanted - seen == set()


def test_indonesian_pages_mark_nothing_that_is_in_their_own_language(paths):
    for path in paths:
        assert '<span lang="id">Kata' not in text_of(path)


def test_a_chain_marks_what_was_entered_without_a_twin_in_its_picture_too():
    words = {"stage_id": "Kata tahap", "product_id": "Kata produk", "source": "Kata sumber"}
    ChainStep.objects.create(commodity="karet", stage=1, source_on="2026-01-15", **words)

    found = [(text, language) for text, language in Texts(text_of("/en/hilirisasi/")).found if "Kata" in text]

    assert len(found) >= 5  # the picture, the title of its box, the table
    assert {language for text, language in found if ": " not in text} == {"id"}


def test_readers_of_english_get_the_twin_where_there_is_one():
    twins = {"stage_note": "Menunggu.", "stage_note_en": "Waiting.", "focus_industries": ["Karet"],
             "focus_industries_en": ["Rubber"], "project_basis": "", "project_basis_en": "By decree."}  # fmt: skip
    area = {"basis": "masterplan", "hectares": 10, "source": "Koran", "note": "Rencana.", "note_en": "A plan."}
    zone = factories.a_zone(**twins, areas=[area])

    english, indonesian = text_of(f"/en/kawasan/{zone.slug}/"), text_of(f"/kawasan/{zone.slug}/")

    assert all(word in english for word in ("Waiting.", "Rubber", "A plan.", "By decree."))
    assert not any(word in english for word in ("Menunggu.", "Karet", "Rencana."))
    assert all(word in indonesian for word in ("Menunggu.", "Karet", "Rencana.", '<span lang="en">By decree.</span>'))
    assert "Waiting." not in indonesian
