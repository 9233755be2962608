"""The card of a production centre shows the work of one of its makers."""

import pytest
from django.test import Client

from industries.models import Establishment
from tests.attachments.photographs import a_photo
from tests.factories import a_cluster, an_establishment

pytestmark = pytest.mark.django_db


def test_a_photograph_of_a_member_stands_before_the_cloth():
    with_photo, without = a_cluster(name="Sentra Satu"), a_cluster(name="Sentra Dua")
    for cluster in (with_photo, without):
        an_establishment(name=f"Usaha {cluster.name}", cluster=cluster.number)
    photo = a_photo(with_photo.regency)
    Establishment.objects.filter(cluster=with_photo).update(photo=photo)

    page = Client().get("/sentra/").content.decode()

    assert page.count(photo.photo_url(480)) == 1
    assert f"/motif/{with_photo.number}.svg" not in page
    assert f"/motif/{without.number}.svg" in page
