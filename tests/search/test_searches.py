"""What people look for, and what is right for it: written down before the search was."""

import hashlib

import pytest
from django.utils import translation

from tests.search import worlds


def is_held_out(text):
    """Whether a search is kept for judging alone: nobody looks at what it finds while the search is improved."""
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 1


@pytest.fixture(scope="module")
def world(once):
    """The sample's makers, clusters, zones, stars and certificates, published."""
    return once(worlds.publish)


def test_each_search_has_a_right_answer_in_the_world_and_half_of_them_are_held_out(world, db):
    searches = worlds.searches()
    for text, language, right in searches:
        with translation.override(language):
            assert worlds.right_addresses(right), text

    held_out = [text for text, _language, _right in searches if is_held_out(text)]
    assert len(searches) >= 200
    assert 0.45 < len(held_out) / len(searches) < 0.55
    assert len({text.lower() for text, _language, _right in searches}) == len(searches)
