"""Industry services of the sample, with classes that are invented as well and say so."""

import random

from disperin.registers.record import revisions
from disperin.setup.sample.makers import Workshop
from industries.models import Establishment, KbliClass, KbliVersion
from industries.models.codes import CLASS_DIGITS

OF_EACH_KIND = 2
SOURCE = "Data contoh: kode dan judul rekaan, bukan KBLI"


def create(seed: int, workshop: Workshop) -> list[Establishment]:
    """Type a class for each kind of service, as an administrator does, and publish some of each kind.

    Their chance is one of their own, so that all else is what it would be without them.
    """
    version = KbliVersion.of_bare_codes()
    if not version:
        return []
    workshop.chance = random.Random(seed)  # noqa: S311 -- dice for sample data, nothing secret
    made = []
    for kind in workshop.sample.services:
        columns = {
            "version": version,
            "code": kind.code,
            "level": CLASS_DIGITS,
            "title_id": kind.title,
            "source": SOURCE,
        }
        kbli = KbliClass.objects.create(key=f"{version}-{kind.code}", **columns)
        revisions.raise_revision(revisions.REFERENCE)
        made += [workshop.service(kind, kbli.pk) for _time in range(OF_EACH_KIND)]
    return made
