"""The component tags: what they print, and that what people typed stays text."""

import datetime
from decimal import Decimal

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.safestring import mark_safe
from django.utils.translation import override

from disperin.ui.templatetags.ui import pieces

EVIL = '<script>alert("x")</script>'
SHOWN = "&lt;script&gt;"


def drawn(source, path="/industri/", **context):
    """A template's text in Indonesian."""
    with override("id"):
        return Template(source).render(Context({"request": RequestFactory().get(path), **context}))


@pytest.mark.parametrize(
    ("key", "word"),
    [
        ("draft", "Draf"),
        ("submitted", "Diajukan"),
        ("reviewing", "Diperiksa"),
        ("returned", "Dikembalikan"),
        ("verified", "Terverifikasi"),
        ("rejected", "Ditolak"),
        ("withdrawn", "Ditarik"),
    ],
)
def test_a_state_is_told_by_word_and_icon_and_colour(key, word):
    pill = drawn("{% status_pill key %}", key=key)

    assert word in pill
    assert f"pill-{key}" in pill
    assert "<use href=" in pill


def test_money_is_short_with_the_full_figure_in_its_title():
    assert drawn("{% money 1250000000 %}").strip() == (
        '<span class="figure" title="Rp 1.250.000.000">Rp 1,25 miliar</span>'
    )


def test_a_day_is_machine_readable():
    day = datetime.date(2026, 11, 22)

    assert '<time datetime="2026-11-22">22 November 2026</time>' in drawn('{% when day style="day" %}', day=day)


@pytest.mark.parametrize(
    "source",
    [
        "{% pill evil %}",
        "{% status_pill evil evil %}",
        "{% card title=evil %}{{ evil }}{% endcard %}",
        "{% notice title=evil %}{{ evil }}{% endnotice %}",
        "{% summary_list %}{% summary_row evil evil note=evil %}{% endsummary_list %}",
        "{% summary_item evil %}{{ evil }}{% endsummary_item %}",
        "{% diff_table %}{% diff_row evil evil 'x' current=evil %}{% enddiff_table %}",
        "{% timeline_item evil by=evil %}{{ evil }}{% endtimeline_item %}",
        "{% link_button '/x/' evil data_note=evil %}",
        "{% button evil name='a' value=evil %}",
        "{% empty_state evil text=evil %}",
        "{% crumb evil '/x/' %}",
        "{% copy_text evil %}",
        "{% tile 1 evil note=evil %}",
        "{% photo url='/x.webp' alt=evil %}",
        "{% map_box label=evil points=evil %}{{ evil }}{% endmap_box %}",
        "{% filter_chips chips %}",
        "{% facet evil chips %}",
        "{% error_summary errors %}",
        "{% file_field 'photo' evil current_url='/x' current_label=evil error=evil %}",
    ],
)
def test_what_people_typed_stays_text(source):
    chips = [{"label": EVIL, "value": EVIL, "url": "/x/", "count": 1, "active": False}]

    html = drawn(source, evil=EVIL, chips=chips, errors={"name": [EVIL]})

    assert "<script>" not in html
    assert SHOWN in html


def test_further_attributes_of_a_button_are_written_with_dashes():
    html = drawn('{% button "Simpan" hx_post="/usulan/" disabled=on hidden=off %}', on=True, off=False)

    assert ' hx-post="/usulan/"' in html
    assert " disabled" in html
    assert "hidden" not in html


def test_an_error_summary_links_to_the_fields_of_parts():
    html = drawn("{% error_summary errors %}", errors={"products.2.name": ["Wajib diisi."]})

    assert 'href="#id_products-2-name"' in html


@pytest.mark.parametrize(
    ("errors", "focus", "title"),
    [
        ({"name": ["Wajib diisi."]}, True, "Galat: Masuk"),
        ({"name": ["Wajib diisi."]}, False, "Masuk"),
        ({}, True, "Masuk"),
    ],
    ids=["wrong", "an example", "all is well"],
)
def test_the_title_of_a_page_says_first_that_something_is_wrong(errors, focus, title):
    source = "<title>Masuk</title>{% error_summary errors focus=focus %}"

    html = drawn(f"{{% errors_in_title %}}{source}{{% enderrors_in_title %}}", errors=errors, focus=focus)

    assert html.startswith(f"<title>{title}</title>")


def test_nothing_is_printed_where_nothing_is_wrong():
    assert drawn("{% error_summary errors %}", errors={}) == ""


def test_a_column_head_turns_the_order_round_and_keeps_the_filters():
    first = drawn('{% sort_header "name" "Nama" %}', path="/industri/?q=kain&page=4")
    again = drawn('{% sort_header "name" "Nama" %}', path="/industri/?q=kain&order=name")

    assert 'href="/industri/?q=kain&amp;order=name"' in first
    assert "aria-sort" not in first
    assert 'href="/industri/?q=kain&amp;order=-name"' in again
    assert 'aria-sort="ascending"' in again


def test_numbered_pages_keep_the_filters_and_mark_the_current_one():
    page = Paginator(range(400), 25).page(7)

    html = drawn("{% page_pagination page %}", path="/industri/?q=kain&page=7", page=page)

    assert 'aria-current="page"' in html
    assert 'href="/industri/?q=kain&amp;page=8"' in html
    assert 'href="/industri/?q=kain"' in html
    assert html.count("…") == 2


def test_the_cross_of_a_chip_is_named_for_screen_readers():
    html = drawn("{% filter_chips chips %}", chips=[{"label": "Skala", "value": "Kecil", "url": "/industri/"}])

    assert 'aria-label="lepas"' in html


def test_the_photograph_of_the_first_view_is_fetched_first_and_others_when_somebody_comes_there():
    assert 'fetchpriority="high"' in drawn('{% photo url="/x.webp" lazy=False %}')
    assert 'loading="lazy"' in drawn('{% photo url="/x.webp" %}')


def test_a_record_without_photo_shows_its_own_cloth():
    html = drawn('{% photo number="IKM-6307-000123" alt="Kain" %}')

    assert "IKM-6307-000123.svg" in html
    assert 'alt=""' in html
    assert 'width="640" height="480"' in html


def test_the_place_on_a_map_is_never_written_with_a_decimal_comma():
    html = drawn("{% map_box lat=lat lon=lon %}{% endmap_box %}", lat=-2.58, lon=115.38)

    assert 'data-lat="-2.58" data-lon="115.38"' in html


@pytest.mark.parametrize(
    ("old", "new", "state"),
    [("a", "b", "changed"), ("", "b", "added"), ("a", None, "removed"), ("a", "a", "same")],
)
def test_a_comparison_knows_what_happened(old, new, state):
    assert f"diff-{state}" in drawn("{% diff_row 'Nama' old new %}", old=old, new=new)


def test_a_text_marked_as_safe_does_not_lend_its_mark_to_an_equal_one():
    assert "<b>" not in pieces.pill(mark_safe("<b>x</b>"))  # noqa: S308
    assert "<b>" not in pieces.pill("<b>x</b>")


def test_a_figure_below_nothing_has_the_sign_of_minus_and_a_text_keeps_its_hyphen():
    shown = drawn("{{ figure|number }} {{ figure|computed }} {{ text|number }}", figure=Decimal("-27.09"), text="-A-1")

    assert shown == "\N{MINUS SIGN}27,09 \N{MINUS SIGN}27,09 -A-1"
