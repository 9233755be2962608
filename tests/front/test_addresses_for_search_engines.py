"""What search engines read of where a page stands: one address for each, its twin in the other language, or neither."""

import re

import pytest
from django.test import Client

from tests.factories import an_establishment

pytestmark = pytest.mark.django_db
HOST = "http://testserver"


def head_of(path, status=200):
    """The canonical address, the alternates by language, and what robots are told."""
    answer = Client().get(path)
    assert answer.status_code == status, path
    head = answer.content.decode().split("</head>")[0]
    canonical = re.findall(r'<link rel="canonical" href="([^"]+)">', head)
    alternates = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', head))
    return canonical, alternates, re.findall(r'<meta name="robots" content="([^"]+)">', head)


def test_a_public_page_names_its_own_address_and_those_of_both_languages():
    record = an_establishment()

    for path in ("/", "/industri/", f"/industri/{record.number}/", "/data-terbuka/", "/industri/?tampilan=peta"):
        bare = path.partition("?")[0]
        both = {"id": HOST + bare, "en": f"{HOST}/en{bare}", "x-default": HOST + bare}
        assert head_of(path) == ([HOST + bare], both, [])
        assert head_of(f"/en{path}") == ([f"{HOST}/en{bare}"], both, [])


def test_a_page_that_is_not_to_be_listed_names_no_address():
    for path, status, told in (
        ("/industri/?branch=pangan", 200, "noindex, follow"),
        ("/industri/?q=kain", 200, "noindex, follow"),
        ("/lapor/", 200, "noindex"),
        ("/lacak/", 200, "noindex"),
        ("/tidak-ada/", 404, "noindex"),
        ("/en/industri/IKM-6307-999999/", 404, "noindex"),
    ):
        assert head_of(path, status) == ([], {}, [told]), path


def test_the_page_of_the_api_has_a_main_part_before_any_script_has_drawn():
    assert Client().get("/api/v1/docs/").content.decode().count("<main>") == 1


def test_the_button_of_the_search_is_named_by_its_text():
    button = Client().get("/").content.decode().split('class="btn btn-search"')[1].split("</button>")[0]

    assert '<span class="visually-hidden">Cari</span>' in button
    assert "aria-label" not in button
