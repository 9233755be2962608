"""The frames: languages, the sample notice, and error pages that need nothing."""

import pytest
from django.template.loader import get_template
from django.utils.translation import override

from disperin.ui.context import in_language


@pytest.mark.parametrize(
    ("path", "indonesian", "english"),
    [
        ("/", "/", "/en/"),
        ("/en/", "/", "/en/"),
        ("/en", "/", "/en/"),
        ("/industri/?q=kain", "/industri/?q=kain", "/en/industri/?q=kain"),
        ("/en/industri/?q=kain", "/industri/?q=kain", "/en/industri/?q=kain"),
        ("/energi/", "/energi/", "/en/energi/"),
        ("/en//elsewhere.example/", "/elsewhere.example/", "/en/elsewhere.example/"),
    ],
)
def test_a_page_has_the_same_path_in_both_languages(path, indonesian, english):
    assert in_language(path, "id") == indonesian
    assert in_language(path, "en") == english


@pytest.mark.parametrize("name", ["400.html", "500.html", "403_csrf.html"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_last_pages_are_drawn_without_request_and_database(name, language):
    with override(language):
        page = get_template(name).render()

    assert f'<html lang="{language}">' in page
    assert 'href="/"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_head_of_every_page_leads_to_the_statistics(client, prefix):
    head = client.get(f"{prefix}/bantuan/").content.decode().split("</header>")[0]

    assert head.count(f'href="{prefix}/statistik/"') == 2  # the wide head and the menu of small screens
