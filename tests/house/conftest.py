"""The world in which every route has something to show: made once for each module that asks them all."""

import pytest
from django.test import override_settings

from tests.house.each_route import publish


@pytest.fixture(scope="module")
def published(once, tmp_path_factory):
    """The world of a module, and the folder in which its files lie."""
    media = tmp_path_factory.mktemp("media")
    with override_settings(MEDIA_ROOT=media):
        return once(publish), media


@pytest.fixture
def world(published, settings, db):
    """A record, a submission in every state that a route needs, a private photo: what addresses are made of."""
    world, settings.MEDIA_ROOT = published
    return world
